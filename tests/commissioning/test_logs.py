"""What is written to the log: enough to mend things by, nothing about anybody."""

import logging.config
from collections.abc import Iterator
from contextlib import suppress
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from commissioning.logs import LOGGING, MASK, scrub
from tests.pages import Address, addresses


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Not Found: /v/7KQF2M9TXA/", f"Not Found: /v/{MASK}"),
        ("Not Found: /invitation/q8Zs0b1R3x_4uE-7kLmN2w/", f"Not Found: /invitation/{MASK}/"),
        ("GET /people/?email=wren@example.org failed", f"GET /people/?{MASK} failed"),
        ("mail to wren+hall@example.org refused", f"mail to {MASK} refused"),
        ("the card 7KQF-2M9T-4XNRA is void", f"the card {MASK} is void"),
        ("7KQ-F2M-9TX, 7KQF2M9T4XNRA and C2DF-GH67", f"{MASK}, {MASK} and {MASK}"),
        ("UTF-8, GB-CHC-1234567 and RDM-2026-0001", "UTF-8, GB-CHC-1234567 and RDM-2026-0001"),
        (
            "duplicate key value\nDETAIL:  Key (name)=(Wren Hale) already exists.",
            f"duplicate key value\n{MASK}",
        ),
        (
            "programme 0b5f0f5e-3a52-4f7e-9d3c-7f0f4f0e9a11 has no gate",
            "programme 0b5f0f5e-3a52-4f7e-9d3c-7f0f4f0e9a11 has no gate",
        ),
        (
            'File "commissioning/programmes/actions/members.py", line 12, in invite_member',
            'File "commissioning/programmes/actions/members.py", line 12, in invite_member',
        ),
    ],
)
def test_a_line_keeps_what_mends_and_loses_what_tells(text: str, left: str) -> None:
    assert scrub(text) == left


def test_every_logger_writes_through_the_scrubber(capsys: pytest.CaptureFixture[str]) -> None:
    logging.config.dictConfig(LOGGING)
    typed = "a bench by the river"
    try:
        raise ValueError(f"card 7KQF-2M9T of wren@example.org said {typed!r}")
    except ValueError:
        logging.getLogger("some.library").exception("asked for /v/7KQF2M9TXA/?n=%s", "1")
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "wren@" not in written
    assert "2M9T" not in written
    assert typed not in written
    assert "7KQF2M9TXA" not in written


WORDS = "Somebody on our street is not safe at home."
SECRETS = {
    "words": WORDS,
    "email": "wren@example.org",
    "code": "7KQF-2M9T-4XNRA",
    "token": "q8Zs0b1R3x_4uE-7kLmN2w",
}


def fails_with_all_it_knows(request: HttpRequest, **arguments: object) -> HttpResponse:
    """A view at its worst: everything that came to it is in its variables and in its words."""
    posted, shown = request.POST.dict(), dict(request.COOKIES)
    try:
        raise KeyError(posted)
    except KeyError as error:
        raise ValueError(f"cannot read {WORDS!r} with {shown} at {arguments}") from error


@pytest.mark.django_db
def test_an_exception_in_any_view_writes_where_it_was_and_nothing_of_anybody(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for pattern in every_pattern(get_resolver().url_patterns):
        monkeypatch.setattr(pattern, "callback", fails_with_all_it_knows)
    logging.config.dictConfig(LOGGING)
    browser = Client(raise_request_exception=False)
    browser.cookies["room-ABCD"] = SECRETS["token"]
    for address in addresses():
        where = where_with_secrets(address)
        capsys.readouterr()
        answer = browser.post(f"{where}?q={SECRETS['email']}", SECRETS)
        written = capsys.readouterr().err
        assert answer.status_code == 500, where
        assert "fails_with_all_it_knows" in written, where
        assert [secret for secret in SECRETS.values() if secret in written] == [], where
        assert [secret for secret in SECRETS.values() if secret in answer.text] == [], where


def where_with_secrets(address: Address) -> str:
    """The address, with a token wherever it takes any text."""
    usual = {"uuid": uuid4(), "int": 1, "slug": "growing-older", "number": "RIV-2026-0001"}
    for text in (SECRETS["token"], "nothing"):
        given = {name: usual.get(kind, text) for name, kind in address.takes}
        with suppress(NoReverseMatch):
            return reverse(address.name, kwargs=given)
    raise AssertionError(f"{address} takes something that is not known here")


def every_pattern(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """The patterns that name a view, however deep they are."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern.url_patterns)
        else:
            yield pattern
