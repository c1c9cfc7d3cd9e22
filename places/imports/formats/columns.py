"""Columns: what each kind of file needs, and which heading is likely to hold it. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from commissioning.ground.answers import Text
from places.imports.formats.texts import folded_heading, tidy

Matching = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a format reads.

    ``headings`` are patterns of whole folded headings, likeliest first; ``parts`` are patterns
    found anywhere in one, tried after every column's whole ones; ``never`` rules a heading out.
    """

    name: str
    label: Text
    headings: tuple[str, ...]
    parts: tuple[str, ...] = ()
    never: str = ""
    required: bool = False
    # What every cell of it satisfies: tells the column where its heading does not.
    content: Callable[[str], bool] | None = None
    patterns: tuple[tuple[re.Pattern[str], int], ...] = field(init=False, repr=False)
    _never: re.Pattern[str] | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        whole = [(re.compile(rf"(?:{one})\Z"), 1000 - at) for at, one in enumerate(self.headings)]
        some = [(re.compile(rf".*\b(?:{one})\b"), 500 - at) for at, one in enumerate(self.parts)]
        object.__setattr__(self, "patterns", tuple(whole + some))
        object.__setattr__(self, "_never", re.compile(self.never) if self.never else None)

    def likeness(self, heading: str) -> int:
        """How likely the folded heading is this column: 0 is not at all."""
        if self._never is not None and self._never.search(heading):
            return 0
        return next((score for pattern, score in self.patterns if pattern.match(heading)), 0)


def guess(headings: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Which heading each column is likely to be: each heading for one column, the likeliest first.

    A name that stands twice is told apart by its place; the first is the likelier.
    """
    scored = sorted(
        (
            (-column.likeness(folded), at, order, column.name)
            for at, folded in enumerate(map(folded_heading, headings))
            if folded
            for order, column in enumerate(columns)
            if column.likeness(folded)
        ),
    )
    matching: dict[str, int] = {}
    for _score, at, _order, name in scored:
        if name not in matching and at not in matching.values():
            matching[name] = at
    return matching


def guess_by_content(
    matching: dict[str, int],
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[Column],
) -> None:
    """Match what headings did not tell, by what stands below them in the first rows."""
    for column in columns:
        if column.content is None or column.name in matching:
            continue
        for at in range(len(headings)):
            cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
            if cells and at not in matching.values() and all(map(column.content, cells)):
                matching[column.name] = at
                break


def missing(matching: Matching, columns: Sequence[Column]) -> list[Column]:
    """The columns that are needed and not matched."""
    return [column for column in columns if column.required and column.name not in matching]


_NUMBER: Final = re.compile(r"[-£(]*[\d,]+(\.\d+)?\)?")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings stand: rows ``first`` to ``last`` of the file, and what they say."""

    first: int
    last: int
    headings: tuple[str, ...]
    matching: dict[str, int]
    score: int
    # What stands above them: titles, parameters of a report.
    above: str = ""


LOOKED_AT: Final = 80
_NO_ROWS_BELOW: Final = 30
_NOT_TWO_ROWS: Final = 1
_FIGURES: Final = re.compile(r"\d\D?\d|[A-Z]{1,2}\d")


def find_header(
    rows: Sequence[tuple[int, Sequence[str]]],
    columns: Sequence[Column],
    enough: Sequence[frozenset[str]],
) -> Header | None:
    """The row of headings below titles and blank rows; two rows where headings are on two.

    ``enough`` are sets of columns, one of which must be found. The row in which most columns are
    found wins; of equals the first.
    """
    best: Header | None = None
    for header in _candidates(rows, columns):
        satisfied = any(wanted <= header.matching.keys() for wanted in enough)
        if satisfied and (best is None or header.score > best.score):
            best = header
    if best is None:
        return None
    titles = [cell for number, cells in rows if number < best.first for cell in cells if cell]
    return replace(best, above=tidy(" ".join(titles))[:500])


def header_at(
    rows: Sequence[tuple[int, Sequence[str]]], row: int, columns: Sequence[Column]
) -> Header | None:
    """The row that somebody says holds the headings, whatever stands in it; None if it is blank."""
    cells = next((cells for number, cells in rows if number == row), ())
    if not any(cell.strip() for cell in cells):
        return None
    titles = [cell for number, cells in rows if number < row for cell in cells if cell]
    return replace(_header(row, row, cells, columns), above=tidy(" ".join(titles))[:500])


def _candidates(
    rows: Sequence[tuple[int, Sequence[str]]], columns: Sequence[Column]
) -> Iterator[Header]:
    looked = rows[:LOOKED_AT]
    for at, (number, cells) in enumerate(looked):
        if not _may_be_headings(cells):
            continue
        # Headings have rows below them, and rows have figures.
        follows = next((row for _n, row in looked[at + 1 :] if any(map(str.strip, row))), ())
        malus = _NO_ROWS_BELOW if not follows or _may_be_headings(follows) else 0
        yield _header(number, number, cells, columns, malus)
        above = _above(looked, at)
        if above is not None and follows:
            both = _combined(above[1], cells)
            # A title above is no heading: one row is better than two that find no more.
            headed = sum(bool(cell.strip()) for cell in above[1]) > 1
            better = -1 if headed and not _has_figures(cells) else _NOT_TWO_ROWS
            yield _header(above[0], number, both, columns, malus + better)


def _above(rows: Sequence[tuple[int, Sequence[str]]], at: int) -> tuple[int, Sequence[str]] | None:
    """The nearest row above that holds something, if it could be headings too."""
    for number, cells in reversed(rows[:at]):
        if any(cell.strip() for cell in cells):
            return (number, cells) if _may_be_headings(cells) else None
    return None


def _header(
    first: int, last: int, cells: Sequence[str], columns: Sequence[Column], malus: int = 0
) -> Header:
    matching = guess(cells, columns)
    likely = {column.name: column for column in columns}
    score = sum(
        20 + 20 * (likely[name].likeness(folded_heading(cells[at])) > 500)
        for name, at in matching.items()
    )
    return Header(first, last, tuple(map(tidy, cells)), matching, score - malus)


def _combined(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Headings on two rows as one; a heading above several columns stands over each."""
    wide = max(len(above), len(below))
    upper = [*above, *[""] * (wide - len(above))]
    lower = [*below, *[""] * (wide - len(below))]
    return [tidy(f"{one} {other}") for one, other in zip(upper, lower, strict=True)]


def _may_be_headings(cells: Sequence[str]) -> bool:
    """Words and no figures."""
    said = [cell.strip() for cell in cells if cell.strip()]
    return bool(said) and not any(_NUMBER.fullmatch(cell) for cell in said)


def _has_figures(cells: Sequence[str]) -> bool:
    """Whether a cell has a date, a postcode or a number in it: then it is likely a row."""
    return any(_FIGURES.search(cell) for cell in cells)


def duplicated(headings: Sequence[str]) -> list[str]:
    """Headings that stand more than once."""
    seen: set[str] = set()
    twice: list[str] = []
    for heading in headings:
        folded = folded_heading(heading)
        if folded and folded in seen and heading not in twice:
            twice.append(heading)
        seen.add(folded)
    return twice
