"""Whom the embedded servers run as. PostgreSQL refuses to run as root, rightly."""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """An embedded server cannot be started; the sentence says what to do about it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A system user that servers run as; nobody special where we are not root."""

    user: int | None = None
    group: int | None = None

    def popen_arguments(self) -> dict[str, Any]:
        """What ``subprocess`` needs to start a child as this user."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Let the user own the path."""
        if self.user is not None and self.group is not None:
            os.chown(path, self.user, self.group)


def server_account() -> Account:
    """The user to run servers as: ourselves, or when root the first harmless one that exists."""
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor"
        " 'nobody'. Run this as an ordinary user."
    )


def dies_with_us(stop: signal.Signals) -> Callable[[], None] | None:
    """For ``preexec_fn``: the child is sent ``stop`` when its parent dies, however it dies.

    The interpreter drops to the child's user before it calls this, so that the request holds.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(stop), 0, 0, 0)

    return ask
