"""Reading a file into the place: every row, in one transaction, or none.

The importer of a room above writes; this module reads, counts and keeps what went wrong. A lock on
the place and the format makes two people who bring the same file one after the other, so that the
second finds every row already there.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.ground.locks import lock
from places.imports.formats.base import Choices
from places.imports.formats.columns import Matching
from places.imports.formats.rows import AnyRow, Item, RowError
from places.imports.importers import BATCH, Importer, importers
from places.imports.models import Import
from places.imports.reading import FileReading, Look
from places.imports.whereabouts import Whereabouts, whereabouts_of

# Errors kept one by one; a file with more is the wrong file.
MOST_ERRORS: Final = 100_000
_CHUNK: Final = 1 << 20

Progress = Callable[[int], None]


@dataclass(slots=True)
class Outcome:
    """What became of a file. ``read = imported + rejected + already_there``."""

    read: int = 0
    imported: int = 0
    rejected: int = 0
    already_there: int = 0
    skipped: int = 0
    total: Decimal = Decimal("0.00")
    errors: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)

    def reject(self, error: RowError) -> None:
        """Count a row that was not taken."""
        self.rejected += 1
        if len(self.errors) < MOST_ERRORS:
            self.errors.append(error)

    def as_json(self) -> dict[str, Any]:
        """What ``import_data --json`` prints."""
        return {
            "read": self.read,
            "imported": self.imported,
            "rejected": self.rejected,
            "already_there": self.already_there,
            "skipped": self.skipped,
            "total": f"{self.total:.2f}",
            "errors": [{"row": one.row, "message": one.message} for one in self.errors],
            "notes": self.notes,
            "warnings": [{"row": row, "message": said} for row, said in self.warnings],
        }


def digest_of_file(path: Path) -> str:
    """SHA-256 of the file, read a piece at a time."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def choices_for(import_: Import, whereabouts: Whereabouts) -> Choices:
    """What reading has to be told."""
    return Choices(
        file_name=import_.file_name,
        file_digest=import_.file_digest,
        period=str(import_.choices.get("period", "")),
        home=whereabouts.home,
    )


def lock_name(import_: Import) -> str:
    """Two imports into one place of one format wait for each other."""
    return f"imports:{import_.place_id}:{import_.importer}"


def bring_in(
    import_: Import,
    look: Look,
    matching: Matching | None = None,
    progress: Progress = lambda rows: None,
) -> Outcome:
    """Read the file and write its rows, inside the caller's transaction. Fills the import's row.

    Raises :class:`FileError` where the file turns out unreadable; nothing is then written.
    """
    lock(lock_name(import_))
    importer = importers[import_.importer]
    whereabouts = whereabouts_of(import_.place)
    reading = FileReading(look, import_.importer, choices_for(import_, whereabouts), matching)
    outcome = Outcome()
    for items in _batches(reading, outcome):
        _save(importer, items, import_, outcome)
        whereabouts.look_at(items)
        progress(outcome.read)
    _close(outcome, reading, whereabouts)
    outcome.notes += importer.finish(import_)
    return outcome


def only_read(import_: Import, look: Look, matching: Matching | None = None) -> Outcome:
    """Read the file and write nothing: what a preview shows. Nothing is asked of the importer."""
    whereabouts = whereabouts_of(import_.place)
    reading = FileReading(look, import_.importer, choices_for(import_, whereabouts), matching)
    outcome = Outcome()
    for items in _batches(reading, outcome):
        outcome.imported += len(items)
        outcome.total += sum((_amount(item.value) for item in items), Decimal(0))
        whereabouts.look_at(items)
    _close(outcome, reading, whereabouts)
    return outcome


def _amount(value: AnyRow) -> Decimal:
    amount: Decimal = getattr(value, "amount", Decimal(0))
    return amount


def _batches(reading: FileReading, outcome: Outcome) -> Iterator[list[Item[AnyRow]]]:
    """The items, some thousands at a time; errors are counted on the way."""
    rows = reading.rows()
    while chunk := list(islice(rows, BATCH)):
        outcome.read += len(chunk)
        items: list[Item[AnyRow]] = []
        for row in chunk:
            if isinstance(row, RowError):
                outcome.reject(row)
            else:
                items.append(row)
        yield items


def _save(importer: Importer, items: list[Item[AnyRow]], import_: Import, outcome: Outcome) -> None:
    if not items:
        return
    saved = importer.save(items, import_)
    if saved.imported + saved.already_there + len(saved.rejected) != len(items):
        raise RuntimeError(f"importer {importer.name!r} lost rows of a batch")
    outcome.imported += saved.imported
    outcome.already_there += saved.already_there
    outcome.total += saved.total
    for error in saved.rejected:
        outcome.reject(error)


def _close(outcome: Outcome, reading: FileReading, whereabouts: Whereabouts) -> None:
    outcome.skipped = sum(reading.report.skipped.values())
    outcome.errors.sort(key=lambda error: error.row)
    outcome.notes = [*reading.notes, *filter(None, [whereabouts.note()])]
    outcome.warnings = reading.report.warnings
    if outcome.rejected > len(outcome.errors):
        outcome.notes.append(_("Only the first %d errors are listed.") % MOST_ERRORS)


def keep_outcome(import_: Import, outcome: Outcome) -> None:
    """Write the counts into the import's row, without saving it."""
    for name in ("read", "imported", "rejected", "already_there", "skipped", "total"):
        setattr(import_, name, getattr(outcome, name))
    import_.notes = outcome.notes + [
        _("Row %(row)d: %(said)s") % {"row": row, "said": said} for row, said in outcome.warnings
    ]
    import_.errors = [[error.row, error.message] for error in outcome.errors[:200]]
