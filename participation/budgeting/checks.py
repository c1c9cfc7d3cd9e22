"""What must be right about keys before an installation takes votes (``check --deploy``)."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

# Shorter ones could be tried out by whoever has a copy of the register.
SHORTEST_PEPPER = 32


@register(Tags.security, deploy=True)
def keys_are_kept_apart(**_: Any) -> list[CheckMessage]:
    """The pepper is set, and the keys lie where no upload and no backup reaches them."""
    return [*_pepper(), *_directory()]


def _pepper() -> Iterable[CheckMessage]:
    if len(settings.VOTE_PEPPER) < SHORTEST_PEPPER:
        yield Error(
            "VOTE_PEPPER is missing or short.",
            hint="Set it to at least 32 random characters and never change it.",
            id="budgeting.E001",
        )


def _directory() -> Iterable[CheckMessage]:
    if str(settings.BALLOT_KEY_DIR) in {"", "."}:
        yield Error(
            "BALLOT_KEY_DIR is not set.",
            hint="Name a folder on an encrypted or memory disk that no backup takes.",
            id="budgeting.E002",
        )
        return
    keys = Path(settings.BALLOT_KEY_DIR).resolve()
    for name, place in _elsewhere():
        if place is not None and (keys == place or place in keys.parents):
            yield Error(
                f"BALLOT_KEY_DIR lies inside {name}.",
                hint="Whoever gets a copy of that could open the ballots. Keep the keys apart.",
                id="budgeting.E003",
            )


def _elsewhere() -> Iterable[tuple[str, Path | None]]:
    storages: dict[str, Any] = settings.STORAGES
    media = storages["default"].get("OPTIONS", {}).get("location")
    yield "the uploads", Path(str(media)).resolve() if media else None
    yield "the static files", Path(str(settings.STATIC_ROOT)).resolve()
    for setting in ("DATABASE_DIR", "BACKUP_DIR"):
        place = getattr(settings, setting, None)
        yield setting, Path(str(place)).resolve() if place else None
    yield "the embedded database", (Path(str(settings.VAR_DIR)) / "postgres").resolve()
