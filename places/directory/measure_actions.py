"""The write door of what organisations measure of themselves."""

from dataclasses import asdict, dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from places.directory.actions import locked
from places.directory.models import Measure, Organisation
from places.directory.rules import acts_for

# A profile is to be read: past this number nobody would.
MOST: Final = 20
MAY_BE_EMPTY: Final = frozenset({"unit"})


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured, the figure as it is written, over which time, and how it is known."""

    what: str
    figure: str
    period: str
    how_known: str
    unit: str = ""


@transaction.atomic
def say_measure(user: User, organisation: Organisation, measured: Measured) -> Measure:
    """Publish something that the organisation measures, as its own word."""
    require(acts_for(user, organisation))
    parts = _whole(measured)
    organisation = locked(organisation)
    if organisation.measures.standing().count() >= MOST:
        raise Invalid(_("A profile has room for %d measures. Take one away first.") % MOST)
    return Measure.objects.create(
        organisation=organisation, said_by=user, said_at=timezone.now(), **parts
    )


@transaction.atomic
def change_measure(user: User, measure: Measure, measured: Measured) -> Measure:
    """Say it anew. Whoever changes it says it now; what it said before stays in the history."""
    require(acts_for(user, measure.organisation))
    parts = _whole(measured)
    measure = _standing(measure)
    for name, value in parts.items():
        setattr(measure, name, value)
    measure.said_by, measure.said_at = user, timezone.now()
    measure.save()
    return measure


@transaction.atomic
def withdraw_measure(user: User, measure: Measure) -> Measure:
    """Take it off every page. The row stays, with its history."""
    require(acts_for(user, measure.organisation))
    measure = _standing(measure)
    measure.withdrawn_at = timezone.now()
    measure.save(update_fields=["withdrawn_at"])
    return measure


def _standing(measure: Measure) -> Measure:
    """The row as it is now, held until the transaction ends."""
    locked(measure.organisation)
    measure = Measure.objects.get(pk=measure.pk)
    if measure.withdrawn_at:
        raise Invalid(_("It has been taken away already."))
    return measure


def _whole(measured: Measured) -> dict[str, str]:
    """The parts, each on one line; what is missing or too long stands by its field."""
    parts = {name: " ".join(value.split()) for name, value in asdict(measured).items()}
    for name, value in parts.items():
        if not value and name not in MAY_BE_EMPTY:
            raise Invalid(_("Say this too, or nobody can tell what the figure means."), name)
        _fits(name, value)
    return parts


def _fits(name: str, value: str) -> None:
    longest = Measure.LONGEST[name]
    if len(value) > longest:
        raise Invalid(
            ngettext("Use %d character or fewer.", "Use %d characters or fewer.", longest)
            % longest,
            name,
        )
