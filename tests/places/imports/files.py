"""Files for tests: the shared council's, read in place, and small ones made on the spot."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from places.imports.formats.base import Choices
from places.imports.formats.rows import RowError
from places.imports.reading import FileReading, Look, look

SHARED = Path(settings.BASE_DIR).parent / "shared" / "data"
LAMBETH = SHARED / "lambeth"
PAYMENTS = LAMBETH / "payments-to-suppliers"
GIVING = SHARED / "threesixtygiving"
REFERRAL = SHARED / "open-referral-uk"

needs_shared = pytest.mark.skipif(not LAMBETH.is_dir(), reason=f"no shared data at {SHARED}")


@dataclass
class Told:
    """All that reading a file told."""

    values: list[Any] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    keys: list[Any] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    look: Look | None = None
    total: Decimal = Decimal(0)

    @property
    def first(self) -> Any:
        """The first row that was read."""
        return self.values[0]

    @property
    def said(self) -> str:
        """Every note as one text."""
        return " ".join(self.notes)


def tell(path: Path, format_name: str, **choices: Any) -> Told:
    """Read the whole file and tell what came of it."""
    found = look(path, format_name)
    given = {"file_name": path.name, "file_digest": "a digest", **choices}
    reading = FileReading(found, format_name, Choices(**given))
    told = Told(look=found)
    for one in reading.rows():
        if isinstance(one, RowError):
            told.errors[one.row] = one.message
        else:
            told.values.append(one.value)
            told.rows.append(one.row)
            told.keys.append(one.key)
            told.total += getattr(one.value, "amount", 0)
    told.notes, told.warnings = reading.notes, reading.report.warnings
    return told


def written(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path
