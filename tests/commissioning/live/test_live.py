"""People see changes as they happen, and stop seeing them when they may not."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client

from commissioning.ground.events import access_ended
from commissioning.live.publish import publish
from commissioning.people.models import User
from tests.commissioning.live.conftest import Hall, Listen

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wren(transactional_db: None) -> User:
    """Somebody who is in the hall's list only when a test puts them there."""
    return User.objects.create(email="wren@example.org")


def test_a_listener_sees_everything_now_and_then_each_change(hall: Hall, listen: Listen) -> None:
    stream = listen("/live/hall:open/")
    assert stream.event() == ("turnout", {"votes": 3})
    assert stream.event() == ("people", {"known": 0})
    publish("hall:open", "turnout", {"votes": 4})
    assert stream.event() == ("turnout", {"votes": 4})


def test_nothing_is_told_of_what_was_not_committed(hall: Hall, listen: Listen) -> None:
    stream = listen("/live/hall:open/")
    stream.until("people")
    with transaction.atomic():
        publish("hall:open", "turnout", {"votes": 99})
        transaction.set_rollback(True)
    publish("hall:open", "turnout", {"votes": 4})
    assert stream.event() == ("turnout", {"votes": 4})


def test_a_flood_of_changes_is_sent_at_most_four_times_a_second(hall: Hall, listen: Listen) -> None:
    stream = listen("/live/hall:open/")
    stream.until("people")
    began = time.monotonic()
    for votes in range(200):
        publish("hall:open", "turnout", {"votes": votes})
    sent = 1
    while stream.until("turnout") != {"votes": 199}:
        sent += 1
    assert sent <= 2 + 4 * (time.monotonic() - began)
    assert sent < 20


@pytest.mark.parametrize("path", ["/live/{}/", "/live/{}/now/"])
def test_a_guess_and_a_closed_door_look_the_same(
    hall: Hall, listen: Listen, wren: User, path: str
) -> None:
    bodies = set()
    for name in ("hall:1", "hall:2", "nothing:1", "hall", "recheck", "*"):
        stream = listen(path.format(name), wren)
        assert stream.status == 404
        # The page without its form token, which differs each time.
        bodies.add(re.sub(r"\w{64}", "", stream.answer.read().decode()))
    assert len(bodies) == 1


def test_polling_gives_what_a_stream_begins_with(hall: Hall, wren: User, client: Client) -> None:
    hall.members.add(str(wren.pk))
    client.force_login(wren)
    answer = client.get("/live/hall:1/now/")
    assert answer.json() == {"turnout": {"votes": 3}, "people": {"known": 1}}
    assert "no-store" in answer["Cache-Control"]


def ends_within(stream: object, seconds: float) -> bool:
    """Whether the stream says that it has ended in that time."""
    began = time.monotonic()
    stream.until("ended")  # type: ignore[attr-defined]
    return time.monotonic() - began < seconds


def test_who_is_removed_hears_nothing_more_after_ten_seconds(
    hall: Hall, listen: Listen, wren: User
) -> None:
    hall.members.add(str(wren.pk))
    stream = listen("/live/hall:1/", wren)
    stream.until("people")
    hall.members.clear()
    assert ends_within(stream, 10)


def test_whose_session_is_ended_hears_nothing_more_after_ten_seconds(
    hall: Hall, listen: Listen, wren: User
) -> None:
    stream = listen("/live/hall:open/", wren)
    stream.until("people")
    Session.objects.all().delete()
    assert ends_within(stream, 10)


def test_an_end_of_access_that_is_said_is_felt_at_once(
    hall: Hall, listen: Listen, wren: User
) -> None:
    hall.members.add(str(wren.pk))
    stream = listen("/live/hall:1/", wren)
    stream.until("people")
    with transaction.atomic():
        hall.members.clear()
        access_ended.send(User, user_id=wren.pk, session_key=None)
    assert ends_within(stream, 2)


def test_others_stay_when_one_person_leaves(hall: Hall, listen: Listen, wren: User) -> None:
    robin = User.objects.create(email="robin@example.org")
    hall.members = {str(wren.pk), str(robin.pk)}
    leaving, staying = listen("/live/hall:1/", wren), listen("/live/hall:1/", robin)
    leaving.until("people")
    staying.until("people")
    hall.members.remove(str(wren.pk))
    access_ended.send(User, user_id=wren.pk, session_key=None)
    assert ends_within(leaving, 2)
    publish("hall:1", "turnout", {"votes": 5})
    assert staying.until("turnout") == {"votes": 5}


def only_ours_is_held() -> bool:
    """Whether this test's own connection is the only one that is not back in the pool."""
    now = connection.pool.get_stats()  # type: ignore[attr-defined]
    return bool(now["pool_available"] == now["pool_size"] - 1)


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether it comes true within five seconds: the last streams are still giving theirs back."""
    for _ in range(50):
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_three_hundred_streams_hold_no_database_connection(
    hall: Hall, listen: Listen, wren: User
) -> None:
    hall.members.add(str(wren.pk))
    with ThreadPoolExecutor(30) as pool:
        streams = [listen("/live/hall:1/", wren)]
        streams += pool.map(lambda _: listen("/live/hall:1/", wren), range(299))
        list(pool.map(lambda stream: stream.until("people"), streams))
    assert eventually(only_ours_is_held)
    publish("hall:1", "turnout", {"votes": 6})
    assert [stream.until("turnout") for stream in streams] == [{"votes": 6}] * 300
