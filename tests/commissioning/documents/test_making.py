"""Asking for documents, and what the worker does."""

from commissioning.documents import making
from commissioning.documents.models import Rendering
from tests.commissioning.documents.conftest import Ask, Subject, file_of


def test_ada_asks_and_the_worker_makes_it(subject: Subject, have_made: Ask) -> None:
    rendering = have_made(subject)
    assert file_of(rendering).startswith(b"%PDF-1.7")
    assert rendering.pages == 1
    assert rendering.data == ""


def test_issue(subject: Subject, have_made: Ask) -> None:
    rendering = have_made(subject, issue=True)
    assert rendering.issued.number.startswith("RIV-")
