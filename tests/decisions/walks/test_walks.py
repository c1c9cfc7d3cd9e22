"""Several people walk one tree from their own seats; what they say is kept and counts."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.kinds import kinds
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.actions import members
from commissioning.programmes.models import Programme, Role
from decisions.questions.actions import move_question
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.actions import Said, Settling
from decisions.trees.actions_common import Stale
from decisions.trees.models import LONGEST_REASON, Appraisal, Seat, SeatAnswer
from decisions.trees.notices import OVERTAKEN
from decisions.trees.results import result_of
from decisions.trees.seen import last_said
from decisions.trees.since import made_before
from decisions.trees.standpoint import Standing
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS, answer_all, say, settle


def standing_of(walk: Appraisal, option: str) -> str:
    return Standing(walk).working.walked.standing(option).standing


def test_a_whole_walk_ranks_every_route_with_reasons(whole: Appraisal) -> None:
    result = result_of(Standing(whole))
    assert result["complete"]
    best = result["ranked"][0]
    assert best["standing"] == "recommended"
    assert best["option"] == "devolved_grants"
    assert all(
        one["answer"] and one["source"] for row in result["ranked"] for one in row["because"]
    )
    shut = [row for row in result["ranked"] if row["standing"] == "excluded"]
    assert shut
    assert all(row["because"] for row in shut)
    # The other routes say what would have to be different.
    assert any(row["if"] for row in result["ranked"])
    light = next(fact for fact in result["facts"] if fact["key"] == "light_touch")
    assert light["amount"] == "£663,540"
    assert light["from"] == "24 February 2025"


def test_seats_differ_and_the_difference_is_settled_with_a_reason(
    whole: Appraisal, ada: User, sami: User
) -> None:
    say(sami, whole, "local_knowledge", "little")
    standing = Standing(whole)
    assert standing.working.differing == ("local_knowledge",)
    seats = {one["seat"] for one in _seats(whole, "local_knowledge")}
    assert seats == {Seat.COMMISSIONER, Seat.CITIZEN}
    assert "Seats differ" in " ".join(actions.stands_against_lock(standing))

    settle(ada, whole, "local_knowledge", "much")
    assert Standing(whole).working.differing == ()
    assert _row(whole, "local_knowledge")["settled"]["reason"] == "The workshop was clear."


def test_a_difference_can_be_carried_into_the_record(
    whole: Appraisal, ada: User, sami: User
) -> None:
    say(sami, whole, "history", "bad", "They closed the hall in 2019 and never came back.")
    settle(ada, whole, "history", "mixed", carried=True)
    row = _row(whole, "history")
    assert row["settled"]["carried"]
    assert {one["reason"] for one in row["seats"]} >= {
        "They closed the hall in 2019 and never came back."
    }


def test_who_has_not_declared_is_asked_to_first(
    walk: Appraisal, programme: Programme, nell: User
) -> None:
    programme.memberships.create(user=nell, role=Role.CITIZEN)
    with pytest.raises(Refused, match="make your declaration"):
        actions.answer(nell, walk, "need_to_buy", Said("yes", "So", 0, uuid.uuid4()))
    members.declare(nell, programme, could_gain=False, words="")
    actions.answer(nell, walk, "need_to_buy", Said("yes", "So", 0, uuid.uuid4()))


def test_observers_watch_and_outsiders_do_not_answer(
    walk: Appraisal, olu: User, nell: User
) -> None:
    for person in (olu, nell):
        with pytest.raises(Refused):
            actions.answer(person, walk, "need_to_buy", Said("yes", "So", 0, uuid.uuid4()))


def test_a_second_press_is_one_answer_and_a_stale_tab_writes_nothing(
    walk: Appraisal, ada: User
) -> None:
    op = uuid.uuid4()
    for _press in range(3):
        actions.answer(ada, walk, "need_to_buy", Said("yes", "People are alone.", 0, op))
    assert walk.answers.count() == 1
    with pytest.raises(Stale):
        actions.answer(ada, walk, "need_to_buy", Said("no", "Old tab.", 0, uuid.uuid4()))
    assert walk.answers.count() == 1


def test_a_settlement_that_did_not_see_the_last_word_writes_nothing(
    whole: Appraisal, ada: User, sami: User
) -> None:
    say(sami, whole, "history", "bad")
    seen = last_said(Standing(whole), "history")
    say(sami, whole, "history", "good")
    with pytest.raises(Stale):
        actions.settle(ada, whole, "history", Settling("mixed", "So.", False, seen, uuid.uuid4()))


def test_a_reason_is_asked_where_it_matters_and_has_a_stated_limit(
    walk: Appraisal, ada: User
) -> None:
    with pytest.raises(Invalid, match="Say why"):
        say(ada, walk, "need_to_buy", "yes", "  ")
    with pytest.raises(Invalid, match="at most 10,000 characters; this one has 200,000"):
        say(ada, walk, "need_to_buy", "yes", "x" * 200_000)
    say(ada, walk, "need_to_buy", "yes", "x" * LONGEST_REASON)
    with pytest.raises(DatabaseError), transaction.atomic():
        SeatAnswer.objects.create(
            appraisal=walk,
            number=99,
            membership=walk.answers.get().membership,
            op=uuid.uuid4(),
            key="need_to_buy",
            seat=Seat.COMMISSIONER,
            value="yes",
            reason="x" * (LONGEST_REASON + 1),
            could_gain=False,
        )


@pytest.mark.parametrize("value", ["", "maybe", "yes,no", "<script>", "\x00", "x" * 5000])
def test_an_answer_that_is_none_is_refused_in_words(walk: Appraisal, ada: User, value: str) -> None:
    with pytest.raises(Invalid):
        say(ada, walk, "need_to_buy", value)


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1e400", "12.345", "a lot"])
def test_a_sum_that_is_none_is_refused_in_words(whole: Appraisal, ada: User, value: str) -> None:
    with pytest.raises(Invalid):
        say(ada, whole, "net_value", value)


def test_a_question_off_the_path_is_not_answered(walk: Appraisal, ada: User) -> None:
    with pytest.raises(Invalid, match="does not ask this question"):
        say(ada, walk, "net_value", "100")


def test_a_settled_answer_changed_later_reopens_what_is_reached_another_way(
    whole: Appraisal, ada: User, sami: User
) -> None:
    """Above the threshold, reserved_to is reached by another question: its settlement is open."""
    say(sami, whole, "reserved_to", "mutual")
    settle(ada, whole, "reserved_to", "none")
    assert "reserved_to" in Standing(whole).working.settled
    say(ada, whole, "net_value", "900000")
    answer_all(ada, whole)
    standing = Standing(whole)
    assert "reserved_to" in standing.working.reopened
    assert "reserved_to" in standing.working.differing
    # Back below it, the settlement stands again.
    say(ada, whole, "net_value", "180000")
    assert "reserved_to" in Standing(whole).working.settled


def test_a_settlement_is_open_again_when_who_decides_answers_otherwise(
    whole: Appraisal, ada: User, sami: User, priya: User
) -> None:
    say(sami, whole, "history", "bad")
    settle(ada, whole, "history", "mixed")
    say(priya, whole, "history", "good")
    assert "history" in Standing(whole).working.settled
    say(sami, whole, "history", "good")
    assert "history" in Standing(whole).working.reopened


def test_a_recommendation_stands_until_anything_changes(
    whole: Appraisal, ada: User, sami: User
) -> None:
    actions.recommend(sami, whole, "devolved_grants", "Small and near.", uuid.uuid4())
    assert [one["stands"] for one in result_of(Standing(whole))["recommended"]] == [True]
    say(ada, whole, "history", "good")
    assert [one["stands"] for one in result_of(Standing(whole))["recommended"]] == [False]
    say(ada, whole, "history", "mixed")
    assert [one["stands"] for one in result_of(Standing(whole))["recommended"]] == [True]


def test_settling_to_the_answer_that_the_walk_has_takes_no_recommendation_away(
    whole: Appraisal, ada: User, sami: User
) -> None:
    say(sami, whole, "history", "bad")
    actions.recommend(sami, whole, "grant", "It is ours to do.", uuid.uuid4())
    settle(ada, whole, "history", "mixed")
    (kept,) = result_of(Standing(whole))["recommended"]
    assert kept["stands"]
    assert not Notice.objects.filter(user=sami, kind=OVERTAKEN).exists()


def test_who_recommended_before_an_answer_changed_is_told_which_and_can_renew_it(
    whole: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    actions.recommend(sami, whole, "grant", "It is ours to do.", uuid.uuid4())
    settle(ada, whole, "history", "good")
    (kept,) = result_of(Standing(whole))["recommended"]
    said = made_before(kept)
    assert said.startswith("Made before an answer changed: “What has happened here before")
    assert "was “Mixed" in said
    notice = Notice.objects.get(user=sami, kind=OVERTAKEN)
    mail = kinds[OVERTAKEN].context(notice.about)
    assert mail is not None
    browser = sign_in(sami)
    page = browser.get(mail["url"]).content.decode()
    assert "An answer changed after your recommendation" in page
    assert "Recommend anew" in page
    form = browser.get(mail["url"].replace("/result/", "/recommend/")).content.decode()
    assert "as said by a citizen commissioner. You are not named." in form
    actions.recommend(sami, whole, "grant", "Still ours.", uuid.uuid4())
    assert kinds[OVERTAKEN].context(notice.about) is None, "what is no longer so is not told"
    assert "Recommend anew" not in browser.get(mail["url"]).content.decode()


def test_nobody_is_mailed_about_a_change_of_their_own(whole: Appraisal, ada: User) -> None:
    actions.recommend(ada, whole, "grant", "So.", uuid.uuid4())
    say(ada, whole, "history", "good")
    assert not Notice.objects.filter(kind=OVERTAKEN).exists()


def test_nobody_recommends_what_the_law_closes(whole: Appraisal, ada: User) -> None:
    with pytest.raises(Invalid, match="The law closes that route"):
        actions.recommend(ada, whole, "direct_award", "We trust them.", uuid.uuid4())


def test_a_locked_walk_stands_whoever_asks(whole: Appraisal, ada: User, sami: User) -> None:
    locked = actions.lock_for_good(ada, whole)
    assert locked.result is not None
    assert locked.result["ranked"][0]["option"] == "devolved_grants"
    with pytest.raises(Refused, match="locked"):
        say(sami, locked, "history", "bad")
    answer = locked.answers.first()
    assert answer is not None
    for write in (
        lambda: SeatAnswer.objects.create(
            appraisal=locked,
            number=999,
            membership=answer.membership,
            op=uuid.uuid4(),
            key="history",
            seat=Seat.COMMISSIONER,
            value="bad",
            could_gain=False,
        ),
        lambda: Appraisal.objects.filter(pk=locked.pk).update(title="Another"),
        lambda: SeatAnswer.objects.filter(pk=answer.pk).update(value="no"),
        answer.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_the_day_it_begins_decides_the_facts_never_today(question: Question, ada: User) -> None:
    """Goods at the threshold: what is at it on one day is below it on the day before."""
    values = {"contract_type": "services", "net_value": "207720", "options_value": "0"}
    before = actions.begin_walk(ada, question, "england-general", date(2025, 12, 31))
    after = actions.begin_walk(ada, question, "england-general", date(2026, 1, 1))
    for walk in (before, after):
        answer_all(ada, walk, values)
    assert standing_of(before, "quotes_or_award") != "excluded"
    assert standing_of(after, "quotes_or_award") == "excluded"
    # The day, the tree and the rules sheet are the walk's own for good.
    with pytest.raises(DatabaseError), transaction.atomic():
        Appraisal.objects.filter(pk=before.pk).update(begins_on=date(2027, 1, 1))


def test_begun_under_the_older_law_the_walk_stops_and_says_which(
    question: Question, ada: User
) -> None:
    walk = actions.begin_walk(ada, question, "england-general", date(2025, 2, 23))
    result = result_of(Standing(walk))
    assert "older law" in result["stopped"] or "2015" in result["stopped"]
    assert [row["option"] for row in result["ranked"]] == ["stop_and_take_advice"]


def test_a_what_if_begins_from_the_walk_and_changes_nothing_in_it(
    whole: Appraisal, ada: User, sami: User
) -> None:
    tried = actions.try_what_if(sami, whole, {"local_knowledge": "little"})
    assert tried.is_what_if
    assert _row(tried, "local_knowledge")["answer"] == "little"
    assert _row(whole, "local_knowledge")["answer"] == "much"
    with pytest.raises(Refused):
        say(ada, tried, "history", "bad")
    say(sami, tried, "history", "bad")
    for forbidden in (
        lambda: actions.lock_for_good(ada, tried),
        lambda: actions.recommend(ada, tried, "grant", "So.", uuid.uuid4()),
    ):
        with pytest.raises(Refused):
            forbidden()


def test_a_question_before_the_body_that_decides_keeps_its_walks(
    whole: Appraisal, ada: User
) -> None:
    with transaction.atomic():
        move_question(whole.question, Question.State.DECIDING)
    with pytest.raises(Refused, match="before the body that decides"):
        say(ada, Appraisal.objects.get(pk=whole.pk), "history", "bad")


def test_signposts_are_read_and_never_walked(question: Question, ada: User) -> None:
    for tree in ("wales", "scotland"):
        with pytest.raises(Invalid, match="no reviewed tree"):
            actions.begin_walk(ada, question, tree, BEGINS)
    with pytest.raises(Invalid, match="withdrawn"):
        actions.begin_walk(ada, question, "atlantis", BEGINS)


def test_a_draft_question_is_not_walked(draft_question: Question, ada: User) -> None:
    with pytest.raises(Refused, match="Put the question first"):
        actions.begin_walk(ada, draft_question, "england-general", BEGINS)


def _row(walk: Appraisal, key: str) -> dict[str, Any]:
    return next(row for row in result_of(Standing(walk))["path"] if row["question"] == key)


def _seats(walk: Appraisal, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _row(walk, key)["seats"]
    return found
