"""The applicant's pages: everything typed is kept, everything stolen is a 404."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from participation.calls.actions import applying
from participation.calls.actions.calls import begin_assessing
from participation.calls.models import (
    Attachment,
    Call,
    Expression,
    Submission,
)
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.commissioning.ground.test_uploads import PDF, docx
from tests.participation.calls.conftest import answers_to, close
from tests.participation.calls.pages import SCRIPT, fetched, ours, page, text

pytestmark = pytest.mark.django_db


OURS_PAGES = ("expression", "totals", "preview", "submit", "withdraw", "documents")


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


def test_pages_and_savings_ask_little_of_the_database(
    written: Expression,
    sign_in: SignIn,
    priya: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser, stranger = sign_in(priya), Client()
    typed = {"name": "Lunches", "base": "1"}
    with django_assert_max_num_queries(11):
        stranger.get(page(written.call))
    with django_assert_max_num_queries(13):
        browser.get(ours(written))
    with django_assert_max_num_queries(14):
        browser.post(ours(written, "section", "project"), typed, headers={"HX-Request": "true"})
