"""The ways to reach a document: one and the same 404 for what is not there and not theirs."""

from uuid import UUID

from django.http import Http404

from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.documents.rules import may_open, may_read
from commissioning.documents.types import Person


def rendering_or_404(user: Person, rendering_id: UUID) -> Rendering:
    """A request for a document that the person may follow."""
    rendering = (
        Rendering.objects.select_related("issued", "requested_by").filter(id=rendering_id).first()
    )
    if rendering is None or not may_open(user, rendering):
        raise Http404
    return rendering


def versions_of(number: str) -> list[IssuedDocument]:
    """Every version of a number, newest first."""
    return list(
        IssuedDocument.objects.filter(number=number)
        .select_related("superseded_by")
        .order_by("-version")
    )


def version_or_404(user: Person, number: str, version: int) -> IssuedDocument:
    """A version whose file the person may open."""
    issued = IssuedDocument.objects.filter(number=number, version=version).first()
    if issued is None or not may_read(user, issued):
        raise Http404
    return issued
