"""The worker fetches what is public, and nothing else, whatever an address pretends to be."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest

from places.imports.feeds import fetch_all
from places.imports.fetching import Fetcher, is_public
from places.imports.formats.texts import FileError


class Server(ThreadingHTTPServer):
    """A server on this machine that says what it was asked."""

    asked: list[str]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.headers['Host']}{self.path}")
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        self.send_response(404 if self.path == "/none" else 200)
        self.end_headers()
        self.wfile.write(self._body())

    def _body(self) -> bytes:
        if self.path == "/large":
            return b"x" * 200_000
        if self.path.startswith("/services/"):
            asked = self.path.rpartition("/")[2]
            if asked == "s3":
                return b"{}"
            return json.dumps({"id": asked, "name": "In full", "schedules": []}).encode()
        if self.path.startswith("/services"):
            page = int(self.path.partition("page=")[2] or 1)
            thing = {"id": f"s{page}", "name": f"Service {page}", "status": "active"}
            said = {"page_number": page, "total_pages": 3, "contents": [thing]}
            return json.dumps(said).encode()
        return b"Name,Postcode\nHall,SW2 2EY\n"

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    made.asked = []
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def host_of(server: Server) -> str:
    return f"127.0.0.1:{server.server_address[1]}"


def test_a_file_is_fetched_with_its_name(server: Server, tmp_path: Path) -> None:
    host = host_of(server)
    fetched = Fetcher(frozenset({host})).fetch(f"http://{host}/to//halls.csv", tmp_path / "a")
    assert (fetched.file_name, fetched.size) == ("halls.csv", 27)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://172.16.0.1/",
        "http://100.64.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fe80::1]/",
        "http://[fd00::1]/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "ftp://example.org/a.csv",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://name:secret@example.org/",
        "http://example.org:22/",
        "not an address",
        "http://",
    ],
)
def test_what_is_not_public_is_never_asked(url: str, tmp_path: Path) -> None:
    with pytest.raises(FileError):
        Fetcher().fetch(url, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_redirect_is_checked_like_the_first_address(server: Server, tmp_path: Path) -> None:
    host = host_of(server)
    with pytest.raises(FileError, match="public internet"):
        Fetcher(frozenset({host})).fetch(
            f"http://{host}/to/http://169.254.169.254/secret", tmp_path / "a"
        )
    with pytest.raises(FileError, match="begins with https"):
        Fetcher(frozenset({host})).fetch(f"http://{host}/to/file:///etc/passwd", tmp_path / "a")
    with pytest.raises(FileError, match="on and on"):
        Fetcher(frozenset({host})).fetch(f"http://{host}" + "/to/" * 9, tmp_path / "a")


def test_a_name_that_changes_its_mind_gains_nothing(tmp_path: Path) -> None:
    """The name is asked once; a second answer, which is private, is never sought."""
    answers = iter([["192.0.2.1"], ["127.0.0.1"]])
    asked = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with pytest.raises(FileError):
        Fetcher(resolve=resolve, seconds=2).fetch("http://rebind.example/", tmp_path / "a")
    assert asked == ["rebind.example"]


def test_one_private_address_among_public_ones_is_enough(tmp_path: Path) -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    with pytest.raises(FileError, match="public internet"):
        Fetcher(resolve=resolve).fetch("http://both.example/", tmp_path / "a")


def test_size_and_answers_have_limits(server: Server, tmp_path: Path) -> None:
    host = host_of(server)
    with pytest.raises(FileError, match="larger than"):
        Fetcher(frozenset({host}), most_bytes=100_000).fetch(f"http://{host}/large", tmp_path / "a")
    with pytest.raises(FileError, match="404"):
        Fetcher(frozenset({host})).fetch(f"http://{host}/none", tmp_path / "a")
    with pytest.raises(FileError, match="took longer"):
        Fetcher(frozenset({host}), seconds=0).fetch(f"http://{host}/a", tmp_path / "a")


def test_every_page_of_a_feed_is_fetched(server: Server, tmp_path: Path) -> None:
    host = host_of(server)
    fetch_all(Fetcher(frozenset({host})), f"http://{host}/services", tmp_path / "a")
    document = json.loads((tmp_path / "a").read_text())
    assert [thing["id"] for thing in document["contents"]] == ["s1", "s2", "s3"]


def test_services_listed_in_short_are_asked_one_by_one(server: Server, tmp_path: Path) -> None:
    host = host_of(server)
    fetch_all(Fetcher(frozenset({host})), f"http://{host}/services", tmp_path / "a")
    document = json.loads((tmp_path / "a").read_text())
    # The last has no page of its own: it stays as the list tells it.
    assert [one["name"] for one in document["contents"]] == ["In full", "In full", "Service 3"]
    assert server.asked.count(f"{host}/services/s1") == 1


def test_public_addresses() -> None:
    assert is_public(ip_address("93.184.216.34"))
    assert is_public(ip_address("2606:2800:220:1::1"))
    assert not is_public(ip_address("224.0.0.1"))
    assert not is_public(ip_address("2002:7f00:1::1"))
