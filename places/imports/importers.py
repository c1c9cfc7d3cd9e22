"""The registry of importers: how rooms above save what this room reads.

An importer is registered in its room's ``AppConfig.ready`` under the name of the format it saves.
This room reads the file, runs ``save`` batch by batch and ``finish`` at the end **in one
transaction**, holding a lock on the place and the format, so an importer neither locks nor commits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Protocol

from commissioning.ground.answers import Text
from commissioning.ground.registries import Registry
from places.imports.formats.rows import RowError
from places.imports.models import Import

# Rows handed to ``save`` at once: enough for COPY to be worth it, few enough for memory.
BATCH: Final = 25_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a batch. ``imported + already_there + len(rejected)`` is its length.

    ``total`` is the sum of the amounts of what was imported, 0 where the format has none.
    """

    imported: int
    already_there: int = 0
    total: Decimal = Decimal("0.00")
    rejected: Sequence[RowError] = field(default_factory=tuple)


class Importer(Protocol):
    """What a room above gives for one format."""

    name: str
    """The format: ``spending``, ``locations``, ``threesixtygiving``, ..."""

    label: Text
    """What the rows are, for people: "payments to suppliers"."""

    needs_open_gate: bool
    """Whether it holds amounts, so that it is started from a programme whose gate is open."""

    def save(self, batch: Any, to: Import) -> Saved:
        """Write one batch, at most ``BATCH`` rows, in bulk; rows whose key the place has are left.

        Payments come as columns (:class:`~places.imports.formats.payments.Payments`), everything
        else as a sequence of items: each importer says in its own types what it takes.

        Each row written points to the import (``to``), so that :meth:`undo` finds it.
        """

    def finish(self, to: Import) -> Sequence[str]:
        """After the last batch, still in the transaction: what is done best for all rows at once.

        Matching by set-based SQL belongs here. Returns sentences for the result page.
        """

    def undo(self, of: Import) -> int:
        """Take away every row that the import wrote. Returns how many. Refuses with ``Invalid``."""

    def result_url(self, of: Import) -> str:
        """Where people see what came in."""


importers: Final[Registry[Importer]] = Registry("importer")


def register_importer(importer: Importer) -> Importer:
    """Add an importer under its name."""
    return importers.register(importer.name, importer)
