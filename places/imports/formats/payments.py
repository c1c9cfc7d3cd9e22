"""Many payments at once, a list for each column: what a long file becomes on its way. Pure.

A file has hundreds of thousands of rows, and most of them are made alike. Making an object of each
takes longer than all the rest, so rows that need no second look go from column to column, and only
odd ones are read by themselves (:mod:`places.imports.formats.spending`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Self

from places.imports.formats.rows import Item, SpendingRow


@dataclass(slots=True)
class Payments:
    """The payments, column by column; all lists are as long.

    ``amounts`` are pounds with two places, as text; ``starts`` and ``ends`` are ISO days, the same
    for a payment on a day, both "" where nobody said.
    """

    rows: list[int] = field(default_factory=list)
    keys: list[int] = field(default_factory=list)
    suppliers: list[str] = field(default_factory=list)
    amounts: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    payers: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    service_areas: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)
    transaction_numbers: list[str] = field(default_factory=list)
    currencies: list[str] = field(default_factory=list)
    total: Decimal = Decimal("0.00")

    @classmethod
    def of(cls, items: Iterable[Item[Any]]) -> Self:
        """Payments that were read one by one."""
        payments = cls()
        for item in items:
            payments.add(item)
        return payments

    def __len__(self) -> int:
        """How many payments."""
        return len(self.rows)

    def add(self, item: Item[SpendingRow]) -> None:
        """Add one that was read by itself."""
        row = item.value
        start, end = row.paid_on or row.period_start, row.paid_on or row.period_end
        told = (
            *(item.row, item.key.int, row.supplier, str(row.amount)),
            *(start.isoformat() if start else "", end.isoformat() if end else ""),
            *(row.payer, row.department, row.service_area, row.category, row.purpose),
            *(row.transaction_number, row.currency),
        )
        for name, value in zip(_COLUMNS, told, strict=True):
            getattr(self, name).append(value)
        self.total += row.amount

    def extend(self, columns: Iterable[Iterable[object]], total: Decimal) -> None:
        """Add many: their columns in the order of the fields, and what they add up to."""
        for name, column in zip(_COLUMNS, columns, strict=True):
            getattr(self, name).extend(column)
        self.total += total


_COLUMNS = tuple(one.name for one in fields(Payments) if one.name != "total")
