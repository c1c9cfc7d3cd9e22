"""Lists of places: with latitude and longitude, with eastings and northings, or with an address.

Pure. A row with coordinates that cannot be right is refused; a row without any is taken if it has a
postcode or an address. Names of people are left out.
"""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.ground.answers import Text
from places.imports.formats.base import Choices, Report, cell
from places.imports.formats.columns import Column, Header, Matching
from places.imports.formats.coordinates import point_at, point_from, point_in
from places.imports.formats.keys import digest_of
from places.imports.formats.location_columns import COLUMNS, ENOUGH
from places.imports.formats.mending import Cells
from places.imports.formats.postcodes import postcode_in, tidy_postcode
from places.imports.formats.rows import Item, LocationRow, Point, Reading, RowError
from places.imports.formats.texts import UnreadableError, plain, tidy
from places.imports.readers.tables import Record

LONGEST_NAME: Final = 160
LONGEST_TEXT: Final = 2_000
MOST_EXTRA: Final = 30
_ADDRESS: Final = ("address", "address_2", "address_3", "address_4", "town")


class LocationFormat:
    """Lists of places."""

    name = "locations"
    label: Text = gettext_lazy("Places and buildings")
    columns: tuple[Column, ...] = COLUMNS
    enough: tuple[frozenset[str], ...] = ENOUGH
    wanted: Text = gettext_lazy("what each place is called")

    def parser(self, header: Header, matching: Matching, choices: Choices) -> "LocationParser":
        """A parser for one file."""
        return LocationParser(header, matching, choices)


class LocationParser:
    """Reads one list."""

    def __init__(self, header: Header, matching: Matching, choices: Choices) -> None:
        self.report = Report()
        self.header, self.matching, self.choices = header, dict(matching), choices
        taken = set(self.matching.values())
        self.extra = [
            (at, tidy(heading)[:60])
            for at, heading in enumerate(header.headings)
            if heading and at not in taken
        ][:MOST_EXTRA]
        self.first: dict[object, int] = {}
        self.last_name = ""
        self.pointless = 0

    def read(self, records: Iterable[Record]) -> Reading:
        """Every row as an item or an error; the same place twice in a file is one place."""
        for record in records:
            if not any(map(plain, record.cells)):
                self.report.skip("blank")
            elif self._repeats_headings(record.cells):
                self.report.skip("heading")
            else:
                yield self._take(record)
        if self.pointless:
            self.report.say(
                ngettext(
                    "%d place has an address and no coordinates, so it is on the list and not on "
                    "the map.",
                    "%d places have an address and no coordinates, so they are on the list and not "
                    "on the map.",
                    self.pointless,
                )
                % self.pointless
            )
        if "person" in self.matching:
            heading = self.header.headings[self.matching["person"]]
            self.report.say(_("“%s” was left out: it names people.") % heading)

    def _take(self, record: Record) -> Item[LocationRow] | RowError:
        try:
            value = self.parse(record.cells)
        except UnreadableError as error:
            return RowError(record.row, str(error))
        finally:
            self.last_name = self._text(record.cells, "name", LONGEST_NAME)
        key = digest_of(value.name, value.postcode or value.address, value.point, value.category)
        first = self.first.setdefault(key, record.row)
        if first != record.row:
            said = _("The same place stands in row %d already.") % first
            return RowError(record.row, said, is_double=True)
        self.pointless += value.point is None
        return Item(record.row, value, key, digest_of(value))

    def _repeats_headings(self, cells: Cells) -> bool:
        at = self.matching["name"]
        return cell(cells, self.matching, "name") == self.header.headings[at] and len(cells) > 1

    def _text(self, cells: Cells, name: str, longest: int = LONGEST_TEXT) -> str:
        return plain(cell(cells, self.matching, name))[:longest]

    def parse(self, cells: Cells) -> LocationRow:
        """One row. Raises :class:`UnreadableError` with a sentence."""
        name = self._text(cells, "name", LONGEST_NAME)
        if not name:
            raise UnreadableError(self._nameless())
        point = self._point(cells)
        address = ", ".join(
            part for part in (self._text(cells, one).strip(" ,") for one in _ADDRESS) if part
        )
        said_postcode = tidy_postcode(self._text(cells, "postcode", 20))
        if said_postcode and tidy_postcode(address[-len(said_postcode) :]) == said_postcode:
            # It stands once, in its own column.
            address = address[: -len(said_postcode)].rstrip(" ,")
        postcode = said_postcode or postcode_in(address)
        if point is None and not postcode and not address:
            raise UnreadableError(
                _("“%s” has no coordinates, no postcode and no address, so nobody could find it.")
                % name[:80]
            )
        return LocationRow(
            name=name,
            category=self._text(cells, "category", 120),
            description=self._text(cells, "description"),
            address=address[:300],
            postcode=postcode[:20],
            telephone=self._text(cells, "telephone", 60),
            email=self._text(cells, "email", 254),
            website=self._text(cells, "website", 300),
            opening_hours=self._text(cells, "opening_hours", 500),
            for_whom=self._text(cells, "for_whom", 300),
            reference=self._text(cells, "reference", 60),
            point=point,
            extra={
                heading: said
                for at, heading in self.extra
                if (said := plain(cells[at] if at < len(cells) else "")[:500])
            },
        )

    def _nameless(self) -> str:
        if not self.last_name:
            return _("This row does not say what the place is called.")
        return (
            _(
                "This row does not say what the place is called. If it belongs to “%s”, above it, "
                "write that name here too."
            )
            % self.last_name[:80]
        )

    def _point(self, cells: Cells) -> Point | None:
        home = self.choices.home
        pairs = (
            (point_at, "latitude", "longitude"),
            (point_from, "easting", "northing"),
        )
        for read, one, other in pairs:
            if one in self.matching and other in self.matching:
                first, second = (cell(cells, self.matching, name) for name in (one, other))
                found = read(first, second, home)
                if found is not None:
                    return found
        return point_in(cell(cells, self.matching, "coordinates"), home)
