"""A document type that only tests have: notes about a place, made by who is on a list."""

import base64
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from commissioning.documents import making
from commissioning.documents.actions import request_document
from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.documents.types import Data, DocumentType, Person, document_types
from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from places.directory.models import Place

SEED = base64.b64encode(bytes(range(32))).decode()
OTHER_SEED = base64.b64encode(bytes(range(32, 64))).decode()


@dataclass
class Subject:
    """What the document is about; the tests change it."""

    place: Place
    id: UUID = field(default_factory=uuid.uuid4)
    title: str = "How daytime company in the Lanes will be provided"
    why: str = "At both workshops people said they open the door to someone they know."
    secret: str = "never printed: not in the allow list"
    makers: set[User] = field(default_factory=set)
    readers: set[User] = field(default_factory=set)
    is_public: bool = True
    issued: list[str] = field(default_factory=list)
    stop: Callable[[], None] = lambda: None


Subjects = dict[UUID, Subject]


@pytest.fixture
def subjects() -> Subjects:
    """Every subject of this test, by id."""
    return {}


@pytest.fixture(autouse=True)
def test_record(subjects: Subjects, settings: Settings, tmp_path: Path) -> Iterator[DocumentType]:
    """The type, registered for one test; its template lies beside the tests."""

    def data(subject_id: UUID) -> Data:
        subject = subjects[subject_id]
        return {
            "title": subject.title,
            "decision": "A pot of grants for groups in the Lanes.",
            "why": subject.why,
            "facts": [["Took part", "41 people"], ["Next", "A call on 25 January"]],
            "options": [["Grants", "4 to 6"], ["Competition", "6 to 8"]],
        }

    def rule(user: Person, subject_id: UUID) -> Answer:
        return YES if user in subjects[subject_id].makers else no("Only the makers make it.")

    def may_read(user: Person, subject_id: UUID) -> Answer:
        subject = subjects[subject_id]
        return YES if user in subject.makers | subject.readers else no("It is not yours.")

    def title(values: Data) -> str:
        return str(values["title"])

    def place(subject_id: UUID) -> Place:
        subjects[subject_id].stop()
        return subjects[subject_id].place

    def on_issued(subject_id: UUID, issued: IssuedDocument) -> None:
        subjects[subject_id].issued.append(str(issued))

    kind = DocumentType(
        name="test_record",
        label="Decision record",
        template="test_record.html",
        data=data,
        rule=rule,
        place=place,
        title=title,
        on_issued=on_issued,
        may_read=may_read,
        is_public=lambda subject_id: subjects[subject_id].is_public,
        decision=lambda values: str(values["decision"]),
        summary=lambda values: [(name, value) for name, value in values["facts"]],
        mark="Draft",
    )
    templates = [
        {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], Path(__file__).parent]}
    ]
    settings.TEMPLATES = templates
    settings.RECORD_SIGNING_KEY = SEED
    settings.SITE_URL = "https://rivermead.example"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": None},
        },
    }
    document_types.register(kind.name, kind)
    yield kind
    del document_types._entries[kind.name]


@pytest.fixture
def subject(subjects: Subjects, place: Place, ada: User) -> Subject:
    """Something in Rivermead that Ada may have documents made about."""
    found = Subject(place=place, makers={ada})
    subjects[found.id] = found
    return found


Ask = Callable[..., Rendering]


@pytest.fixture
def have_made(ada: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Ask:
    """``have_made(subject, issue=True)``: Ada asks, and a worker makes it."""

    def ask(subject: Subject, **how: Any) -> Rendering:
        with django_capture_on_commit_callbacks():
            rendering = request_document(ada, "test_record", subject.id, **how)
        making.make(rendering.id)
        rendering.refresh_from_db()
        assert rendering.state == Rendering.State.DONE, rendering.trouble
        return rendering

    return ask


@pytest.fixture
def issue(have_made: Ask) -> Callable[[Subject], IssuedDocument]:
    """``issue(subject)``: a version in force."""
    return lambda subject: have_made(subject, issue=True).issued


@pytest.fixture
def anyone() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


def sent(response: Any) -> bytes:
    """The body of a streamed answer."""
    return b"".join(response.streaming_content)


def file_of(document: IssuedDocument | Rendering) -> bytes:
    """The stored file."""
    with default_storage.open(str(document.file), "rb") as file:
        body: bytes = file.read()
    return body
