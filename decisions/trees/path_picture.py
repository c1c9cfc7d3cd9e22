"""The path that was walked as a picture for paper and wall: boxes in rows, one part of the tree
after the other. Pure: it only measures; one template draws it, on pages and in PDFs alike.

Units are those of the SVG's viewBox: 1000 wide. It is worked out from the rows of a result
(``{"text", "said", "section", "differs", "settled"}``), which also stand beside it as a table.
"""

import itertools
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

WIDTH: Final = 1000
ACROSS: Final = 3
ROWS: Final = 3  # of one picture: taller ones would leave half a page empty on paper
BOX: Final = 300
GAP: Final = (WIDTH - ACROSS * BOX) // (ACROSS - 1)
LINE: Final = 20
LETTERS: Final = 34  # of a question's text in one line; an answer is set bold, so wider
SAID_LETTERS: Final = 31
BETWEEN: Final = 34  # from one row of boxes to the next
EDGE: Final = 3  # room for the lines around the boxes

Row = Mapping[str, Any]


def path_picture(path: Sequence[Row]) -> dict[str, Any]:
    """Pictures for each part of the tree that was walked, a few rows in one: JSON values."""
    parts = []
    number = 1
    for title, grouped in itertools.groupby(path, key=lambda row: str(row["section"])):
        rows = list(grouped)
        for start in range(0, len(rows), ACROSS * ROWS):
            part = _part(title, rows[start:][: ACROSS * ROWS], number)
            parts.append(part | {"goes_on": start > 0})
            number += part["count"]
    return {"parts": parts}


def _part(title: str, rows: Sequence[Row], first: int) -> dict[str, Any]:
    boxes: list[dict[str, Any]] = []
    top = EDGE
    for start in range(0, len(rows), ACROSS):
        line = [
            _words(row, first + start + place) for place, row in enumerate(rows[start:][:ACROSS])
        ]
        height = max(box["tall"] for box in line)
        for place, box in enumerate(line):
            boxes.append(_placed(box, place * (BOX + GAP), top, height))
        top += height + BETWEEN
    return {
        "title": title,
        "width": WIDTH,
        "height": top - BETWEEN + EDGE,
        "count": len(rows),
        "boxes": boxes,
        "lines": list(_lines(boxes)),
    }


def _words(row: Row, number: int) -> dict[str, Any]:
    asked = textwrap.wrap(f"{number}. {row['text']}", LETTERS)
    said = textwrap.wrap(str(row["said"]), SAID_LETTERS, max_lines=4, placeholder=" …")
    return {
        "asked": asked,
        "said": said,
        "carried": bool(row["settled"] and row["settled"]["carried"]),
        "settled": bool(row["settled"]),
        "tall": 26 + LINE * (len(asked) + len(said)),
    }


def _placed(box: Mapping[str, Any], x: int, y: int, height: int) -> dict[str, Any]:
    first = y + 24
    return {
        "x": x + EDGE,
        "y": y,
        "width": BOX - 2 * EDGE,
        "height": height,
        "state": "carried" if box["carried"] else "settled" if box["settled"] else "asked",
        "asked": _set(box["asked"], x, first),
        "said": _set(box["said"], x, first + LINE * len(box["asked"])),
    }


def _set(lines: Sequence[str], x: int, y: int) -> list[dict[str, Any]]:
    return [
        {"x": x + EDGE + 12, "y": y + LINE * place, "words": words}
        for place, words in enumerate(lines)
    ]


def _lines(boxes: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """From each box to the one after it: across, or down and back to the left."""
    for one, after in itertools.pairwise(boxes):
        right, middle = one["x"] + one["width"], one["y"] + one["height"] // 2
        if after["y"] == one["y"]:
            yield f"M{right} {middle} H{after['x']}"
            continue
        half = after["y"] - BETWEEN // 2
        down, to = one["x"] + one["width"] // 2, after["x"] + after["width"] // 2
        yield f"M{down} {one['y'] + one['height']} V{half} H{to} V{after['y']}"
