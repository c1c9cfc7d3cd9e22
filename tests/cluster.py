"""One PostgreSQL and one Redis for a test run, in a folder of their own, gone with the run.

The data directory is a copy of one that was migrated before for the same migrations, so that a run
starts in well under a second. Durability is off: nothing here outlives the run.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, LiteralString
from urllib.parse import quote

import psycopg
from django.apps import apps
from psycopg import sql

from commissioning.embedded import postgres, redis
from commissioning.embedded.account import Account, dies_with_us, server_account
from commissioning.embedded.data import free_port

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "commissioning_test"
KEPT_COPIES = 24
LOG = "postgres.log"
FAST = postgres.DISCREET | {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "listen_addresses": "127.0.0.1",
}
# Not superusers. The app role gets its rights from the ``migrate`` command, as in production.
ROLES: tuple[LiteralString, ...] = (
    "CREATE ROLE owner LOGIN",
    "CREATE ROLE app LOGIN",
    "CREATE DATABASE commissioning_test OWNER owner",
)
# The superuser only through the socket, whose folder is private.
WHO_MAY_CONNECT = "local all all trust\nhost all owner,app 127.0.0.1/32 trust\n"


@dataclass(frozen=True, slots=True)
class Addresses:
    """How tests reach the servers; ``{name}`` stands for a database."""

    superuser: str
    owner: str
    app: str
    redis: str
    # What PostgreSQL wrote, as it does in service.
    log: str
    # Why the template could not be migrated, if so: tests without a database still run.
    failure: str = ""


def servers_of(folder: Path, port: int, redis_url: str, failure: str = "") -> Addresses:
    """The addresses of a cluster of ours: the superuser's is a socket in the private folder."""
    return Addresses(
        superuser=f"postgres://postgres@{quote(str(folder), safe='')}:{port}/{{name}}",
        owner=f"postgres://owner@127.0.0.1:{port}/{{name}}",
        app=f"postgres://app@127.0.0.1:{port}/{{name}}",
        redis=redis_url,
        log=str(folder / LOG),
        failure=failure,
    )


class Server:
    """A server process that is stopped with us, whatever happens to us."""

    def __init__(
        self, command: list[str], account: Account, stop: signal.Signals, log: Path | None = None
    ) -> None:
        with (log or Path(os.devnull)).open("ab") as written:
            self.process = self._started(command, account, stop, written)

    @staticmethod
    def _started(
        command: list[str], account: Account, stop: signal.Signals, log: IO[bytes]
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            cwd="/",
            stdout=log,
            stderr=log,
            # Ctrl-C is for the tests, which stop their servers themselves.
            start_new_session=True,
            preexec_fn=dies_with_us(stop),  # noqa: PLW1509
            **account.popen_arguments(),
        )

    def stop(self, how: signal.Signals) -> None:
        """Stop the server and wait for its end."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(timeout=30)


def start_postgres(data: Path, port: int, account: Account) -> Server:
    """Serve the data directory on the port, and on a socket beside it."""
    settings = FAST | {"unix_socket_directories": str(data.parent), "port": str(port)}
    server = Server(postgres.command(data, settings), account, signal.SIGQUIT, data.parent / LOG)
    address = servers_of(data.parent, port, "").superuser.format(name="postgres")
    for _ in range(500):
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            if server.process.poll() is not None:
                break
            time.sleep(0.02)
        else:
            return server
    server.stop(signal.SIGQUIT)
    raise RuntimeError("the test PostgreSQL did not start")


def start_redis(folder: Path, account: Account) -> tuple[Server, str]:
    """A Redis on a free port of the loopback that writes nothing to disk."""
    port = free_port()
    command = [str(redis.binary()), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--databases", "64", "--dir", str(folder)]
    server = Server(command, account, signal.SIGTERM)
    for _ in range(500):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return server, f"redis://127.0.0.1:{port}"
        time.sleep(0.02)
    server.stop(signal.SIGKILL)
    raise RuntimeError("the test Redis did not start")


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file's lock; the system drops it when the process dies."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def shared_folder() -> Path:
    """The folder of this user's test clusters."""
    folder = Path(tempfile.gettempdir()) / f"commissioning-tests-{os.getuid()}"
    folder.mkdir(mode=0o755, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise RuntimeError(f"{folder} belongs to somebody else")
    return folder


def sweep(folder: Path) -> None:
    """Remove the folders of runs that are over: nobody holds their lock any more."""
    for lock in folder.glob("run-*.lock"):
        with lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)


