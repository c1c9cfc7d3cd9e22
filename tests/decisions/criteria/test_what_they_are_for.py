"""What criteria are for follows the locked walk: its route and its threshold, and nobody's wish."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import HistoryEntry
from decisions.criteria import actions
from decisions.criteria.base import fit_of
from decisions.criteria.models import CriteriaSet
from decisions.criteria.reading import Reading
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import cautions
from decisions.records.story import story
from decisions.trees import actions as trees
from tests.cast import SignIn
from tests.decisions.criteria.conftest import make_final, write_draft
from tests.decisions.walks.conftest import BEGINS, answer_all

CONTRACT = {"label": "contract", "payment_for": "service_we_specify", "present": "contract"}


def walk_it(
    ada: User, question: Question, route: str = "light_touch_competition", **answers: str
) -> Question:
    """Ada's walk of a contract, locked; the question as it is read afterwards."""
    walk = trees.begin_walk(ada, question, "england-general", BEGINS)
    walk = answer_all(ada, walk, CONTRACT | answers)
    trees.recommend(ada, walk, route, "It is for all to bid.", uuid4())
    trees.lock_for_good(ada, walk)
    return Question.objects.get(pk=question.pk)


@pytest.fixture
def above(ada: User, question: Question) -> Question:
    """At £679,200 with VAT, above the light-touch threshold: a light-touch competition."""
    return walk_it(ada, question, net_value="679200", options_value="0")


def test_above_the_threshold_the_rules_below_it_are_refused(
    above: Question, cora: User, sign_in: SignIn
) -> None:
    fit = fit_of(above)
    assert fit.heading is not None
    assert "below" not in fit.allowed
    with pytest.raises(Invalid, match="judged as: A competition below the"):
        actions.begin_criteria(cora, above, "below")
    browser = sign_in(cora)
    begin = reverse("criteria:begin", args=[above.programme.slug, above.pk])
    page = browser.get(begin).content.decode()
    assert 'value="below"' not in page
    assert "By the walk that was locked" in page
    answer = browser.post(begin, {"what_for": "below"})
    assert answer.status_code == 422
    assert "The walk that was locked" in answer.content.decode()
    assert not CriteriaSet.objects.exists()


def test_another_open_way_is_asked_why_and_the_reason_is_kept(
    question: Question, ada: User, cora: User
) -> None:
    """Members recommend a way by which nobody bids; a competition stays open beside it."""
    above = walk_it(ada, question, "steward_market", net_value="679200", options_value="0")
    fit = fit_of(above)
    assert (fit.own, fit.others) == ((), ("above",))
    other = fit.others[0]
    with pytest.raises(Invalid, match="Say why these criteria are for"):
        actions.begin_criteria(cora, above, other)
    held = actions.begin_criteria(cora, above, other, "It may come to a competition.")
    assert HistoryEntry.objects.filter(reason="It may come to a competition.").exists()
    assert "though the question goes by" in Reading(held).at_odds


def test_a_draft_from_before_the_walk_is_not_made_final_on_the_wrong_law(
    question: Question, ada: User, cora: User, sign_in: SignIn
) -> None:
    held = write_draft(cora, question, "below")
    walk_it(ada, question, net_value="679200", options_value="0")
    held = CriteriaSet.objects.get(pk=held.pk)
    with pytest.raises(Invalid, match="Say again what they are for"):
        make_final(cora, held)
    browser = sign_in(cora)
    where = [question.programme.slug, question.pk, held.pk]
    said = browser.get(reverse("criteria:criteria", args=where)).content.decode()
    assert "another law binds" in said
    own = fit_of(Question.objects.get(pk=question.pk)).own[0]
    actions.set_demands(cora, held, {"what_for": own})
    assert make_final(cora, CriteriaSet.objects.get(pk=held.pk)).is_final


def test_final_criteria_of_another_law_are_warned_of_and_written_down(
    question: Question, ada: User, cora: User
) -> None:
    make_final(cora, write_draft(cora, question, "below"))
    above = walk_it(ada, question, net_value="679200", options_value="0")
    draft = drafting.begin_decision(ada, above, "Company")
    Decision.objects.filter(pk=draft.pk).update(route="light_touch_competition")
    draft = Decision.objects.get(pk=draft.pk)
    said = " ".join(cautions(draft))
    assert "The criteria, version 1. They are for “A competition below the threshold”" in said
    told = next(str(one) for one in story(draft)["sections"] if one["key"] == "criteria")
    assert "A competition below the threshold" in told
    assert "another law binds" in told


def test_as_many_are_expected_to_bid_as_the_walk_said_could_do_it_well(
    above: Question, cora: User, sign_in: SignIn
) -> None:
    """Two to four are capable: three are expected, and it says where that is from."""
    held = write_draft(cora, above, fit_of(above).own[0])
    assert held.expected_bidders == 3
    source = "answer on how many providers could do it well: two to four."
    where = [above.programme.slug, above.pk]
    browser = sign_in(cora)
    for page in ("criteria:criteria", "criteria:demands"):
        assert source in browser.get(reverse(page, args=[*where, held.pk])).content.decode()
    costs = browser.get(reverse("costs:route", args=[*where, "light_touch_competition"]))
    assert source in costs.content.decode()
    assert "1 of about 3 who apply gets something." in costs.content.decode()


def test_nothing_is_said_of_workshops_that_there_may_not_have_been(
    question: Question, cora: User, client: Client
) -> None:
    held = write_draft(cora, question)
    assert not held.criteria.filter(judged__contains="workshop").exists()
