"""Reading and writing Pabulib `.pb` files (https://pabulib.org/format), without loss.

`parse_pb` keeps every row exactly as it was written, with its cells beside it; `PbFile.to_bytes`
of an unchanged file gives the very same bytes, line ends, blank lines, byte order mark, quoting
and unknown columns included. A row that is changed (`PbSection.put`) is written afresh, quoted
where it must be.

`build_pb` makes a new file: UTF-8, `\\n`, fields in the official order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from .pb_fields import META_FIELDS, PROJECT_FIELDS, VOTE_FIELDS, in_order
from .pb_text import (
    MOST_BYTES,
    SECTIONS,
    Encoding,
    PbError,
    PbWarning,
    Row,
    Warnings,
    decode,
    row_text,
    split_rows,
)

__all__ = ["PbError", "PbFile", "PbSection", "PbWarning", "build_pb", "parse_pb", "read_pb"]

_NEEDED: Final = {
    "META": ("key", "value"),
    "PROJECTS": ("project_id", "cost"),
    "VOTES": ("voter_id", "vote"),
}


@dataclass
class PbSection:
    """One section: the rows that open it, its columns, and its rows.

    columns: names as written, without spaces around them. rows: with cells, line and raw text.
    """

    name: str
    line: int
    opening: list[str]
    columns: list[str]
    rows: list[Row] = field(default_factory=list)

    def column(self, name: str) -> int | None:
        """The index of a column, whatever its letter case; None if there is no such column."""
        wanted = name.lower()
        return next((at for at, own in enumerate(self.columns) if own.lower() == wanted), None)

    def value(self, row: Row, name: str) -> str:
        """A cell without spaces around it; empty if the row or the section lacks it."""
        at = self.column(name)
        return row.cells[at].strip() if at is not None and at < len(row.cells) else ""

    def cells(self, name: str) -> list[str]:
        """A whole column, one cell per row, without spaces around; empty where a row lacks it."""
        at = self.column(name)
        if at is None:
            return [""] * len(self.rows)
        return [row.cells[at].strip() if at < len(row.cells) else "" for row in self.rows]

    def put(self, row: Row, name: str, text: str) -> None:
        """Change one cell. The row is then written afresh. Raises KeyError without the column."""
        at = self.column(name)
        if at is None:
            raise KeyError(name)
        row.cells += [""] * (at + 1 - len(row.cells))
        row.cells[at] = text
        row.raw = row_text(row.cells, "\r\n" if row.raw.endswith("\r\n") else "\n")


@dataclass
class PbFile:
    """A whole file. `warnings` are what was odd about its form but did not stop the reading."""

    meta: PbSection
    projects: PbSection
    votes: PbSection
    encoding: Encoding = field(default_factory=Encoding)
    ending: str = ""
    warnings: Warnings = field(default_factory=Warnings)

    @property
    def about(self) -> dict[str, str]:
        """META as a mapping, in the order of the file, keys in lower case."""
        return {
            row.cells[0].strip().lower(): row.cells[1].strip() if len(row.cells) > 1 else ""
            for row in self.meta.rows
        }

    def about_line(self, key: str) -> int | None:
        """The line of a key of META."""
        return next(
            (row.line for row in self.meta.rows if row.cells[0].strip().lower() == key), None
        )

    def to_text(self) -> str:
        """The text of the file; unchanged rows exactly as they were read."""
        parts: list[str] = []
        for section in (self.meta, self.projects, self.votes):
            parts += section.opening
            parts += (row.raw for row in section.rows)
        return "".join(parts) + self.ending

    def to_bytes(self) -> bytes:
        """The file in its own encoding. Raises UnicodeEncodeError where that lacks a letter."""
        return self.encoding.encode(self.to_text())


def read_pb(path: Path) -> PbFile:
    """Read a file. Raises PbError if it is not a readable `.pb` file, OSError if there is none."""
    if path.stat().st_size > MOST_BYTES:
        raise PbError(None, f"The file is larger than {MOST_BYTES // 2**20} MB.")
    return parse_pb(path.read_bytes())


def parse_pb(data: bytes) -> PbFile:
    """Take a file apart into its sections and rows. Raises PbError with the line."""
    warnings = Warnings()
    text, encoding = decode(data, warnings)
    rows, ending = split_rows(text)
    sections = _sections(rows, warnings)
    for name in SECTIONS:
        if name not in sections:
            raise PbError(None, f"The section {name} is missing.")
    found = PbFile(
        meta=sections["META"],
        projects=sections["PROJECTS"],
        votes=sections["VOTES"],
        encoding=encoding,
        ending=ending,
        warnings=warnings,
    )
    _check_keys(found)
    _check_widths(found)
    return found


def _sections(rows: list[Row], warnings: Warnings) -> dict[str, PbSection]:
    sections: dict[str, PbSection] = {}
    current: PbSection | None = None
    for row in rows:
        name = _section_name(row)
        if name is not None:
            current = _opened(name, row, sections)
        elif current is None:
            raise PbError(row.line, "The file must begin with the section META.")
        elif not current.columns and _is_header(current, row, warnings):
            current.opening.append(row.raw)
        else:
            current.rows.append(row)
    for section in sections.values():
        if not section.columns:
            raise PbError(section.line, f"The section {section.name} has no header row.")
    return sections


def _section_name(row: Row) -> str | None:
    name = row.cells[0].strip().upper()
    return name if name in SECTIONS and not any(cell.strip() for cell in row.cells[1:]) else None


def _opened(name: str, row: Row, sections: dict[str, PbSection]) -> PbSection:
    if name in sections:
        raise PbError(row.line, f"The section {name} stands here a second time.")
    expected = SECTIONS[len(sections)]
    if expected != name:
        raise PbError(row.line, f"The section {expected} must come before {name}.")
    sections[name] = PbSection(name, row.line, [row.raw], [])
    return sections[name]


def _is_header(section: PbSection, row: Row, warnings: Warnings) -> bool:
    """Take the section's columns from its first row; META may come without a header."""
    names = [cell.strip() for cell in row.cells]
    lowered = [name.lower() for name in names]
    needed = _NEEDED[section.name]
    if section.name == "META" and lowered[:2] != ["key", "value"]:
        warnings.note(row.line, "META does not begin with the row key;value.")
        section.columns = list(needed)
        return False
    missing = [name for name in needed if name not in lowered]
    if missing:
        raise PbError(row.line, f"{section.name} has no column {' and no '.join(missing)}.")
    named = [name for name in lowered if name]
    if len(set(named)) != len(named):
        raise PbError(row.line, f"{section.name} has two columns of one name.")
    section.columns = names
    return True


