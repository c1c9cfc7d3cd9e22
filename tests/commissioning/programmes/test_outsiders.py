"""Objects (requirement 3): somebody of another programme or body gets the same 404 as for nothing.

Generated from the URL conf: every URL with an id, every method, an outsider with a role elsewhere.
"""

import re
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client

from commissioning.people.models import User
from commissioning.programmes.actions.members import invite
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.actions.vision import add_outcome, write_draft
from commissioning.programmes.models import Given, Programme, Role
from places.directory.actions import ask_to_join, invite_to_organisation
from places.directory.models import Organisation, Place
from tests.cast import SignIn, join
from tests.pages import Address, address_of, addresses, ids_of, programme_addresses


@pytest.fixture
def hidden(other_programme: Programme, nell: User) -> Programme:
    """Nell's private programme with something behind every id."""
    say_given(nell, other_programme, Given.Kind.OPEN, "All of it.")
    write_draft(nell, other_programme, "Every carer rests.", what_changed="Shorter.")
    add_outcome(nell, other_programme, "Another day off")
    invite(nell, other_programme, "new@example.org", Role.CITIZEN)
    return other_programme


def answers(browser: Client, path: str) -> list[tuple[int, str]]:
    """What the browser gets by every method, as a page and as a fragment; own address left out."""
    fragment = {"HX-Request": "true"}
    responses = [
        browser.get(path),
        browser.head(path),
        browser.post(path),
        browser.get(path, headers=fragment),
        browser.post(path, headers=fragment),
    ]
    return [(response.status_code, body(response.content, path)) for response in responses]


def body(content: bytes, path: str) -> str:
    """The page without its own address and the form token, which differ by themselves."""
    said = content.decode().replace(path, "").replace(quote(path, safe=""), "")
    return re.sub(r"[A-Za-z0-9]{64}", "", said)


def ours() -> list[Address]:
    return [one for one in programme_addresses() if one.name.startswith("programmes:")]


@pytest.mark.parametrize("who", ["nobody", "ada", "femi", "priya", "sami", "olu"])
def test_a_private_programme_is_not_there_for_outsiders(
    who: str,
    hidden: Programme,
    programme: Programme,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    browser = Client() if who == "nobody" else sign_in(request.getfixturevalue(who))
    known = ids_of(hidden)
    for address in ours():
        real = answers(browser, address_of(address, hidden.slug, known))
        nothing = answers(browser, address_of(address, "no-such-programme"))
        statuses = {status for status, _body in real}
        assert statuses <= {404, 405}, f"{address.name}: {statuses}"
        assert real == nothing, address.name


def test_ids_of_another_programme_are_not_there_in_ones_own(
    hidden: Programme, vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    """Ada leads here; the ids are of Nell's programme, where she is nobody."""
    browser, foreign = sign_in(ada), ids_of(hidden)
    with_ids = [one for one in ours() if "uuid" in one.arguments.values()]
    assert len(with_ids) >= 8
    for address in with_ids:
        stolen = answers(browser, address_of(address, vision_programme.slug, foreign))
        random = answers(browser, address_of(address, vision_programme.slug))
        assert {status for status, _ in stolen} <= {404, 405}, address.name
        assert stolen == random, address.name


@pytest.mark.parametrize("who", ["priya", "sami", "olu", "nell", "nobody"])
def test_who_does_not_invite_finds_no_memberships_or_invitations(
    who: str, programme: Programme, ada: User, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    invite(ada, programme, "new@example.org", Role.CITIZEN)
    browser = Client() if who == "nobody" else sign_in(request.getfixturevalue(who))
    known = ids_of(programme)
    for address in ours():
        if {"membership_id", "invitation_id"} & set(address.arguments):
            real = answers(browser, address_of(address, programme.slug, known))
            random = answers(browser, address_of(address, programme.slug))
            assert {status for status, _ in real} <= {404, 405}, address.name
            assert real == random, address.name


@pytest.mark.parametrize("who", ["nobody", "ada", "nell"])
def test_ids_of_an_organisation_are_not_there_for_others(
    who: str,
    lanes: Organisation,
    council: Organisation,
    place: Place,
    priya: User,
    sami: User,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
) -> None:
    known: dict[str, object] = {
        "member_id": lanes.members.get().pk,
        "request_id": ask_to_join(sami, lanes, "Me.").pk,
        "invitation_id": invite_to_organisation(priya, lanes, "n@example.org", "editor").pk,
    }
    browser = Client() if who == "nobody" else sign_in(request.getfixturevalue(who))
    walked = 0
    for address in addresses():
        if not address.name.startswith("directory:") or not set(known) & set(address.arguments):
            continue
        walked += 1
        real = answers(browser, address_of(address, lanes.slug, known))
        random = answers(browser, address_of(address, lanes.slug, {"nothing": uuid4()}))
        assert {status for status, _ in real} <= {404, 405}, address.name
        assert real == random, address.name
    assert walked == 4


def test_joining_another_programme_opens_nothing_here(
    hidden: Programme, programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    assert browser.get(hidden.get_absolute_url()).status_code == 404
    join(hidden, ada, Role.OBSERVER)
    assert browser.get(hidden.get_absolute_url()).status_code == 200
