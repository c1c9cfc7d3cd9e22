"""What the importers of resources share: write once, undo whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid, Text
from places.imports.formats.rows import AnyRow, Item
from places.imports.importers import Saved
from places.imports.models import Import
from places.resources.actions.common import hold_place, locate, without_amounts
from places.resources.actions.merging import part
from places.resources.models import Merge, Resource, Source, State

Row = TypeVar("Row")
Make = Callable[[AnyRow], Resource]
LONGEST_ABOUT: Final = 2000


@dataclass
class RowImporter:
    """Saves a file in which each row is a resource."""

    name: str
    label: Text
    make: Make
    needs_open_gate: bool = False

    def save(self, batch: Sequence[Item[AnyRow]], to: Import) -> Saved:
        """Write a batch."""
        return save_resources(batch, to, self.make)

    def finish(self, to: Import) -> Sequence[str]:
        """Nothing is left to do; the import itself says how many lie outside the areas."""
        return ()

    def undo(self, of: Import) -> int:
        """Take it all away."""
        return undo_resources(of)

    def result_url(self, of: Import) -> str:
        """The map and the list."""
        return resources_url(of)


def save_resources(batch: Sequence[Item[AnyRow]], to: Import, make: Make) -> Saved:
    """Write the rows that the place does not have yet, in bulk, each with its area."""
    there = known_keys(to, [item.key for item in batch])
    new: list[Resource] = []
    for item in batch:
        if item.key in there:
            continue
        there.add(item.key)
        new.append(_brought(make(item.value), item.key, to))
    locate(to.place, new)
    Resource.objects.bulk_create(new, batch_size=2000)
    return Saved(imported=len(new), already_there=len(batch) - len(new))


def known_keys(to: Import, keys: list[UUID]) -> set[UUID]:
    """Which of these the place has already."""
    known = Resource.objects.filter(place=to.place, import_key__in=keys)
    return {key for key in known.values_list("import_key", flat=True) if key is not None}


def _brought(resource: Resource, key: UUID, to: Import) -> Resource:
    resource.place = to.place
    resource.brought_in, resource.import_key = to, key
    resource.source, resource.state = Source.IMPORT, State.PUBLISHED
    resource.source_words = (to.publisher or to.file_name)[:280]
    resource.added_by = to.by
    return resource


def undo_resources(of: Import) -> int:
    """Take away what the import brought. What people made part of it becomes itself again."""
    hold_place(of.place)
    mine = Resource.objects.filter(brought_in=of)
    others = Merge.objects.filter(kept__brought_in=of, undone_at__isnull=True).exclude(
        merged__brought_in=of
    )
    for done in others.select_related("kept__place", "merged"):
        if of.undone_by is None and of.by is None:
            raise Invalid(_("“%s” is part of what came in. Make them two first.") % done.merged)
        person = of.undone_by or of.by
        assert person is not None
        part(done, person)
    number = mine.count()
    mine.delete()
    return number


def resources_url(of: Import) -> str:
    """The list, with what came in by this file."""
    return f"{reverse('resources:place', args=[of.place.slug])}?file={of.pk}"


def about_of(*texts: str) -> str:
    """The texts as paragraphs, without amounts, not endless."""
    said = "\n".join(text.strip() for text in texts if text.strip())
    return without_amounts(said)[:LONGEST_ABOUT]


def short(text: str, longest: int) -> str:
    """A text that fits, without amounts."""
    said = without_amounts(text)
    return said if len(said) <= longest else said[: longest - 3].rstrip() + "..."


def web_address(text: str) -> str:
    """An address that a browser may be sent to, or nothing: never ``javascript:``.

    >>> web_address("www.example.org")
    'https://www.example.org'
    >>> web_address("javascript:alert(1)")
    ''
    """
    said = text.strip()
    if "//" not in said and "." in said:
        said = f"https://{said}"
    try:
        parts = urlsplit(said)
    except ValueError:
        return ""
    fits = parts.scheme in {"http", "https"} and parts.netloc and " " not in said
    return said if fits and len(said) <= 500 else ""


def email_address(text: str) -> str:
    """An e-mail address, or nothing."""
    said = text.strip()
    try:
        validate_email(said)
    except ValidationError:
        return ""
    return said if len(said) <= 254 else ""
