"""The PDF that an applicant keeps, and how calls stand on a programme's map."""

import io
import uuid

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from commissioning.documents import making
from commissioning.documents.actions import request_document
from commissioning.documents.models import Rendering
from commissioning.ground.answers import Refused
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.calls import journey
from participation.calls.actions import applying
from participation.calls.models import Call, Submission
from participation.calls.papers import RECEIPT, data, may_have
from tests.cast import SignIn
from tests.participation.calls.conftest import close

pytestmark = pytest.mark.django_db


def test_priya_keeps_what_she_submitted_as_a_pdf(
    submitted: Submission, priya: User, sign_in: SignIn
) -> None:
    response = sign_in(priya).post(f"/expressions/{submitted.expression_id}/paper/")
    rendering = Rendering.objects.get()
    assert response["Location"] == f"/documents/{rendering.pk}/"

    making.make(rendering.pk)

    rendering.refresh_from_db()
    assert rendering.state == Rendering.State.DONE, rendering.trouble
    with default_storage.open(str(rendering.file.name)) as file:
        read = PdfReader(io.BytesIO(file.read()))
    words = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    for said in ("EOI 1", "Front-room lunches", "£4,800", "Lunch for four, every Thursday."):
        assert said in words


def test_the_paper_says_nothing_of_hours_or_decisions(submitted: Submission) -> None:
    assert set(data(submitted.pk)) == {
        "amounts",
        "call",
        "content",
        "digest",
        "late",
        "number",
        "place",
        "programme",
        "received",
        "received_in_words",
        "version",
    }


def test_nobody_else_has_it_made(submitted: Submission, gwen: User, cora: User, nell: User) -> None:
    for person in (gwen, cora, nell):
        with pytest.raises(Refused):
            request_document(person, RECEIPT, submitted.pk)


def test_an_assessor_may_have_only_the_version_that_stands(
    assessing_call: Call, submitted: Submission, cora: User, priya: User
) -> None:
    assert may_have(cora, submitted.pk)
    applying.withdraw(priya, submitted.expression)
    assert not may_have(cora, submitted.pk)
    assert not may_have(cora, uuid.uuid4())


def test_the_map_says_how_calls_stand(programme: Programme, call: Call, olu: User) -> None:
    assert journey.summary(programme, olu).tag == "Open now"
    close(call)
    assert journey.summary(programme, olu).tag == "Being assessed"


def test_the_map_says_nothing_of_drafts(draft_call: Call, olu: User) -> None:
    assert "No call has been published" in str(journey.summary(draft_call.programme, olu).text)
