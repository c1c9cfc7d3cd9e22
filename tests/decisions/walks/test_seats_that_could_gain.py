"""Seats that could gain: their words count and are marked; they decide nothing, and stand aside."""

import uuid

import pytest

from commissioning.ground.answers import Refused
from commissioning.people.models import User
from commissioning.programmes.models import Declaration, LevelFieldEntry, Programme
from decisions.trees import actions
from decisions.trees.models import Appraisal
from decisions.trees.results import result_of
from decisions.trees.standpoint import Standing
from decisions.trees.without import without_in_words
from tests.cast import SignIn
from tests.decisions.walks.conftest import COMPANY, answer_all, at, said, say, settle


def test_who_could_gain_answers_marked_and_does_not_decide(
    whole: Appraisal, ada: User, priya: User
) -> None:
    say(priya, whole, "local_knowledge", "little")
    path = result_of(Standing(whole))["path"]
    (row,) = [row for row in path if row["question"] == "local_knowledge"]
    marked = [one for one in row["seats"] if one["could_gain"]]
    assert [one["organisation"] for one in marked] == ["Lanes Neighbours"]
    for forbidden in (
        lambda: settle(priya, whole, "local_knowledge", "little"),
        lambda: actions.recommend(priya, whole, "grant", "It would be ours.", uuid.uuid4()),
        lambda: actions.lock_for_good(priya, whole),
    ):
        with pytest.raises(Refused):
            forbidden()
    said = LevelFieldEntry.objects.filter(kind=LevelFieldEntry.Kind.SAID)
    assert said.count() == 1
    say(priya, whole, "history", "good")
    assert said.count() == 1


def test_the_ranking_is_shown_with_and_without_who_could_gain(
    walk: Appraisal, ada: User, priya: User
) -> None:
    """Only Priya says how much local knowledge matters: without her that question waits."""
    for key in ("need_to_buy", "need_evidence", "what_works", "present_works"):
        say(ada, walk, key, COMPANY[key])
    say(priya, walk, "local_knowledge", "much")
    answer_all(ada, walk)
    standing = Standing(walk)
    assert standing.working.walked.complete
    assert not standing.without.walked.complete
    assert "only from those who could gain" in " ".join(actions.stands_against_lock(standing))

    say(ada, walk, "local_knowledge", "little")
    settle(ada, walk, "local_knowledge", "little")
    result = result_of(Standing(walk))
    assert result["same_without"]


def test_a_settlement_as_only_who_could_gain_said_goes_with_their_answers(
    whole: Appraisal, ada: User, priya: User, sami: User, sign_in: SignIn
) -> None:
    """Ada says “little” and settles on Priya's “much”: without Priya it is “little” again."""
    say(ada, whole, "local_knowledge", "little")
    say(priya, whole, "local_knowledge", "much")
    settle(ada, whole, "local_knowledge", "much")
    standing = Standing(whole)
    assert standing.working.answers["local_knowledge"] == "much"
    assert standing.without.answers["local_knowledge"] == "little"
    assert actions.stands_against_lock(standing) == []
    told = " ".join(without_in_words(result_of(standing)))
    assert "which only a seat that could gain had answered; without it: “Little" in told
    page = said(sign_in(ada), at("result", whole))
    assert "which only a seat that could gain had answered" in page
    # Taking the words back afterwards leaves no trace out, and another's own answer carries it.
    say(priya, whole, "local_knowledge", "little")
    assert Standing(whole).without.answers["local_knowledge"] == "little"
    say(sami, whole, "local_knowledge", "much")
    assert Standing(whole).without.answers["local_knowledge"] == "much"
    assert result_of(Standing(whole))["set_aside"] == []


def test_a_middle_way_that_only_who_could_gain_made_needful_goes_too(
    whole: Appraisal, ada: User, priya: User
) -> None:
    say(priya, whole, "history", "bad")
    settle(ada, whole, "history", "good")
    (gone,) = result_of(Standing(whole))["set_aside"]
    assert gone["settled"].startswith("Good")
    assert gone["without"].startswith("Mixed")
    assert not gone["only_theirs"]


def test_the_result_says_which_way_would_come_first_without_who_could_gain(
    whole: Appraisal, ada: User, priya: User
) -> None:
    """Ada says that no intermediary is there, and settles as Priya says: the order turns."""
    say(ada, whole, "intermediary", "no")
    without_priya = result_of(Standing(whole))
    say(priya, whole, "intermediary", "yes")
    settle(ada, whole, "intermediary", "yes")
    result = result_of(Standing(whole))
    assert not result["same_without"]
    assert result["without"] == [
        {key: one[key] for key in ("option", "title", "standing")}
        for one in without_priya["ranked"]
    ]
    (first,) = [one["title"] for one in without_priya["ranked"] if one["standing"] == "recommended"]
    assert f"“{first}” would come first" in without_in_words(result)[0]


def test_a_path_that_only_the_others_would_have_gone_is_told_and_stops_nobody(
    whole: Appraisal, ada: User, priya: User
) -> None:
    """Ada says something is there now, and settles that nothing is, as only Priya said."""
    say(priya, whole, "present", "nothing")
    say(ada, whole, "present", "contract")
    settle(ada, whole, "present", "nothing")
    standing = Standing(whole)
    assert not standing.without.walked.complete
    assert standing.waits_without is None
    assert actions.stands_against_lock(standing) == []
    result = result_of(standing)
    assert "nothing can be ranked: the walk would go on to" in without_in_words(result)[0]
    actions.lock_for_good(ada, whole)


def test_a_settlement_by_somebody_who_could_gain_by_now_is_left_out_and_made_again(
    whole: Appraisal, programme: Programme, ada: User, sami: User
) -> None:
    say(sami, whole, "history", "bad")
    settle(ada, whole, "history", "good")
    membership = programme.memberships.get(user=ada)
    Declaration.objects.create(membership=membership, could_gain=True, words="A job there.")
    assert Standing(whole).without.answers["history"] == "bad"


def test_a_declaration_made_later_marks_what_was_said_before(
    whole: Appraisal, programme: Programme, sami: User
) -> None:
    say(sami, whole, "history", "good")
    assert not Standing(whole).anybody_gains
    membership = programme.memberships.get(user=sami)
    Declaration.objects.create(membership=membership, could_gain=True, words="A job there.")
    assert Standing(whole).anybody_gains


def test_who_declared_a_gain_is_marked_even_after_taking_it_back(
    whole: Appraisal, programme: Programme, priya: User
) -> None:
    say(priya, whole, "history", "good")
    membership = programme.memberships.get(user=priya)
    Declaration.objects.create(membership=membership, could_gain=False, words="")
    assert Standing(whole).anybody_gains
