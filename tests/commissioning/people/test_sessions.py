"""Where somebody is signed in, and ending that."""

import pytest
from django.test import Client

from commissioning.ground.events import access_ended
from commissioning.people.models import User
from commissioning.people.sessions import device
from tests.commissioning.people.conftest import come_in, is_signed_in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
pytestmark = pytest.mark.django_db


def test_browsers_have_names_that_people_know() -> None:
    assert device(FIREFOX) == "Firefox on Windows"
    assert device(IPHONE) == "Safari on iPhone"
    assert device(EDGE) == "Edge on Windows"
    assert device("curl/8") == "A browser we do not know"


def test_somebody_sees_where_they_are_signed_in(ada: User, cora: User) -> None:
    laptop, phone = Client(HTTP_USER_AGENT=FIREFOX), Client(HTTP_USER_AGENT=IPHONE)
    for client in (laptop, phone):
        come_in(client, ada.email)
    come_in(Client(HTTP_USER_AGENT=EDGE), cora.email)
    page = laptop.get("/you/places/").content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert "Edge on Windows" not in page


def test_signing_out_everywhere_else(ada: User) -> None:
    laptop, phone, kiosk = Client(), Client(), Client()
    for client in (laptop, phone, kiosk):
        come_in(client, ada.email)
    laptop.post("/you/places/end-others/")
    assert [is_signed_in(client) for client in (laptop, phone, kiosk)] == [True, False, False]


def test_signing_one_browser_out_ends_its_streams(ada: User) -> None:
    laptop, phone = Client(), Client()
    for client in (laptop, phone):
        come_in(client, ada.email)
    gone = phone.session.session_key
    ended = []

    def note(sender: object, user_id: object, session_key: str, **_: object) -> None:
        ended.append((user_id, session_key))

    access_ended.connect(note)
    from allauth.usersessions.models import UserSession

    row = UserSession.objects.get(session_key=gone)
    laptop.post(f"/you/places/{row.pk}/end/")
    assert ended == [(ada.pk, gone)]
    assert not is_signed_in(phone)
    assert is_signed_in(laptop)


def test_nobody_signs_out_somebody_else(ada: User, cora: User) -> None:
    from allauth.usersessions.models import UserSession

    hers, mine = Client(), Client()
    come_in(hers, ada.email)
    come_in(mine, cora.email)
    row = UserSession.objects.get(user=ada)
    assert mine.post(f"/you/places/{row.pk}/end/").status_code == 404
    assert mine.post("/you/places/999999/end/").status_code == 404
    assert is_signed_in(hers)


def test_a_get_ends_nothing(ada: User) -> None:
    laptop, phone = Client(), Client()
    for client in (laptop, phone):
        come_in(client, ada.email)
    assert laptop.get("/you/places/end-others/").status_code == 405
    assert is_signed_in(phone)


def test_opening_pages_writes_no_row(ada: User, django_assert_num_queries: object) -> None:
    client = Client()
    come_in(client, ada.email)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        for path in ("/you/", "/you/places/", "/you/data/", "/you/name/", "/account/ways/"):
            assert client.get(path).status_code == 200
    writes = [q["sql"] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert not writes
