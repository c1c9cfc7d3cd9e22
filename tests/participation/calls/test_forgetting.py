"""Whom to ask about an expression, and its files, are forgotten when they are no longer needed."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from commissioning.people.models import User
from commissioning.people.registers import personal_data
from participation.calls.actions import applying
from participation.calls.actions.calls import begin_assessing
from participation.calls.actions.files import attach
from participation.calls.models import Attachment, Call, Decision, Expression, Submission
from participation.calls.tasks import forget
from tests.cast import SignIn
from tests.participation.calls.conftest import close
from tests.participation.calls.test_assessing import days_later, released

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def assessed(written: Expression, priya: User, cora: User) -> Call:
    """The lunches, sent with a file, being assessed."""
    attach(priya, written, SimpleUploadedFile("accounts.pdf", PDF), None)
    applying.submit(priya, written, op=uuid.uuid4())
    return begin_assessing(cora, close(written.call))


def contact() -> dict[str, str]:
    """Whom to ask, as the submission has it."""
    said: dict[str, str] = Submission.objects.get().content["organisation"]["contact"]
    return said


@pytest.mark.parametrize(
    ("outcome", "kept", "gone"),
    [(Decision.Outcome.NOT_APPROVED, 364, 366), (Decision.Outcome.APPROVED, 2550, 2560)],
)
def test_contact_and_files_are_forgotten_in_time_and_not_before(
    assessed: Call,
    ada: User,
    cora: User,
    priya: User,
    sign_in: SignIn,
    outcome: str,
    kept: int,
    gone: int,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    call = released(assessed, ada, cora, outcome)
    attachment = Attachment.objects.get()
    page = reverse("calls:own_file", args=[attachment.expression_id, attachment.pk])
    days_later(call, kept)
    assert forget() == 0
    assert contact()["email"]
    assert sign_in(priya).get(page).getvalue() == PDF

    days_later(call, gone)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget() == 1
    assert set(contact().values()) == {""}
    assert not attachment.file.storage.exists(str(attachment.file.name))
    assert "removed some time after" in sign_in(priya).get(page, follow=True).content.decode()
    drafts = attachment.expression.drafts.get(key="organisation")
    assert not [name for name in drafts.raw if name.startswith("contact")]
    assert Submission.objects.get().content["project"]["name"], "what was asked for stays"
    assert forget() == 0


def test_the_database_lets_nothing_else_of_a_submission_be_rewritten(
    submitted: Submission,
) -> None:
    for changed in (
        submitted.content | {"budget": {}},
        submitted.content | {"organisation": {"contact": {}}},
    ):
        with pytest.raises(DatabaseError, match="kept as written"), transaction.atomic():
            Submission.objects.filter(pk=submitted.pk).update(content=changed)


def test_people_read_what_is_held(submitted: Submission, priya: User, gwen: User) -> None:
    held = personal_data["expressions"]
    assert held.export(priya)["submitted"][0]["contact"] == contact()
    assert held.export(gwen) == {"submitted": [], "files": []}
