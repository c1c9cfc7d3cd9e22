"""The write door of payers: which organisation each of them is."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Programme
from places.directory.models import Organisation
from places.spending import rules
from places.spending.matching import nearby
from places.spending.models import Payer
from places.spending.payers import suggestions


def _ready(user: User, programme: Programme) -> None:
    require(rules.may_sort(user, programme))
    lock(f"spending:{programme.place_id}")


@transaction.atomic
def confirm_payers(
    user: User, programme: Programme, chosen: Sequence[UUID], organisation: Organisation | None
) -> int:
    """These payers are this organisation; without one, each is the only one it may be."""
    _ready(user, programme)
    place = programme.place_id
    if organisation is not None and organisation not in nearby(place):
        raise Invalid(_("Choose an organisation of this place."), "organisation")
    likely = {one.payer.pk: one.organisations for one in suggestions(place)}
    done = 0
    for payer in Payer.objects.filter(pk__in=chosen, place=place):
        found = [organisation] if organisation else likely.get(payer.pk, [])
        if len(found) != 1:
            continue
        payer.organisation, payer.how = found[0], Payer.How.CONFIRMED
        _decide(user, payer, leave=False)
        done += 1
    if done:
        sentence = ngettext(
            "confirmed which organisation %d payer is",
            "confirmed which organisations %d payers are",
            done,
        )
        record(programme, user, sentence % done)
    return done


@transaction.atomic
def part_payers(user: User, programme: Programme, chosen: Sequence[UUID]) -> int:
    """These payers are not those organisations, matched or suggested; they stand alone again."""
    _ready(user, programme)
    payers = list(Payer.objects.filter(pk__in=chosen, place=programme.place_id))
    for payer in payers:
        payer.organisation, payer.how = None, ""
        _decide(user, payer, leave=True)
    if payers:
        sentence = ngettext(
            "took back which organisation %d payer is",
            "took back which organisations %d payers are",
            len(payers),
        )
        record(programme, user, sentence % len(payers))
    return len(payers)


def _decide(user: User, payer: Payer, *, leave: bool) -> None:
    payer.decided_by, payer.decided_at, payer.leave_unmatched = user, timezone.now(), leave
    payer.save()
