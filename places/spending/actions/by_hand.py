"""The write door of lines that somebody writes down: what no file tells.

They belong to a source of that person's own, are matched like a file's, and can be taken out again
by those who run the programme.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Area
from places.spending import matching, payers, rules, staging
from places.spending.actions.classifying import say_about
from places.spending.models import Source, SpendingLine
from places.spending.staging import LineRow, lines_of


@dataclass(frozen=True, slots=True)
class Facts:
    """What is written down: who paid whom how much (pounds), when, for what and where."""

    payer: str
    recipient: str
    amount: Decimal
    starts_on: date
    ends_on: date | None = None
    purpose: str = ""
    area: Area | None = None
    outcome: Outcome | None = None
    where_from: str = ""


@transaction.atomic
def write_line(user: User, programme: Programme, facts: Facts) -> SpendingLine:
    """Write one line down."""
    require(rules.may_sort(user, programme))
    place = programme.place_id
    lock(f"spending:{place}")
    ends_on = facts.ends_on or facts.starts_on
    if ends_on < facts.starts_on:
        raise Invalid(_("It ends before it begins."), "ends_on")
    if facts.area is not None and facts.area.place_id != place:
        raise Invalid(_("That area is in another place."), "area")
    source, _made = Source.objects.get_or_create(
        place=programme.place,
        run=None,
        by=user,
        title=(facts.where_from or _("Written down by hand"))[:200],
        undone_at=None,
    )
    kind = SpendingLine.Kind.PAYMENT if ends_on == facts.starts_on else SpendingLine.Kind.TOTAL
    row = LineRow(
        id=uuid4(),
        recipient=facts.recipient,
        amount=facts.amount,
        payer=facts.payer,
        starts_on=facts.starts_on,
        ends_on=ends_on,
        purpose=facts.purpose,
        kind=kind.value,
    )
    staging.add(source, lines_of([row]))
    matching.match_names(place)
    payers.match_same_names(place)
    line = SpendingLine.objects.get(pk=row.id)
    if facts.area is not None:
        line.area = facts.area
        line.save(update_fields=["area"])
    if facts.outcome is not None:
        say_about(user, programme, line, facts.outcome, "")
    record(programme, user, _("wrote a line of spending down by hand"), is_public=False)
    return line


@transaction.atomic
def remove_line(user: User, programme: Programme, line: SpendingLine) -> None:
    """Take a line out that was written by hand. A file's lines go with their file."""
    require(rules.may_sort(user, programme))
    lock(f"spending:{programme.place_id}")
    if line.source.run_id is not None:
        raise Invalid(_("This line came with a file: undo the file instead."))
    line.notes.update(line=None)
    line.delete()
    record(programme, user, _("took out a line of spending written by hand"), is_public=False)
