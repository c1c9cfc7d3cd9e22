"""A programme: begun, described, shown to everyone."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.actions.common import locked, refuse_money_talk
from commissioning.programmes.history import record
from commissioning.programmes.models import Membership, Programme, Role
from commissioning.programmes.rules import may_create, may_lead
from places.directory.models import Organisation, Place
from places.directory.names import free_slug

_IN_WORDS = {
    "title": "its title",
    "about": "what it is about",
    "starts_on": "its first day",
    "ends_on": "its last day",
    "what_taking_part_pays": "what taking part pays",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a lead says of a programme. ``what_taking_part_pays`` may name amounts at any time."""

    title: str
    about: str
    starts_on: date
    ends_on: date | None = None
    what_taking_part_pays: str = ""


@transaction.atomic
def create_programme(
    user: User, organisation: Organisation, place: Place, about: About
) -> Programme:
    """Begin a programme led by ``organisation``; whoever begins it is its lead commissioner."""
    require(may_create(user, organisation))
    _check(None, about)
    programme = Programme.objects.create(
        slug=free_slug(about.title, Programme.objects.all(), longest=80, fallback="programme"),
        place=place,
        led_by=organisation,
        **_fields(about),
    )
    Membership.objects.create(
        programme=programme, user=user, role=Role.LEAD, organisation=organisation
    )
    record(programme, user, f"began the programme, led by {organisation.name}")
    return programme


@transaction.atomic
def edit_programme(user: User, programme: Programme, about: About) -> Programme:
    """Say again what the programme is about. Its address stays."""
    require(may_lead(user, programme))
    programme = locked(programme)
    _check(programme, about)
    changed = [name for name, value in _fields(about).items() if getattr(programme, name) != value]
    if not changed:
        return programme
    for name, value in _fields(about).items():
        setattr(programme, name, value)
    programme.save(update_fields=changed)
    said = ", ".join(_IN_WORDS[name] for name in changed)
    record(programme, user, f"changed what the programme's page says: {said}")
    return programme


@transaction.atomic
def publish_programme(user: User, programme: Programme) -> Programme:
    """Let anyone read the journey. What was public stays public."""
    require(may_lead(user, programme))
    programme = locked(programme)
    if programme.is_public:
        return programme
    if not programme.givens.exists():
        raise Invalid(_("Say first what is fixed and what is open: people read that first."))
    programme.is_public = True
    programme.save(update_fields=["is_public"])
    record(programme, user, "made the programme's journey public")
    return programme


def _check(programme: Programme | None, about: About) -> None:
    refuse_money_talk(programme, title=about.title, about=about.about)
    if about.ends_on and about.ends_on < about.starts_on:
        raise Invalid(_("The last day cannot be before the first day."), "ends_on")


def _fields(about: About) -> dict[str, Any]:
    return {name: getattr(about, name) for name in _IN_WORDS}
