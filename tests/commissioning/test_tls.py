"""``script/server --tls``: phones of the local network reach every page by HTTPS."""

import http.client
import ssl
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from commissioning.embedded.data import free_port
from commissioning.server import Server
from tests import cluster


@pytest.fixture
def secure(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    test_addresses: cluster.Addresses,
    database_name: str,
    django_db_setup: None,
) -> Iterator[Server]:
    """The web server as ``--tls`` starts it, but on the loopback alone."""
    monkeypatch.setenv("DATABASE_URL", test_addresses.app.format(name=database_name))
    monkeypatch.setenv("REDIS_URL", settings.REDIS_URL)
    monkeypatch.setenv("SECRET_KEY", "secure-" + "0123456789" * 6)
    monkeypatch.setenv("LOCAL", "1")
    monkeypatch.setenv("PORT", str(free_port()))
    server = Server(tmp_path, with_tls=True)
    server.host = "127.0.0.1"
    try:
        server.start_web()
        server.supervisor.wait_until(server.web_answers, "The web server", 60)
        yield server
    finally:
        server.supervisor.stop()


def test_pages_come_by_https_with_cookies_that_leave_by_nothing_else(
    secure: Server, tmp_path: Path
) -> None:
    certificate, key = tmp_path / "tls/certificate.pem", tmp_path / "tls/key.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    trusting = ssl.create_default_context(cafile=str(certificate))
    line = http.client.HTTPSConnection("127.0.0.1", secure.port, context=trusting, timeout=20)
    with closing(line):
        line.request("GET", "/v/", headers={"Host": secure.site.removeprefix("https://")})
        answer = line.getresponse()
        page = answer.read().decode()
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert answer.status == 200
    assert "csrfmiddlewaretoken" in page
    assert [cookie for cookie in cookies if cookie.startswith("__Host-csrf=")]
    assert all("; Secure" in cookie for cookie in cookies)


def test_a_stranger_to_the_certificate_is_warned(secure: Server) -> None:
    line = http.client.HTTPSConnection("127.0.0.1", secure.port, timeout=20)
    with closing(line), pytest.raises(ssl.SSLCertVerificationError):
        line.request("GET", "/")
