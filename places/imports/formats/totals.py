"""Rows of totals among rows of payments: told from a supplier who is called Total. Pure."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from places.imports.formats.base import Report
from places.imports.formats.columns import Matching
from places.imports.formats.mending import Cells
from places.imports.formats.spending_rows import pounds
from places.imports.formats.texts import UnreadableError, plain
from places.imports.formats.units import POUND
from places.imports.readers.tables import Record

_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ALWAYS: Final = re.compile(
    r"(?:(?:grand|overall|report|sub|page|monthly|month|final|sum|net|gross|check|running|carried"
    rf"|{_MONTH}(?: 20\d\d)?) ?-?totals?)(?: ?[:=-].*)?"
    r"|totals? (?:spend|expenditure|payments?|amount|for .*|paid|invoices?|value|of .*|net|gross"
    r"|paid to suppliers)|(?:grand )?totals? ?[:=].*",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"totals?|t o t a l|cyfanswm(?: / total)?", re.IGNORECASE)
# What stands around the word: stars, and how many rows it is of.
_AROUND: Final = re.compile(r"^[*_#= -]+|[*_#= -]+$|\s*\([^)]*\)\s*$")
# The word and the sum in one cell.
_WITH_SUM: Final = re.compile(r"(.*\btotals?\b[^\d£]*?)(£? ?-?[\d,]+\.\d\d)", re.IGNORECASE)
# Other figures about the rows that stand below them.
_FIGURE: Final = re.compile(
    r"count|average|mean|median|average (?:payment|invoice|spend|amount|value)"
    r"|(?:total )?(?:number|no\.?|count) of "
    r"(?:payments|transactions|records|rows|invoices|suppliers|lines|items)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"\btotals?\b|\bcyfanswm\b|^(?:sum|overall|balance)\b", re.IGNORECASE)
# Fewer rows may add up to the next by chance.
_ENOUGH: Final = 2
_SIGNS: Final = ("otal", "OTAL", "O T A L", "yfanswm", "YFANSWM")
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

    def is_total(self, row: int, cells: Cells, running: Decimal, taken: int) -> bool:
        """Whether the row is a total of the ``taken`` rows before it, which are ``running``."""
        if self._is_dated(cells):
            return self._is_dated_total(cells, running, taken)
        said, amount = self._said(cells), self.amount_in(cells)
        if amount is None:
            return self._is_in_one_cell(said, running) or self._is_unreadable_total(said, cells)
        if _FIGURE.fullmatch(said):
            self.report.skip("total")
            return True
        if self._is_certain(said, amount, running) or self._adds_up(
            row, said, amount, running if taken >= _ENOUGH else Decimal(0)
        ):
            self._count(said, amount, running)
            return True
        if _BARE.fullmatch(said):
            self.pending.append((Record(row, cells), cells, amount))
            return True
        return False

    def _is_dated_total(self, cells: Cells, running: Decimal, taken: int) -> bool:
        """A row that calls itself a total, with a date: only where it is all that came before."""
        if taken < _ENOUGH or not self.says_total(cells[self.matching["supplier"]]):
            return False
        if not running or self.amount_in(cells) != running:
            return False
        self._count(cells[self.matching["supplier"]], running, running)
        return True

    def _is_in_one_cell(self, said: str, running: Decimal) -> bool:
        """Whether the row's one cell is a total with its sum: Total £30.00."""
        found = _WITH_SUM.fullmatch(said)
        amount = amount_or_none(found[2]) if found else None
        if found is None or amount is None:
            return False
        self._count(found[1], amount, running)
        return True

    def _adds_up(self, row: int, said: str, amount: Decimal, running: Decimal) -> bool:
        """Whether the row has no date where others have one, and is all that came before it.

        In a file without dates, only where it calls itself something like a total.
        """
        if not running or amount not in (running, running - self.group_began_at):
            return False
        if _NAMED.search(said):
            return True
        if "date" not in self.matching or amount != running:
            return False
        self.report.say(
            _("Row %d has no date, and is what all rows above it add up to: it was left out.") % row
        )
        return True

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
        if not any(sign in text for sign in _SIGNS):
            return False
        said = _bare(text)
        return bool(_ALWAYS.fullmatch(said) or _BARE.fullmatch(said))

    def _said(self, cells: Cells) -> str:
        """What the row calls itself: its first words, in whichever column."""
        words = [
            _bare(cell) for at, cell in enumerate(cells) if at not in self.sums and plain(cell)
        ]
        if len(words) == 1 or (words and self.says_total(words[0])):
            return words[0]
        return next((word for word in words if self.says_total(word)), "" if not words else "\0")


def may_say_total(suppliers: Sequence[str]) -> bool:
    """Whether one of the names may be that of a total; nearly never, which is asked of all."""
    whole = "~".join(suppliers)
    return any(sign in whole for sign in _SIGNS) and any(map(Totals.says_total, suppliers))


def _bare(text: str) -> str:
    """The words without what stands around them: ``** Total (12 payments) **`` is a total."""
    return _AROUND.sub("", _AROUND.sub("", plain(text))) or plain(text)


def amount_or_none(text: str, unit: Decimal = POUND) -> Decimal | None:
    """The amount in the cell, if it holds one."""
    try:
        return pounds(text, unit)
    except UnreadableError:
        return None
