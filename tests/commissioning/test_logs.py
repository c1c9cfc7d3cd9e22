"""What is written to the log: enough to mend things by, nothing about anybody."""

import logging.config

import pytest

from commissioning.logs import LOGGING, MASK, scrub


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Not Found: /v/7KQF2M9TXA/", f"Not Found: /v/{MASK}"),
        ("Not Found: /invitation/q8Zs0b1R3x_4uE-7kLmN2w/", f"Not Found: /invitation/{MASK}/"),
        ("GET /people/?email=wren@example.org failed", f"GET /people/?{MASK} failed"),
        ("mail to wren+hall@example.org refused", f"mail to {MASK} refused"),
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
    try:
        raise ValueError("card 7KQF-2M9T of wren@example.org")
    except ValueError:
        logging.getLogger("some.library").exception("asked for /v/7KQF2M9TXA/?n=%s", "1")
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert "test_logs.py" in written
    assert "wren@" not in written
    assert "7KQF2M9TXA" not in written
