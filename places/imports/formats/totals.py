"""Rows of totals among rows of payments: told from a supplier who is called Total. Pure."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from places.imports.formats.amounts import read_amount
from places.imports.formats.base import Report
from places.imports.formats.columns import Matching
from places.imports.formats.mending import Cells
from places.imports.formats.texts import UnreadableError, plain
from places.imports.readers.tables import Record

_ALWAYS: Final = re.compile(
    r"(?:grand|overall|report|sub|page|monthly|month|final|sum) ?-?totals?"
    r"|totals? (?:spend|expenditure|payments?|amount|for .*|paid|invoices?|value|of .*|net|gross)"
    r"|(?:grand )?totals? ?[:=-]",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"totals?", re.IGNORECASE)
_OF_GROUP: Final = re.compile(r"(?:.+ (?:sub-?)?total|(?:sub-?)?total .+)", re.IGNORECASE)


class Totals:
    """Watches the rows of one file go by, and says which are totals of others."""

    def __init__(
        self,
        matching: Matching,
        report: Report,
        sums: set[int],
        amount_in: Callable[[Cells], Decimal | None],
    ) -> None:
        self.matching = matching
        self.report = report
        # The columns that hold amounts, and what a row's amount is.
        self.sums, self.amount_in = sums, amount_in
        self.when = [matching[name] for name in ("date", "transaction_number") if name in matching]
        self.group_began_at = Decimal("0.00")
        # A row that says only "Total": a total if nothing follows it, a supplier otherwise.
        self.pending: list[tuple[Record, Cells, Decimal]] = []

    def is_total(self, row: int, cells: Cells, running: Decimal) -> bool:
        """Whether the row is a total of the rows before it, whose sum so far is ``running``."""
        if self._is_dated(cells):
            return False
        said, amount = self._said(cells), self.amount_in(cells)
        if amount is None:
            return self._is_unreadable_total(said, cells)
        if self._is_certain(said, amount, running):
            self._count(said, amount, running)
            return True
        if _BARE.fullmatch(said):
            self.pending.append((Record(row, cells), cells, amount))
            return True
        return False

    def _is_unreadable_total(self, said: str, cells: Cells) -> bool:
        """A total that gives no figure, or a formula that was never worked out."""
        formula = any(plain(cell).upper().startswith("=SUM(") for cell in cells)
        named = self.says_total(said) and (formula or "date" in self.matching)
        if named or (formula and not said):
            self.report.skip("total")
            return True
        return False

    def _is_certain(self, said: str, amount: Decimal, running: Decimal) -> bool:
        adds_up = amount in (running, running - self.group_began_at) and running != 0
        if _ALWAYS.fullmatch(said):
            return True
        if _BARE.fullmatch(said):
            return adds_up or "date" in self.matching
        return adds_up and (not said or bool(_OF_GROUP.fullmatch(said)))

    def given_back(self) -> list[tuple[Record, Cells]]:
        """Rows held for totals that were none, since another row follows."""
        back = [(record, cells) for record, cells, _amount in self.pending]
        self.pending = []
        return back

    def close(self) -> None:
        """The end of the file: a row that said Total and had nothing after it was one."""
        for _record, _cells, amount in self.pending:
            self.report.printed_total = amount
            self.report.skip("total")
        self.pending = []

    def _count(self, said: str, amount: Decimal, running: Decimal) -> None:
        self.report.skip("total")
        began, self.group_began_at = self.group_began_at, running
        if not re.match(r"(?:sub|page|month)", said, re.IGNORECASE) and not (
            _OF_GROUP.fullmatch(said) and not _ALWAYS.fullmatch(said)
        ):
            # A total of what came since the last one, as each sheet has its own, vouches for all.
            self.report.printed_total = running if amount == running - began else amount

    def _is_dated(self, cells: Cells) -> bool:
        """A total has no date and no transaction number."""
        for at in self.when:
            if (text := cells[at]) and not text.isspace() and not self.says_total(text):
                return bool(plain(text))
        return False

    @staticmethod
    def says_total(text: str) -> bool:
        """Whether the text can only be the name of a total."""
        if "otal" not in text and "OTAL" not in text:
            return False
        said = plain(text)
        return bool(_ALWAYS.fullmatch(said) or _BARE.fullmatch(said))

    def _said(self, cells: Cells) -> str:
        """What the row calls itself: its first words, in whichever column."""
        words = [
            plain(cell) for at, cell in enumerate(cells) if at not in self.sums and plain(cell)
        ]
        if len(words) == 1 or (words and self.says_total(words[0])):
            return words[0]
        return next((word for word in words if self.says_total(word)), "" if not words else "\0")


def amount_or_none(text: str) -> Decimal | None:
    """The amount in the cell, if it holds one."""
    try:
        return read_amount(text)
    except UnreadableError:
        return None
