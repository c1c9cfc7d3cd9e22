"""The servers that the application brings when it is given none: addresses and supervision."""

import json
from dataclasses import dataclass
from pathlib import Path


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


def addresses(var: Path) -> Addresses:
    """The addresses that the supervisor wrote into ``var/embedded.json``; placeholders before."""
    try:
        return Addresses(**json.loads((var / "embedded.json").read_text()))
    except FileNotFoundError:
        return Addresses()
