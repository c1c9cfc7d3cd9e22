"""Where a walk said that one gets all of it, the costs are of one that is chosen."""

from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.costs.grounds import is_told
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
