"""Where a walk said that one gets all of it, the costs are of one that is chosen."""

from decimal import Decimal

import pytest

from commissioning.people.models import User
from decisions.costs import actions
from decisions.costs.actions import Points
from decisions.costs.costed import QuestionCosts
from decisions.costs.grounds import is_told
from decisions.costs.said import others_parts
from decisions.questions.heading import go_by
from decisions.questions.models import Question


def winners(question: Question, **answers: str) -> tuple[float, bool]:
    fresh = Question.objects.get(pk=question.pk)
    go_by(fresh, answers)
    one = QuestionCosts(fresh).said("winners", "grant")
    return one.estimate.likely, is_told(one)


def test_a_grant_of_which_one_gets_all_has_one_that_is_chosen(question: Question) -> None:
    """Rides to the lunch clubs: £288,000, all of it for the one charity of an open call."""
    assert winners(question) == (6, False)
    assert winners(question, award_to_one="288000", net_value="288000") == (1, True)
    assert winners(question, award_to_one="60000", net_value="288000") == (6, False)
    assert winners(question, shape_of_need="one_service") == (1, True)
    assert winners(question, shape_of_need="many_small") == (6, False)
    parts = {"shape_of_need": "one_service", "award_to_one": "90000", "net_value": "288000"}
    assert winners(question, **parts) == (6, False)


def test_all_but_one_of_those_who_apply_bear_what_gets_nothing(question: Question) -> None:
    go_by(question, {"shape_of_need": "one_service"})
    (one,) = QuestionCosts(question).compare(["grant"])
    assert one.chance == (1, 18)
    assert "winners" not in {swing.key for swing in one.costed.matters_most("others")}
    assert one.costed.figures.losers.middle > 10_000


def test_a_result_counts_the_bidders_that_its_walk_was_told_of_before_it_is_locked(
    question: Question, ada: User
) -> None:
    go_by(question, {"capable_providers": "few"})
    assert QuestionCosts(question).said("applicants", "open_competition").estimate.likely == 3


def applicants(question: Question, route: str, **answers: str) -> float:
    fresh = Question.objects.get(pk=question.pk)
    go_by(fresh, answers)
    return QuestionCosts(fresh).said("applicants", route).estimate.likely


def test_a_grant_and_a_competition_count_the_same_few_who_could_do_it(question: Question) -> None:
    few = {"capable_providers": "few"}
    for shape in ("one_service", "both"):
        for route in ("grant", "below_threshold_competition", "quotes_or_award"):
            assert applicants(question, route, shape_of_need=shape, **few) == 3
    assert applicants(question, "grant", shape_of_need="many_small", **few) == 18


def test_however_many_could_do_it_a_quote_is_asked_of_a_few(question: Question) -> None:
    many = {"capable_providers": "many", "shape_of_need": "one_service"}
    assert applicants(question, "quotes_or_award", **many) == 3
    assert applicants(question, "below_threshold_competition", **many) == 6
    assert applicants(question, "grant", **many) == 18
    assert applicants(question, "quotes_or_award", capable_providers="one") == 1


def test_several_small_grants_are_looked_after_and_not_one(question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(net_value=30_000, options_value=0)

    def care(route: str, **answers: str) -> float:
        fresh = Question.objects.get(pk=question.pk)
        go_by(fresh, answers)
        return QuestionCosts(fresh).said("monitor_hours_year", route).estimate.likely

    assert care("participatory_budget") == care("grant") > care("quotes_or_award")
    assert care("grant", shape_of_need="one_service") == care("quotes_or_award")


@pytest.mark.parametrize("capable", ["none", "one", "few", "many", "not_known"])
@pytest.mark.parametrize("shape", ["one_service", "both", "many_small", "not_known"])
def test_no_answers_choose_more_than_apply(question: Question, capable: str, shape: str) -> None:
    go_by(question, {"capable_providers": capable, "shape_of_need": shape})
    costs = QuestionCosts(question)
    for one in costs.compare(list(costs.content.routes)):
        if one.chance is not None:
            assert one.chance[0] <= one.chance[1]


def test_more_who_are_chosen_by_the_places_own_word_stand_before_a_walk_that_counts_fewer(
    question: Question, cora: User
) -> None:
    own = {"winners": Points(Decimal(4), Decimal(5), Decimal(5))}
    actions.say_inputs(cora, question, "open_competition", own, "As in the last round.")
    assert applicants(question, "open_competition", capable_providers="few") == 5.4
    (one,) = QuestionCosts(question).compare(["open_competition"])
    assert one.chance is not None


def test_where_nobody_applies_residents_hours_are_not_called_bids(question: Question) -> None:
    vote, led = QuestionCosts(question).compare(["participatory_budget", "community_led"])
    assert "bids or applications, and residents' unpaid hours" in others_parts(vote, str)
    assert "bids" not in others_parts(led, str)
    assert "residents' unpaid hours, and agreeing on it" in others_parts(led, str)
