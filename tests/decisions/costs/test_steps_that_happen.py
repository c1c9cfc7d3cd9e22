"""Nothing is costed that does not happen: in a grant to one group, and in changing nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.costs.model.content import content
from decisions.costs.model.lines import When
from decisions.questions.heading import go_by
from decisions.questions.models import Question
from decisions.questions.planned import counting
from decisions.questions.present import Present
from decisions.trees import actions as trees
from decisions.trees.engine import shipped_trees
from decisions.trees.present import walked_to_present
from places.directory.models import Organisation
from tests.decisions.walks.conftest import BEGINS, answer_all


def lines(question: Question, route: str) -> set[str]:
    """The lines that a way is charged with."""
    return {cell.key for cell in QuestionCosts(question).breakdown(route)}


def test_a_grant_to_one_named_group_has_only_the_steps_that_happen(question: Question) -> None:
    assert lines(question, "grant_named") == {
        *("prepare", "prepare_specialist", "award", "award_specialist", "legal_risk"),
        *("winners", "monitoring", "reporting"),
    }
    question.__dict__["_present"] = Present.NOTHING
    assert "mobilisation" in lines(question, "grant_named"), "it is new to the group"


def test_of_works_nobody_takes_a_service_over_and_nobody_is_served_when_they_are_ordered(
    question: Question,
) -> None:
    competition = "below_threshold_competition"
    question.present_ends_on = None
    assert {"changeover", "incumbents"} <= lines(question, competition)
    go_by(question, {"contract_type": "works"})
    assert not {"changeover", "incumbents"} & lines(question, competition)
    (one,) = QuestionCosts(question).compare([competition])
    assert "until it is ordered" in one.waits.words
    assert "served" not in one.waits.words
    question.begins_on = BEGINS
    counted = counting(question, "competition", {}, key_decision=False)
    assert counted is not None
    titles = " ".join(one.title for one in counted.as_planned().steps)
    assert "The works can begin" in titles
    assert "plans" not in titles, "a playground has no people whose own plans are written"


def test_a_named_group_that_does_not_do_it_now_takes_it_over(
    question: Question, lanes: Organisation, council: Organisation
) -> None:
    question.present_provider = question.goes_to = lanes
    assert not {"changeover", "mobilisation"} & lines(question, "grant_named")
    question.present_provider = council
    assert {"changeover", "incumbents", "mobilisation"} <= lines(question, "grant_named")
    (one,) = QuestionCosts(question).compare(["grant_named"])
    assert one.provider == lanes.name, "who is asked what it truly costs them"


def test_nobody_is_said_to_win_where_one_alone_is_asked(question: Question, client: Client) -> None:
    args = [question.programme.slug, question.pk]
    alone = client.get(reverse("costs:route", args=[*args, "grant_named"])).content.decode()
    assert "Writing down what it would do" in alone
    assert "applications of those who are chosen" not in alone
    called = client.get(reverse("costs:route", args=[*args, "grant"])).content.decode()
    assert "applications of those who are chosen" in called


def test_what_is_looked_after_is_what_there_is_now(question: Question) -> None:
    after: dict[Present, float] = {}
    for now in Present:
        question.__dict__["_present"] = now
        for one in QuestionCosts(question).compare(["change_nothing"]):
            after[now] = one.costed.figures.authority_when[When.RUNNING].middle
            assert one.costed.figures.cash.is_nothing, "nothing is awarded that could be fought"
    assert Present.NOTHING not in after, "it is no way to get what nobody does"
    assert after[Present.OTHER] == 0
    assert 0 < after[Present.GRANT] < after[Present.CONTRACT] == after[Present.IN_HOUSE]
    assert after[Present.UNKNOWN] == after[Present.CONTRACT]


def test_where_neither_a_contract_nor_a_grant_goes_on_nothing_is_looked_after_or_reported(
    ada: User, question: Question, client: Client
) -> None:
    question.present_ends_on = None
    question.save(update_fields=["present_ends_on"])
    walk = trees.begin_walk(ada, question, "england-general", BEGINS)
    answer_all(ada, walk, {"present": "other", "present_works": "well"})
    (one,) = QuestionCosts(Question.objects.get(pk=question.pk)).compare(["change_nothing"])
    assert one.costed.figures.others.is_nothing
    assert one.costed.figures.authority_when[When.RUNNING].is_nothing
    args = [question.programme.slug, question.pk]
    page = " ".join(client.get(reverse("costs:compare", args=args)).content.decode().split())
    also = page.partition("would also pay for</h2>")[2].partition("</dl>")[0]
    assert "Days of facilitation" in also
    assert "Change nothing" not in also
    alone = client.get(reverse("costs:route", args=[*args, "change_nothing"])).content.decode()
    assert "nothing is known to be looked after" in alone


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ({"present": "contract", "present_works": "well"}, Present.CONTRACT),
        ({"present": "grant", "present_works": "not_known"}, Present.GRANT),
        ({"present": "nothing", "present_works": "not_known"}, Present.NOTHING),
        ({"present": "contract", "present_works": "nothing_there"}, Present.NOTHING),
        ({"present": "nothing", "present_works": "well"}, Present.UNKNOWN),
    ],
)
def test_a_walk_says_what_there_is_now(
    ada: User, question: Question, said: dict[str, str], now: Present
) -> None:
    assert walked_to_present(question) is Present.UNKNOWN
    walk = trees.begin_walk(ada, question, "england-general", BEGINS)
    walk = answer_all(ada, walk, said)
    assert walked_to_present(question) is now


def test_what_everybody_can_see_goes_by_the_notices_of_the_trees() -> None:
    noticed: dict[str, set[str]] = {}
    for tree in shipped_trees().values():
        for note in tree.notes:
            for option in note.options if note.kind == "notice" else ():
                noticed.setdefault(option, set()).add(note.id)
    routes = content().routes
    for route, notices in noticed.items():
        assert routes[route].buys["openness"] != "no", (route, notices)
    assert routes["health_direct_award_c"].buys["openness"] == "partly", "once it is picked"
    assert routes["health_most_suitable_provider"].buys["openness"] == "yes", "it is told before"
    assert routes["change_nothing"].buys["openness"] == "no"
    assert routes["grant_named"].buys["openness"] == "partly", "the decision is published"
