"""A decision from its draft to a sealed record, and every page of it at three widths."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from tests.browser.conftest import PageFor
from tests.browser.test_programmes import Look
from tests.browser.test_programmes import look as look_fixture
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
        url("duties", draft),
        url("interest", draft),
        url("removals", draft),
        url("withdraw", draft),
    ):
        look(page, address)


def test_from_a_draft_to_a_record_that_anybody_checks(
    programme: Programme,
    question: Question,  # noqa: F811
    ada: User,
    sami: User,
    page_for: PageFor,
    look: Look,
) -> None:
    draft = drafting.begin_decision(ada, question, "Daytime company in the Lanes")
    draft = drafting.consult(ada, write_all(ada, draft), timezone.localdate() + timedelta(days=1))
    hers, his = page_for(ada), page_for(sami, width=320)

    look(his, draft.get_absolute_url())
    his.get_by_role("link", name="Comment on the draft").click()
    his.get_by_label("What do you want to say?").fill("Pay the drivers' petrol.")
    his.get_by_role("button", name="Send your comment").click()
    expect(his.get_by_text("It gets an answer")).to_be_visible()
    his.goto(url("dissent", draft))
    his.get_by_label("In your own words").fill("Nobody asked the carers.")
    his.get_by_role("button", name="Record it").click()

    look(hers, draft.get_absolute_url())
    hers.get_by_role("link", name="Answer it").click()
    hers.get_by_label("In your own words").fill("The call says so now.")
    hers.get_by_role("button", name="Keep the answer").click()
    # The last day for comments has passed.
    Decision.objects.filter(pk=draft.pk).update(
        consult_until=timezone.localdate() - timedelta(days=1)
    )
    hers.goto(draft.get_absolute_url())
    hers.get_by_role("link", name="Recommend it").click()
    hers.get_by_role("button", name="Recommend it").click()
    hers.get_by_role("link", name="Write down what was decided").click()
    hers.get_by_label("Agreed as recommended").check()
    today, until = timezone.localdate(), timezone.localdate() + timedelta(days=7)
    for group, day in (("On which day?", today), ("Until when can it be called in?", until)):
        box = hers.get_by_role("group", name=group)
        for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            box.get_by_label(label, exact=True).fill(str(value))
    hers.get_by_label("In the words of the minute").fill("Agreed as recommended.")
    hers.get_by_role("button", name="Write it down").click()
    look(hers, hers.url)
    hers.get_by_role("link", name="Issue the decision record").click()
    hers.get_by_role("button", name="Issue the record (PDF)").click()
    expect(hers.get_by_role("link", name="Download the PDF")).to_be_visible(timeout=60_000)
    draft.refresh_from_db()
    assert draft.record is not None
    look(his, draft.record.get_absolute_url())
    expect(his.get_by_text("Cabinet of Rivermead Council decided")).to_be_visible()


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
