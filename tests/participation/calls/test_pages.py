"""The pages: who sees what, what survives bad input, and what nobody sees before the release."""

import csv
import io
import re
import uuid
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.calls.actions import applying, assessing
from participation.calls.actions.calls import begin_assessing
from participation.calls.clock import database_now
from participation.calls.exports import COLUMNS
from participation.calls.models import (
    Attachment,
    Call,
    Clarification,
    Decision,
    Expression,
    PublicQuestion,
    Submission,
)
from places.directory.models import Organisation, OrganisationMember
from tests.cast import SignIn, make_person
from tests.commissioning.ground.test_uploads import PDF, docx, picture
from tests.participation.calls.conftest import answers_to, close, write_all

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert('canary')</script>"


def page(call: Call, name: str = "call", *more: object) -> str:
    """An address of the call."""
    return reverse(f"calls:{name}", args=[call.programme.slug, call.pk, *more])


def ours(expression: Expression, name: str = "expression", *more: object) -> str:
    """An address of an expression, for its applicant."""
    return reverse(f"calls:{name}", args=[expression.pk, *more])


def fetched(browser: Client, address: str) -> tuple[int, bytes]:
    """Status and content of a file, read to its end."""
    response = browser.get(address)
    assert isinstance(response, FileResponse)
    content = response.getvalue()
    return response.status_code, content


def text(response: object) -> str:
    """What the page says, without markup."""
    body = response.content.decode()  # type: ignore[attr-defined]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


# For anybody ---------------------------------------------------------------------------------


def test_anybody_reads_an_open_call_with_its_odds_and_dates(call: Call) -> None:
    said = text(Client().get(page(call)))

    for words in (
        "About 1 in 4. We expect about 30 to apply and can fund 8.",
        "The Bridge Club meets on Mondays.",
        "£30,000",
        "£500",
        "£5,000",
        "UK time",
        "Cabinet",
        "What will you do?",
        "At most 200 words.",
        "It works in Rivermead.",
        "feedback from the people who read it within ten days",
    ):
        assert words in said


def test_a_draft_is_a_404_for_all_but_those_who_run_the_programme(
    draft_call: Call, sign_in: SignIn, cora: User, priya: User, olu: User
) -> None:
    assert sign_in(cora).get(page(draft_call)).status_code == 200
    for browser in (Client(), sign_in(priya), sign_in(olu)):
        assert browser.get(page(draft_call)).status_code == 404


def test_while_the_money_gate_is_closed_no_call_is_shown(
    vision_programme: Programme, sign_in: SignIn, ada: User
) -> None:
    address = reverse("calls:calls", args=[vision_programme.slug])
    for browser in (Client(), sign_in(ada)):
        response = browser.get(address)
        assert response.status_code == 403
        assert "Never ever start by talking about the money" in text(response)
        assert "£" not in text(response)


def test_the_list_shows_drafts_only_to_those_who_run_it(
    draft_call: Call, sign_in: SignIn, ada: User
) -> None:
    address = reverse("calls:calls", args=[draft_call.programme.slug])
    assert draft_call.title in text(sign_in(ada).get(address))
    empty = text(Client().get(address))
    assert draft_call.title not in empty
    assert "No calls yet" in empty


def test_scripts_in_every_text_of_a_call_are_only_words(
    draft_call: Call, ada: User, sign_in: SignIn
) -> None:
    for name in ("title", "about", "funded", "not_funded", "who_may_apply", "already_done"):
        setattr(draft_call, name, SCRIPT)
    draft_call.decided_by = SCRIPT
    draft_call.save()
    draft_call.questions.update(words=SCRIPT, help=SCRIPT, section=SCRIPT)

    for name in ("call", "build"):
        body = sign_in(ada).get(page(draft_call, name)).content.decode()
        assert "<script>alert" not in body
        assert "&lt;script&gt;alert" in body


