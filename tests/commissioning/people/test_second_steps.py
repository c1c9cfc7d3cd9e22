"""Authenticator apps and recovery codes: a second proof, kept encrypted, limited per account."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.utils import timezone

from commissioning.people.models import User
from tests.commissioning.people.conftest import ask, code_in, come_in, is_signed_in, last_mail

APP = "/account/ways/app/add/"
SECOND = "/account/ways/second-step/"
pytestmark = pytest.mark.django_db


def number_of(secret: str) -> str:
    """What an authenticator app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def add_app(client: Client) -> str:
    """Set up an app on the account page; give back its secret."""
    page = client.get(APP)
    assert page.status_code == 200, page.headers
    found = re.search(r'<code class="cc-break">([A-Z2-7]+)</code>', page.content.decode())
    assert found
    response = client.post(APP, {"code": number_of(found.group(1))})
    assert response.headers["Location"] == "/account/ways/recovery-codes/"
    return found.group(1)


def recovery_codes(client: Client) -> list[str]:
    """The codes that the page shows."""
    page = client.get("/account/ways/recovery-codes/").content.decode()
    return re.findall(r"<li><code>(\d{8})</code></li>", page)


def test_an_app_is_asked_for_after_the_code(
    client: Client, ada: User, django_capture_on_commit_callbacks: Any
) -> None:
    come_in(client, ada.email)
    with django_capture_on_commit_callbacks(execute=True):
        secret = add_app(client)
    told = "".join(str(message.body) for message in mail.outbox)
    assert "An authenticator app was added." in told
    other = Client()
    code = ask(other, ada.email, next="/you/data/")
    response = other.post("/account/login/code/", {"code": code})
    assert response.headers["Location"] == SECOND
    assert not is_signed_in(other)
    assert "govuk-error-message" in other.post(SECOND, {"code": "000000"}).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        response = other.post(SECOND, {"code": number_of(secret)})
        assert response.headers["Location"] == "/you/data/"
        assert is_signed_in(other)


def test_the_secret_is_encrypted_at_rest(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    secret = add_app(client)
    codes = recovery_codes(client)
    held = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in held
    assert not any(code in held for code in codes)


def test_a_number_works_once(client: Client, ada: User, redis_client: Any) -> None:
    come_in(client, ada.email)
    secret = add_app(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        number = number_of(secret)
        for expected in (True, False):
            other = Client()
            other.post("/account/login/code/", {"code": ask(other, ada.email)})
            other.post(SECOND, {"code": number})
            assert is_signed_in(other) is expected
    # Requirement 10: no code stands in a key of Redis.
    assert not [key for key in redis_client.keys("*") if number.encode() in key]


def test_a_recovery_code_lets_in_once(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    add_app(client)
    codes = recovery_codes(client)
    assert len(set(codes)) == 10
    for expected in (True, False):
        other = Client()
        other.post("/account/login/code/", {"code": ask(other, ada.email)})
        other.post(SECOND, {"code": codes[0]})
        assert is_signed_in(other) is expected


def test_six_wrong_numbers_do_not_slow_a_neighbour(client: Client, ada: User, cora: User) -> None:
    secrets = {}
    for person in (ada, cora):
        mine = Client()
        come_in(mine, person.email)
        secrets[person.pk] = add_app(mine)
    guesser = Client()
    guesser.post("/account/login/code/", {"code": ask(guesser, ada.email)})
    for _ in range(6):
        guesser.post(SECOND, {"code": "000000"})
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        guesser.post(SECOND, {"code": number_of(secrets[ada.pk])})
        assert not is_signed_in(guesser)
        neighbour = Client()
        neighbour.post("/account/login/code/", {"code": ask(neighbour, cora.email)})
        neighbour.post(SECOND, {"code": number_of(secrets[cora.pk])})
        assert is_signed_in(neighbour)


def test_an_old_session_must_confirm_before_it_changes_anything(client: Client, ada: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        come_in(client, ada.email)
    response = client.get(APP)
    assert response.headers["Location"] == "/account/confirm/?next=%2Faccount%2Fways%2Fapp%2Fadd%2F"
    confirm = response.headers["Location"]
    sent = len(mail.outbox)
    assert "Confirm that it is you" in client.get(confirm).content.decode()
    assert len(mail.outbox) == sent
    client.post(confirm, {"next": APP})
    response = client.post("/account/confirm/", {"code": "2222-2222"})
    assert "not the code we sent" in response.content.decode()
    response = client.post("/account/confirm/", {"code": code_in(last_mail())})
    assert response.headers["Location"] == APP
    assert client.get(APP).status_code == 200


def test_with_an_app_it_is_the_app_that_confirms(client: Client, ada: User) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=1)):
        come_in(client, ada.email)
        secret = add_app(client)
    response = client.get("/you/address/")
    assert response.headers["Location"].startswith("/account/ways/confirm/?next=")
    response = client.post(response.headers["Location"], {"code": number_of(secret)})
    assert response.headers["Location"] == "/you/address/"
    assert client.get("/you/address/").status_code == 200


def test_removing_the_app_removes_its_recovery_codes(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    secret = add_app(client)
    remove = "/account/ways/app/remove/"
    assert client.get(remove).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        response = client.get(remove)
        assert response.headers["Location"].startswith("/account/ways/confirm/?next=")
        client.post(response.headers["Location"], {"code": number_of(secret)})
        client.post(remove)
    assert not Authenticator.objects.exists()
    other = Client()
    come_in(other, ada.email)
    assert is_signed_in(other)


def test_every_page_of_ways_to_sign_in_has_a_way_back(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    for path in ("/account/ways/", "/account/ways/passkeys/", "/account/ways/passkeys/add/", APP):
        page = client.get(path)
        assert page.status_code == 200, path
        assert "govuk-back-link" in page.content.decode(), path
    add_app(client)
    page = client.get("/account/ways/recovery-codes/download/")
    assert page.headers["Content-Type"] == "text/plain"
    assert len(re.findall(r"^\d{8}$", page.content.decode(), re.M)) == 10


def test_a_mailed_code_does_not_stand_in_for_a_second_step(client: Client, ada: User) -> None:
    come_in(client, ada.email)
    add_app(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        response = client.post("/account/confirm/", {"next": "/you/address/"})
        assert response.headers["Location"].startswith("/account/ways/confirm/")
