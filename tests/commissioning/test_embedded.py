"""The servers that the application brings: nothing acknowledged is lost, nobody else gets in."""

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
import redis

from commissioning.embedded import postgres
from commissioning.embedded.account import Account, CannotStart
from commissioning.embedded.children import Child, Supervisor
from commissioning.embedded.data import DataServers, claim, free_port
from tests.cluster import ROOT, Addresses, shared_folder

PROCESSES = ("uvicorn", "worker", "beat")
SITE = "http://localhost:8000"


@contextlib.contextmanager
def reachable_folder() -> Iterator[Path]:
    """A data folder that the servers' user can reach, as pytest's own cannot be."""
    folder = Path(tempfile.mkdtemp(prefix="embedded-", dir=shared_folder()))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


@pytest.fixture
def var() -> Iterator[Path]:
    """A data folder with nothing in it yet."""
    with reachable_folder() as folder:
        yield folder


class Running(Supervisor):
    """Both servers, kept alive as ``script/server`` keeps them."""

    def __init__(self, var: Path) -> None:
        self.said: list[str] = []
        super().__init__(self.said.append)
        self.var = var
        self.addresses = start(var, self).addresses

    def kill(self, name: str) -> Callable[[], bool]:
        """Kill one in 0.3 s; what this gives tells when it has been back for a while."""
        self.said.clear()
        child = next(child for child in self.children if child.name == name)
        first = child.process
        assert first is not None
        threading.Timer(0.3, first.kill).start()
        return lambda: child.process is not first and time.monotonic() - child.started > 1.5


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    """Both servers on a folder of their own, watched from another thread."""
    with reachable_folder() as folder:
        supervisor = Running(folder)
        watching = threading.Thread(target=supervisor.watch)
        watching.start()
        yield supervisor
        supervisor.ask_to_stop()
        watching.join()
        supervisor.stop()


def start(var: Path, supervisor: Supervisor) -> DataServers:
    """Both servers on the folder."""
    var.mkdir(parents=True, exist_ok=True)
    servers = DataServers(var, SITE)
    servers.start_postgres(supervisor)
    servers.start_redis(supervisor)
    return servers


def keep_doing(write: Callable[[int], object], until: Callable[[], bool]) -> int:
    """Write 1, 2, 3, ... over and over through a crash; give the last that was acknowledged."""
    done = 0
    while not until():
        try:
            write(done + 1)
        except (psycopg.OperationalError, redis.RedisError):
            time.sleep(0.02)
        else:
            done += 1
    return done


def test_no_acknowledged_row_is_lost_when_postgresql_is_killed(running: Running) -> None:
    url = running.addresses.owner_url
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("CREATE TABLE kept (n integer PRIMARY KEY)")

    def write(n: int) -> None:
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("INSERT INTO kept VALUES (%s) ON CONFLICT DO NOTHING", [n])

    done = keep_doing(write, running.kill("PostgreSQL"))
    assert eventually(lambda: postgres.answers(url))
    with psycopg.connect(url) as db:
        rows = [n for (n,) in db.execute("SELECT n FROM kept ORDER BY n")]
    # More than once where the killed one's shared memory was still held.
    assert set(running.said) == {"PostgreSQL had stopped and was started again"}
    assert rows[:done] == list(range(1, done + 1))
    assert done, "nothing was written before it was killed"


def test_no_acknowledged_write_is_lost_when_redis_is_killed(running: Running) -> None:
    with redis.Redis.from_url(running.addresses.redis_url) as client:
        done = keep_doing(lambda n: client.set(f"kept:{n}", n), running.kill("Redis"))
        assert running.said == ["Redis had stopped and was started again"]
        assert client.exists(*[f"kept:{n}" for n in range(1, done + 1)]) == done
    assert done, "nothing was written before it was killed"


def test_rows_and_secrets_outlive_a_clean_stop(var: Path) -> None:
    secrets = set()
    for visit in (1, 2):
        supervisor = Running(var)
        addresses = supervisor.addresses
        secrets.add((addresses.vote_pepper, addresses.signing_key))
        with psycopg.connect(addresses.owner_url, autocommit=True) as db:
            db.execute("CREATE TABLE IF NOT EXISTS visits (n integer)")
            db.execute("INSERT INTO visits VALUES (%s)", [visit])
            assert db.execute("SELECT count(*) FROM visits").fetchone() == (visit,)
        supervisor.stop()
    assert len(secrets) == 1


def test_only_owner_and_app_get_in_and_only_with_their_passwords(running: Running) -> None:
    addresses = running.addresses
    port = urlsplit(addresses.database_url).port
    for role in ("postgres", "owner", "app"):
        for database in ("postgres", "commissioning"):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(f"postgres://{role}:guess@127.0.0.1:{port}/{database}")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=urlsplit(addresses.redis_url).port or 0).ping()
    with psycopg.connect(addresses.database_url) as db:
        modest = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles"
        found = db.execute(f"{modest} WHERE rolname = current_user").fetchone()
    assert found == (False,)


