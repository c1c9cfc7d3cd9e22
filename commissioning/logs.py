"""Logging: structured, to standard error, with no vote, code, token or participant text in it.

Lines are JSON in production and plain in development. Whatever a library writes goes through the
same scrubbing: what looks like a token or an address is masked, nothing behind ``/v/`` is written,
and database errors lose the row values that PostgreSQL adds to them.
"""

import os
import re
from typing import Any, Final

import structlog

MASK: Final = "[masked]"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# 128 bits in URL-safe base64 have 22 characters; names in code of that length have no digit.
TOKEN = re.compile(r"(?<![\w-])(?=[\w-]*\d)[\w-]{20,}(?![\w-])")
ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+")
VOTING_PAGE = re.compile(r"/v/[^\s'\"]*")
# A voting card's code or one that was mailed, in the groups that people are shown or in one piece.
SYMBOL: Final = "[0-9A-HJKMNP-TV-Z]"
SHAPES: Final = ((3, 3, 3), (4, 4, 5), (4, 4, 4, 4), (4, 4), (8,), (9,), (13,), (16,))
CODE = re.compile(
    r"(?<![\w-])(?:"
    + "|".join("-".join(f"{SYMBOL}{{{n}}}" for n in shape) for shape in SHAPES)
    + r")(?![\w-])"
)
# What an exception quotes is often what somebody typed; a plain name is one of the program's.
QUOTED = re.compile(r"""(["'])(?![A-Za-z_][\w.]*\1).+\1""")
QUERY = re.compile(r"(?<=[\w/])\?[^\s'\"]*=[^\s'\"]*")
ROW_VALUES = re.compile(r"^(DETAIL|CONTEXT|Failing row).*$", re.MULTILINE)


def scrub(text: str) -> str:
    """The text without what identifies a person, opens a door or says how somebody voted."""
    text = ROW_VALUES.sub(MASK, text)
    text = VOTING_PAGE.sub(f"/v/{MASK}", text)
    text = QUERY.sub(f"?{MASK}", text)
    text = ADDRESS.sub(MASK, text)
    text = CODE.sub(MASK, text)
    return TOKEN.sub(lambda found: found[0] if UUID.fullmatch(found[0]) else MASK, text)


def scrub_traceback(text: str) -> str:
    """The traceback, whose lines of code are indented, with what its messages quote masked."""
    return "\n".join(
        line if line.startswith(" ") else QUOTED.sub(MASK, line) for line in text.splitlines()
    )


def scrub_event(_: Any, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """A structlog processor that scrubs every text of an event."""
    if "exception" in event:
        event["exception"] = scrub_traceback(event["exception"])
    return {
        name: scrub(value) if isinstance(value, str) else value for name, value in event.items()
    }


SHARED: list[structlog.typing.Processor] = [
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
RENDER: structlog.typing.Processor = (
    structlog.processors.JSONRenderer()
    if os.environ.get("DATABASE_URL")
    else structlog.dev.ConsoleRenderer(colors=False)
)

structlog.configure(
    processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "structured": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Tracebacks without the values of variables.
                structlog.processors.format_exc_info,
                scrub_event,
                RENDER,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "structured"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Ours alone: Django's default sends errors by e-mail too, with the request in them.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Talkative libraries.
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "celery.apps": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.consumer": {"level": "WARNING"},
        # "Received" and "succeeded" for every task; what fails is an error and still said.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "psycopg.pool": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
    },
}
