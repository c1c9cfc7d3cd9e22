"""What the tests of people share: reading the mail that was sent, and coming in by code."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

LOGIN = "/account/login/"
CODE = re.compile(r"\b([2-9A-Z]{4}-[2-9A-Z]{4})\b")

Ask = Callable[..., str]


def last_mail() -> EmailMultiAlternatives:
    """The newest mail."""
    newest = mail.outbox[-1]
    assert isinstance(newest, EmailMultiAlternatives)
    return newest


def code_in(message: EmailMultiAlternatives) -> str:
    """The code that stands in a mail's text."""
    found = CODE.search(str(message.body))
    assert found, message.body
    return found.group(1)


def ask(client: Client, email: str, **more: str) -> str:
    """Ask for a sign-in code in a browser; return the code from the mail."""
    before = len(mail.outbox)
    response = client.post(LOGIN, {"email": email, **more})
    assert response.status_code == 302, response.content
    assert len(mail.outbox) == before + 1
    return code_in(last_mail())


def come_in(client: Client, email: str) -> None:
    """Sign in by code."""
    code = ask(client, email)
    response = client.post(reverse("account_enter_code"), {"code": code})
    assert response.status_code == 302


def is_signed_in(client: Client) -> bool:
    """Whether this browser gets an account page."""
    return client.get(reverse("people:account")).status_code == 200


@pytest.fixture
def browser() -> Callable[[], Client]:
    """Browsers of different people, all behind one internet address."""
    return lambda: Client(enforce_csrf_checks=False, REMOTE_ADDR="203.0.113.7")
