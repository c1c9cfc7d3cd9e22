"""Requirement 2 for sign-in: whatever opens the links of our mails, no row changes."""

import logging
import re

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client

from commissioning.people import actions, mails
from commissioning.people.models import MailedCode, User
from tests.commissioning.people.conftest import ask, code_in, come_in, last_mail

pytestmark = pytest.mark.django_db
URL = re.compile(r"https?://[^\s\"'<>]+")


def dump() -> dict[str, list[str]]:
    """Every row of every table, as text."""
    held = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            held[table] = [row[0] for row in cursor.fetchall()]
    return held


def everything_we_send(client: Client, person: User) -> list[EmailMultiAlternatives]:
    """One of each mail of sign-in."""
    come_in(client, person.email)
    client.post("/you/address/", {"email": "ada@new.example"})
    client.post("/you/address/code/", {"code": code_in(last_mail())})
    mails.send("people/mails/changed", person.email, {"change": "A passkey was added."})
    actions.ask_erasure(person)
    actions.ask_code(MailedCode.Purpose.CONFIRM, person.email, user=person)
    assert all(isinstance(message, EmailMultiAlternatives) for message in mail.outbox)
    return [message for message in mail.outbox if isinstance(message, EmailMultiAlternatives)]


def test_a_scanner_that_opens_every_link_twice_changes_nothing(client: Client, ada: User) -> None:
    sent = everything_we_send(client, ada)
    assert len(sent) == 6
    texts = [str(message.body) + str(message.alternatives[0][0]) for message in sent]
    links = {link for text in texts for link in URL.findall(text)}
    assert links
    before = dump()
    for link in links:
        path = "/" + link.split("/", 3)[3] if link.count("/") > 2 else "/"
        for _ in range(2):
            scanner = Client()
            assert scanner.get(path).status_code == 200, link
            scanner.head(path)
    assert dump() == before


def test_every_mail_has_both_parts_and_one_line_of_subject(client: Client, ada: User) -> None:
    for message in everything_we_send(client, ada):
        html, kind = message.alternatives[0]
        assert kind == "text/html"
        assert "<h1>" in str(html)
        assert len(str(message.body)) > 80
        assert "{" not in str(message.body) + message.subject
        assert "\n" not in message.subject


def test_opening_the_sign_in_pages_writes_nothing(client: Client) -> None:
    before = dump()
    for path in ("/account/login/", "/account/login/code/", "/account/signup/", "/you/"):
        client.get(path)
    assert dump() == before


def test_logs_hold_no_address_and_no_code(
    client: Client, ada: User, settings: object, caplog: pytest.LogCaptureFixture, capfd: object
) -> None:
    with caplog.at_level(logging.DEBUG):
        code = ask(client, ada.email)
        client.post("/account/login/code/", {"code": "2222-2222"})
        client.post("/account/login/code/", {"code": code})
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
        Client().post("/account/login/", {"email": ada.email})
    written = caplog.text + "".join(capfd.readouterr())  # type: ignore[attr-defined]
    statements = [r for r in caplog.records if r.name == "django.db.backends"]
    ours = "".join(r.getMessage() for r in caplog.records if r not in statements)
    assert "sign_in_mail_not_sent" in written
    for canary in (ada.email, code, code.replace("-", "")):
        assert canary not in ours
