"""Whom the embedded servers run as. PostgreSQL refuses to run as root, rightly."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


class CannotStart(Exception):
    """Something cannot be started; the sentence says what to do about it."""


@dataclass(frozen=True, slots=True)
class Account:
    """A system user that servers run as; ourselves when there is no ``name``."""

    name: str = ""
    user: int = -1
    group: int = -1

    def popen_arguments(self) -> dict[str, Any]:
        """What ``subprocess`` needs to start a child as this user."""
        if not self.name:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Let the user own the path."""
        if self.name:
            os.chown(path, self.user, self.group)

    def reaches(self, folder: Path) -> bool:
        """Whether the user can pass through the folder."""
        enter = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        return (
            subprocess.run(
                enter, cwd="/", stderr=subprocess.DEVNULL, check=False, **self.popen_arguments()
            ).returncode
            == 0
        )

    def require_reach(self, folder: Path) -> None:
        """Refuse with a sentence where the user cannot get to the folder."""
        if not self.name or self.reaches(folder):
            return
        obstacle = next(
            (parent for parent in reversed(folder.parents) if not self.reaches(parent)), folder
        )
        raise CannotStart(
            f"You are root, so PostgreSQL and Redis run as the user {self.name!r}, who cannot"
            f" reach {folder}: {obstacle} is closed to others. Move the project out of it, run"
            f" this as an ordinary user, or let others pass through (chmod o+x {obstacle})."
        )


def server_account() -> Account:
    """The user to run servers as: ourselves, or when root the first harmless one that exists."""
    if os.geteuid() != 0:
        return Account()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
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
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(stop), 0, 0, 0)
        if os.getppid() != parent:
            # It died before it could be asked about.
            os._exit(1)

    return ask
