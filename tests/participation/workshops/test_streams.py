"""Requirement 4: what each screen's stream carries, who may open it, and when it ends."""

import json
import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from commissioning.live import presence
from commissioning.people.models import User
from participation.workshops.actions import contributing, joining, moderating, preparing, running
from participation.workshops.models import Activity, Workshop
from participation.workshops.room import cookie_name
from tests.commissioning.live.conftest import Listening, live_port, sign_in  # noqa: F401
from tests.participation.workshops.conftest import settings_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def streams(live_port: int) -> Iterator["Streams"]:  # noqa: F811
    """Open streams, closed at the end."""
    opened = Streams(live_port)
    yield opened
    for stream in opened.opened:
        stream.close()


class Streams:
    """Streams of phones and of people who are signed in."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.opened: list[Listening] = []

    def open(self, path: str, cookie: str) -> Listening:
        """A stream for whoever holds the cookie."""
        self.opened.append(Listening(self.port, path, cookie))
        return self.opened[-1]


def phone_cookie(workshop: Workshop, token: str) -> str:
    return f"{cookie_name(workshop.code)}={token}"


def test_a_phone_hears_that_something_was_said_and_not_what(
    ideas: Activity, workshop: Workshop, streams: Streams
) -> None:
    person, token = joining.come_in(workshop)
    stream = streams.open(f"/live/phones:{workshop.pk}/", phone_cookie(workshop, token))
    assert stream.until("room")["marks"] == {"ideas": 0}
    contributing.say(person, ideas, "The canary in flat 4")
    heard = stream.until("room")
    assert heard["marks"] == {"ideas": 1}
    assert "canary" not in json.dumps(heard)


def test_what_is_held_hidden_or_parked_reaches_no_stream_and_is_not_counted(
    ideas: Activity, workshop: Workshop, femi: User, streams: Streams
) -> None:
    person, token = joining.come_in(workshop)
    preparing.write_settings(femi, workshop, settings_of(workshop, releases_by_hand=True))
    kept = contributing.say(person, ideas, "A canary").contribution
    contributing.say(person, ideas, "A canary's budget", money="park")
    assert kept is not None
    everybody = [
        streams.open(f"/live/phones:{workshop.pk}/", phone_cookie(workshop, token)),
        streams.open(f"/live/wall:{workshop.pk}/", sign_in(femi)),
        streams.open(f"/live/desk:{workshop.pk}/", sign_in(femi)),
    ]
    for stream in everybody:
        assert stream.until("room")["marks"] == {"ideas": 0}
    moderating.hide(femi, workshop, kept.pk, "A canary of a reason.")
    for stream in everybody:
        heard = stream.until("room")
        assert heard["marks"] == {"ideas": 0}
        assert "canary" not in json.dumps(heard)


def test_nobody_opens_a_screen_that_is_not_theirs_by_guessing_its_name(
    workshop: Workshop, priya: User, femi: User, streams: Streams
) -> None:
    _person, token = joining.come_in(workshop)
    other = running.open_workshop(femi, preparing.copy_workshop(femi, workshop, "Another"))
    phone = phone_cookie(workshop, token)
    for path, cookie in (
        (f"desk:{workshop.pk}", phone),
        (f"wall:{workshop.pk}", phone),
        (f"phones:{other.pk}", phone),
        (f"phones:{other.pk}", phone_cookie(other, token)),
        (f"phones:{workshop.pk}", ""),
        (f"phones:{workshop.pk}", sign_in(femi)),
        (f"desk:{workshop.pk}", sign_in(priya)),
        ("phones:not-an-id", phone),
    ):
        assert streams.open(f"/live/{path}/", cookie).status == 404, path


def test_who_is_asked_to_leave_hears_nothing_more_and_others_stay(
    ideas: Activity, workshop: Workshop, femi: User, streams: Streams
) -> None:
    person, token = joining.come_in(workshop)
    staying, other = joining.come_in(workshop)
    gone = streams.open(f"/live/phones:{workshop.pk}/", phone_cookie(workshop, token))
    here = streams.open(f"/live/phones:{workshop.pk}/", phone_cookie(workshop, other))
    gone.until("room")
    here.until("room")
    joining.ask_to_leave(femi, workshop, person.pk, "Shouting.")
    gone.until("ended")
    contributing.say(staying, ideas, "A bench")
    while here.until("room")["marks"] != {"ideas": 1}:
        pass


def test_the_desk_says_how_many_phones_are_connected(
    ideas: Activity, workshop: Workshop, femi: User, streams: Streams, client: Client
) -> None:
    for _ in range(2):
        _person, token = joining.come_in(workshop)
        streams.open(f"/live/phones:{workshop.pk}/", phone_cookie(workshop, token)).until("room")
    client.force_login(femi, backend="django.contrib.auth.backends.ModelBackend")

    def said(words: str) -> bool:
        return words in client.get(f"{workshop.get_absolute_url()}desk/").content.decode()

    soon(lambda: said("2 phones are connected now"))
    streams.opened[0].close()
    soon(lambda: said("1 phone is connected now"))


def soon(what: Callable[[], bool]) -> None:
    """Wait for it, at most so long as a number may be old."""
    until = time.monotonic() + presence.COUNTS_FOR + 18
    while not what():
        assert time.monotonic() < until
        time.sleep(0.5)
