"""What a file would bring, before anything is written: its first rows as they are understood."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from places.imports import store
from places.imports.formats import table_formats
from places.imports.formats.rows import (
    AnyRow,
    FeatureRow,
    GrantRow,
    Item,
    LocationRow,
    OrganisationRow,
    RowError,
    ServiceRow,
    SpendingRow,
)
from places.imports.formats.texts import FileError
from places.imports.models import Import
from places.imports.reading import FileReading, look
from places.imports.running import choices_for
from places.imports.whereabouts import Whereabouts, distance, whereabouts_of

LOOKED_AT: Final = 2_000
SHOWN: Final = 6
MOST_ERRORS: Final = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is understood: its number, some texts, and its amount where it has one."""

    row: int
    texts: tuple[str, ...]
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a file."""

    headings: tuple[str, ...]
    rows: tuple[Shown, ...]
    errors: tuple[RowError, ...]
    good: int
    bad: int
    is_whole: bool
    notes: tuple[str, ...] = ()
    trouble: str = ""
    # What no column says yet, in words.
    missing: str = ""

    @property
    def more_errors(self) -> int:
        """How many rows cannot be read beyond those that are named."""
        return self.bad - len(self.errors)


def preview_of(import_: Import) -> Preview:
    """Read the beginning of the file with the columns as they are matched. Writes nothing."""
    try:
        with store.at_hand(str(import_.file)) as path:
            return _read(import_, path)
    except (FileError, FileNotFoundError) as error:
        said = str(error) if isinstance(error, FileError) else _("The file is no longer here.")
        return Preview((), (), (), 0, 0, is_whole=True, trouble=said)


def _read(import_: Import, path: Any) -> Preview:
    found = look(path, import_.importer, header_row=import_.detected.get("header_row", 0))
    whereabouts = whereabouts_of(import_.place)
    choices = choices_for(import_, whereabouts)
    reading = FileReading(found, import_.importer, choices, import_.matching)
    items: list[Item[AnyRow]] = []
    errors: list[RowError] = []
    rows = reading.rows()
    for row in islice(rows, LOOKED_AT):
        errors.append(row) if isinstance(row, RowError) else items.append(row)
    is_whole = len(items) + len(errors) < LOOKED_AT
    first = items[0].value if items else None
    whereabouts.look_at(items)
    return Preview(
        headings=_headings(first),
        rows=tuple(Shown(item.row, *_shown(item.value, whereabouts)) for item in items[:SHOWN]),
        errors=tuple(errors[:MOST_ERRORS]),
        good=len(items),
        bad=len(errors),
        is_whole=is_whole,
        notes=(*reading.notes, *filter(None, [whereabouts.note()])),
        missing=_missing(import_),
    )


def _missing(import_: Import) -> str:
    """Which columns nobody has found yet, of those without which no row can be read."""
    format_ = table_formats.get(import_.importer)
    if format_ is None or not import_.detected.get("headings"):
        return ""
    lacking = min((wanted - import_.matching.keys() for wanted in format_.enough), key=len)
    if not lacking:
        return ""
    labels = [str(one.label) for one in format_.columns if one.name in lacking]
    return _(
        "Row %(row)d is read as the headings: %(headings)s. None of them is known to say: "
        "%(lacking)s. Choose below which column says it, or which row holds the headings."
    ) % {
        "row": import_.detected.get("header_row", 0),
        "headings": ", ".join(filter(None, import_.detected["headings"]))[:200],
        "lacking": ", ".join(labels),
    }


def _headings(value: AnyRow | None) -> tuple[str, ...]:
    if isinstance(value, SpendingRow):
        return (_("Who was paid"), _("When"), _("For what"))
    if isinstance(value, LocationRow):
        return (_("Name"), _("Kind"), _("Where"), _("On the map"))
    if isinstance(value, GrantRow):
        return (_("Grant"), _("To"), _("From"), _("Awarded"))
    if isinstance(value, ServiceRow | OrganisationRow):
        return (_("Name"), _("What it is"), _("Where"))
    return (_("Name"), _("Shape")) if value is not None else ()


def _shown(value: AnyRow, whereabouts: Whereabouts) -> tuple[tuple[str, ...], Decimal | None]:
    if isinstance(value, SpendingRow):
        when = value.paid_on or value.period_start
        what = value.purpose or value.category or value.service_area or value.department
        return (value.supplier, date_format(when, "j F Y") if when else "", what), value.amount
    if isinstance(value, LocationRow):
        where = ", ".join(filter(None, (value.address, value.postcode)))
        return (value.name, value.category, where, _on_map(value, whereabouts)), None
    if isinstance(value, GrantRow):
        day = date_format(value.awarded_on, "j F Y")
        return (value.title, value.recipient_name, value.funder_name, day), value.amount
    if isinstance(value, FeatureRow):
        return (value.name, str(value.geometry.get("type", ""))), None
    return _shown_referral(value), None


def _on_map(value: LocationRow, whereabouts: Whereabouts) -> str:
    if value.point is None:
        return _("No")
    away = whereabouts.away(value.point)
    if not away:
        return _("Yes")
    return _("Yes, %(far)s outside %(place)s") % {
        "far": distance(away),
        "place": whereabouts.name,
    }


def _shown_referral(value: ServiceRow | OrganisationRow) -> tuple[str, ...]:
    if isinstance(value, ServiceRow):
        where = "; ".join(filter(None, (one.postcode or one.name for one in value.places)))
        return value.name, _("Service"), where
    return value.name, _("Organisation"), ""
