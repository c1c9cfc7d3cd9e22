"""The way to reach an import: one 404 for what is not there and what is not theirs."""

from uuid import UUID

from django.http import Http404

from places.directory.rules import Person
from places.imports.models import Import
from places.imports.rules import may_open


def import_or_404(user: Person, import_id: UUID) -> Import:
    """An import that the person may follow."""
    found = (
        Import.objects.select_related("place", "programme", "programme__gate_lift", "by")
        .filter(pk=import_id)
        .first()
    )
    if found is None or not may_open(user, found):
        raise Http404
    return found
