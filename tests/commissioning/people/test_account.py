"""A person's own pages: address, data, leaving."""

import json
from datetime import timedelta
from html import unescape
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone

from commissioning.people import tasks
from commissioning.people.models import ErasureRequest, MailedCode, User
from commissioning.people.registers import PanelRow, PersonPanel, person_panels, personal_data
from tests.commissioning.people.conftest import code_in, come_in, is_signed_in, last_mail

pytestmark = pytest.mark.django_db


def test_the_account_page_shows_what_other_rooms_tell(client: Client, ada: User) -> None:
    panel = PersonPanel(
        "Gardens", lambda user: [PanelRow(f"{user} digs", "/x/", "since May", "New")], "None"
    )
    person_panels.register("gardens", panel)
    try:
        come_in(client, ada.email)
        page = client.get("/you/").content.decode()
    finally:
        del person_panels._entries["gardens"]
    for words in ("Gardens", "Ada Nwosu digs", "since May", "New"):
        assert words in page


def test_an_address_changes_only_with_the_code_it_got(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    client.post("/you/address/", {"email": "ada@new.example"})
    assert last_mail().to == ["ada@new.example"]
    code = code_in(last_mail())
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"
    assert (
        "not the code we sent"
        in client.post("/you/address/code/", {"code": "2222-2222"}).content.decode()
    )
    client.post("/you/address/code/", {"code": code})
    ada.refresh_from_db()
    assert ada.email == "ada@new.example"
    assert last_mail().to == ["ada@example.org"]
    assert "ada@new.example" in str(last_mail().body)


def test_a_code_for_one_thing_does_nothing_else(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    client.post("/you/address/", {"email": "ada@new.example"})
    code = code_in(last_mail())
    response = client.post("/account/confirm/", {"code": code})
    assert response.status_code != 302 or "code" not in response.headers["Location"]
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"


def test_nobody_takes_somebody_elses_address(client: Client, ada: User, cora: User) -> None:
    come_in(client, ada.email)
    client.post("/you/address/", {"email": cora.email.upper()})
    response = client.post("/you/address/code/", {"code": code_in(last_mail())}, follow=True)
    assert "Another account has that" in response.content.decode()
    ada.refresh_from_db()
    assert ada.email == "ada@example.org"


def test_a_name_must_be_a_name(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    for bad in ("", "   ", "123", "x" * 121):
        assert "govuk-error-message" in client.post("/you/name/", {"name": bad}).content.decode()
    client.post("/you/name/", {"name": "Adaeze Nwosu"})
    ada.refresh_from_db()
    assert ada.name == "Adaeze Nwosu"


def test_the_register_says_what_is_held_and_why(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    page = unescape(client.get("/you/data/").content.decode())
    for kind in personal_data:
        assert str(kind.what) in page
        assert str(kind.why) in page
        assert str(kind.kept) in page


def test_the_export_holds_oneself_and_nobody_else(client: Client, ada: User, cora: User) -> None:
    come_in(client, ada.email)
    response = client.get("/you/data/export/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    held = json.loads(response.content)
    assert held["account"]["email"] == ada.email
    assert set(held) == set(personal_data.names())
    text = response.content.decode()
    assert cora.email not in text
    assert MailedCode.objects.get().code_digest not in text


def test_every_column_about_a_person_is_in_the_register_or_listed_here() -> None:
    """A new field of these tables must be thought about before it is held."""
    columns = {field.name for field in User._meta.get_fields() if field.concrete}
    assert columns == {
        "id", "password", "last_login", "is_superuser", "email", "name", "is_active",
        "is_staff", "is_demo", "joined_at", "groups", "user_permissions",
    }  # fmt: skip


def test_somebody_is_forgotten_a_week_after_they_ask(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    client.post("/you/name/", {"name": "Ada of the Lanes"})
    response = client.post("/you/leave/", follow=True)
    assert "We will forget you in a week" in response.content.decode()
    assert not is_signed_in(client)
    assert last_mail().subject == "You asked to be forgotten"
    tasks.forget()
    ada.refresh_from_db()
    assert ada.is_active
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        tasks.forget()
    ada.refresh_from_db()
    assert not ada.is_active
    assert str(ada) == ada.short_name == "Somebody who left"
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            held = " ".join(row[0] for row in cursor.fetchall())
            for word in ("ada@example.org", "Ada Nwosu", "Ada of the Lanes"):
                assert word not in held, table


def test_they_can_change_their_mind(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    client.post("/you/leave/")
    come_in(client, ada.email)
    assert "You asked us to forget you" in client.get("/you/").content.decode()
    client.post("/you/stay/")
    assert not ErasureRequest.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        tasks.forget()
    ada.refresh_from_db()
    assert ada.is_active


def test_what_is_no_longer_needed_goes_by_itself(client: Client, ada: User, cora: User) -> None:
    come_in(client, ada.email)
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        tasks.forget()
        assert (
            not MailedCode.objects.exclude(created_at__gt=timezone.now())
            .filter(created_at__lt=timezone.now() - timedelta(days=1))
            .exists()
        )
    assert not UserSession.objects.exists()


def test_everything_here_is_for_the_signed_in(client: Client) -> None:
    for path in (
        "/you/", "/you/welcome/", "/you/name/", "/you/address/", "/you/address/code/",
        "/you/places/", "/you/data/", "/you/data/export/", "/you/leave/", "/you/notices/",
        "/you/unsent/x/", "/account/ways/", "/account/ways/app/add/", "/account/confirm/",
    ):  # fmt: skip
        response = client.get(path)
        assert response.status_code == 302, path
        assert response.headers["Location"].startswith("/account/login/"), path


def test_the_account_page_asks_a_fixed_number_of_questions(
    client: Client, ada: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        come_in(Client(), ada.email)
    come_in(client, ada.email)
    with django_assert_max_num_queries(14):
        client.get("/you/")
    assert mail.outbox


def test_somebody_is_let_run_the_installation_from_the_shell(ada: User) -> None:
    call_command("make_operator", ada.email.upper(), stdout=(out := StringIO()))
    ada.refresh_from_db()
    assert ada.is_staff
    assert "ada@example.org now runs this installation." in out.getvalue()
    call_command("make_operator", ada.email, "--no-longer", stdout=out)
    ada.refresh_from_db()
    assert not ada.is_staff
    call_command("make_operator", "new@example.org", stdout=out)
    assert User.objects.get(email="new@example.org").is_staff
    with pytest.raises(CommandError, match="not an e-mail address"):
        call_command("make_operator", "nonsense")


def test_nobody_reaches_another_persons_passkey_or_session(
    client: Client, ada: User, cora: User
) -> None:
    hers = Authenticator.objects.create(
        user=ada, type=Authenticator.Type.WEBAUTHN, data={"name": "Hers", "credential": {}}
    )
    come_in(client, cora.email)
    for path in ("rename", "remove"):
        for number in (hers.pk, 999_999):
            address = f"/account/ways/passkeys/{number}/{path}/"
            assert client.get(address).status_code == 404
            assert client.post(address, {"name": "Mine"}).status_code == 404
    hers.refresh_from_db()
    assert hers.data["name"] == "Hers"
