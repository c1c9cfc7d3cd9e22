"""Browser tests: a real Chromium against the real application, as ``script/server`` serves it.

``page`` is a browser page at 1280 wide whose test fails on anything in the console (an error, a
broken content-security policy, a missing file). ``page_for(person)`` is another one, signed in.
``axe(page)`` finds nothing on any page, in any state. Rows that a test makes with the cast are
there for the server too: they share a database, emptied after each test.
"""

import base64
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from commissioning.embedded.data import free_port
from commissioning.people.models import User
from tests import cluster
from tests.browser import canaries

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDTHS = (320, 768, 1440)
AXE = cluster.ROOT / "node_modules/axe-core/axe.min.js"
STYLES = cluster.ROOT / "static/build/site.css"
# What WCAG 2.2 AA asks, and what axe calls best practice besides.
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

PageFor = Callable[..., Page]
Axe = Callable[[Page], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: ``pytest -m browser``, ``pytest -m "not browser"``."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """The running application: its address, its logs, its processes."""

    url: str
    logs: Path
    # PostgreSQL's own log, which it shares with whatever else is tested beside.
    database_log: Path
    # What was left by the tests so far that no log may hold.
    canaries: set[str] = field(default_factory=set)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Start one of its processes, writing to a log of its own."""
        with (self.logs / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=cluster.ROOT,
                env=os.environ | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)

    def wait(self) -> None:
        """Until pages are served; fails with the server's log if it never comes."""
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{self.url}/about/", timeout=2).close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if self.processes[0].poll() is not None:
                    break
                time.sleep(0.1)
            else:
                return
        pytest.fail((self.logs / "web.log").read_text()[-4000:], pytrace=False)

    def logged(self) -> str:
        """Everything that its processes and PostgreSQL wrote so far."""
        files = [*self.logs.glob("*.log"), self.database_log]
        return "".join(path.read_text(errors="replace") for path in files)

    def stop(self) -> None:
        """Stop all of it."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="session")
def shared_secrets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Keys and folders that the tests and the server must have in common."""
    var = tmp_path_factory.mktemp("var")
    keys = tmp_path_factory.mktemp("keys")
    common = {
        "SECRET_KEY": "browser-tests-" + "0123456789" * 5,
        "VOTE_PEPPER": "browser-tests-pepper-" + "0123456789" * 4,
        "BALLOT_KEY_DIR": keys,
    }
    with override_settings(**common):
        yield {name: str(value) for name, value in common.items()} | {
            "VAR_DIR": str(var),
            "MEDIA_ROOT": str(var / "media"),
        }


@pytest.fixture(scope="session")
def site(
    django_db_setup: None,
    test_addresses: cluster.Addresses,
    database_name: str,
    shared_secrets: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The application and its worker, on this test process's own database and Redis."""
    if not STYLES.exists():
        pytest.fail("Build the styles first: npm ci && npm run build", pytrace=False)
    port = free_port()
    url = f"http://localhost:{port}"
    running = Site(url, tmp_path_factory.mktemp("logs"), Path(test_addresses.log))
    environment = shared_secrets | {
        "DATABASE_URL": test_addresses.app.format(name=database_name),
        "DATABASE_OWNER_URL": test_addresses.owner.format(name=database_name),
        "REDIS_URL": settings.REDIS_URL,
        "SITE_URL": url,
        "LOCAL": "1",
    }
    server = f"uvicorn commissioning.asgi:application --port {port} --log-level warning"
    worker = "celery -A commissioning worker --pool solo --loglevel warning --without-mingle"
    running.start("web", server.split(), environment)
    # Only the worker can seal a record.
    seed = base64.b64encode(b"browser-tests".ljust(32)).decode()
    running.start("worker", worker.split(), environment | {"RECORD_SIGNING_KEY": seed})
    try:
        running.wait()
        yield running
    finally:
        running.stop()
    told = canaries.found_in(running.logged(), running.canaries)
    if told:
        pytest.fail(f"logs tell what is nobody else's business: {told}", pytrace=False)


@pytest.fixture(autouse=True)
def empty_redis(redis_client: redis.Redis) -> None:
    """Nothing that one test counted is there for the next; the worker's queue stays as it is."""
    keys = [key for key in redis_client.scan_iter() if not key.startswith(b"celery:")]
    if keys:
        redis_client.delete(*keys)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser. Playwright's loop runs in this thread, where Django would refuse to query."""
    if not shutil.which(CHROMIUM):
        pytest.fail(f"There is no Chromium at {CHROMIUM}: install it or set CHROMIUM.")
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
    patch.undo()


@dataclass
class Console:
    """What went wrong in the browser while nobody looked."""

    complaints: list[str] = field(default_factory=list)
    # Statuses that a test brings about on purpose: page.console.expect(403).
    # A request that never arrived is heard of by the page itself, which says so to the person.
    expected: set[str] = field(
        default_factory=lambda: {"net::ERR_", "htmx:sendError", "htmx:afterRequest"}
    )

    def expect(self, *statuses: int) -> None:
        """A page answers so on purpose; the browser's note of it is no complaint."""
        self.expected |= {f"status of {status}" for status in statuses}

    def watch(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} or "Content Security Policy" in message.text:
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def check(self) -> None:
        """Fail with what was heard."""
        heard = [c for c in self.complaints if not any(e in c for e in self.expected)]
        if heard:
            pytest.fail("the browser complained:\n" + "\n".join(heard), pytrace=False)


@pytest.fixture
def console() -> Iterator[Console]:
    """The console of every page of this test. It must stay silent."""
    console = Console()
    yield console
    console.check()


@pytest.fixture
def open_context(
    chromium: Browser,
    site: Site,
    transactional_db: None,
    console: Console,
    redis_client: redis.Redis,
) -> Iterator[Callable[..., BrowserContext]]:
    """Another browser of its own, as if on another phone: cookies and storage are not shared."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> BrowserContext:
        options = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"} | options
        context = chromium.new_context(base_url=site.url, **options)
        context.set_default_timeout(10_000)
        context.on("page", console.watch)
        opened.append(context)
        return context

    yield open_one
    left = canaries.left_by(opened)
    site.canaries |= left
    for context in opened:
        context.close()
    kept = canaries.found_in(canaries.everything_in(redis_client), left)
    if kept:
        pytest.fail(f"Redis keeps what is nobody else's business: {kept}", pytrace=False)


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of somebody who is not signed in."""
    return open_context().new_page()


@pytest.fixture
def page_for(open_context: Callable[..., BrowserContext], site: Site) -> PageFor:
    """``page_for(ada)``: a page where she is signed in already; ``width=320`` makes it a phone."""

    def signed_in(person: User | None = None, *, width: int = 1280, **options: Any) -> Page:
        context = open_context(viewport={"width": width, "height": 900}, **options)
        if person is not None:
            client = Client()
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site.url}]
            )
        return context.new_page()

    return signed_in


@pytest.fixture
def axe() -> Axe:
    """``axe(page)``: fails with every violation on the page as it stands, readable."""
    source = AXE.read_text()

    def check(page: Page) -> None:
        # A page that a click has led to may still wait for its styles.
        page.wait_for_load_state("load")
        if not page.evaluate("typeof window.axe === 'object'"):
            page.evaluate(source)
        found = page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
        told = [
            f"{v['id']} ({v['impact']}): {v['help']}\n    "
            + "\n    ".join(f"{n['target']}: {n['html'][:200]}" for n in v["nodes"][:5])
            for v in found["violations"]
        ]
        if told:
            pytest.fail(f"axe on {page.url}:\n" + "\n".join(told), pytrace=False)

    return check


def press_on(page: Page, name: str) -> None:
    """Press the button that leads to another page, and wait until that page is there."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def fits(page: Page) -> bool:
    """Whether nothing makes the page scroll sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return width <= 0
