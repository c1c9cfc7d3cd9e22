"""People come in with a code, and come back to the same place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from participation.workshops import codes
from participation.workshops.actions import joining, preparing, running
from participation.workshops.models import Activity, Participant, Workshop
from participation.workshops.room import cookie_name
from tests.participation.workshops.conftest import phone_of, send, settings_of

pytestmark = pytest.mark.django_db


def test_a_code_is_found_however_it_is_typed(workshop: Workshop, client: Client) -> None:
    typed = workshop.code.lower().replace("-", " ")
    answer = client.post("/j/", {"code": f" {typed} "})
    assert answer["Location"] == f"/j/{workshop.code}/"


def test_codes_can_be_said_and_hold_no_look_alikes() -> None:
    made = {codes.new_code() for _ in range(500)}
    assert len(made) > 400
    assert all(codes.normalise(code) == code for code in made)
    assert not any(set(code) & set("01IO") - {"O"} for code in made)


def test_who_guesses_codes_waits_longer_each_time_and_nobody_else_does(
    workshop: Workshop,
) -> None:
    guesser, neighbour = Client(), Client()
    for _ in range(4):
        guesser.post("/j/", {"code": "ZAZA-99"})
    slowed = guesser.post("/j/", {"code": workshop.code})
    assert slowed.status_code == 422
    assert "Please wait" in slowed.content.decode()
    assert neighbour.post("/j/", {"code": workshop.code}).status_code == 302


def test_somebody_comes_in_without_a_name_and_comes_back_to_the_same_place(
    ideas: Activity, workshop: Workshop
) -> None:
    phone = phone_of(workshop)
    send(phone, ideas, "A bench in the sun")
    # The browser was closed; its cookie is still there.
    again = Client()
    again.cookies = phone.cookies
    page = again.get(f"/j/{workshop.code}/").content.decode()
    assert "A bench in the sun" in page
    assert "Part 3 of" in page
    assert workshop.participants.count() == 1


def test_a_second_press_does_not_come_in_twice(workshop: Workshop) -> None:
    phone = phone_of(workshop)
    phone.post(f"/j/{workshop.code}/come-in/", {"name": ""})
    assert workshop.participants.count() == 1


def test_the_token_is_kept_as_a_digest_and_differs_between_sessions(
    workshop: Workshop, femi: User
) -> None:
    other = preparing.copy_workshop(femi, workshop, "Once more")
    running.open_workshop(femi, other)
    phone = phone_of(workshop)
    phone.post(f"/j/{other.code}/come-in/", {})
    here, there = (phone.cookies[cookie_name(code)] for code in (workshop.code, other.code))
    assert here.value != there.value
    assert len(here.value) >= 22
    assert here["httponly"]
    assert not Participant.objects.filter(token_digest__in=[here.value, there.value]).exists()


def test_a_phone_makes_no_session_row(workshop: Workshop) -> None:
    phone = phone_of(workshop, "Wyn")
    phone.get(f"/j/{workshop.code}/")
    assert "session" not in phone.cookies


def test_nobody_comes_in_before_it_opens_nor_after_it_closed(
    prepared: Workshop, femi: User, client: Client
) -> None:
    assert "has not begun yet" in client.get(f"/j/{prepared.code}/").content.decode()
    assert client.post(f"/j/{prepared.code}/come-in/", {}).status_code == 403
    running.close_workshop(femi, running.open_workshop(femi, prepared))
    with pytest.raises(Refused, match="over"):
        joining.come_in(prepared)


def test_a_closed_session_lets_in_who_is_on_the_list_and_others_by_a_tap(
    workshop: Workshop, femi: User
) -> None:
    workshop = preparing.write_settings(
        femi, workshop, settings_of(workshop, is_closed_session=True)
    )
    joining.write_list(femi, workshop, ["Wyn Afon", "Wyn Afon", ""])
    wyn, _ = joining.come_in(workshop, name="wyn  afon")
    stranger, _ = joining.come_in(workshop, name="Wyn Afon")
    assert (wyn.state, stranger.state) == ("in", "waiting")
    joining.let_in(femi, workshop, stranger.pk)
    stranger.refresh_from_db()
    assert stranger.is_in


def test_who_waits_at_the_door_cannot_say_anything_yet(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    preparing.write_settings(femi, workshop, settings_of(workshop, is_closed_session=True))
    phone = phone_of(workshop, "Wyn")
    assert "You are at the door" in phone.get(f"/j/{workshop.code}/").content.decode()
    assert send(phone, ideas, "A bench").status_code == 403


def test_of_young_people_only_the_first_name_is_kept(workshop: Workshop, femi: User) -> None:
    changes = {"is_young": True, "guardian_contact": "01234", "chaperones": "Ada"}
    young = preparing.write_settings(femi, workshop, settings_of(workshop, **changes))
    person, _ = joining.come_in(young, name="Wyn Afon Lockside")
    assert person.name == "Wyn"


def test_a_young_session_needs_a_chaperone_and_a_way_for_parents(
    prepared: Workshop, femi: User
) -> None:
    young = preparing.write_settings(femi, prepared, settings_of(prepared, is_young=True))
    with pytest.raises(Invalid, match="chaperone"):
        running.open_workshop(femi, young)


def test_no_session_opens_without_a_safeguarding_lead(prepared: Workshop, femi: User) -> None:
    without = preparing.write_settings(
        femi, prepared, settings_of(prepared, safeguarding_lead=None)
    )
    with pytest.raises(Invalid, match="safeguarding lead"):
        running.open_workshop(femi, without)


def test_who_was_asked_to_leave_is_told_why_and_says_nothing_more(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    phone = phone_of(workshop, "Wyn")
    person = workshop.participants.get()
    joining.ask_to_leave(femi, workshop, person.pk, "You shouted at a neighbour.")
    page = phone.get(f"/j/{workshop.code}/").content.decode()
    assert "You shouted at a neighbour." in page
    assert send(phone, ideas, "Let me back").status_code == 403


def test_the_place_is_held_for_thirty_days(workshop: Workshop) -> None:
    phone = phone_of(workshop)
    cookie = phone.cookies[cookie_name(workshop.code)]
    assert timedelta(seconds=int(cookie["max-age"])) == timedelta(days=30)
    assert timezone.now()
