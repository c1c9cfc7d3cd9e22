"""The permission matrix, made from the URL conf: an address without a row fails."""

import re
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Organisation, Place
from tests.cast import make_person
from tests.commissioning.documents.conftest import SEED
from tests.pages import Address, addresses
from tests.participation.budgeting.conftest import keys  # noqa: F401  fixture
from tests.participation.calls.conftest import media  # noqa: F401  fixture
from tests.permissions.groups import EVERYONE
from tests.permissions.matrix import ELSEWHERE, MATRIX, ROOMS
from tests.permissions.world import Cast, World, browser, build

ROOT = Path(__file__).resolve().parents[2]
People = dict[str, User | None]


@pytest.fixture
def people(request: pytest.FixtureRequest) -> People:
    """Everybody of the matrix."""
    names = sorted(EVERYONE - {"nobody", "kit"})
    found: People = {name: request.getfixturevalue(name) for name in names}
    kit = make_person("Kit Lockgate")
    User.objects.filter(pk=kit.pk).update(is_staff=True)
    kit.refresh_from_db()
    return found | {"nobody": None, "kit": kit}


@pytest.fixture
def world(
    people: People,
    ada: User,
    cora: User,
    priya: User,
    programme: Programme,
    lanes: Organisation,
    place: Place,
    keys: Path,  # noqa: F811
    media: Path,  # noqa: F811
    settings: Settings,
) -> World:
    """One row of everything."""
    settings.RECORD_SIGNING_KEY = SEED
    made = build(ada, cora, priya, programme, lanes, place)
    for room in ROOMS:
        room.build(made, Cast(ada, cora, priya, programme, lanes, place))
    return made


def test_every_address_has_a_row_in_the_matrix() -> None:
    named = {address.name for address in addresses()}
    assert named - set(MATRIX) - set(ELSEWHERE) == set(), "addresses without a row"
    assert (set(MATRIX) | set(ELSEWHERE)) - named == set(), "rows without an address"
    assert not [where for where in ELSEWHERE.values() if not (ROOT / where).exists()]


def got_in(response: HttpResponseBase) -> bool:
    """Whether the answer is that of somebody who may: anything but sign in, refused, not there."""
    refused = response.status_code in {401, 403, 404, 405}
    return not refused and "/login/" not in response.headers.get("Location", "")


def ask(client: Client, method: str, url: str) -> HttpResponseBase:
    """The answer, with whatever it did undone, in the database and in the browser."""
    before = SimpleCookie({name: cookie.value for name, cookie in client.cookies.items()})
    with transaction.atomic():
        response = client.get(url) if method == "GET" else client.post(url, {})
        transaction.set_rollback(True)
    client.cookies = before
    if isinstance(response, FileResponse):
        b"".join(response)  # as a browser reads it, which closes the file
    return response


def entered(browsers: dict[str, Client], method: str, url: str) -> set[str]:
    """Who gets in. Fails on an error page."""
    found = set()
    for name, client in browsers.items():
        response = ask(client, method, url)
        assert response.status_code < 500, f"{method} {url} as {name}: {response.status_code}"
        if got_in(response):
            found.add(name)
    return found


# Walked in parts, so that two workers share the walk evenly.
PARTS = 6


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_gets_in_where_the_matrix_says_and_nowhere_else(
    part: int, people: People, world: World
) -> None:
    wrong = []
    browsers = {name: browser(person) for name, person in people.items()}
    for address in addresses()[part::PARTS]:
        arguments = world.arguments(address)
        if address.name in ELSEWHERE:
            assert arguments is None, f"{address.name} can have a row"
            continue
        assert arguments is not None, f"the world has nothing for {address.name}"
        url = reverse(address.name, kwargs=arguments)
        for method, allowed in zip(("GET", "POST"), MATRIX[address.name], strict=True):
            found = entered(browsers, method, url)
            if found != allowed:
                extra, missing = sorted(found - allowed), sorted(allowed - found)
                wrong.append(f"{address.name} {method}: in {extra}, out {missing}")
    assert not wrong, "\n".join(wrong)


# Nell reads this public record, so she may know that it is there; making it again is refused.
SEEN_BY_NELL = {"documents:again"}


def with_unknown_ids(address: Address, arguments: dict[str, object]) -> dict[str, object]:
    """The same address with ids that name nothing."""
    kinds = address.arguments
    return {name: uuid4() if kinds[name] == "uuid" else value for name, value in arguments.items()}


@pytest.mark.django_db(transaction=True)
def test_what_is_not_yours_answers_as_what_does_not_exist(people: People, world: World) -> None:
    """Requirement 3: for Nell, another programme's lead, a real id is the same as a random one."""
    different = []
    nell = browser(people["nell"])
    for address in addresses():
        arguments = world.arguments(address)
        if arguments is None or "uuid" not in address.arguments.values():
            continue
        if address.name in SEEN_BY_NELL:
            continue
        for method, allowed in zip(("GET", "POST"), MATRIX[address.name], strict=True):
            if "nell" in allowed:
                continue
            real = ask(nell, method, reverse(address.name, kwargs=arguments))
            unknown = with_unknown_ids(address, arguments)
            none = ask(nell, method, reverse(address.name, kwargs=unknown))
            if real.status_code != none.status_code or _body(real) != _body(none):
                different.append(f"{address.name} {method}: {real.status_code} {none.status_code}")
    assert not different, "\n".join(different)


def _body(response: HttpResponseBase) -> bytes:
    """What is read of an answer; a form's token differs each time."""
    if not isinstance(response, HttpResponse):
        return b"a stream"
    return re.sub(rb'(value|X-CSRFToken)"?[:=]\s*"[^"]{64}"', b"", response.content)
