"""On how little a ranking rests, and what needs a reason, is said before anybody relies on it."""

from uuid import uuid4

import pytest
from django.test import Client

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import cautions
from decisions.records.sections.first_page import glance
from decisions.records.sections.walk import to_do
from decisions.trees import actions
from decisions.trees.actions import Said
from decisions.trees.grounds import how_many_known, need_in_doubt
from decisions.trees.models import Appraisal, EvidencePick
from decisions.trees.pinned import tree_of
from tests.cast import SignIn
from tests.decisions.walks.conftest import answer_all, at, said, say

PLACE = "questions of the place were answered “we do not know”."
DOUBT = "Check first: “Does anything have to be bought or paid for?” was answered “We do not know"
NEEDED = "Why do you say so? (needed)"


@pytest.fixture
def barest(ada: User, walk: Appraisal) -> Appraisal:
    """Three things are known about the place; whether anything need be bought is not."""
    known = {"local_knowledge": "much", "small_provider_risk": "high", "capable_providers": "few"}
    unknown = {
        key: "not_known"
        for key, question in tree_of(walk.tree).questions.items()
        if question.group == "place" and "not_known" in question.answers
    }
    return answer_all(ada, walk, unknown | known)


def test_the_result_and_the_lock_page_say_on_how_few_answers_the_ranking_rests(
    ada: User, barest: Appraisal, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    for name in ("result", "lock"):
        page = said(browser, at(name, barest))
        assert f"16 of 19 {PLACE} The order of the routes rests on the other 3." in page, name
        assert DOUBT in page, name


def test_page_one_the_checks_and_whoever_recommends_are_told_too(
    ada: User, barest: Appraisal
) -> None:
    locked = actions.lock_for_good(ada, barest)
    draft = drafting.begin_decision(ada, locked.question, "Company")
    draft = drafting.write_section(ada, draft, "route", {"route": "grant", "route_name": "x"})
    draft = Decision.objects.get(pk=draft.pk)
    first = dict(glance(draft))
    assert first["What the ranking rests on"].startswith(f"16 of 19 {PLACE}")
    assert first["Is it needed?"].startswith(DOUBT)
    assert DOUBT in str(to_do(draft))
    assert any(one.startswith(DOUBT) for one in cautions(draft))
    nothing = {"route": "change_nothing", "route_name": "nothing"}
    draft = Decision.objects.get(pk=drafting.write_section(ada, draft, "route", nothing).pk)
    assert "Is it needed?" not in dict(glance(draft)), "nothing is bought"


def test_where_everything_is_known_nothing_is_said(
    ada: User, whole: Appraisal, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("result", whole))
    assert "questions of the place" not in page
    assert "Check first" not in page


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (["much", "high"], ""),
        (["not_known", "high"], "1 of 2 questions of the place was answered"),
        (["not_known", "not_known"], "Nothing puts the routes in order."),
    ],
)
def test_counted_by_hand(answers: list[str], words: str) -> None:
    path = [{"group": "place", "question": "q", "answer": one} for one in answers]
    path.append({"group": "law", "question": "recipient", "answer": "not_known"})
    told = how_many_known(path)
    assert words in told
    assert bool(told) == bool(words)


@pytest.mark.parametrize(
    ("answer", "family", "doubted"),
    [
        ("not_known", "grant", True),
        ("perhaps_not", "act_competition", True),
        ("not_known", "market", False),
        ("yes", "grant", False),
        ("no", "grant", False),
    ],
)
def test_a_purchase_that_nobody_knows_to_be_needed(
    answer: str, family: str, *, doubted: bool
) -> None:
    row = {"question": "need_to_buy", "text": "Must it?", "said": "Perhaps", "answer": answer}
    assert bool(need_in_doubt([row], [{"family": family}])) is doubted


def test_strong_evidence_needs_a_reason_or_a_piece_of_it(
    ada: User, walk: Appraisal, sign_in: SignIn
) -> None:
    say(ada, walk, "need_to_buy", "yes")
    with pytest.raises(Invalid, match="Say why, or lay evidence beside it: “Strong"):
        say(ada, walk, "need_evidence", "strong", "")
    actions.answer(ada, walk, "need_evidence", Said("some", "", 0, uuid4()))
    EvidencePick.objects.create(
        appraisal=walk, key="need_evidence", source="x", item="y", words="400 people", by=ada
    )
    assert say(ada, walk, "need_evidence", "strong", "").value == "strong"


def test_a_page_says_before_anybody_presses_whether_a_reason_is_needed(
    ada: User, walk: Appraisal, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    assert label(browser, walk, "need_to_buy") == NEEDED
    say(ada, walk, "need_to_buy", "yes")
    assert label(browser, walk, "need_evidence") == (
        "Why do you say so? (if you like; needed for “Strong”, or evidence beside it)"
    )
    say(ada, walk, "need_evidence", "some", "")
    assert label(browser, walk, "what_works") == "Why do you say so? (if you like)"


def label(browser: Client, walk: Appraisal, key: str) -> str:
    """What stands above the box for a reason."""
    return str(browser.get(at("ask", walk, key)).context["form"]["reason"].label)
