"""What the question says already is confirmed on one page, and not asked again."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions.actions import (
    Value,
    make_question,
    open_question,
    value_question,
    write_question,
)
from decisions.questions.models import Question
from decisions.questions.said import worth_of
from decisions.trees import actions
from decisions.trees.from_question import kind_of_buyer, months_later
from decisions.trees.known import begin_lead, known_for
from decisions.trees.models import Appraisal
from decisions.trees.results import result_of
from decisions.trees.rules import seat_of
from decisions.trees.standpoint import Standing
from decisions.trees.versions import write_sheet
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.conftest import company_words
from tests.decisions.walks.conftest import BEGINS, answer_all, at, said, say

FROM_QUESTION = {"buyer", "net_value", "options_value", "vat", "time_left"}


def known(walk: Appraisal, user: User) -> dict[str, str]:
    """What this person need not be asked, by question: the answer."""
    standing = Standing(Appraisal.objects.get(pk=walk.pk))
    found = known_for(standing, seat_of(user, walk.question.programme))
    return {one.key: one.value for one in found}


def confirm(browser: Client, walk: Appraisal, *, but: str = "") -> str:
    """Confirm what the page lists, but for one; where it leads."""
    form = browser.get(at("known", walk)).context["form"]
    ticked = [one for one in form["take"].value() if not (but and one.startswith(f"{but}="))]
    answer = browser.post(at("known", walk), {"take": ticked, "op": form["op"].value()})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_ada_confirms_what_the_question_says_and_is_never_asked_it(
    ada: User, walk: Appraisal, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = said(browser, at("known", walk))
    assert "What we know already" in page
    assert "From the question: It is worth £180,000 without VAT." in page
    assert confirm(browser, walk) == at("ask", walk, "need_to_buy")
    assert {one.key for one in walk.answers.all()} == FROM_QUESTION
    assert browser.get(at("known", walk))["Location"] == at("ask", walk, "need_to_buy")
    # Nothing of it is said to be past: the walk has yet to come to it.
    assert "not asked any more" not in said(browser, at("walk", walk))
    asked = []
    standing = Standing(walk)
    while (key := standing.first_unanswered_by(seat_of(ada, walk.question.programme))) is not None:
        asked.append(key)
        answer_one(ada, walk, key)
        standing = Standing(walk)
    assert not FROM_QUESTION & set(asked)
    path = {row["question"]: row for row in result_of(standing)["path"]}
    assert path["net_value"]["answer"] == "180000"
    assert path["net_value"]["seats"][0]["reason"].startswith("From the question: ")
    assert "From the question: It is worth £180,000 without VAT." in said(browser, at("walk", walk))


def answer_one(user: User, walk: Appraisal, key: str) -> None:
    """One question, by its first answer."""
    question = Standing(walk).tree.questions[key]
    say(user, walk, key, next(iter(question.answers), "1"))


def test_what_is_unticked_is_asked_by_itself_with_the_reason_beside_it(
    ada: User, walk: Appraisal, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    confirm(browser, walk, but="vat")
    assert {one.key for one in walk.answers.all()} == FROM_QUESTION - {"vat"}
    answer_all(ada, walk)
    assert "vat" in {one.key for one in walk.answers.all()}


def test_a_second_press_is_the_same_answer_and_others_answer_for_themselves(
    ada: User, sami: User, walk: Appraisal, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    form = browser.get(at("known", walk)).context["form"]
    typed = {"take": form["take"].value(), "op": form["op"].value()}
    for _press in range(2):
        browser.post(at("known", walk), typed)
    assert walk.answers.count() == len(FROM_QUESTION)
    assert known(walk, ada) == {}
    assert set(known(walk, sami)) == FROM_QUESTION
    assert f'href="{at("known", walk)}"' in said(sign_in(sami), at("walk", walk))


def test_where_the_question_changes_afterwards_the_walk_says_so(
    ada: User, walk: Appraisal, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    confirm(browser, walk)
    answer_all(ada, walk)
    question = Question.objects.get(pk=walk.question_id)
    value_question(ada, question, Value(**worth_of(question) | {"net_value": 200_000}))
    sooner = replace(
        company_words(question.programme), present_ends_on=timezone.localdate() + timedelta(days=40)
    )
    write_question(ada, question, sooner)
    page = said(browser, at("walk", walk))
    assert "was answered £180,000; the question says £200,000." in page
    assert "From 3 to 12 months; the question says The present arrangement ends on" in page
    # What no longer comes from the question as it is isn't marked so.
    assert "From the question: It is worth" not in page


def test_organisations_that_took_part_are_known_from_the_file(
    ada: User, walk: Appraisal, lanes: Organisation, council: Organisation
) -> None:
    # Only at or above the threshold does it matter, and is it asked.
    value_question(ada, walk.question, Value(Decimal(900_000)))
    assert "providers_took_part" not in known(walk, ada)
    note(walk.question.programme, council, LevelFieldEntry.Kind.ATTENDED, "Our own meeting")
    assert "providers_took_part" not in known(walk, ada)
    note(walk.question.programme, lanes, LevelFieldEntry.Kind.ATTENDED, "A visit to the hall")
    assert known(walk, ada)["providers_took_part"] == "yes"


def test_a_second_walk_asks_nothing_that_ada_said_in_the_first_and_keeps_her_reasons(
    ada: User, sami: User, whole: Appraisal, sign_in: SignIn
) -> None:
    say(sami, whole, "local_knowledge", "little", "I do not think so.")
    again = actions.begin_walk(ada, whole.question, "england-general", BEGINS)
    told = known(again, ada)
    assert told["local_knowledge"] == "much"
    assert told["payment_for"] == "could_be_either"
    # What the question says now comes before what she said then.
    say(ada, whole, "net_value", "1")
    assert known(again, ada)["net_value"] == "180000"
    confirm(sign_in(ada), again)
    assert result_of(Standing(again))["complete"]
    reasons = {one.key: one.reason for one in again.answers.all()}
    assert reasons["local_knowledge"] == "At both workshops people said so."


def test_what_is_true_of_the_council_is_known_from_a_walk_of_another_question(
    ada: User, whole: Appraisal
) -> None:
    words = replace(company_words(whole.question.programme), title="Meals at home")
    other = open_question(ada, make_question(ada, whole.question.programme, words))
    walk = actions.begin_walk(ada, other, "england-general", BEGINS)
    told = known(walk, ada)
    assert told["reorganisation"] == "no"
    assert "local_knowledge" not in told


def test_what_was_said_elsewhere_says_from_where_it_comes_and_not_through_whom(
    ada: User, whole: Appraisal, sign_in: SignIn
) -> None:
    programme = whole.question.programme
    say(ada, whole, "reorganisation", "no", reason="")
    for title in ("Meals at home", "A lift to the clinic"):
        words = replace(company_words(programme), title=title)
        asked = open_question(ada, make_question(ada, programme, words))
        walk = actions.begin_walk(ada, asked, "england-general", BEGINS)
        standing = Standing(Appraisal.objects.get(pk=walk.pk))
        shown = {one.key: one.why for one in known_for(standing, seat_of(ada, programme))}
        confirm(sign_in(ada), walk)
        kept = walk.answers.get(key="reorganisation").reason
        assert shown["reorganisation"] == kept, "what was confirmed is what is printed"
    assert kept == f"As was said in “{whole.question.title}”."


def test_priya_who_could_gain_is_marked_there_too(
    priya: User, walk: Appraisal, sign_in: SignIn
) -> None:
    confirm(sign_in(priya), walk)
    assert all(one.could_gain for one in walk.answers.all())
    assert LevelFieldEntry.objects.filter(what__contains="Answered in").count() == 1


def test_a_walk_says_how_many_questions_and_minutes_are_left(
    ada: User, walk: Appraisal, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = browser.get(at("ask", walk, "need_to_buy"))
    before = page.context["ahead"]
    assert f"{before.left} left for you, about {before.minutes} minutes" in page.content.decode()
    confirm(browser, walk)
    after = browser.get(at("ask", walk, "need_to_buy")).context["ahead"]
    assert after.left == before.left - len(FROM_QUESTION)
    assert after.minutes < before.minutes


def test_months_are_counted_to_the_same_day_or_the_last_of_the_month() -> None:
    assert months_later(date(2026, 11, 27), 3) == date(2027, 2, 27)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 12) == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("name", "kind", "buyer"),
    [
        ("Rivermead Council", "council", "council"),
        ("Lower Weir Parish Council", "council", "parish_council"),
        ("Quayside Town Council", "council", "parish_council"),
        ("Weirside Fire and Rescue Authority", "council", ""),
        ("The Weirside Academy", "council", ""),
        ("Weirside Network", "health", "nhs_body"),
    ],
)
def test_what_kind_of_body_buys_is_suggested_only_where_its_name_says_so(
    name: str, kind: str, buyer: str
) -> None:
    """The directory knows one kind of public body, and the law knows several."""
    assert kind_of_buyer(Organisation(name=name, kind=kind)) == buyer


def test_a_small_sum_hears_that_its_own_rules_may_need_no_walk(ada: User, walk: Appraisal) -> None:
    question = walk.question
    levels = [
        {"at_least": "0", "ask": "one written quote"},
        {"at_least": "25000", "ask": "three written quotes"},
    ]
    assert "your own rules" not in begin_lead(question)
    write_sheet(ada, question.programme, date(2026, 1, 1), {"quotation_levels": levels}, "")
    assert "your own rules" not in begin_lead(question)
    question.net_value, question.options_value = Decimal("20833.33"), Decimal(0)
    asked = "Where it is bought, your own rules ask at £20,833.33 for: one written quote."
    assert asked in begin_lead(question)
    # With VAT on top it may be three quotes already.
    question.net_value = Decimal("20833.34")
    assert "your own rules" not in begin_lead(question)
