"""What was said, as data: CSV and JSON, once an officer has read it.

An allow list of columns; rows sorted by what they say; nobody's id, name, order or time. Counts
below five are empty cells, and so are those they would follow from (``suppression``).
"""

from typing import Any, Final

from django.utils import timezone

from commissioning.ground.exports import Cell
from commissioning.programmes.templatetags.programmes import moneyless
from participation.workshops.activities.base import kind_of
from participation.workshops.models import Workshop
from participation.workshops.presence import asked_of, people_of

# A new field of a model never appears here by itself; a test holds this list.
COLUMNS: Final = (
    "activity",
    "kind",
    "theme",
    "words",
    "dots",
    "agree",
    "disagree",
    "pass",
)
Row = dict[str, Any]


def rows_of(workshop: Workshop) -> list[Row]:
    """Every row, by activity, then by what it says."""
    rows: list[Row] = []
    for activity in workshop.activities.all():
        activity.workshop = workshop
        kind = kind_of(activity)
        found = [
            {"activity": activity.title, "kind": kind.kind} | row for row in kind.export(activity)
        ]
        rows.extend(sorted(found, key=_content))
    return [_parked(row, workshop) for row in rows]


def table_of(workshop: Workshop) -> list[list[Cell]]:
    """The rows in the order of :data:`COLUMNS`."""
    return [[row.get(name) for name in COLUMNS] for row in rows_of(workshop)]


def as_json(workshop: Workshop) -> dict[str, Any]:
    """The session and its rows, with who was in the room in numbers."""
    day = workshop.opened_at or workshop.created_at
    return {
        "workshop": workshop.title,
        "programme": workshop.programme.title,
        "place": workshop.programme.place.name,
        "day": timezone.localdate(day).isoformat(),
        "people": people_of(workshop),
        "who_came": [
            {
                "question": asked.words,
                "answered": asked.answered,
                "source": asked.source,
                "answers": [
                    {"answer": line.words, "number": line.number, "place_percent": line.place}
                    for line in asked.lines
                ],
            }
            for asked in asked_of(workshop)
        ],
        "columns": list(COLUMNS),
        "said": [{name: row.get(name) for name in COLUMNS} for row in rows_of(workshop)],
    }


def _content(row: Row) -> tuple[str, ...]:
    """What a row says, in an order that nothing else decides."""
    told = [str(row.get(name, "")) for name in COLUMNS[2:]]
    return (told[0].casefold(), told[1].casefold(), *told)


def _parked(row: Row, workshop: Workshop) -> Row:
    """Amounts in people's own words wait for the money gate here too."""
    return {
        name: moneyless(value, workshop.programme) if isinstance(value, str) else value
        for name, value in row.items()
    }
