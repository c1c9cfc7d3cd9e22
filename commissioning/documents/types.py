"""Document types: a template, a data function and a rule, registered by the rooms above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from commissioning.documents.models import IssuedDocument
from commissioning.ground.answers import Answer, Text
from commissioning.ground.registries import Registry
from commissioning.people.models import User

Person = User | AnonymousUser
Data = dict[str, Any]
Rule = Callable[[Person, UUID], Answer]


class PlaceIdentity(Protocol):
    """What a document needs to know of the place whose name it carries."""

    @property
    def name(self) -> str:
        """The place's name: it stands in the footer of every page."""

    @property
    def prefix(self) -> str:
        """Capitals that begin the number of what is issued here: RIV."""


def _no_summary(_data: Data) -> list[tuple[str, str]]:
    return []


def _never(_subject_id: UUID) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document.

    ``data`` is an **allow list**: it builds the whole of what may be printed, as JSON values. The
    template gets nothing else (as ``data``), and the same values are attached to the PDF.
    It holds no time of printing, so that the same facts always ask for the same document.
    """

    name: str
    label: Text
    template: str
    data: Callable[[UUID], Data]
    rule: Rule  # who may have it made (and issued)
    place: Callable[[UUID], PlaceIdentity]
    title: Callable[[Data], str]
    on_issued: Callable[[UUID, IssuedDocument], None] | None = None
    may_read: Rule | None = None  # who may open the file; whoever may make it, where None
    is_public: Callable[[UUID], bool] = _never  # whether anyone may read what is issued
    decision: Callable[[Data], str] | None = None  # one sentence, shown on the verify page
    summary: Callable[[Data], list[tuple[str, str]]] = _no_summary  # facts to compare with paper
    page: Callable[[UUID], str] | None = None  # where its subject is shown: the way back
    mark: Text = ""  # printed on what has no number: "Draft", "Working paper"
    edition: int = 1  # raise it when the template changes, so that the same data is printed anew

    def readable(self, user: Person, subject_id: UUID) -> Answer:
        """Whether the person may open a document of this type about this subject."""
        return (self.may_read or self.rule)(user, subject_id)


document_types: Registry[DocumentType] = Registry("document type")
