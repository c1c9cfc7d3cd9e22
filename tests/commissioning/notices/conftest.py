"""What the tests of the outbox share: kinds of notice that tell of a person, and a server."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from commissioning.notices.actions import tell
from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.models import Notice
from commissioning.people.models import User
from tests.commissioning.notices.smtp import Server


def about_a_person(about: dict[str, str]) -> dict[str, Any] | None:
    """What the mail shows, looked up when it is sent; None once it is no longer true."""
    person = User.objects.filter(pk=about["person"]).first()
    return {"person": person} if person is not None else None


@pytest.fixture
def kind() -> Iterator[str]:
    """News of a person: a group that can be switched off."""
    yield from registered("test.news", Group.UPDATES)


@pytest.fixture
def essential() -> Iterator[str]:
    """A decision about somebody: essential."""
    yield from registered("test.decision", Group.ESSENTIAL)


def registered(name: str, group: Group) -> Iterator[str]:
    kinds.register(name, Kind("tests/news", about_a_person, group))
    yield name
    del kinds._entries[name]


def told(kind: str, recipient: User | str, person: User, key: str = "once") -> Notice:
    """Tell somebody about a person, and give back the row."""
    with transaction.atomic():
        tell(kind, recipient, about={"person": str(person.pk)}, key=key)
    who = {"email": recipient} if isinstance(recipient, str) else {"user": recipient}
    return Notice.objects.get(kind=kind, key=key, **who)


@pytest.fixture(autouse=True)
def mail_templates(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The three templates of the tests' kinds."""
    folder = tmp_path_factory.mktemp("templates")
    (folder / "tests").mkdir()
    (folder / "tests/news.subject.txt").write_text("News of\n {{ person.name }}\n")
    (folder / "tests/news.txt").write_text(
        '{% extends "notices/email.txt" %}'
        "{% block content %}Hello & welcome, {{ person.name }}.{% endblock %}"
    )
    (folder / "tests/news.html").write_text(
        '{% extends "notices/email.html" %}'
        "{% block content %}<h1>{{ person.name }}</h1>{% endblock %}"
    )
    settings.TEMPLATES = [
        settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], folder]}
    ]


@pytest.fixture
def post_office(settings: Any) -> Iterator[Server]:
    """A real mail server on this machine, to which everything is sent."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
        yield server
        server.shutdown()
