"""What a record is made of: sections of blocks, as plain JSON values. Pure: no Django.

A record is data first: what stands on the paper, what is attached to it, what is compared between
versions and what passages are removed from are one and the same value. Each block names its kind,
and one template draws each kind, on the page and in the PDF alike.
"""

from collections.abc import Iterable, Sequence
from typing import Any

TALL = 300  # characters of a cell: about a sixth of a page; a shorter row goes on whole

Block = dict[str, Any]
Section = dict[str, Any]


def section(key: str, title: object, *blocks: Block | None) -> Section | None:
    """A section with its heading; None where it has nothing to say."""
    said = [block for block in blocks if block is not None]
    return {"key": key, "title": str(title), "blocks": said} if said else None


def text(words: object) -> Block | None:
    """Paragraphs; None for nothing."""
    said = str(words or "").strip()
    return {"kind": "text", "words": said} if said else None


def heading(words: object) -> Block:
    """A heading within a section."""
    return {"kind": "heading", "words": str(words)}


def items(lines: Iterable[object]) -> Block | None:
    """A list; None for an empty one."""
    said = [str(line) for line in lines]
    return {"kind": "items", "lines": said} if said else None


def facts(pairs: Iterable[tuple[object, object]]) -> Block | None:
    """Names and values; those without a value are left out."""
    said = [[str(name), str(value)] for name, value in pairs if value not in (None, "")]
    return {"kind": "facts", "pairs": said} if said else None


def quote(words: str, who: object) -> Block:
    """Somebody's own words, and whose they are."""
    return {"kind": "quote", "words": words, "who": str(who)}


def note(words: object) -> Block:
    """A note that stands out: what to check, what is not known."""
    return {"kind": "note", "words": str(words)}


def pointer(words: object, key: str) -> Block:
    """Where the rest stands: words that lead to a section, with its page on paper."""
    return {"kind": "pointer", "words": str(words), "to": key}


def table(
    caption: object,
    columns: Sequence[object],
    rows: Iterable[Sequence[object]],
    whole: Iterable[int] = (),
) -> Block | None:
    """A table, its first column the heads of its rows.

    ``whole`` are columns whose cells (days, say) are not broken over lines.

    None for a table without rows. Raises ``ValueError`` where a row has another length.
    """
    said = [[str(cell) for cell in row] for row in rows]
    if any(len(row) != len(columns) for row in said):
        raise ValueError("a row of the table has another length than its heading")
    if not said:
        return None
    return {
        "kind": "table",
        "caption": str(caption),
        "columns": [{"title": str(title)} for title in columns],
        "whole": sorted(whole),
        "tall": [place for place, row in enumerate(said) if _is_tall(row)],
        "rows": said,
    }


def _is_tall(row: Sequence[str]) -> bool:
    """Whether a row is so long that it may break over two pages of paper."""
    return any(len(cell) > TALL for cell in row)


def picture(
    template: str,
    words: object,
    context: dict[str, Any],
    size: str = "",
    whole: Sequence[object] | None = None,
) -> Block:
    """A picture that one of our own templates draws from JSON values; a table says the same.

    ``words`` stand below it; ``size`` "wall" gives it a large page of its own on paper. ``whole``
    is for a picture that shows words and nothing else (no length or place stands for a figure):
    all of its words, before they were broken over lines, so that what is left out is found.
    """
    return {
        "kind": "picture",
        "template": template,
        "words": str(words),
        "size": size,
        "context": context,
        **({"whole": [str(one) for one in whole]} if whole is not None else {}),
    }


def lines_of(block: Block) -> list[str]:
    """What a block says, line by line, as two versions are compared; nothing for a picture."""
    kind = block["kind"]
    if kind == "table":
        heads = [str(column["title"]) for column in block["columns"]]
        return [_row_in_words(heads, row) for row in block["rows"]]
    if kind == "facts":
        return [f"{name}: {value}" for name, value in block["pairs"]]
    if kind == "items":
        return list(block["lines"])
    if kind == "quote":
        return [f"{block['words']} ({block['who']})"]
    if kind == "picture":
        return []
    return [line for line in block["words"].splitlines() if line.strip()]


def _row_in_words(heads: Sequence[str], row: Sequence[str]) -> str:
    """Each cell under its head's name, as somebody would read the row out."""
    said = (f"{head}: {' '.join(cell.split())}" for head, cell in zip(heads, row, strict=True))
    return "; ".join(one for one in said if not one.endswith(": "))