def test_secrets_are_for_nobody_else_to_read(running: Running) -> None:
    for file in (running.var / "embedded.json", running.var / "redis" / "redis.conf"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    secret = running.addresses.redis_url.split(":")[2].split("@")[0]
    for process in psutil.process_iter(["cmdline"]):
        assert secret not in " ".join(process.info["cmdline"] or [])


def test_a_lost_secrets_file_or_a_first_start_cut_short_locks_nothing_away(var: Path) -> None:
    (var / "postgres" / "making" / "base").mkdir(parents=True)
    first = Running(var)
    first.stop()
    (var / "embedded.json").unlink()
    second = Running(var)
    old, new = first.addresses.database_url, second.addresses.database_url
    assert urlsplit(old).password != urlsplit(new).password
    assert postgres.answers(new)
    second.stop()


def test_two_supervisors_do_not_share_a_folder(var: Path) -> None:
    with claim(var), pytest.raises(CannotStart, match=f"process {os.getpid()}"):
        claim(var)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as somebody else")
def test_a_folder_that_the_servers_cannot_reach_is_refused_with_what_to_do(var: Path) -> None:
    closed = var.parent / "closed"
    (closed / "var").mkdir(parents=True)
    closed.chmod(0o700)
    with pytest.raises(CannotStart, match=f"chmod o\\+x {closed}"):
        DataServers(closed / "var", SITE)


def test_a_child_that_falls_over_at_once_is_started_less_and_less_often() -> None:
    child = Child("Stumbler", [sys.executable, "-c", ""], account=Account())
    child.start()
    starts, deadline = 0, time.monotonic() + 1.5
    while time.monotonic() < deadline:
        if child.dead() and child.revive():
            starts += 1
        time.sleep(0.01)
    child.stop()
    assert 2 <= starts <= 6


def processes_of(pid: int) -> list[psutil.Process]:
    """All that the supervisor started, and what those started."""
    found: list[psutil.Process] = psutil.Process(pid).children(recursive=True)
    return found


def named(pid: int, word: str) -> psutil.Process:
    """The supervisor's own child whose command line has the word, once it is there."""
    found: list[psutil.Process] = []

    def look() -> bool:
        for child in psutil.Process(pid).children():
            with contextlib.suppress(psutil.Error):
                if word in child.cmdline():
                    found.append(child)
        return bool(found)

    assert eventually(look)
    return found[0]


def eventually(true: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def ready(port: int) -> bool:
    """Whether the web server answers, with its database and Redis."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=3) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture
def everything(
    var: Path, django_db_setup: None, test_addresses: Addresses, database_name: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """``script/server`` on the tests' own servers, with its port."""
    port = free_port()
    given = {
        "DATABASE_URL": test_addresses.app.format(name=database_name),
        "DATABASE_OWNER_URL": test_addresses.owner.format(name=database_name),
        "REDIS_URL": f"{test_addresses.redis}/60",
        "VAR_DIR": str(var),
        "PORT": str(port),
        "LOCAL": "1",
        "SECRET_KEY": "of-a-test",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "commissioning.server", "--no-demo"],
        cwd=ROOT,
        env=os.environ | given,
        stdout=subprocess.DEVNULL,
    )
    assert eventually(lambda: ready(port) or process.poll() is not None, 90)
    yield process, port
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    process.wait(60)


@pytest.mark.slow
def test_whatever_is_killed_comes_back_and_ctrl_c_leaves_nothing_behind(
    everything: tuple[subprocess.Popen[bytes], int], var: Path
) -> None:
    process, port = everything
    assert not (var / "postgres").exists()
    victims = [named(process.pid, word) for word in PROCESSES]
    for victim in victims:
        victim.kill()
    psutil.wait_procs(victims)
    assert {named(process.pid, word).pid for word in PROCESSES}.isdisjoint(v.pid for v in victims)
    assert eventually(lambda: ready(port))
    alive = processes_of(process.pid)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert not [child for child in alive if child.is_running()]


@pytest.mark.slow
def test_nothing_outlives_a_supervisor_that_is_killed(
    everything: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, _ = everything
    # Pages are served before the worker and the scheduler are up.
    assert eventually(lambda: len(processes_of(process.pid)) >= len(PROCESSES))
    alive = processes_of(process.pid)
    process.kill()
    assert eventually(lambda: not [child for child in alive if child.is_running()])


def test_no_outgoing_connection_can_take_the_port_that_was_chosen_for_a_server() -> None:
    first_of_outgoing = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    assert free_port() < first_of_outgoing
