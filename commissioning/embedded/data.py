"""The embedded PostgreSQL and Redis on one data folder: prepared, started, kept alive."""

import fcntl
import os
import secrets
import signal
import socket
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from commissioning import embedded
from commissioning.embedded import Addresses, postgres, redis
from commissioning.embedded.account import Account, CannotStart, server_account
from commissioning.embedded.children import Child, Supervisor

# Below those that systems give to outgoing connections (from 32768 on Linux): one of them could
# take a port between our choosing it and its server's start.
PORTS = range(15_000, 32_000)


def claim(var: Path) -> IO[str]:
    """Be the only supervisor of the folder, for as long as the file stays open."""
    var.mkdir(parents=True, exist_ok=True)
    lock = (var / "server.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with lock:
            lock.seek(0)
            holder = lock.read().strip()
        raise CannotStart(
            f"A server runs on {var} already (process {holder}). Stop it first, or give this one"
            " a folder of its own with VAR_DIR."
        ) from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether nobody listens on the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port(wanted: int = 0) -> int:
    """The wanted port if it is free, else one that is."""
    if wanted and is_free(wanted):
        return wanted
    candidates = secrets.SystemRandom().sample(PORTS, len(PORTS))
    return next(port for port in candidates if is_free(port))


def settle(var: Path, site: str) -> tuple[Addresses, bool]:
    """Addresses for this start, with the secrets of the last one; and whether those are new."""
    new = not embedded.written(var)
    before = embedded.generate() if new else embedded.addresses(var)
    settled = before.moved(
        database=free_port(urlsplit(before.database_url).port or 0),
        redis=free_port(urlsplit(before.redis_url).port or 0),
        site=site,
    )
    embedded.write(var, settled)
    return settled, new


class DataServers:
    """PostgreSQL, Redis or both, with their data in ``var``."""

    def __init__(self, var: Path, site: str) -> None:
        self.var = var.resolve()
        self.account = server_account()
        self._open_to_account(self.var)
        self.addresses, self.new_secrets = settle(self.var, site)

    def _open_to_account(self, var: Path) -> None:
        """Ours alone; when the servers run as another user, that user may pass through."""
        var.chmod(0o711 if self.account.name else 0o700)
        self.account.require_reach(var)

    def _folder(self, name: str) -> Path:
        folder = self.var / name
        folder.mkdir(mode=0o700, exist_ok=True)
        self.account.give(folder)
        return folder

    def _log(self, name: str) -> Path:
        folder = self.var / "log"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{name}.log"

    def start_postgres(self, supervisor: Supervisor) -> None:
        """Start PostgreSQL and wait until it takes connections."""
        self.account.require_reach(postgres.binaries())
        data = self._folder("postgres") / "18"
        postgres.prepare(data, self.account, self.addresses, new_secrets=self.new_secrets)
        port = str(urlsplit(self.addresses.database_url).port)
        child = self._child(
            "PostgreSQL",
            postgres.command(data, postgres.SETTINGS | {"port": port}),
            # A fast shutdown: it does not wait for clients.
            signal.SIGINT,
        )
        supervisor.start(child)
        url = self.addresses.owner_url
        supervisor.wait_until(lambda: postgres.answers(url), f"PostgreSQL (see {child.log})", 60)

    def start_redis(self, supervisor: Supervisor) -> None:
        """Start Redis and wait until it has read its data back in."""
        self.account.require_reach(redis.binary().parent)
        folder = self._folder("redis")
        redis.prepare(folder, self.account, self.addresses.redis_url)
        child = self._child("Redis", redis.command(folder), signal.SIGTERM)
        supervisor.start(child)
        url = self.addresses.redis_url
        supervisor.wait_until(lambda: redis.answers(url), f"Redis (see {child.log})", 60)

    def _child(self, name: str, command: list[str], stop: signal.Signals) -> Child:
        account: Account = self.account
        log = self._log(name.lower())
        return Child(name, command, stop, account, log=log, patience=30.0)
