"""The servers that the application brings when it is given none: addresses and secrets.

Settings read them from here and start nothing; ``commissioning.server`` starts and watches them.
"""

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, replace
from pathlib import Path

DATABASE = "commissioning"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the embedded servers listen, and the secrets made with them."""

    database_url: str = "postgres://app@127.0.0.1:5432/commissioning"
    owner_url: str = "postgres://owner@127.0.0.1:5432/commissioning"
    redis_url: str = "redis://127.0.0.1:6379/0"
    site_url: str = "http://localhost:8000"
    # Only for commands that need no server; the supervisor writes real ones before it starts any.
    secret_key: str = "no-server-is-running"  # noqa: S105
    vote_pepper: str = ""
    signing_key: str = ""

    def moved(self, *, database: int, redis: int, site: str) -> "Addresses":
        """The same secrets on other ports."""
        return replace(
            self,
            database_url=_with_port(self.database_url, database),
            owner_url=_with_port(self.owner_url, database),
            redis_url=_with_port(self.redis_url, redis),
            site_url=site,
        )


def _with_port(url: str, port: int) -> str:
    head, tail = url.rsplit("/", 1)
    return f"{head.rsplit(':', 1)[0]}:{port}/{tail}"


def _file(var: Path) -> Path:
    return var / "embedded.json"


def addresses(var: Path) -> Addresses:
    """The addresses that the supervisor wrote into ``var/embedded.json``; placeholders before."""
    try:
        return Addresses(**json.loads(_file(var).read_text()))
    except (FileNotFoundError, PermissionError):
        return Addresses()


def written(var: Path) -> bool:
    """Whether there are addresses and secrets for this folder already."""
    return _file(var).exists()


def write(var: Path, new: Addresses) -> None:
    """Write addresses and secrets for nobody else to read, all at once or not at all."""
    draft = _file(var).with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(new), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(_file(var))


def generate() -> Addresses:
    """New secrets, each from the system's random numbers."""
    token = secrets.token_urlsafe
    return Addresses(
        database_url=f"postgres://app:{token(24)}@127.0.0.1:0/{DATABASE}",
        owner_url=f"postgres://owner:{token(24)}@127.0.0.1:0/{DATABASE}",
        redis_url=f"redis://:{token(24)}@127.0.0.1:0/0",
        secret_key=token(48),
        vote_pepper=secrets.token_hex(32),
        signing_key=base64.b64encode(secrets.token_bytes(32)).decode(),
    )
