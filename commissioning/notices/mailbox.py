"""Where mail goes when no mail server is set: files that ``/mail/`` shows, in development only."""

import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


def folder() -> Path:
    """The folder of mails, one file each; their names sort by time."""
    return Path(settings.VAR_DIR) / "mail"


class EmailBackend(BaseEmailBackend):
    """Writes each mail to a file instead of sending it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the mails; a half-written one is never seen under its final name."""
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
            unfinished = folder() / f"{name}.part"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder() / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class Mail:
    """A stored mail, as the page shows it."""

    name: str
    message: Parsed

    def part(self, kind: str) -> str:
        """The text of the first ``text/plain`` or ``text/html`` part; empty where there is none."""
        body = self.message.get_body((kind,))
        return str(body.get_content()) if body is not None else ""

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def sent(self) -> datetime | None:
        """When it was sent, by its own header."""
        date = self.message["Date"]
        return date.datetime if date is not None else None

    @property
    def html(self) -> str:
        return self.part("html")


def read(name: str) -> Mail | None:
    """The mail of that name, if there is one."""
    path = folder() / f"{name}.eml"
    if not path.is_file():
        return None
    parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Mail(name, parsed)


def names() -> list[str]:
    """Every stored mail, newest first."""
    return sorted((path.stem for path in folder().glob("*.eml")), reverse=True)


def mails(among: Sequence[str]) -> Iterator[Mail]:
    """Those of the names that still have a mail."""
    for name in among:
        mail = read(name)
        if mail is not None:
            yield mail
