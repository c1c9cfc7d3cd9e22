"""WeasyPrint fetches nothing but the templates' own assets, whatever stands in a document.

The templates escape what people write; here it is let in raw, as if one of them forgot to.
"""

import base64
import datetime as dt
import io
import socket
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from commissioning.documents import assets
from commissioning.documents.pdf import RenderingFailed
from commissioning.documents.render import render_pages, render_pdf
from tests.commissioning.documents.test_paper import a_sheet


class Canary:
    """A real server on this machine that nobody should ever call."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                calls.append(self.path)
                if self.path.startswith("/redirect"):
                    self.send_response(302)
                    self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
                    self.end_headers()
                    return
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                self.wfile.write(png())

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self) -> "Canary":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    with Canary() as found:
        yield found


def png() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (3, 3), (200, 30, 30)).save(picture, "PNG")
    return picture.getvalue()


def printed(body: str) -> bytes:
    return render_pdf("raw.html", {"data": body, "sheet": a_sheet()}, title="t", lang="en-gb")


WAYS = {
    "picture": '<img src="{url}" alt="x">',
    "picture set": '<img srcset="{url} 2x" src="{url}" alt="x">',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "frame": '<iframe src="{url}"></iframe>',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import url("{url}");</style>',
    "background": '<style>p {{ background: url("{url}") }}</style><p>x</p>',
    "border": '<style>p {{ border-image: url("{url}") 1 }}</style><p>x</p>',
    "list mark": '<style>li {{ list-style-image: url("{url}") }}</style><ul><li>x</ul>',
    "content": '<style>p::before {{ content: url("{url}") }}</style><p>x</p>',
    "font": '<style>@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}'
    "</style><p>x</p>",
    "attribute": "<p style=\"background: url('{url}')\">x</p>",
    "picture in SVG": '<svg viewBox="0 0 9 9"><title>t</title><image href="{url}" '
    'xlink:href="{url}" width="9" height="9"/></svg>',
    "part in SVG": '<svg viewBox="0 0 9 9"><title>t</title><use href="{url}#a"/></svg>',
    "style in SVG": '<svg viewBox="0 0 9 9"><title>t</title><style>@import url("{url}");</style>'
    '<rect fill="url({url}#a)" width="9" height="9"/></svg>',
    "SVG as data": '<img alt="x" src="data:image/svg+xml;utf8,'
    "&lt;svg xmlns='http://www.w3.org/2000/svg'>&lt;image href='{url}'/>&lt;/svg>\">",
    "attachment": '<link rel="attachment" href="{url}">',
    "attached link": '<a rel="attachment" href="{url}">x</a>',
    "base": '<base href="{url}"><img src="x.png" alt="x">',
    "meta": '<meta http-equiv="refresh" content="0; url={url}">',
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_other_machine_is_called(
    way: str, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[object] = []

    def refuse(_self: socket.socket, address: object) -> None:
        called.append(address)
        raise OSError("not from here")

    with monkeypatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        assert printed(
            way.format(url=f"{canary.url}/canary.png") + way.format(url=f"{canary.url}/redirect")
        ).startswith(b"%PDF")
    assert called == []
    assert canary.calls == []


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_file_is_opened(way: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY-OF-A-FILE")
    picture = tmp_path / "secret.png"
    picture.write_bytes(png())
    body = printed(way.format(url=secret.as_uri()) + way.format(url=picture.as_uri()))
    assert b"CANARY" not in everything_in(body)
    assert not read_pictures(body)


def test_a_colour_profile_from_elsewhere_stops_the_printing(canary: Canary) -> None:
    with pytest.raises(RenderingFailed, match="design is missing"):
        printed(f'<style>@color-profile --x {{ src: url("{canary.url}") }}</style>')
    assert canary.calls == []


def test_the_canary_does_sing(canary: Canary) -> None:
    """Or the tests above would pass whatever happened."""
    with urllib.request.urlopen(canary.url + "/canary.png") as answer:
        assert answer.read() == png()
    assert canary.calls.pop() == "/canary.png"


@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "//127.0.0.1/x.png",
        "ftp://127.0.0.1/x.png",
        "gopher://127.0.0.1/",
        "FILE:///etc/passwd",
        "/etc/passwd",
        "../../../etc/passwd",
        "asset:../settings.py",
        "asset:/etc/passwd",
        "asset:record.css/../../manage.py",
        "ASSET:record.css",
        "data:text/html,<script>",
        "data:image/svg+xml;base64,PHN2Zy8+",
        "data:image/png;base64,bm90IGEgcGljdHVyZQ==",
        "data:image/png;base64,====",
        "data:image/png,raw",
    ],
)
def test_every_other_address_is_refused(address: str) -> None:
    with pytest.raises(assets.RefusedAddress):
        assets.OwnAssets().fetch(address)


def test_a_picture_that_is_too_large_is_refused() -> None:
    with pytest.raises(assets.RefusedAddress):
        assets.OwnAssets().fetch("data:image/png;base64," + "A" * assets.PICTURE_LIMIT)


@pytest.mark.parametrize("name", assets.ALLOWED)
def test_our_own_assets_are_handed_out(name: str) -> None:
    assert assets.OwnAssets().fetch(f"asset:{name}").read()


def test_a_picture_given_as_data_is_printed() -> None:
    body = printed(
        f'<img alt="A red square" src="data:image/png;base64,{base64.b64encode(png()).decode()}">'
    )
    assert len(read_pictures(body)) == 1


def test_what_people_write_is_printed_as_they_wrote_it() -> None:
    words = "<img src=x> & <script>alert(1)</script> {{ settings.SECRET_KEY }} {% now 'Y' %}"
    pdf = render_pages(
        "documents/base.html",
        {"sheet": a_sheet()},
        title=words,
        lang="en-gb",
        created=dt.datetime.now(dt.UTC),
    )
    text = pypdf.PdfReader(io.BytesIO(pdf.body)).pages[0].extract_text()
    assert "".join(words.split()) in "".join(text.split())


def everything_in(body: bytes) -> bytes:
    """Every object and stream of the file, unpacked."""
    reader: Any = pypdf.PdfReader(io.BytesIO(body))
    found = [body]
    for number in range(1, reader.trailer["/Size"]):
        thing = reader.get_object(pypdf.generic.IndirectObject(number, 0, reader))
        found.append(str(thing).encode())
        if isinstance(thing, pypdf.generic.StreamObject):
            found.append(thing.get_data())
    return b"\n".join(found)


def read_pictures(body: bytes) -> list[object]:
    reader: Any = pypdf.PdfReader(io.BytesIO(body))
    return [image for page in reader.pages for image in page.images]
