"""Who gets in where in imports."""

from typing import Final

from django.core.files.base import ContentFile
from django.utils import timezone

from places.imports import store
from places.imports.models import Import
from tests.permissions.groups import NOBODY, PLACE_KEEPERS, RUNNERS, Row
from tests.permissions.world import Cast, World

# Cora and Ada run a programme in the place; the place's own keepers are among them.
ROWS: Final[dict[str, Row]] = {
    "imports:place": Row(PLACE_KEEPERS, NOBODY),
    "imports:place_new": Row(PLACE_KEEPERS, PLACE_KEEPERS),
    "imports:programme": Row(RUNNERS, NOBODY),
    "imports:programme_new": Row(RUNNERS, RUNNERS),
    "imports:import": Row(PLACE_KEEPERS, NOBODY),
    "imports:match": Row(NOBODY, PLACE_KEEPERS),
    "imports:errors": Row(PLACE_KEEPERS, NOBODY),
    "imports:undo": Row(PLACE_KEEPERS, PLACE_KEEPERS),
}


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    done = Import.objects.create(
        place=cast.place,
        by=cast.ada,
        importer="locations",
        file_name="playgrounds.csv",
        state=Import.State.DONE,
        finished_at=timezone.now(),
        read=3,
        imported=2,
        rejected=1,
        errors=[[4, "This row does not say what the place is called."]],
        errors_file=store.keep(ContentFile(b"Name,What is wrong\r\n", name="errors.csv")),
    )
    world.by_room["imports"] = {"import_id": done.pk, "slug": cast.place.slug}
    for name in ("programme", "programme_new"):
        world.give(f"imports:{name}", slug=cast.programme.slug)
