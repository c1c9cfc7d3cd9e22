"""Fetching a file that somebody named by its address, and nothing else. Pure: no models.

The worker fetches, never a web process. Only http and https, only on the usual ports, only from
addresses that the whole internet reaches: a name is resolved once, every address it has must be
public, and the connection goes to the very address that was checked, so that a name that changes
its mind in between (DNS rebinding) gains nothing. Every redirect is checked like the first address.
"""

import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote

import httpx
from django.utils.translation import gettext as _

from places.imports.formats.texts import FileError

MEGABYTE: Final = 1024 * 1024
LARGEST_FETCH: Final = 200 * MEGABYTE
LONGEST_FETCH: Final = 120  # seconds, redirects and all
MOST_HOPS: Final = 5
PORTS: Final = frozenset({80, 443, 8080, 8443})
_CHUNK: Final = 64 * 1024
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# IPv6 that carries an IPv4 address inside, which may be a private one.
_CARRIERS: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_AGENT: Final = "collaborative-commissioning (imports a file that a person named)"

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched: the address in the end, a name for the file, its size in bytes."""

    url: str
    file_name: str
    size: int


def addresses_of(host: str, port: int) -> list[str]:
    """Every address that the name has."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Fetcher:
    """Fetches within limits of size and time. ``allowed`` are hosts (with port) of an intranet."""

    def __init__(
        self,
        allowed: frozenset[str] = frozenset(),
        *,
        most_bytes: int = LARGEST_FETCH,
        seconds: float = LONGEST_FETCH,
        resolve: Resolve = addresses_of,
    ) -> None:
        self.allowed, self.most_bytes, self.seconds = allowed, most_bytes, seconds
        self.resolve = resolve
        self.ends = time.monotonic() + seconds

    def fetch(self, url: str, to: Path) -> Fetched:
        """Fetch into the file ``to``. Raises :class:`FileError` with one sentence."""
        current = _parsed(url)
        for _hop in range(MOST_HOPS + 1):
            following = self._once(current, to)
            if following is None:
                return Fetched(str(current), _name_of(current), to.stat().st_size)
            if current.scheme == "https" and following.scheme != "https":
                raise FileError(_("The address leads on to one that is not encrypted."))
            current = following
        raise FileError(_("The address leads on and on: it was given up."))

    def _once(self, url: httpx.URL, to: Path) -> httpx.URL | None:
        """One request. Returns the address that it leads on to, if it does."""
        host, address = url.host, self._checked(url)
        request_url = url.copy_with(host=address)
        headers = {
            "Host": url.netloc.decode("ascii"),
            "User-Agent": _AGENT,
            "Accept-Encoding": "identity",
        }
        extensions = {"sni_hostname": host} if url.scheme == "https" else {}
        try:
            with (
                httpx.Client(
                    trust_env=False, follow_redirects=False, timeout=self._left()
                ) as client,
                client.stream("GET", request_url, headers=headers, extensions=extensions) as answer,
            ):
                if answer.status_code in _REDIRECTS and "location" in answer.headers:
                    return _parsed(str(url.join(answer.headers["location"])))
                if answer.status_code != 200:
                    raise FileError(
                        _("The address answered with %d, not with a file.") % answer.status_code
                    )
                self._store(answer, to)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise FileError(_("The address could not be fetched: %s.") % _short(error)) from error
        return None

    def _store(self, answer: httpx.Response, to: Path) -> None:
        size = 0
        with to.open("wb") as file:
            for piece in answer.iter_bytes(_CHUNK):
                size += len(piece)
                if size > self.most_bytes:
                    raise FileError(
                        _("The file is larger than %d MB.") % (self.most_bytes // MEGABYTE)
                    )
                self._left()
                file.write(piece)

    def _left(self) -> float:
        """The seconds that are left."""
        left = self.ends - time.monotonic()
        if left <= 0:
            raise FileError(_("Fetching took longer than %d seconds.") % self.seconds)
        return min(left, 30)

    def _checked(self, url: httpx.URL) -> str:
        """The address to connect to: one that was checked."""
        port = url.port or (443 if url.scheme == "https" else 80)
        if f"{url.host}:{port}" in self.allowed:
            return next(iter(self.resolve(url.host, port)), url.host)
        if port not in PORTS:
            raise FileError(_("Files are fetched from the usual ports only, not from %d.") % port)
        try:
            found = [ip_address(text.partition("%")[0]) for text in self.resolve(url.host, port)]
        except (OSError, UnicodeError, ValueError) as error:
            raise FileError(_("No computer is called “%s”.") % url.host[:80]) from error
        if not found or not all(map(is_public, found)):
            raise FileError(_("“%s” is not on the public internet.") % url.host[:80])
        return str(found[0])


def is_public(address: Address) -> bool:
    """Whether the whole internet reaches the address."""
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inside is not None:
            return is_public(inside)
        if any(address in network for network in _CARRIERS):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _parsed(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, TypeError, UnicodeError) as error:
        raise FileError(_("This is not an address we can fetch from.")) from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise FileError(_("An address begins with https:// or http://."))
    if url.userinfo:
        raise FileError(_("An address with a name and a password in it is not fetched."))
    return url


def _name_of(url: httpx.URL) -> str:
    name = PurePosixPath(unquote(url.path)).name.replace("\x00", "")
    return name[-120:] or url.host[:120]


def _short(error: Exception) -> str:
    """What went wrong, without addresses of ours."""
    if isinstance(error, httpx.TimeoutException):
        return _("it took too long")
    return _("the connection failed")
