"""The level-playing-field file's one writer: who attended, saw and said what."""

from commissioning.programmes.models import LevelFieldEntry, Programme
from places.directory.models import Organisation


def note(
    programme: Programme, organisation: Organisation, kind: LevelFieldEntry.Kind, what: str
) -> LevelFieldEntry:
    """Keep what a possible provider attended, saw or said, for those who were not there."""
    return LevelFieldEntry.objects.create(
        programme=programme, organisation=organisation, kind=kind, what=what
    )
