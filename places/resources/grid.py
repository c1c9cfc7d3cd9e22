"""The matrix as a picture: squares in shades, dashed where there is nothing. Pure but for its rows.

The same picture stands on the page and in the PDF; the table beside it says the same.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from places.resources.matrix import Matrix

WIDE: Final = 48
HIGH: Final = 38
LABEL: Final = 330
TOP: Final = 120
LONGEST: Final = 42
SHADES: Final = ("#eceff0", "#d9ebe0", "#9fd3b9", "#27694c")
INKS: Final = ("#14261f", "#14261f", "#14261f", "#ffffff")


@dataclass(frozen=True, slots=True)
class Box:
    """A square of the picture."""

    x: int
    number: int
    fill: str
    ink: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome's squares."""

    y: int
    text: str
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name, at a slant."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """All that the template draws, in units of its view box."""

    width: int
    height: int
    headings: list[Heading]
    rows: list[Row]

    def as_data(self) -> dict[str, Any]:
        """JSON values, for paper."""
        return asdict(self)


def grid_of(matrix: Matrix) -> Grid | None:
    """The picture; None where there is no outcome or no column to draw."""
    if not matrix.lines or not matrix.columns:
        return None
    headings = [
        Heading(LABEL + 16 + at * WIDE, TOP - 10, _short(str(column.title), 16))
        for at, column in enumerate(matrix.columns)
    ]
    rows = [
        Row(
            y=TOP + at * HIGH,
            text=_short(line.outcome.title, LONGEST),
            boxes=[
                Box(
                    x=LABEL + place * WIDE,
                    number=cell.number,
                    fill=SHADES[cell.shade],
                    ink=INKS[cell.shade],
                    is_gap=cell.is_gap,
                )
                for place, cell in enumerate(line.cells)
            ],
        )
        for at, line in enumerate(matrix.lines)
    ]
    return Grid(
        width=LABEL + len(matrix.columns) * WIDE + 90,
        height=TOP + len(matrix.lines) * HIGH + 6,
        headings=headings,
        rows=rows,
    )


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."
