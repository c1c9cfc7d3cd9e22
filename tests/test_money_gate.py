"""Never ever start by talking about the money.

Walks every URL of every room that takes a programme, in a programme in its vision stage, as every
role, and finds no amount and no currency sign. A room that is built later is walked too.
"""

import re

import pytest
from django.test import Client

from commissioning.people.models import User
from commissioning.programmes.actions.members import invite
from commissioning.programmes.actions.openness import add_level_field_entry, say_given
from commissioning.programmes.actions.stages import lift_money_gate
from commissioning.programmes.actions.vision import add_outcome, write_draft
from commissioning.programmes.level_field import note
from commissioning.programmes.models import Declaration, Given, LevelFieldEntry, Programme, Role
from commissioning.programmes.money_talk import amounts_in
from commissioning.programmes.rules import SHOWS_AMOUNTS, money_gate
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.pages import Address, address_of, ids_of, programme_addresses

ROLES = ["nobody", "nell", "ada", "cora", "femi", "priya", "sami", "olu"]
# What participants themselves are paid is always said, in this one field and nowhere else.
PAYS = "Taking part pays £15 an hour, and your bus fare."


@pytest.fixture
def full_programme(vision_programme: Programme, ada: User, lanes: Organisation) -> Programme:
    """A programme in its vision stage with something on every page, people's own money talk too."""
    vision_programme.what_taking_part_pays = PAYS
    vision_programme.save()
    say_given(ada, vision_programme, Given.Kind.FIXED, "The lease of the hall ends in June.")
    write_draft(ada, vision_programme, "Children play out on every street of Rivermead.")
    add_outcome(ada, vision_programme, "Streets close to cars on Sundays")
    invite(ada, vision_programme, "new@example.org", Role.OBSERVER)
    add_level_field_entry(
        ada, vision_programme, lanes, LevelFieldEntry.Kind.ATTENDED, "The first workshop."
    )
    # People's own words, as a workshop would keep them: shown with the amount parked.
    note(vision_programme, lanes, LevelFieldEntry.Kind.SAID, "We could do it for £4,000 a year.")
    priya = vision_programme.memberships.get(role=Role.PARTNER)
    Declaration.objects.create(membership=priya, could_gain=True, words="A grant of 5 grand, say.")
    return vision_programme


def browser_of(role: str, request: pytest.FixtureRequest, sign_in: SignIn) -> Client:
    return Client() if role == "nobody" else sign_in(request.getfixturevalue(role))


def visible_text(html: str) -> str:
    """What a page says, wherever: text, attributes, hidden fields; without scripts' addresses."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|hx-headers=\'[^\']*\'', "", html)


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_a_programme_talks_of_money_before_the_vision_is_agreed(
    role: str,
    full_programme: Programme,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    browser = browser_of(role, request, sign_in)
    known = ids_of(full_programme)
    walked = []
    for address in programme_addresses():
        response = browser.get(address_of(address, full_programme.slug, known))
        assert response.status_code < 500, address.name
        if response.streaming:
            continue
        said = visible_text(response.content.decode(errors="replace")).replace(PAYS, "")
        assert not amounts_in(said), f"{address.name} as {role}: {amounts_in(said)[:3]}"
        if response.status_code == 200:
            walked.append(address.name)
    assert "programmes:journey" in walked
    assert "programmes:history" in walked


def test_the_walk_meets_every_page_of_programmes_as_the_lead(
    full_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser, known = sign_in(ada), ids_of(full_programme)
    opened = {
        address.name: browser.get(address_of(address, full_programme.slug, known)).status_code
        for address in programme_addresses()
        if address.name.startswith("programmes:")
    }
    # Pages that only take a post, and the endorsement of a vision that is not agreed yet.
    closed = {name for name, status in opened.items() if status != 200}
    assert closed == {
        "programmes:ask_to_endorse",
        "programmes:endorse",
        "programmes:invitation_resend",
        "programmes:outcome_move",
    }


def test_what_taking_part_pays_is_said_at_every_stage(
    full_programme: Programme, client: Client
) -> None:
    journey = client.get(full_programme.get_absolute_url()).content.decode()
    assert PAYS in journey


def test_amounts_in_peoples_own_words_are_parked_and_kept(
    full_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    page = f"{full_programme.get_absolute_url()}level-field/"
    parked = sign_in(ada).get(page).content.decode()
    assert "£4,000" not in parked
    assert "[an amount, parked until the vision is agreed]" in parked

    lift_money_gate(ada, full_programme, "The lease must be renewed by March.")
    assert "£4,000" in sign_in(ada).get(page).content.decode()


@pytest.mark.parametrize(
    "text",
    ["We have £500", "€ 20", "zł", "5 grand", "GBP 12,000", "10 pounds each", "50p a cup", "$5m"],
)
def test_the_detector_finds_amounts(text: str) -> None:
    assert amounts_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "500 residents",
        "14 March 2027",
        "2 million steps",
        "the budget is open",
        "20 people",
        "6pm",
        "12 places",
        "page 5 of 20",
    ],
)
def test_the_detector_leaves_other_numbers_alone(text: str) -> None:
    assert amounts_in(text) == []


def test_the_gate_is_a_table_of_every_stage() -> None:
    assert [stage.value for stage, shows in SHOWS_AMOUNTS.items() if not shows] == ["vision"]
    assert len(SHOWS_AMOUNTS) == 5


def test_the_gate_opens_with_the_next_stage(
    programme: Programme, vision_programme: Programme
) -> None:
    assert money_gate(programme)
    closed = money_gate(vision_programme)
    assert not closed
    assert "Never ever start by talking about the money" in str(closed.reason)


def test_addresses_of_other_rooms_are_walked_too() -> None:
    rooms = {address.name.partition(":")[0] for address in programme_addresses()}
    assert "programmes" in rooms
    assert all(isinstance(address, Address) for address in programme_addresses())
