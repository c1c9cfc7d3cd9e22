"""What production must set, and a start that refuses with a sentence where it is not set."""

import base64
import binascii
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.db import connections

Complaint = tuple[str, str]


def _secret_key() -> str:
    try:
        key: str = settings.SECRET_KEY
        return key
    except ImproperlyConfigured:
        return ""


def _site() -> Iterator[Complaint]:
    if settings.DEBUG:
        yield (
            "E009",
            "Set DEBUG to 0: its pages of errors show what the server holds.",
        )
    if len(_secret_key()) < 50:
        yield "E001", "Set SECRET_KEY to 50 or more random characters; see docs/operations.md."
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield "E002", "Set ALLOWED_HOSTS to the names this site is reached by, with commas between."
    if not settings.SITE_URL.startswith("https://"):
        yield "E003", "Set SITE_URL to the site's address, beginning with https://."
    if not settings.EMAIL_URL:
        yield "E004", "Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587."


def _vote() -> Iterator[Complaint]:
    if len(settings.VOTE_PEPPER) < 32:
        yield "E005", "Set VOTE_PEPPER to 32 or more random characters, and never change it."
    folder: Path = settings.BALLOT_KEY_DIR
    if not folder.is_absolute():
        yield "E006", "Set BALLOT_KEY_DIR to the full path of a folder on an encrypted volume."
        return
    for what, other in _backed_up():
        if folder == other or other in folder.parents or folder in other.parents:
            yield (
                "E007",
                f"BALLOT_KEY_DIR ({folder}) and {what} ({other}) must lie apart: a copy of both"
                " would open the ballots. Give the keys a volume of their own.",
            )


def _backed_up() -> Iterator[tuple[str, Path]]:
    """Folders whose copies go where a round's key must never be."""
    yield "VAR_DIR", settings.VAR_DIR.resolve()
    yield "MEDIA_ROOT", Path(default_storage.path("")).resolve()
    for name in ("PGDATA", "BACKUP_DIR"):
        if os.environ.get(name):
            yield name, Path(os.environ[name]).resolve()


def _signing() -> Iterator[Complaint]:
    try:
        key = base64.b64decode(settings.RECORD_SIGNING_KEY, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        yield (
            "E008",
            "Set RECORD_SIGNING_KEY, in the worker only, to 32 random bytes in base64"
            " (openssl rand -base64 32), and keep a copy offline.",
        )


def complaints(*, worker: bool) -> list[Complaint]:
    """What is missing for production. Only the worker signs records, so only it has that key."""
    return [*_site(), *_vote(), *(_signing() if worker else ())]


def refuse_unsafe_start(*, worker: bool = False) -> None:
    """Raise, with all the sentences, where a production process lacks what it needs."""
    if settings.LOCAL or settings.TESTING:
        return
    found = complaints(worker=worker)
    if found:
        sentences = "\n".join(f"- {sentence}" for _, sentence in found)
        raise ImproperlyConfigured(f"This cannot start in production yet:\n{sentences}")


@checks.register("settings", deploy=True)
def production_settings(app_configs: Any, **_: Any) -> list[checks.CheckMessage]:
    """The same complaints for ``check --deploy``."""
    return [
        checks.Error(sentence, id=f"ground.{code}") for code, sentence in complaints(worker=True)
    ]


@checks.register(checks.Tags.database)
def modest_role(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """The role that serves pages may neither own a table nor be a superuser."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper OR EXISTS (SELECT FROM pg_tables WHERE tableowner = rolname"
                " AND schemaname = 'public') FROM pg_roles WHERE rolname = current_user"
            )
            if cursor.fetchone()[0]:
                sentence = (
                    "DATABASE_URL's role owns tables or is a superuser, so that it could switch off"
                    " the triggers which keep records. Give DATABASE_URL a role of its own and"
                    " DATABASE_OWNER_URL, for migrate only, the owner."
                )
                found.append(checks.Error(sentence, id="ground.E009"))
    return found
