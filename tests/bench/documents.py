"""What printing costs: pages a second, beside WeasyPrint by itself in the same run.

Run `python -m tests.bench.documents`, or call `run` for the figures. "Bare" is the same page with
the same words and typeface through ``weasyprint.HTML(...).write_pdf()`` with its defaults: no tags,
no attachment, no allow list of assets. The second measure is a sheet of 500 QR codes.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

PARAGRAPH: Final = (
    "At both workshops people said they open the door to someone they know. Eleven groups already "
    "work here, nine of them small, and what they need is not a service to our specification. "
)
ROUNDS: Final = 5
CARDS: Final = 500


def run() -> list[dict[str, Any]]:
    """Pages, seconds and pages a second of each way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    import django
    from django.conf import settings

    folders: Any = settings.TEMPLATES[0]["DIRS"]
    folders.append(Path(__file__).parent / "templates")
    django.setup()
    words = "".join(f"<h2>Section {n}</h2><p>{PARAGRAPH * 4}</p>" for n in range(40))
    return [
        _measured("bare WeasyPrint", lambda: _bare(words)),
        _measured("render_pdf: PDF/UA-1, sealed data attached", lambda: _ours(words)),
        _measured(f"render_pdf: {CARDS} QR codes", _cards, rounds=1),
    ]


def _measured(name: str, work: Callable[[], int], rounds: int = ROUNDS) -> dict[str, Any]:
    work()  # fonts and style sheets are read once a process
    start = time.perf_counter()
    pages = sum(work() for _ in range(rounds))
    seconds = time.perf_counter() - start
    return {
        "name": name,
        "pages": pages,
        "seconds": round(seconds, 2),
        "pages_per_second": round(pages / seconds, 1),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _bare(words: str) -> int:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    font = Path("static/build/fonts/atkinson-latin.woff2").resolve().as_uri()
    face = f'@font-face {{ font-family: A; src: url("{font}") }} html {{ font: 11pt/1.45 A }}'
    fonts = FontConfiguration()
    sheet = CSS(string=face, font_config=fonts)
    document = HTML(string=words).render(font_config=fonts, stylesheets=[sheet])
    document.write_pdf()
    return len(document.pages)


def _ours(words: str) -> int:
    from commissioning.documents.render import render_pages

    return render_pages(
        "bench_document.html",
        _sheet(words),
        title="How daytime company in the Lanes will be provided",
        lang="en-gb",
        attachment=b'{"salt":"00"}',
    ).pages


def _cards() -> int:
    from commissioning.documents.qr import qr_png_data_uri
    from commissioning.documents.render import render_pages

    codes = "".join(
        f'<img class="card" alt="Card {n}" '
        f'src="{qr_png_data_uri(f"https://rivermead.example/v/{n:05d}ABCDEFGH")}">'
        for n in range(CARDS)
    )
    style = "<style>.card { width: 32mm; margin: 6mm; image-rendering: pixelated }</style>"
    return render_pages(
        "bench_document.html", _sheet(style + codes), title="Voting cards", lang="en-gb"
    ).pages


def _sheet(words: str) -> dict[str, Any]:
    """The context of the base template, with a template that fills its text in."""
    import datetime as dt

    from django.utils.safestring import mark_safe

    from commissioning.documents.paper import Sheet

    sheet = Sheet(
        type_name="bench",
        label="Decision record",
        title="t",
        place="Rivermead",
        date=dt.date(2027, 1, 14),
        language="en-gb",
    )
    return {"sheet": sheet, "text": mark_safe(words)}


if __name__ == "__main__":
    for row in run():
        print(row)  # noqa: T201