def test_a_question_stands_there_answered_without_who_asked(
    call: Call, sign_in: SignIn, gwen: User, northbank: Organisation, cora: User
) -> None:
    sign_in(gwen).post(
        page(call, "ask"), {"organisation": northbank.pk, "words": f"A hall? {SCRIPT}"}
    )
    asked = PublicQuestion.objects.get()
    assert "A hall?" not in text(Client().get(page(call)))

    answered = sign_in(cora).post(
        page(call, "answer_publicly", asked.pk), {"shown_as": "A hall?", "answer": "Yes."}
    )

    assert answered.status_code == 302
    body = Client().get(page(call)).content.decode()
    assert "A hall?" in body
    assert "Northbank" not in body
    assert "<script>alert" not in body


# Building ------------------------------------------------------------------------------------


def test_an_officer_builds_and_publishes_a_call_step_by_step(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    browser.post(reverse("calls:new_call", args=[programme.slug]), {"title": "Company for all"})
    call = Call.objects.get()
    now = database_now()
    closes, decided = now + timedelta(days=10), (now + timedelta(days=30)).date()
    outcome = programme.outcomes.first()
    assert outcome is not None
    steps: dict[str, dict[str, object]] = {
        "about": {"title": call.title, "about": "Company.", "outcomes": [outcome.pk]},
        "scope": {
            "funded": "Meals.",
            "not_funded": "Walls.",
            "who_may_apply": "All.",
            "already_done": "No.",
        },
        "money": {"amount_available": "£30,000", "project_minimum": "", "project_maximum": "5000"},
        "odds": {"expected_applications": "30", "can_fund": "8", "hours_others_took": ""},
        "dates": {
            **_when("opens_at", now - timedelta(days=1)),
            **_when("closes_at", closes),
            "decided_by": "Cabinet",
            "decision_on-day": decided.day,
            "decision_on-month": decided.month,
            "decision_on-year": decided.year,
        },
    }
    for step, typed in steps.items():
        response = browser.post(page(call, "step", step), typed)
        assert response.status_code == 302, (step, text(response))
    browser.post(page(call, "library"), {"keys": ["what_you_will_do", "how_you_know"]})
    browser.post(page(call, "new_row", "documents"), {"title": "Rules", "required": "on"})
    browser.post(page(call, "new_row", "checks"), {"words": "It works here."})
    cora = programme.memberships.get(role="commissioner")
    browser.post(page(call, "assessors"), {"assessors": [cora.pk]})

    assert "Ready to publish" in text(browser.get(page(call, "build")))
    assert "Anybody can read it" in text(browser.get(page(call, "publish")))
    browser.post(page(call, "publish"))

    call.refresh_from_db()
    assert call.status == Call.Status.PUBLISHED
    assert call.questions.count() == 2


def _when(name: str, moment: object) -> dict[str, object]:
    from django.utils import timezone

    local = timezone.localtime(moment)  # type: ignore[arg-type]
    return {
        f"{name}-day": local.day,
        f"{name}-month": local.month,
        f"{name}-year": local.year,
        f"{name}-time": f"{local:%H:%M}",
    }


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("money", {"amount_available": "0", "project_maximum": ""}, "must be something to give"),
        ("money", {"amount_available": "10", "project_maximum": "20"}, "cannot be more than there"),
        ("money", {"amount_available": "=1+1", "project_maximum": "x"}, "must be a number"),
        ("odds", {"expected_applications": "0", "can_fund": "-1"}, "at least 1"),
        ("odds", {"expected_applications": "9" * 40, "can_fund": "1"}, "There is a problem"),
        (
            "dates",
            {
                "closes_at-day": "31",
                "closes_at-month": "2",
                "closes_at-year": "2027",
                "closes_at-time": "8pm",
            },
            "real date",
        ),
        ("about", {"title": ""}, "There is a problem"),
        ("about", {"title": "x" * 161}, "There is a problem"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_kept(
    draft_call: Call, ada: User, sign_in: SignIn, step: str, typed: dict[str, str], sentence: str
) -> None:
    response = sign_in(ada).post(page(draft_call, "step", step), typed)

    assert response.status_code == 422
    assert sentence in text(response)
    for value in typed.values():
        assert value.replace("'", "&#x27;") in response.content.decode()


def test_a_choice_needs_two_choices_and_a_long_answer_a_limit(
    draft_call: Call, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = page(draft_call, "new_row", "questions")
    common = {"section": "Idea", "words": "Which?", "required": "on"}

    one = browser.post(address, common | {"kind": "choice", "choices_text": "Only\nOnly\n"})
    none = browser.post(address, common | {"kind": "long", "word_limit": ""})
    good = browser.post(address, common | {"kind": "choice", "choices_text": "A\nB"})

    assert "at least two different choices" in text(one)
    assert "between 10 and 1,000" in text(none)
    assert good.status_code == 302
    assert draft_call.questions.get(words="Which?").choices == ["A", "B"]


# Applying ------------------------------------------------------------------------------------


def test_who_acts_for_nobody_is_shown_the_way_to_an_organisation(
    call: Call, sign_in: SignIn, sami: User
) -> None:
    assert "First, your organisation" in text(sign_in(sami).get(page(call, "apply")))


def test_an_organisation_applies_without_javascript_from_call_to_receipt(
    call: Call, sign_in: SignIn, priya: User, lanes: Organisation
) -> None:
    browser = sign_in(priya)
    browser.post(page(call, "apply"), {"organisation": lanes.pk})
    expression = Expression.objects.get()
    assert "0 of 7 sections" not in text(browser.get(ours(expression)))
    for key, typed in answers_to(call).items():
        browser.get(ours(expression, "section", key))
        saved = browser.post(
            ours(expression, "section", key), typed | {"base": "0", "then": "next"}
        )
        assert saved.status_code == 302
    assert "Front-room lunches" in text(browser.get(ours(expression, "preview")))
    submit_page = browser.get(ours(expression, "submit"))
    op = re.search(r'name="op" value="([^"]+)"', submit_page.content.decode())
    assert op is not None

    sent = browser.post(
        ours(expression, "submit"), {"op": op[1], "hours": "6.5", "true": "on"}, follow=True
    )

    assert "Nothing: we have it" in text(sent)
    assert Submission.objects.get().title == "Front-room lunches"


def test_typing_is_saved_by_htmx_without_a_page(
    begun: Expression, sign_in: SignIn, priya: User
) -> None:
    response = sign_in(priya).post(
        ours(begun, "section", "project"),
        {"name": "Lun", "base": "0", "page": str(uuid.uuid4())},
        headers={"HX-Request": "true"},
    )

    assert response.status_code == 204
    assert begun.drafts.get(key="project").raw["name"] == "Lun"


def test_a_stale_save_shows_both_and_keeps_what_was_typed(
    begun: Expression, sign_in: SignIn, priya: User, ravi: User
) -> None:
    address = ours(begun, "section", "project")
    sign_in(ravi).post(address, {"name": "Suppers", "base": "0"})

    stale = sign_in(priya).post(address, {"name": "Lunches", "base": "0"})

    assert stale.status_code == 409
    assert "Ravi S. saved this section meanwhile" in text(stale)
    assert 'value="Lunches"' in stale.content.decode()
    assert "Suppers" in text(stale)
    again = sign_in(priya).post(address, {"name": "Lunches", "base": "0"})
    assert again.status_code == 409
    chosen = sign_in(priya).post(address, {"name": "Lunches", "base": "0", "over": "1"})
    assert chosen.status_code == 302
    assert begun.drafts.get(key="project").raw["name"] == "Lunches"


def test_a_stale_save_by_htmx_puts_both_above_the_form(
    begun: Expression, sign_in: SignIn, priya: User, ravi: User
) -> None:
    address = ours(begun, "section", "project")
    sign_in(ravi).post(address, {"name": "Suppers", "base": "0"})

    stale = sign_in(priya).post(
        address, {"name": "Lunches", "base": "0"}, headers={"HX-Request": "true"}
    )

    assert stale.status_code == 409
    assert stale["HX-Retarget"] == "#conflict"
    assert "<html" not in stale.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "x" * 20_001,
        "\x00nul\x00",
        "Zażółć gęślą jaźń 👵🏽",
        "=cmd|' /C calc'!A0",
        SCRIPT,
        "\u202eabc",
    ],
)
def test_whatever_is_typed_is_kept_or_refused_in_words(
    begun: Expression, sign_in: SignIn, priya: User, name: str
) -> None:
    browser = sign_in(priya)
    response = browser.post(ours(begun, "section", "project"), {"name": name, "base": "0"})

    if len(name) > 20_000:
        assert response.status_code == 422
        assert "longer than we can keep" in text(response)
        assert name in response.content.decode()
        return
    assert response.status_code == 302
    assert begun.drafts.get(key="project").raw["name"] == name.replace("\x00", "")
    assert "<script>alert" not in browser.get(ours(begun, "preview")).content.decode()


def test_a_section_that_is_none_and_fields_that_are_none_are_left_out(
    begun: Expression, sign_in: SignIn, priya: User
) -> None:
    browser = sign_in(priya)
    assert browser.post(ours(begun, "section", "no-such"), {"name": "x"}).status_code == 404
    browser.post(
        ours(begun, "section", "project"), {"name": "x", "state": "submitted", "base": "0"}
    )
    assert "state" not in begun.drafts.get(key="project").raw


def test_a_late_press_is_refused_kindly(written: Expression, sign_in: SignIn, priya: User) -> None:
    close(written.call)
    response = sign_in(priya).post(ours(written, "submit"), {"op": str(uuid.uuid4()), "true": "on"})

    assert response.status_code == 422
    assert "This call has closed. Your draft is kept" in text(response)


def test_a_replayed_press_changes_nothing(
    written: Expression, sign_in: SignIn, priya: User
) -> None:
    browser, op = sign_in(priya), str(uuid.uuid4())
    for _ in range(3):
        browser.post(ours(written, "submit"), {"op": op, "true": "on"})

    assert Submission.objects.count() == 1


@pytest.mark.parametrize("op", ["", "not-a-uuid", "0" * 500])
def test_a_bent_press_is_no_submission(
    written: Expression, sign_in: SignIn, priya: User, op: str
) -> None:
    response = sign_in(priya).post(ours(written, "submit"), {"op": op, "true": "on"})

    assert response.status_code == 422
    assert not Submission.objects.exists()


def test_files_are_taken_shown_and_handed_out_only_to_their_own(
    begun: Expression, sign_in: SignIn, priya: User, gwen: User, ada: User
) -> None:
    browser = sign_in(priya)
    sent = browser.post(ours(begun, "documents"), {"file": SimpleUploadedFile("../rules.exe", PDF)})
    assert sent.status_code == 302
    attachment = Attachment.objects.get()
    assert attachment.name == "rules.pdf"
    assert "rules" not in str(attachment.file.name)
    address = ours(begun, "own_file", attachment.pk)

    mine = browser.get(address)
    assert mine.getvalue() == PDF
    assert "attachment" in mine["Content-Disposition"]
    assert mine["Content-Security-Policy"] == "sandbox; default-src 'none'"
    for other in (gwen, ada):
        assert sign_in(other).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"<svg onload=alert(1)>", "something else"),
        (docx({"word/vbaProject.bin": b"x"}), "macro"),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_a_file_that_does_not_pass_is_refused_beside_the_field(
    begun: Expression, sign_in: SignIn, priya: User, content: bytes, sentence: str
) -> None:
    response = sign_in(priya).post(
        ours(begun, "documents"), {"file": SimpleUploadedFile("a.pdf", content)}
    )
    assert response.status_code == 422
    assert sentence in text(response)
    assert not Attachment.objects.exists()


