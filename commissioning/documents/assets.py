"""The only things that a rendering may fetch: the templates' own assets, by name.

WeasyPrint asks this module for every address in a document: images, style sheets, fonts, SVG
parts, attachments. What people wrote can therefore never make the server open a file or call
another machine. Nothing here opens a network connection, so there is no redirect to follow and no
name to rebind.
"""

import base64
import binascii
import re
from pathlib import Path
from typing import Final

from django.conf import settings
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME: Final = "asset:"
# name -> (file below static/, content type). A new asset is a new line here.
ALLOWED: Final = {
    "record.css": ("pdf/record.css", "text/css"),
    "atkinson-latin.woff2": ("build/fonts/atkinson-latin.woff2", "font/woff2"),
    "atkinson-latin-ext.woff2": ("build/fonts/atkinson-latin-ext.woff2", "font/woff2"),
}
# Pictures come as data, already re-encoded by whoever made the data: no SVG, which can refer on.
_PICTURE = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/]+={0,2})\Z")
_SIGNATURES: Final = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
PICTURE_LIMIT: Final = 8 * 1024 * 1024


class RefusedAddress(ValueError):
    """An address in a document that is not one of its own assets. The picture is left out."""


class OwnAssets(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """A fetcher that fetches nothing: it hands out named assets and pictures given as data."""

    _fail_on_errors = False  # WeasyPrint reads it: a refused picture is left out, and no more

    def __init__(self) -> None:
        """Without the parent's handlers: this object has no way to open anything."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The asset of that name. Raises :class:`RefusedAddress` for every other address."""
        if url.startswith(SCHEME):
            return self._asset(url)
        if url.startswith("data:"):
            return self._picture(url)
        raise RefusedAddress("only the document's own assets are fetched")

    open = fetch

    def _asset(self, url: str) -> URLFetcherResponse:
        try:
            name, content_type = ALLOWED[url.removeprefix(SCHEME)]
        except KeyError:
            raise RefusedAddress("no asset has that name") from None
        try:
            body = (_static() / name).read_bytes()
        except FileNotFoundError as error:
            # An asset of ours that is missing is our mistake: stop, do not print a poorer page.
            raise FatalURLFetchingError(f"{name} is missing: run the npm build") from error
        return URLFetcherResponse(url, body, {"Content-Type": content_type})

    def _picture(self, url: str) -> URLFetcherResponse:
        match = _PICTURE.match(url) if len(url) <= PICTURE_LIMIT else None
        if match is None:
            raise RefusedAddress("only PNG and JPEG pictures may be given as data")
        try:
            body = base64.b64decode(match[2], validate=True)
        except binascii.Error as error:
            raise RefusedAddress("the picture's data is broken") from error
        if not body.startswith(_SIGNATURES[match[1]]):
            raise RefusedAddress("the picture is not what it says it is")
        return URLFetcherResponse("data:", body, {"Content-Type": match[1]})


def _static() -> Path:
    return Path(settings.BASE_DIR) / "static"
