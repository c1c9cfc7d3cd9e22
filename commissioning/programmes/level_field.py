"""The level-playing-field file: who attended, saw and said what.

Every part keeps it through :func:`note`; it is published when the lead says or when a call opens,
through :func:`publish_level_field`. Both are called inside the transaction of what they record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import LevelFieldEntry, Programme
from places.directory.models import Organisation


def note(
    programme: Programme, organisation: Organisation, kind: LevelFieldEntry.Kind, what: str
) -> LevelFieldEntry:
    """Keep what a possible provider attended, saw or said, for those who were not there."""
    return LevelFieldEntry.objects.create(
        programme=programme, organisation=organisation, kind=kind, what=what
    )


@dataclass(frozen=True, slots=True)
class Together:
    """What several organisations attended, saw or said alike: one line with all their names."""

    at: datetime
    kind: LevelFieldEntry.Kind
    names: tuple[str, ...]
    what: str


def entries_together(programme: Programme) -> list[Together]:
    """The file, oldest first, each thing once. One query."""
    return together(programme.level_field.select_related("organisation").order_by("at"))


def together(entries: Iterable[LevelFieldEntry]) -> list[Together]:
    """Lines of the file, oldest first, each thing once with all the organisations it is about."""
    names: dict[tuple[object, str, str], list[str]] = {}
    first: dict[tuple[object, str, str], datetime] = {}
    for entry in entries:
        what = (timezone.localdate(entry.at), entry.kind, entry.what)
        names.setdefault(what, []).append(entry.organisation.name)
        first.setdefault(what, entry.at)
    return [
        Together(at, LevelFieldEntry.Kind(kind), tuple(dict.fromkeys(names[day, kind, what])), what)
        for (day, kind, what), at in first.items()
    ]


def publish_level_field(programme: Programme, reason: str, *, actor: User | None = None) -> bool:
    """Let everyone read the file from now on, lines that come later too.

    Says whether it was published just now; publishing twice does nothing. ``actor`` is None where
    something else caused it (a call opened), which ``reason`` then says.
    """
    now = timezone.now()
    published = Programme.objects.filter(
        pk=programme.pk, level_field_published_at__isnull=True
    ).update(level_field_published_at=now)
    if not published:
        return False
    programme.level_field_published_at = now
    record(programme, actor, "published the level-playing-field file", reason=reason)
    return True