def test_a_file_taken_out_of_a_changed_draft_stays_in_what_was_submitted(
    written: Expression, sign_in: SignIn, priya: User, cora: User
) -> None:
    browser = sign_in(priya)
    browser.post(ours(written, "documents"), {"file": SimpleUploadedFile("r.pdf", PDF)})
    attachment = Attachment.objects.get()
    applying.submit(priya, written, op=uuid.uuid4())
    applying.reopen(priya, written)
    browser.post(ours(written, "remove_file", attachment.pk))
    assert applying.present_attachments(written) == []

    call = close(written.call)
    begin_assessing(cora, call)
    address = page(call, "assessed_file", written.pk, attachment.pk)
    assert fetched(sign_in(cora), address) == (200, PDF)


def test_a_file_never_submitted_is_erased_from_storage(
    begun: Expression, sign_in: SignIn, priya: User, django_capture_on_commit_callbacks: object
) -> None:
    browser = sign_in(priya)
    browser.post(ours(begun, "documents"), {"file": SimpleUploadedFile("r.pdf", PDF)})
    attachment = Attachment.objects.get()
    storage, name = attachment.file.storage, str(attachment.file.name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        browser.post(ours(begun, "remove_file", attachment.pk))

    assert not storage.exists(name)


OURS_PAGES = ("expression", "totals", "preview", "submit", "withdraw", "documents")


def test_a_stolen_id_is_the_same_404_as_a_random_one(
    written: Expression, sign_in: SignIn, gwen: User, ada: User, nell: User, sami: User
) -> None:
    for person in (gwen, ada, nell, sami):
        browser = sign_in(person)
        for name in OURS_PAGES:
            stolen = browser.get(ours(written, name))
            random = browser.get(reverse(f"calls:{name}", args=[uuid.uuid4()]))
            assert (stolen.status_code, random.status_code) == (404, 404), (person, name)
        for name in ("submit", "reopen", "withdraw", "paper", "documents"):
            assert browser.post(ours(written, name)).status_code == 404
        assert browser.post(ours(written, "section", "project"), {}).status_code == 404


def test_no_get_changes_a_row(written: Expression, sign_in: SignIn, priya: User) -> None:
    browser = sign_in(priya)
    before = (written.drafts.count(), Submission.objects.count(), Expression.objects.get().state)
    for name in OURS_PAGES:
        assert browser.get(ours(written, name)).status_code == 200
    for name in ("reopen", "paper"):
        assert browser.get(ours(written, name)).status_code == 405
    assert (
        written.drafts.count(),
        Submission.objects.count(),
        Expression.objects.get().state,
    ) == before


# Assessing -----------------------------------------------------------------------------------


def test_only_assessors_and_those_who_run_it_find_the_list(
    assessing_call: Call,
    sign_in: SignIn,
    cora: User,
    sami: User,
    ada: User,
    olu: User,
    femi: User,
    nell: User,
    priya: User,
) -> None:
    for person in (cora, sami, ada):
        assert sign_in(person).get(page(assessing_call, "assess")).status_code == 200
    for person in (olu, femi, nell, priya):
        assert sign_in(person).get(page(assessing_call, "assess")).status_code == 404


def test_before_the_close_the_list_shows_nothing_but_how_many(
    submitted: Submission, sign_in: SignIn, cora: User
) -> None:
    call = submitted.expression.call
    said = text(sign_in(cora).get(page(call, "assess")))
    assert "1 submitted" in said
    assert "Front-room lunches" not in said
    one = sign_in(cora).get(page(call, "assess_one", submitted.expression.pk))
    assert one.status_code == 403
    assert "Front-room lunches" not in text(sign_in(cora).get(page(call, "assess") + "?q=front"))
    assert "Front-room lunches" not in exported(sign_in(cora), call)


def test_an_assessor_reads_exactly_the_preview_and_decides(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, cora: User, priya: User
) -> None:
    one = page(assessing_call, "assess_one", submitted.expression.pk)
    seen = text(sign_in(cora).get(one))
    assert "Lunch for four, every Thursday." in seen
    assert "Church collection" in seen
    # What has no decision is shown open, whatever the form beside it holds.
    assert "The decision Open What do you decide?" in seen

    decided = sign_in(cora).post(
        page(assessing_call, "decide", submitted.expression.pk),
        {"outcome": "approved", "reason": "It fits."},
    )
    assert decided.status_code == 302
    assert Decision.objects.get().reason == "It fits."


def test_the_preview_and_the_assessors_page_show_the_same(
    written: Expression, sign_in: SignIn, priya: User, cora: User
) -> None:
    def article(body: str) -> str:
        found = re.search(r"<article.*?</article>", body, re.DOTALL)
        assert found is not None
        return found[0]

    previewed = article(sign_in(priya).get(ours(written, "preview")).content.decode())
    applying.submit(priya, written, op=uuid.uuid4())
    begin_assessing(cora, close(written.call))
    assessed = sign_in(cora).get(page(written.call, "assess_one", written.pk))
    assert article(assessed.content.decode()) == previewed


def test_a_conflicted_assessor_is_told_why_and_finds_it_in_no_list(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, sami: User
) -> None:
    browser = sign_in(sami)
    expression = submitted.expression
    browser.post(page(assessing_call, "conflict", expression.pk), {"words": "A friend runs it."})

    refused = browser.get(page(assessing_call, "assess_one", expression.pk))
    assert refused.status_code == 403
    assert "declared a conflict of interest" in text(refused)
    assert "Front-room lunches" not in text(browser.get(page(assessing_call, "assess")))
    assert "Front-room lunches" not in exported(browser, assessing_call)
    assert (
        browser.post(
            page(assessing_call, "decide", expression.pk), {"outcome": "approved", "reason": "x"}
        ).status_code
        == 403
    )


def test_who_could_gain_is_refused_with_the_reason(
    assessing_call: Call, sign_in: SignIn, cora: User
) -> None:
    from commissioning.programmes.models import Declaration
    from tests.participation.calls.conftest import member

    Declaration.objects.create(
        membership=member(assessing_call.programme, cora), could_gain=True, words="Perhaps."
    )
    for name in ("assess", "export"):
        response = sign_in(cora).get(page(assessing_call, name))
        assert response.status_code == 403
        assert "could gain" in text(response)


def exported(browser: Client, call: Call) -> str:
    """The list as CSV."""
    response = browser.get(page(call, "export"))
    assert isinstance(response, StreamingHttpResponse)
    return response.getvalue().decode()


def test_the_export_has_its_columns_and_no_formula(
    call: Call, gwen: User, northbank: Organisation, cora: User, sign_in: SignIn
) -> None:
    northbank.name = "=HYPERLINK(1)"
    northbank.save()
    expression = applying.begin_expression(gwen, call, northbank)
    write_all(gwen, expression, name="+44 ways to walk")
    applying.submit(gwen, expression, op=uuid.uuid4())
    begin_assessing(cora, close(call))

    rows = list(csv.DictReader(io.StringIO(exported(sign_in(cora), call).removeprefix("\ufeff"))))

    assert (
        tuple(rows[0])
        == COLUMNS
        == (
            "number",
            "organisation",
            "title",
            "area",
            "asked",
            "currency",
            "submitted_at",
            "late",
            "decision",
            "feedback_given",
        )
    )
    assert rows[0]["organisation"] == "'=HYPERLINK(1)"
    assert rows[0]["title"] == "'+44 ways to walk"
    assert Decimal(rows[0]["asked"]) == 4800


def test_the_list_is_searched_filtered_sorted_and_paged(
    call: Call, cora: User, sign_in: SignIn
) -> None:
    many(call, 30)
    begin_assessing(cora, close(call))
    browser = sign_in(cora)
    address = page(call, "assess")

    assert "Project 30" not in text(browser.get(address))
    assert "Project 30" in text(browser.get(f"{address}?page=2"))
    assert "Project 17" in text(browser.get(f"{address}?q=project+17"))
    assert "Nothing to show" in text(browser.get(f"{address}?q=zzz"))
    assert "Nothing to show" in text(browser.get(f"{address}?decision=approved"))
    first = text(browser.get(f"{address}?sort=-number"))
    assert "Project 30" in first
    for bent in ("?page=999", "?page=x", "?sort=;drop", "?decision=nonsense", "?area=x'"):
        assert browser.get(address + bent).status_code == 200


def many(call: Call, count: int) -> None:
    """Submissions of as many organisations, written straight into the tables."""
    officer = call.made_by
    for number in range(1, count + 1):
        group = Organisation.objects.create(
            slug=f"group-{number}", name=f"Group {number}", kind=Organisation.Kind.COMMUNITY_GROUP
        )
        expression = Expression.objects.create(
            call=call, organisation=group, number=number, started_by=officer, only_one=True
        )
        submission = Submission.objects.create(
            expression=expression,
            number=1,
            by=officer,
            op=uuid.uuid4(),
            at=database_now(),
            title=f"Project {number}",
            summary="Something good.",
            asked=Decimal(1000 + number),
            content={"documents": []},
            digest="0" * 64,
        )
        expression.standing, expression.state = submission, "submitted"
        expression.save()


@pytest.mark.parametrize("count", [3, 20])
def test_the_list_makes_as_many_queries_for_twenty_as_for_three(
    call: Call,
    cora: User,
    sign_in: SignIn,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    many(call, count)
    begin_assessing(cora, close(call))
    browser = sign_in(cora)
    with django_assert_max_num_queries(36):
        browser.get(page(call, "assess"))


@pytest.mark.parametrize("count", [2, 15])
def test_our_own_list_makes_as_many_queries_however_long_it_is(
    call: Call,
    priya: User,
    lanes: Organisation,
    sign_in: SignIn,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, count + 1):
        Expression.objects.create(
            call=call, organisation=lanes, number=number, started_by=priya, only_one=False
        )
    browser = sign_in(priya)
    with django_assert_max_num_queries(14):
        assert text(browser.get(reverse("calls:ours"))).count("Lanes Neighbours") >= count


# Sealed until released -----------------------------------------------------------------------


def test_nothing_anywhere_shows_a_decision_before_the_release(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, cora: User, priya: User
) -> None:
    expression = submitted.expression
    assessing.decide(cora, expression, Decision.Outcome.NOT_APPROVED, "canary-reason")
    assessing.give_feedback(cora, expression, "canary-feedback")
    browser = sign_in(priya)
    programme = assessing_call.programme
    addresses = [
        ours(expression),
        reverse("calls:ours"),
        ours(expression, "preview"),
        ours(expression, "submit"),
        page(assessing_call),
        reverse("calls:calls", args=[programme.slug]),
        programme.get_absolute_url(),
    ]
    for who in (browser, Client()):
        for address in addresses:
            body = who.get(address, follow=True).content.decode()
            assert "canary" not in body
            assert "does not go on" not in body
    assert browser.get(ours(expression, "entry")).status_code == 403


def test_everybody_reads_the_decision_once_it_is_released(
    assessing_call: Call,
    submitted: Submission,
    sign_in: SignIn,
    ada: User,
    cora: User,
    priya: User,
) -> None:
    expression = submitted.expression
    assessing.decide(cora, expression, Decision.Outcome.NOT_APPROVED, "Too like the Bridge Club.")
    released = sign_in(ada).post(page(assessing_call, "release"))
    assert released.status_code == 302

    said = text(sign_in(priya).get(ours(expression)))
    assert "does not go on this time" in said
    assert "Too like the Bridge Club." in said
    assert "The people who read it write to you by" in said
    assert "Front-room lunches" not in text(Client().get(page(assessing_call)))


def test_a_question_to_the_applicant_is_answered_on_its_page(
    assessing_call: Call, submitted: Submission, sign_in: SignIn, cora: User, priya: User
) -> None:
    expression = submitted.expression
    until = database_now() + timedelta(days=3)
    asked = sign_in(cora).post(
        page(assessing_call, "ask_applicant", expression.pk),
        {"words": f"Who cooks? {SCRIPT}", **_when("due_at", until)},
    )
    assert asked.status_code == 302
    question = Clarification.objects.get()

    browser = sign_in(priya)
    assert "Who cooks?" in text(browser.get(ours(expression)))
    assert "<script>alert" not in browser.get(ours(expression)).content.decode()
    browser.post(ours(expression, "answer", question.pk), {"answer": "Twelve of us."})
    assert "Twelve of us." in text(
        sign_in(cora).get(page(assessing_call, "assess_one", expression.pk))
    )


# On to the ballot ----------------------------------------------------------------------------


@pytest.fixture
def approved(assessing_call: Call, submitted: Submission, ada: User, cora: User) -> Expression:
    """Approved and released."""
    assessing.decide(cora, submitted.expression, Decision.Outcome.APPROVED, "It fits.")
    assessing.release(ada, assessing_call)
    return Expression.objects.get(pk=submitted.expression.pk)


def entry_words(expression: Expression, **changes: object) -> dict[str, object]:
    """A ballot entry as somebody types it."""
    return {
        "title": "Front-room lunches",
        "summary": "Lunch with neighbours.",
        "cost": "4800",
        "area": "",
        "outcome": "",
        "picture_alt": "",
        "ready": "on",
        "base": "0",
    } | changes


def test_an_approved_one_gets_its_words_its_picture_and_its_cost(
    approved: Expression, sign_in: SignIn, priya: User
) -> None:
    from participation.calls.actions import ballot_entries

    browser = sign_in(priya)
    assert 'value="Front-room lunches"' in browser.get(ours(approved, "entry")).content.decode()
    saved = browser.post(
        ours(approved, "entry"),
        entry_words(
            approved,
            picture_file=SimpleUploadedFile("a.jpg", picture(size=(3000, 2000))),
            picture_alt="Four people at a table",
        ),
    )
    assert saved.status_code == 302, text(saved)

    entry = ballot_entries(approved.call.programme).get()
    assert (entry.cost, entry.ready) == (Decimal(4800), True)
    shown = Client().get(reverse("calls:picture", args=[entry.pk]))
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown.getvalue()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"summary": "word " * 141}, "1 word too long"),
        ({"cost": "5000.01"}, "within what the call gives"),
        ({"cost": "0"}, "more than nothing"),
        ({"base": "7"}, "Somebody else saved this"),
        ({"area": str(uuid.uuid4())}, "There is a problem"),
    ],
)
def test_an_entry_that_cannot_stand_says_why(
    approved: Expression, sign_in: SignIn, priya: User, change: dict[str, str], sentence: str
) -> None:
    response = sign_in(priya).post(ours(approved, "entry"), entry_words(approved, **change))
    assert response.status_code == 422
    assert sentence in text(response)


