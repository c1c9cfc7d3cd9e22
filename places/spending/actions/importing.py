"""The write door of files: lines come in batch by batch, and go as a whole.

The imports room reads the file, holds its lock and its transaction, and asks whoever brings it in.
"""

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid
from commissioning.ground.locks import lock
from commissioning.people.models import User
from places.directory.models import Organisation
from places.imports.models import Import
from places.spending import matching, payers, staging
from places.spending.actions import classifying
from places.spending.actions.grants import put_back
from places.spending.models import Payee, Source
from places.spending.staging import Added, Lines


def source_of(run: Import) -> Source:
    """The source that an import's lines belong to, made with its first batch; then always it."""
    try:
        return run.spending_source
    except Source.DoesNotExist:
        return Source.objects.create(run=run, place=run.place, title=run.file_name, by=run.by)


def payer_of(run: Import) -> str:
    """Who paid, where the file does not say: its publisher, who leads the programme, the council.

    Where none of them is known the place stands for its payer.
    """
    if run.publisher:
        return run.publisher
    if run.programme:
        return run.programme.led_by.name
    councils = Organisation.objects.filter(
        place=run.place, kind=Organisation.Kind.COUNCIL, confirmed_at__isnull=False
    )[:2]
    return councils[0].name if len(councils) == 1 else run.place.name


@transaction.atomic
def add_lines(run: Import, lines: Lines) -> Added:
    """Write one batch of a file's lines."""
    lock(f"spending:{run.place_id}")
    return staging.add(source_of(run), lines)


@transaction.atomic
def finish_lines(run: Import) -> list[str]:
    """Match what can be matched for certain, suggest the rest; say what was done."""
    staging.look_at_tables()
    with staging.joined_as_sets():
        done = matching.match_names(run.place_id)
    suggested = matching.suggest(run.place_id)
    said = _payers_matched(run)
    if certain := sum(done.values()):
        said.append(
            ngettext(
                "%d payee has the name of an organisation here and was matched to it.",
                "%d payees have the names of organisations here and were matched to them.",
                certain,
            )
            % certain
        )
    if suggested:
        said.append(
            ngettext(
                "%d payee has a name much like an organisation's: somebody should look.",
                "%d payees have names much like an organisation's: somebody should look.",
                suggested,
            )
            % suggested
        )
    people = Payee.objects.filter(
        place=run.place_id, kind=Payee.Kind.PERSON, kind_is_said=False, first_source__run=run
    ).count()
    if people:
        said.append(
            ngettext(
                "%d payee is named like a person. The name is shown to nobody else until somebody "
                "who runs a programme says what they are.",
                "%d payees are named like people. Their names are shown to nobody else until "
                "somebody who runs a programme says what they are.",
                people,
            )
            % people
        )
    return [*said, *_rules_waiting(run)]


def _rules_waiting(run: Import) -> list[str]:
    """That rules hold words of new lines: they speak only when somebody applies them again."""
    if run.programme is None:
        return []
    number = sum(classifying.lines_waiting(run.programme).values())
    if not number:
        return []
    return [
        ngettext(
            "%(n)s line holds the words of rules that are applied, and is about nothing yet. "
            "Under Rules they can be applied to it.",
            "%(n)s lines hold the words of rules that are applied, and are about nothing yet. "
            "Under Rules they can be applied to them.",
            number,
        )
        % {"n": f"{number:,}"}
    ]


def _payers_matched(run: Import) -> list[str]:
    """Match payers of the very same name; name those that may be an organisation here."""
    payers.match_same_names(run.place_id)
    return [
        _(
            "“%(name)s” pays here, and may be “%(organisation)s”. Say it under Payers, so that "
            "they count as one."
        )
        % {"name": one.payer.name, "organisation": one.organisations[0].name}
        for one in payers.suggestions(run.place_id)[:5]
    ]


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
    WHERE payer.place_id = %(place)s AND payer.decided_by_id IS NULL
      AND NOT EXISTS (SELECT 1 FROM named WHERE named.payer_id = payer.id)
"""


@transaction.atomic
def undo_import(run: Import, user: User | None = None) -> int:
    """Take a file's lines out again; say how many went.

    A line that a later file holds too stays, as that file's. What people decided about payees
    stays; payees that only this file brought, and nobody touched, go.
    """
    lock(f"spending:{run.place_id}")
    source = Source.objects.select_for_update().filter(run=run).first()
    if source is None:
        return 0
    if source.undone_at is not None:
        raise Invalid(_("This was undone already."))
    put_back(source.pk)
    with connection.cursor() as cursor, staging.joined_as_sets():
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
