"""Who gets in where in spending."""

from datetime import date
from decimal import Decimal
from typing import Final

from commissioning.programmes.models import Outcome
from places.spending.actions import by_hand, classifying, notes
from places.spending.models import SpendingLine
from tests.permissions.groups import EVERYONE, MEMBERS, NOBODY, RUNNERS, Row
from tests.permissions.world import Cast, World
from tests.places.spending.conftest import YEAR, read_in_rows

# Observers are told why not.
SPEAKERS: Final = MEMBERS - {"olu"}
ROWS: Final[dict[str, Row]] = {
    "spending:about": Row(RUNNERS, RUNNERS),
    "spending:decide": Row(NOBODY, RUNNERS),
    "spending:gaps": Row(EVERYONE, NOBODY),
    "spending:grants": Row(EVERYONE, NOBODY),
    "spending:line_new": Row(RUNNERS, RUNNERS),
    "spending:line_remove": Row(RUNNERS, RUNNERS),
    "spending:line": Row(EVERYONE, NOBODY),
    "spending:lines": Row(EVERYONE, NOBODY),
    "spending:lines_csv": Row(EVERYONE, NOBODY),
    "spending:lines_xlsx": Row(EVERYONE, NOBODY),
    "spending:market": Row(EVERYONE, NOBODY),
    "spending:note": Row(EVERYONE, SPEAKERS),
    "spending:note_hide": Row(RUNNERS, RUNNERS),
    "spending:note_new": Row(SPEAKERS, SPEAKERS),
    "spending:notes": Row(EVERYONE, NOBODY),
    "spending:overview": Row(EVERYONE, NOBODY),
    "spending:paper": Row(NOBODY, RUNNERS),
    "spending:payees": Row(RUNNERS, NOBODY),
    "spending:payers": Row(RUNNERS, RUNNERS),
    "spending:rule": Row(RUNNERS, RUNNERS),
    "spending:rule_new": Row(RUNNERS, RUNNERS),
    "spending:rules": Row(RUNNERS, RUNNERS),
}


def build(world: World, cast: Cast) -> None:
    """Make what the addresses of this room open."""
    read_in_rows(cast.place, cast.ada, YEAR, "payments.csv")
    outcome = Outcome.objects.filter(programme=cast.programme).first()
    rule = classifying.make_rule(
        cast.ada, cast.programme, {"payee_contains": "lanes", "outcome": outcome, "service": ""}
    )
    note = notes.write_note(
        cast.ada, cast.programme, "better", "Two vans on one round.", notes.Subject()
    )
    line = SpendingLine.objects.filter(place=cast.place).first()
    assert line is not None
    world.by_room["spending"] = {
        "slug": cast.programme.slug,
        "line_id": line.pk,
        "rule_id": rule.pk,
        "note_id": note.pk,
    }
    facts = by_hand.Facts("Weir Fund", "Lanes Neighbours", Decimal(90), date(2026, 5, 1))
    written = by_hand.write_line(cast.ada, cast.programme, facts)
    world.give("spending:line_remove", line_id=written.pk)
