"""What printing a decision record costs, beside WeasyPrint by itself on the same HTML.

Run ``python -m tests.bench.records``. One process, no database. The record is a real walk of a
shipped tree with its pictures, repeated until it has 40 pages, behind a plain summary of one page
that fits at the closest size only, so that every size is tried. "Bare" is
``weasyprint.HTML(string=...).write_pdf()`` with the same page and style sheet, tagged as ours is,
in turns with ours; the best of each counts. Then three processes print at once, as three workers.
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import resource
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final

PAGES: Final = 40
ROUNDS: Final = 5
LIMIT: Final = 1.2
MEGABYTES: Final = 512  # what a worker's process may take
CASE: Final = "12-home-care-four-million.yaml"
TITLE: Final = "Decision: home care"


def prepare() -> None:
    """Django's templates; nothing is asked of a database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    import django

    django.setup()


def record() -> dict[str, Any]:
    """A record's data: the walk of a written case, told section by section."""
    from decisions.records import blocks
    from decisions.trees.engine import shipped_trees, walk, with_what_ifs
    from decisions.trees.engine.text import read_text
    from decisions.trees.path_picture import path_picture

    case = read_text((Path(__file__).parents[1] / "decisions/cases" / CASE).read_text("utf-8"))
    tree = shipped_trees()[case["tree"]]
    walked = walk(tree, case["answers"], date.fromisoformat(case["begins"]))
    walked = with_what_ifs(walked, case["answers"])
    path = [
        {
            "text": tree.questions[step.question].text,
            "section": tree.sections[tree.questions[step.question].section],
            "said": step.text,
            "settled": None,
        }
        for step in walked.path
    ]
    routes = [
        (
            tree.options[one.option].title,
            one.standing,
            "\n".join(f"• {reason.words} ({reason.source})" for reason in one.because),
        )
        for one in walked.ranked
    ]
    chapter = [
        blocks.text("At both workshops people said they open the door to someone they know. " * 12),
        blocks.picture("decisions/trees/_path_picture.html", "The path.", path_picture(path)),
        blocks.table(
            "Each question", ["Question", "Answer"], [(one["text"], one["said"]) for one in path]
        ),
        blocks.table("Every route", ["Route", "Standing", "Because"], routes),
    ]
    plain = "Who sits with people over 65, so that those who care for them have a day off a week? "
    sections = [
        blocks.section("summary", "In plain words", *[blocks.text(plain * 2)] * 12),
        *(blocks.section(f"chapter-{number}", f"Part {number}", *chapter) for number in range(12)),
    ]
    return {
        "sentence": "Cabinet decided.",
        "facts": [["Decided by", "Cabinet"]],
        "glance": [],
        "version": 1,
        "changed": [],
        "sections": sections,
    }


def ours(data: dict[str, Any]) -> tuple[int, int]:
    """(pages, bytes) as the worker prints it: HTML, tags, attachment, allow list and all."""
    from commissioning.documents.render import render_pages

    pdf = render_pages(
        "decisions/records/record.html",
        {"data": data, "sheet": _sheet(), "seal": None},
        title=TITLE,
        lang="en-gb",
        attachment=json.dumps(data).encode(),
        created=datetime(2027, 1, 14, tzinfo=UTC),
    )
    return pdf.pages, len(pdf.body)


def html_of(data: dict[str, Any]) -> str:
    """The same page for WeasyPrint by itself."""
    from django.template.loader import render_to_string

    context = {"data": data, "sheet": _sheet(), "seal": None}
    return render_to_string(
        "decisions/records/record.html", context | {"document_title": TITLE, "lang": "en-gb"}
    )


def bare(page: str) -> int:
    """Pages, by WeasyPrint's own defaults with the same style sheet and variant."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    root = Path(__file__).resolve().parents[2] / "static"
    style = (root / "pdf/record.css").read_text("utf-8")
    style = style.replace("asset:", (root / "build/fonts").as_uri() + "/")
    fonts = FontConfiguration()
    sheet = CSS(string=style, font_config=fonts)
    document = HTML(string=page).render(
        font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1"
    )
    document.write_pdf(pdf_variant="pdf/ua-1")
    return len(document.pages)


def _sheet() -> Any:
    from commissioning.documents.paper import Sheet

    return Sheet(
        type_name="records.decision",
        label="Decision record",
        title=TITLE,
        place="Rivermead",
        date=date(2027, 1, 14),
        language="en-gb",
    )


def of_forty_pages() -> dict[str, Any]:
    """The record with as many parts as fill 40 pages."""
    whole = record()
    for parts in itertools.count(2):
        cut = whole | {"sections": whole["sections"][:parts]}
        if ours(cut)[0] >= PAGES or parts == len(whole["sections"]):
            return cut
    raise AssertionError


def _one_worker(queue: Any, data: dict[str, Any]) -> None:
    prepare()
    started = perf_counter()
    pages, _size = ours(data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    queue.put((pages, perf_counter() - started, peak))


def at_once(data: dict[str, Any], workers: int = 3) -> list[tuple[int, float, int]]:
    """(pages, seconds, megabytes at most) of each of several workers at once."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    running = [context.Process(target=_one_worker, args=(queue, data)) for _ in range(workers)]
    for one in running:
        one.start()
    told = [queue.get() for _ in running]
    for one in running:
        one.join()
    return told


def seconds(work: Any) -> float:
    """How long it takes once."""
    started = perf_counter()
    work()
    return perf_counter() - started


def main() -> None:
    """Print the figures and the ratio."""
    prepare()
    data = of_forty_pages()
    page = html_of(data)
    pages, size = ours(data)
    bare(page)
    mine, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(seconds(lambda: bare(page)))
        mine.append(seconds(lambda: ours(data)))
    ratio = min(mine) / min(theirs)
    peaks = at_once(data)
    sys.stdout.write(
        f"a record of {pages} pages, {size / 1000:.0f} kB\n"
        f"ours {min(mine):.2f} s, bare WeasyPrint {min(theirs):.2f} s: "
        f"{ratio:.2f} times (limit {LIMIT})\n"
        f"three at once: {max(one[1] for one in peaks):.1f} s, each at most "
        f"{max(one[2] for one in peaks)} MB (limit {MEGABYTES})\n"
    )


if __name__ == "__main__":
    main()
