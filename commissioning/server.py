"""``script/server``: everything that the application is, on this machine, under one supervisor.

PostgreSQL and Redis (embedded, unless DATABASE_URL and REDIS_URL name others), the web and live
process in one origin, the worker and the scheduler. What dies is started again; Ctrl-C stops all.
"""

import argparse
import os
import resource
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

from commissioning.embedded import tls
from commissioning.embedded.account import CannotStart
from commissioning.embedded.children import Child, Supervisor
from commissioning.embedded.data import DataServers, claim, free_port, is_free

ROOT = Path(__file__).resolve().parent.parent
WANTED_PORT = 8000


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, flush=True)  # noqa: T201


def arguments() -> argparse.Namespace:
    """What was asked on the command line."""
    parser = argparse.ArgumentParser(
        prog="script/server", description="Run Collaborative Commissioning on this machine."
    )
    parser.add_argument(
        "--tls",
        action="store_true",
        help="serve HTTPS to the local network, so that phones can join (self-signed)",
    )
    parser.add_argument("--no-demo", action="store_true", help="do not load the demo place")
    return parser.parse_args()


class Server:
    """The processes, in the order in which they need one another."""

    def __init__(self, var: Path, *, with_tls: bool) -> None:
        self.var = var
        self.tls = with_tls
        self.host = "0.0.0.0" if with_tls else "127.0.0.1"  # noqa: S104
        self.supervisor = Supervisor(say)
        self.port = self.choose_port()
        name = tls.local_address() if with_tls else "localhost"
        self.site = f"{'https' if with_tls else 'http'}://{name}:{self.port}"
        self.environment = {"SITE_URL": self.site, "VAR_DIR": str(var)}

    def choose_port(self) -> int:
        """PORT or 8000; said plainly where that is taken."""
        wanted = int(os.environ.get("PORT", "") or WANTED_PORT)
        if is_free(wanted, self.host):
            return wanted
        port = free_port()
        say(f"Port {wanted} is taken by another program, so this runs on port {port}.")
        return port

    def start_data(self) -> None:
        """PostgreSQL and Redis, where none were given."""
        needs_database = not os.environ.get("DATABASE_URL")
        needs_redis = not os.environ.get("REDIS_URL")
        if not needs_database and not needs_redis:
            return
        servers = DataServers(self.var, self.site)
        if needs_database:
            servers.start_postgres(self.supervisor)
        if needs_redis:
            servers.start_redis(self.supervisor)

    def manage(self, *words: str) -> bool:
        """Run a management command to its end; say whether it went well."""
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        done = subprocess.run(command, env=os.environ | self.environment, check=False)
        return done.returncode == 0

    def migrate(self) -> None:
        """Bring the tables up to date."""
        if not self.manage("migrate", "--no-input", "--verbosity=0", "--skip-checks"):
            raise CannotStart("The database could not be brought up to date; see above.")

    def python(self, name: str, *words: str, patience: float = 10.0) -> None:
        """Start a process of the application itself."""
        command = [sys.executable, "-m", *words]
        child = Child(name, command, environment=self.environment, patience=patience)
        self.supervisor.start(child)

    def start_web(self) -> None:
        """Pages and live updates in one origin."""
        words = ["commissioning.asgi:application", f"--host={self.host}", f"--port={self.port}"]
        words += ["--no-access-log", "--no-server-header", "--log-level=warning"]
        words += ["--timeout-graceful-shutdown=3", "--lifespan=off"]
        if self.tls:
            certificate, key = tls.certificate(self.var / "tls", tls.local_address())
            words += [f"--ssl-certfile={certificate}", f"--ssl-keyfile={key}"]
        self.python("The web server", "uvicorn", *words)

    def start_tasks(self) -> None:
        """The worker and the scheduler."""
        app = ["celery", "--app=commissioning.celery", "--quiet"]
        alone = ["--concurrency=2", "--without-gossip", "--without-mingle"]
        self.python("The worker", *app, "worker", *alone)
        schedule = f"--schedule={self.var / 'schedule'}"
        self.python("The scheduler", *app, "beat", schedule, "--pidfile=")

    def web_answers(self) -> bool:
        """Whether the first page can be asked for."""
        if self.tls:
            return not is_free(self.port, self.host)
        try:
            address = f"http://127.0.0.1:{self.port}/health/live"
            with urllib.request.urlopen(address, timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def load_demo(self) -> bool:
        """The fictional place, on the first run; refused by a database with real programmes."""
        mark = self.var / "demo-loaded"
        if not mark.exists():
            say("Loading the demo place (once)...")
            if not self.manage("demo"):
                say("The demo place was not loaded.")
                return False
            mark.touch()
        return True

    def run(self, *, demo: bool) -> None:
        """Start everything, keep it running, stop everything."""
        for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(asked, self.supervisor.ask_to_stop)
        try:
            self.start_data()
            self.migrate()
            self.start_web()
            self.supervisor.wait_until(self.web_answers, "The web server", 60)
            self.start_tasks()
            demo = demo and self.load_demo()
            if not self.supervisor.stopping:
                self.greet(demo=demo)
            self.supervisor.watch()
        finally:
            say("Stopping.")
            self.supervisor.stop()

    def greet(self, *, demo: bool) -> None:
        """Say where to look and who can sign in."""
        say(f"\nCollaborative Commissioning is at {self.site}\n")
        if demo:
            self.manage("demo", "--sign-ins")
        say("\nCtrl-C stops it.")


def main() -> int:
    """Run until told to stop; give the exit status."""
    asked = arguments()
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    os.chdir(ROOT)
    # A memory image of a process could hold a vote's key.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with claim(var):
            Server(var, with_tls=asked.tls).run(demo=not asked.no_demo)
    except CannotStart as refusal:
        say(str(refusal))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