def _check_keys(found: PbFile) -> None:
    seen: dict[str, str] = {}
    for row in found.meta.rows:
        key, value = row.cells[0].strip().lower(), found.meta.value(row, "value")
        if seen.setdefault(key, value) != value:
            raise PbError(row.line, f"META gives {key} twice, with different values.")


def _check_widths(found: PbFile) -> None:
    for section in (found.meta, found.projects, found.votes):
        width = len(section.columns)
        for row in section.rows:
            if len(row.cells) > width and any(cell.strip() for cell in row.cells[width:]):
                found.warnings.note(
                    row.line,
                    f"A row of {section.name} has more cells than columns; the rest is not read.",
                )


def build_pb(
    meta: Mapping[str, str],
    projects: Sequence[Mapping[str, str]],
    votes: Sequence[Mapping[str, str]],
) -> PbFile:
    """Make a file from plain values, fields in the official order, our own fields last.

    Line breaks and spaces at the ends of a cell become single spaces and nothing. Raises
    ValueError for an id that would read as the name of a section.
    """
    keys = in_order(list(meta), META_FIELDS)
    return PbFile(
        meta=_built("META", ["key", "value"], [[key, meta[key]] for key in keys]),
        projects=_built_table("PROJECTS", projects, in_order(_names(projects), PROJECT_FIELDS)),
        votes=_built_table("VOTES", votes, in_order(_names(votes), VOTE_FIELDS)),
    )


def _names(rows: Sequence[Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _built_table(name: str, rows: Sequence[Mapping[str, str]], names: list[str]) -> PbSection:
    columns = names or list(_NEEDED[name])
    return _built(name, columns, [[row.get(column, "") for column in columns] for row in rows])


def _built(name: str, columns: list[str], rows: list[list[str]]) -> PbSection:
    section = PbSection(name, 0, [f"{name}\n", row_text(columns, "\n")], columns)
    for cells in rows:
        tidy = [" ".join(cell.split()) for cell in cells]
        if tidy[0].upper() in SECTIONS:
            raise ValueError(f"{tidy[0]} cannot be an id: it is the name of a section.")
        section.rows.append(Row(tidy, 0, row_text(tidy, "\n")))
    return section