def test_a_picture_needs_words_for_who_cannot_see_it(
    approved: Expression, sign_in: SignIn, priya: User
) -> None:
    response = sign_in(priya).post(
        ours(approved, "entry"),
        entry_words(approved, picture_file=SimpleUploadedFile("a.png", picture("PNG"))),
    )
    assert "Say what the picture shows" in text(response)


def test_a_picture_that_is_not_ready_is_for_those_who_prepare_it(
    approved: Expression, sign_in: SignIn, priya: User, cora: User, gwen: User
) -> None:
    browser = sign_in(priya)
    words = entry_words(
        approved,
        ready="",
        picture_alt="A table",
        picture_file=SimpleUploadedFile("a.png", picture("PNG")),
    )
    browser.post(ours(approved, "entry"), words)
    address = reverse("calls:picture", args=[approved.ballot_entry.pk])

    statuses = [fetched(who, address)[0] for who in (browser, sign_in(cora))]
    assert statuses == [200, 200]
    assert sign_in(gwen).get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_an_editor_of_the_organisation_does_as_much_as_its_keeper(
    written: Expression, sign_in: SignIn, lanes: Organisation
) -> None:
    helper = make_person("Tess Moor")
    OrganisationMember.objects.create(organisation=lanes, user=helper)
    assert sign_in(helper).get(ours(written)).status_code == 200