def fingerprint() -> str:
    """Changes with any migration of any installed application and with what migrates them."""
    digest = hashlib.sha256(str(postgres.binaries()).encode())
    ours = [Path(__file__), *(ROOT / "commissioning/ground").rglob("*.py")]
    theirs = [
        path for app in apps.get_app_configs() for path in Path(app.path).glob("migrations/*.py")
    ]
    for file in sorted({*ours, *theirs}):
        # By its place in the tree: work trees with the same migrations share one template.
        digest.update("/".join(file.parts[-3:]).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def migrate(addresses: Addresses) -> str:
    """Migrate the template database as its owner; give the complaint if that fails."""
    environment = os.environ | {
        "DATABASE_URL": addresses.app.format(name=TEMPLATE),
        "DATABASE_OWNER_URL": addresses.owner.format(name=TEMPLATE),
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "migrating-needs-no-secret",
        "LOCAL": "1",
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--no-input"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return "" if done.returncode == 0 else done.stderr[-4000:]


def make_template(data: Path, account: Account) -> str:
    """Make a data directory with a migrated template in it, served by nobody."""
    data.parent.mkdir(mode=0o700)
    account.give(data.parent)
    # Small write-ahead log segments: less to copy for each run.
    postgres.initialise(data, account, "--auth=trust", "--wal-segsize=1")
    (data / "pg_hba.conf").write_text(WHO_MAY_CONNECT)
    port = free_port()
    server = start_postgres(data, port, account)
    try:
        addresses = servers_of(data.parent, port, "")
        with psycopg.connect(addresses.superuser.format(name="postgres"), autocommit=True) as db:
            for statement in ROLES:
                db.execute(statement)
        return migrate(addresses) or keep_what_migrations_laid(addresses)
    finally:
        server.stop(signal.SIGINT)


def keep_what_migrations_laid(addresses: Addresses) -> str:
    """Copy the rows that migrations laid into a schema of their own, to put back after tests."""
    with psycopg.connect(addresses.superuser.format(name=TEMPLATE), autocommit=True) as db:
        db.execute("CREATE SCHEMA laid")
        for table in tables_with_rows(db):
            name = sql.Identifier(table)
            db.execute(sql.SQL("CREATE TABLE laid.{} AS TABLE public.{}").format(name, name))
    return ""


def template_copy(folder: Path, run: Path, account: Account) -> str:
    """Put a copy of the migrated data directory into the run's folder, making it if need be."""
    with locked(folder / "template.lock"):
        kept = folder / f"template-{fingerprint()}"
        if kept.exists():
            os.utime(kept)
        else:
            making = Path(tempfile.mkdtemp(prefix="making-", dir=folder))
            making.chmod(0o755)
            try:
                failure = make_template(making / "new" / "data", account)
                if failure:
                    return failure
                (making / "new").rename(kept)
            finally:
                shutil.rmtree(making)
        copies = sorted(folder.glob("template-*/"), key=lambda path: path.stat().st_mtime)
        for old in copies[:-KEPT_COPIES]:
            shutil.rmtree(old)
        subprocess.run(["cp", "-R", str(kept / "data"), str(run)], check=True)
        own_all(run / "data", account)
        return ""


def own_all(data: Path, account: Account) -> None:
    """Let the servers' user own the copied data directory."""
    for path in [data, *data.rglob("*")] if account.name else []:
        account.give(path)


class Cluster:
    """The servers of this run. The folder and the servers are gone when it is stopped."""

    def __init__(self) -> None:
        folder = shared_folder()
        sweep(folder)
        self.account = server_account()
        self.folder = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
        self.lock_path = self.folder.with_suffix(".lock")
        self.lock = self.lock_path.open("a")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        self.account.give(self.folder)
        self.servers: list[tuple[Server, signal.Signals]] = []
        try:
            self.addresses = self.start(folder)
        except BaseException:
            self.stop()
            raise

    def start(self, folder: Path) -> Addresses:
        """Start the servers and say where they are."""
        server, redis_url = start_redis(self.folder, self.account)
        self.servers.append((server, signal.SIGKILL))
        port = free_port()
        failure = template_copy(folder, self.folder, self.account)
        if not failure:
            database = start_postgres(self.folder / "data", port, self.account)
            self.servers.append((database, signal.SIGQUIT))
        return servers_of(self.folder, port, redis_url, failure)

    def stop(self) -> None:
        """Stop the servers and remove all they wrote."""
        for server, how in self.servers:
            server.stop(how)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock_path.unlink(missing_ok=True)
        self.lock.close()


def clone(addresses: Addresses, name: str) -> None:
    """A database of its own for one worker, a copy of the template."""
    with psycopg.connect(addresses.superuser.format(name="postgres"), autocommit=True) as db:
        database = sql.Identifier(name)
        db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER owner")
        db.execute(copy.format(database, sql.Identifier(TEMPLATE)))


def tables_with_rows(db: psycopg.Connection) -> list[str]:
    """The tables of the application that hold any row."""
    found = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    if not found:
        return []
    asks = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM public.{})").format(
            sql.Literal(table), sql.Identifier(table)
        )
        for (table,) in found
    ]
    return [table for (table,) in db.execute(sql.SQL(" UNION ALL ").join(asks)).fetchall()]


def flush(superuser: str) -> None:
    """Empty every table but put back what migrations laid, past triggers that refuse it."""
    with psycopg.connect(superuser) as db:
        db.execute("SET session_replication_role = replica")
        laid = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'laid'").fetchall()
        kept = {table for (table,) in laid}
        for table in {*tables_with_rows(db), *kept}:
            name = sql.Identifier(table)
            db.execute(sql.SQL("DELETE FROM public.{}").format(name))
            if table in kept:
                put_back(db, table)


def put_back(db: psycopg.Connection, table: str) -> None:
    """Insert what migrations laid into the table; generated columns make themselves."""
    columns = db.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        [f'public."{table}"'],
    ).fetchall()
    names = sql.SQL(", ").join(sql.Identifier(column) for (column,) in columns)
    db.execute(
        sql.SQL(
            "INSERT INTO public.{0} ({1}) OVERRIDING SYSTEM VALUE SELECT {1} FROM laid.{0}"
        ).format(sql.Identifier(table), names)
    )
