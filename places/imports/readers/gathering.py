"""A sheet that gathers what its fellows say: "All" beside one for each month. Pure.

Read together, everything would count twice. Rows are compared as they stand, each as often as it
stands; rows of totals are nobody's.
"""

from collections import Counter
from collections.abc import Sequence

from places.imports.readers.tables import Record, Table

Counted = Counter[int]


def gathering(tables: Sequence[tuple[Table, int]]) -> Table | None:
    """The sheet that says all that the others say, and no more; None where none does.

    Each comes with the number of rows at its top, headings and all.
    """
    counted = [_counted(table, skips) for table, skips in tables]
    everything = sum(map(Counted.total, counted))
    for at, mine in enumerate(counted):
        if mine.total() * 2 == everything and mine:
            others = Counted()
            for other in (*counted[:at], *counted[at + 1 :]):
                others.update(other)
            if others == mine:
                return tables[at][0]
    return None


def _counted(table: Table, skips: int) -> Counted:
    return Counted(
        hash(tuple(map(str.strip, record.cells)))
        for record in table.records()
        if record.row > skips and not record.is_blank and not _is_total(record)
    )


def _is_total(record: Record) -> bool:
    return any("total" in cell.lower() for cell in record.cells)
