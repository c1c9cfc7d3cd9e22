"""A decision from its draft to a sealed record, and every page of it at three widths."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from tests.browser.conftest import WIDTHS, Axe, Console, PageFor, fits, press_on
from tests.browser.looking import Look
from tests.browser.looking import look as look_fixture
from tests.browser.test_journey_to_a_record import (
    assert_is_not_known,
    assert_was_issued,
    tampered,
)
from tests.browser.test_walks import put_and_walk
from tests.decisions.conftest import draft_question, question  # noqa: F401  fixtures
from tests.decisions.records.conftest import minute, write_all

look = look_fixture
pytestmark = pytest.mark.django_db(transaction=True)


def url(name: str, decision: Decision, *more: object) -> str:
    """An address of the decision."""
    return reverse(f"records:{name}", args=[decision.question.programme.slug, decision.pk, *more])


def test_a_draft_and_its_sections(
    programme: Programme,
    question: Question,  # noqa: F811
    ada: User,
    page_for: PageFor,
    look: Look,
) -> None:
    draft = drafting.begin_decision(ada, question, "Daytime company in the Lanes")
    page = page_for(ada)
    for address in (
        reverse("records:decisions", args=[programme.slug]),
        draft.get_absolute_url(),
        *(url("section", draft, name) for name in ("power", "route", "words", "publicity")),
        url("advice", draft, "legal"),
        url("adviser", draft, "legal"),
        url("consult", draft),
        url("duties", draft),
        url("interest", draft),
        url("removals", draft),
        url("withdraw", draft),
    ):
        look(page, address)


def test_somebody_who_was_named_confirms_what_was_typed_for_them(
    question: Question,  # noqa: F811
    ada: User,
    cora: User,
    page_for: PageFor,
    look: Look,
) -> None:
    draft = write_all(ada, drafting.begin_decision(ada, question, "Company"))
    hers = page_for(ada)
    hers.goto(url("advice", draft, "finance"))
    hers.get_by_role("link", name="Ask the finance officer").click()
    hers.get_by_label("Which member is it?").select_option(label=str(cora))
    hers.get_by_role("button", name="Ask them").click()
    expect(hers.get_by_text("Asked. They are told by e-mail.")).to_be_visible()
    other = page_for(cora, width=320)
    other.goto(draft.get_absolute_url())
    other.get_by_role("link", name="Read it and confirm it").click()
    look(other, url("advice_confirm", draft, "finance"))
    other.get_by_role("button", name="Confirm it as mine").click()
    expect(other.get_by_text("Confirmed. The record says")).to_be_visible()
    look(other, draft.get_absolute_url())


def test_from_a_question_to_a_record_that_anybody_checks(
    programme: Programme,
    ada: User,
    sami: User,
    priya: User,
    page_for: PageFor,
    look: Look,
    tmp_path: Path,
) -> None:
    put_and_walk(ada, sami, priya, page_for)
    hers, his = page_for(ada), page_for(sami, width=320)
    hers.goto(Question.objects.get().get_absolute_url())
    hers.get_by_role("link", name="Draft the decision", exact=True).click()
    hers.get_by_label("What is decided?").fill("Daytime company in the Lanes")
    press_on(hers, "Continue")
    draft = Decision.objects.get()
    hers.get_by_role("link", name="The route").click()
    hers.get_by_label("Devolved grants through an intermediary").check()
    hers.get_by_label("In a few words of your own").fill("small grants through an intermediary")
    press_on(hers, "Save and go back to the list")
    chosen: dict[str, object] = {
        "route": "devolved_grants",
        "route_name": "small grants through an intermediary",
    }
    draft = write_all(ada, draft, route=chosen)
    draft = drafting.consult(ada, draft, timezone.localdate() + timedelta(days=1))

    is_commented_on_and_answered(draft, hers, his, look)
    is_decided(draft, hers)
    look(hers, hers.url)
    hers.get_by_role("link", name="Issue the decision record").click()
    hers.get_by_role("button", name="Issue the record (PDF)").click()
    link = hers.get_by_role("link", name="Download the PDF")
    expect(link).to_be_visible(timeout=120_000)
    with hers.expect_download() as download:
        link.click()
    record = tmp_path / "record.pdf"
    download.value.save_as(record)
    draft.refresh_from_db()
    assert draft.record is not None
    look(his, draft.record.get_absolute_url())
    expect(his.get_by_text("Cabinet of Rivermead Council decided")).to_be_visible()

    stranger = page_for(None)
    assert_was_issued(stranger, record)
    assert_is_not_known(stranger, tampered(record))


def is_commented_on_and_answered(draft: Decision, hers: Page, his: Page, look: Look) -> None:
    """Sami comments and dissents on his phone; Ada answers him."""
    look(his, draft.get_absolute_url())
    his.get_by_role("link", name="Comment on the draft").click()
    his.get_by_label("What do you want to say?").fill("Pay the drivers' petrol.")
    press_on(his, "Send your comment")
    expect(his.get_by_text("It gets an answer")).to_be_visible()
    his.goto(url("dissent", draft))
    his.get_by_label("In your own words").fill("Nobody asked the carers.")
    press_on(his, "Record it")

    look(hers, draft.get_absolute_url())
    hers.get_by_role("link", name="Answer it").click()
    hers.get_by_label("In your own words").fill("The call says so now.")
    press_on(hers, "Keep the answer")


def is_decided(draft: Decision, hers: Page) -> None:
    """Ada recommends it, and writes down what the cabinet decided."""
    # The last day for comments has passed.
    Decision.objects.filter(pk=draft.pk).update(
        consult_until=timezone.localdate() - timedelta(days=1),
        consult_words="A test cannot wait for tomorrow.",
    )
    hers.goto(draft.get_absolute_url())
    hers.get_by_role("link", name="Recommend it").click()
    press_on(hers, "Recommend it")
    hers.get_by_role("link", name="Write down what was decided").click()
    hers.get_by_label("Agreed as recommended").check()
    today, until = timezone.localdate(), timezone.localdate() + timedelta(days=7)
    published = today - timedelta(days=21)
    for group, day in (
        ("On which day?", today),
        ("When were the agenda and the report published?", published),
        ("Until when can it be called in?", until),
    ):
        box = hers.get_by_role("group", name=group)
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            box.get_by_label(label, exact=True).fill(str(value))
    # The report came before Ada wrote the recommendation down.
    hers.get_by_label("If that left fewer clear days").fill("It recommended what stands here.")
    hers.get_by_label("No, and everybody was asked").check()
    hers.get_by_label("In the words of the minute").fill("Agreed as recommended.")
    press_on(hers, "Write it down")


def test_a_call_in(
    question: Question,  # noqa: F811
    ada: User,
    page_for: PageFor,
    look: Look,
) -> None:
    draft = write_all(ada, drafting.begin_decision(ada, question, "Company"))
    decided = deciding.enter_decision(ada, drafting.recommend(ada, draft), minute())
    page = page_for(ada)
    look(page, url("call_in", decided))
    page.get_by_label("Why?").fill("Five members ask about the buses.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Called in", exact=True).first).to_be_visible()
    look(page, url("call_in", decided))


def test_a_call_and_a_vote_begin_from_a_decision_in_effect(
    question: Question,  # noqa: F811
    ada: User,
    page_for: PageFor,
    look: Look,
) -> None:
    committee: dict[str, object] = {
        **{"body_kind": "committee", "body_name": "Communities Committee"},
        "power": "Localism Act 2011, section 1; part 3, paragraph 9",
    }
    draft = write_all(ada, drafting.begin_decision(ada, question, "Company"), power=committee)
    made = deciding.enter_decision(ada, drafting.recommend(ada, draft), minute(call_in_until=None))
    page = page_for(ada)
    look(page, url("begin_vote", made))
    look(page, url("begin_call", made))
    expect(page.get_by_label("What is the call called?")).to_have_value(made.title)
    press_on(page, "Make the draft")
    expect(page.get_by_text("A draft of the call is there.")).to_be_visible()


def test_a_slip_is_corrected(
    question: Question,  # noqa: F811
    ada: User,
    page_for: PageFor,
    look: Look,
) -> None:
    draft = write_all(ada, drafting.begin_decision(ada, question, "Company"))
    decided = deciding.enter_decision(ada, drafting.recommend(ada, draft), minute())
    page = page_for(ada)
    look(page, url("correct", decided))
    page.get_by_label("Its reference").fill("Minute 41")
    page.get_by_label("What was the slip, and how do you know?").fill("The minutes say 41.")
    press_on(page, "Correct it")
    expect(page.get_by_text("it shows what stood there before")).to_be_visible()
    assert Decision.objects.get(pk=decided.pk).minute == "Minute 41"


def test_an_older_tab_shows_what_was_typed_beside_what_stands_now(
    question: Question,  # noqa: F811
    ada: User,
    cora: User,
    page_for: PageFor,
    axe: Axe,
    console: Console,
) -> None:
    console.expect(403, 422)
    draft = write_all(ada, drafting.begin_decision(ada, question, "Company"))
    older, later = page_for(ada, width=320), page_for(ada, width=320)
    older.goto(url("duties", draft))
    later.goto(url("advice", draft, "legal"))
    drafting.answer_duties(cora, draft, {"social_value": ("met", "Cora weighed it.")})
    older.get_by_label("Social value: how, or why not?").fill("Ada weighed it.")
    older.get_by_role("button", name="Save and go back to the list").click()
    expect(older.get_by_text("What somebody else wrote here meanwhile")).to_be_visible()
    expect(older.get_by_text("Cora weighed it.")).to_be_visible()
    assert fits(older)
    axe(older)

    drafting.recommend(ada, draft)
    later.get_by_label("What they say, in their own words").fill("An hour with the lawyer.")
    later.get_by_role("button", name="Save and go back to the list").click()
    expect(later.get_by_role("heading", level=1)).to_have_text("This was not saved")
    expect(later.get_by_text("An hour with the lawyer.")).to_be_visible()
    for width in WIDTHS:
        later.set_viewport_size({"width": width, "height": 900})
        assert fits(later), width
    axe(later)
