"""Reading a file into the place: every row, in one transaction, or none.

The importer of a room above writes; this module reads, counts and keeps what went wrong. A lock on
the place and the format makes two people who bring the same file one after the other, so that the
second finds every row already there.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.ground.locks import lock
from places.imports.formats.base import Choices
from places.imports.formats.columns import Matching
from places.imports.formats.payments import Payments
from places.imports.formats.rows import RowError
from places.imports.importers import BATCH, Importer, importers
from places.imports.models import Import
from places.imports.reading import Batch, FileReading, Look
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
    for batch in _read_ahead(_batches(reading, outcome)):
        _save(importer, batch, import_, outcome)
        whereabouts.look_at(batch)
        progress(outcome.read)
    _close(outcome, reading, whereabouts)
    outcome.notes += importer.finish(import_)
    return outcome


def only_read(import_: Import, look: Look, matching: Matching | None = None) -> Outcome:
    """Read the file and write nothing: what a preview shows. Nothing is asked of the importer."""
    whereabouts = whereabouts_of(import_.place)
    reading = FileReading(look, import_.importer, choices_for(import_, whereabouts), matching)
    outcome = Outcome()
    for batch in _batches(reading, outcome):
        outcome.imported += len(batch)
        outcome.total += _sum_of(batch)
        whereabouts.look_at(batch)
    _close(outcome, reading, whereabouts)
    return outcome


def _sum_of(batch: Batch) -> Decimal:
    if isinstance(batch, Payments):
        return batch.total
    return sum((getattr(item.value, "amount", Decimal(0)) for item in batch), Decimal(0))


def _batches(reading: FileReading, outcome: Outcome) -> Iterator[Batch]:
    """What was read, some thousands at a time; errors are counted on the way."""
    for batch, errors in reading.batches(BATCH):
        outcome.read += len(batch) + len(errors)
        for error in errors:
            outcome.reject(error)
        yield batch


def _read_ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same, the next being read while the database writes this one: it has its own processor.

    Reading asks the database nothing, so that a thread may do it; in the caller's language.
    """
    context = copy_context()

    def following() -> Batch | None:
        return context.run(lambda: next(batches, None))

    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(following)
        while (batch := coming.result()) is not None:
            coming = reader.submit(following)
            yield batch


def _save(importer: Importer, batch: Batch, import_: Import, outcome: Outcome) -> None:
    if not batch:
        return
    saved = importer.save(batch, import_)
    if saved.imported + saved.already_there + len(saved.rejected) != len(batch):
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
