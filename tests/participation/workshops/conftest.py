"""A session in the library, with people in it."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from commissioning.people.models import User
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.models import Given, Programme
from participation.workshops.actions import joining, preparing, running
from participation.workshops.agendas import ready
from participation.workshops.models import Activity, Participant, Workshop
from participation.workshops.room import cookie_name

ComeIn = Callable[..., Participant]


def settings_of(workshop: Workshop, **changes: Any) -> dict[str, Any]:
    """The session's settings as they are, with changes."""
    return {name: getattr(workshop, name) for name in preparing.SETTINGS} | changes


def go_to(user: User, workshop: Workshop, kind: str) -> Activity:
    """Go on until the room is at the first activity of a kind."""
    workshop.refresh_from_db()
    while workshop.current is None or workshop.current.kind != kind:
        workshop = running.go_on(user, workshop, workshop.current_id)
    return workshop.current


def phone_of(workshop: Workshop, name: str = "") -> Client:
    """A phone whose owner has come in by the form, as everybody does."""
    phone = Client()
    phone.post(f"/j/{workshop.code}/come-in/", {"name": name})
    assert cookie_name(workshop.code) in phone.cookies
    return phone


def send(phone: Client, activity: Activity, text: str, **fields: object) -> Any:
    """What a phone's form sends."""
    values = {"activity": str(activity.pk), "op": str(uuid.uuid4()), "text": text} | fields
    return phone.post(f"/j/{activity.workshop.code}/say/", values)


@pytest.fixture
def prepared(vision_programme: Programme, femi: User, sami: User) -> Workshop:
    """A whole-place session that Femi prepared; Sami is its safeguarding lead."""
    say_given(femi, vision_programme, Given.Kind.FIXED, "The lease of the hall ends in June.")
    workshop = preparing.make_workshop(
        femi, vision_programme, ready("whole-place"), "Growing up here"
    )
    return preparing.write_settings(femi, workshop, settings_of(workshop, safeguarding_lead=sami))


@pytest.fixture
def workshop(prepared: Workshop, femi: User) -> Workshop:
    """The session, open."""
    return running.open_workshop(femi, prepared)


@pytest.fixture
def ideas(workshop: Workshop, femi: User) -> Activity:
    """The room has come to ideas."""
    return go_to(femi, workshop, "ideas")


@pytest.fixture
def come_in(workshop: Workshop) -> ComeIn:
    """``come_in("Wyn")``: somebody in the room."""

    def somebody(name: str = "") -> Participant:
        return joining.come_in(workshop, name=name)[0]

    return somebody
