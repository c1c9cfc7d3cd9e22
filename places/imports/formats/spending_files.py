"""Files of spending, whichever way they tell it: the format, and who reads a file of it. Pure."""

from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from places.imports.formats.base import Choices
from places.imports.formats.columns import Column, Header, Matching
from places.imports.formats.months import MonthsParser, month_columns
from places.imports.formats.spending import SpendingParser
from places.imports.formats.spending_columns import AMOUNTS, COLUMNS, ENOUGH


class SpendingFormat:
    """Files of payments to suppliers."""

    name = "spending"
    label: Text = gettext_lazy("Payments to suppliers")
    columns: tuple[Column, ...] = COLUMNS
    enough: tuple[frozenset[str], ...] = ENOUGH
    wanted: Text = gettext_lazy("who was paid and how much")

    def parser(self, header: Header, matching: Matching, choices: Choices) -> "SpendingParser":
        """A parser for one file: of payments, or with a column for each month."""
        months = month_columns(header, choices) if "months" in matching else {}
        if len(months) > 1 or (months and not AMOUNTS & matching.keys()):
            return MonthsParser(header, matching, choices, months)
        return SpendingParser(header, matching, choices)
