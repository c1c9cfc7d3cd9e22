"""The write door of files: their lines come in as a whole, and go as a whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from commissioning.ground.answers import require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from places.directory.models import Place
from places.spending import matching, rules, staging
from places.spending.actions.grants import put_back
from places.spending.fingerprint import LineRow
from places.spending.models import Source


@dataclass(frozen=True, slots=True)
class File:
    """What is kept about a file that is read in. ``digest``: its SHA-256, in hexadecimal."""

    title: str
    name: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a file's rows: ``new`` lines, and ``again`` those that were there already.

    ``sums`` by currency, of all rows of the file, new or not.
    """

    source: Source
    rows: int
    new: int
    again: int
    sums: dict[str, Decimal]
    matched: dict[str, int]


@transaction.atomic
def save_lines(user: User | None, place: Place, file: File, rows: Iterable[LineRow]) -> Saved:
    """Read a file's lines in, match their payees, suggest the rest. All of it or nothing.

    ``user`` is None where whoever runs the installation does it from the command line.
    """
    if user is not None:
        require(rules.may_import(user, place))
    lock(f"spending:{place.pk}")
    source = Source.objects.create(
        place=place, title=file.title[:200], file_name=file.name[-200:], digest=file.digest, by=user
    )
    staged = staging.stage(place.pk, rows, file.digest or str(source.pk))
    staging.add_names(place.pk, source.pk, staged)
    new, again = staging.add_lines(place.pk, source.pk)
    matched = matching.match_names(place.pk)
    matching.suggest(place.pk)
    return Saved(source, staged.rows, new, again, staged.sums, matched)


_GIVE_ON = """
    UPDATE spending_spendingline AS line SET source_id = other.source_id
    FROM (
        SELECT DISTINCT ON (again.line_id) again.line_id, again.source_id
        FROM spending_seenagain AS again
        JOIN spending_spendingline AS line ON line.id = again.line_id
        JOIN spending_source AS source ON source.id = again.source_id
        WHERE line.source_id = %(source)s AND source.undone_at IS NULL
        ORDER BY again.line_id, source.created_at, source.id
    ) AS other
    WHERE line.id = other.line_id
"""
_FORGET_GIVEN_ON = """
    DELETE FROM spending_seenagain AS again USING spending_spendingline AS line
    WHERE line.id = again.line_id AND line.source_id = again.source_id
"""
# Who is still named is found once, as a set.
_UNUSED_PAYEES = """
    WITH named AS MATERIALIZED (
        SELECT payee_id FROM spending_spendingline WHERE place_id = %(place)s
        UNION SELECT payee_id FROM spending_annotation WHERE payee_id IS NOT NULL
    ), unused AS MATERIALIZED (
        SELECT id FROM spending_payee AS payee
        WHERE place_id = %(place)s AND decided_by_id IS NULL
          AND first_source_id IN (
              SELECT id FROM spending_source WHERE id = %(source)s OR undone_at IS NOT NULL
          )
          AND NOT EXISTS (SELECT 1 FROM named WHERE named.payee_id = payee.id)
    ), suggested AS (
        DELETE FROM spending_suggestion AS suggestion USING unused
        WHERE suggestion.payee_id = unused.id
    )
    DELETE FROM spending_payee AS payee USING unused WHERE payee.id = unused.id
"""
_UNUSED_PAYERS = """
    WITH named AS MATERIALIZED (
        SELECT DISTINCT payer_id FROM spending_spendingline WHERE place_id = %(place)s
    )
    DELETE FROM spending_payer AS payer
    WHERE payer.place_id = %(place)s AND payer.organisation_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM named WHERE named.payer_id = payer.id)
"""


@transaction.atomic
def undo_source(user: User | None, source: Source) -> int:
    """Take a file's lines out again; say how many went.

    A line that a later file holds too stays, as that file's. What people decided about payees
    stays; payees that only this file brought, and nobody touched, go.
    """
    lock(f"spending:{source.place_id}")
    source = Source.objects.select_for_update().get(pk=source.pk)
    if user is not None:
        require(rules.may_undo(user, source))
    with connection.cursor() as cursor:
        put_back(source.pk)
        where = {"source": source.pk, "place": source.place_id}
        cursor.execute("DELETE FROM spending_seenagain WHERE source_id = %(source)s", where)
        cursor.execute(_GIVE_ON, where)
        cursor.execute(_FORGET_GIVEN_ON)
        gone = _delete_lines(source.pk)
        cursor.execute(_UNUSED_PAYEES, where)
        cursor.execute(_UNUSED_PAYERS, where)
    source.undone_at, source.undone_by = timezone.now(), user
    source.save(update_fields=["undone_at", "undone_by"])
    return gone


_DELETES = (
    "DELETE FROM spending_lineabout USING spending_spendingline AS line"
    " WHERE line.id = line_id AND line.source_id = %(source)s",
    "DELETE FROM spending_grant USING spending_spendingline AS line"
    " WHERE line.id = line_id AND line.source_id = %(source)s",
    "UPDATE spending_annotation SET line_id = NULL FROM spending_spendingline AS line"
    " WHERE line.id = line_id AND line.source_id = %(source)s",
    "DELETE FROM spending_seenagain USING spending_spendingline AS line"
    " WHERE line.id = line_id AND line.source_id = %(source)s",
    "DELETE FROM spending_spendingline WHERE source_id = %(source)s",
)


def _delete_lines(source: UUID) -> int:
    """As sets, not row by row: 200,000 lines go in a second or two."""
    with connection.cursor() as cursor:
        for statement in _DELETES:
            cursor.execute(statement, {"source": source})
        gone: int = cursor.rowcount
    return gone
