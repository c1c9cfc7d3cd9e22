"""Amounts of money as people and spreadsheets write them. Pure.

Nothing is guessed: what could mean two amounts is refused in words.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext as _

from places.imports.formats.texts import UnreadableError, plain

PENNY: Final = Decimal("0.01")
LARGEST: Final = Decimal(10) ** 12

_SIMPLE: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,2})?")
_SIGNS: Final = re.compile(r"£|GBP|&pound;|Â£|\+", re.IGNORECASE)
_DIGITS: Final = re.compile(r"(?:\d+|\d{1,3}(?:[, ]\d{3})+)?(?:\.\d*)?")
_CREDIT: Final = re.compile(r"(.*?)\s*(CR|DR|CREDIT|DEBIT)\.?", re.IGNORECASE)
_DASHES: Final = str.maketrans(dict.fromkeys("−–—‐‑﹣－", "-"))


def read_amount(text: str) -> Decimal:
    """The amount in pounds and pence, below zero for a credit.

    Takes a pounds sign, thousands commas, brackets, a minus before or after, CR and DR. Fractions
    of a penny are rounded half up. Raises :class:`UnreadableError`.

    >>> read_amount("(£1,234.50)")
    Decimal('-1234.50')
    """
    if _SIMPLE.fullmatch(text):
        return Decimal(text).quantize(PENNY)
    return exact_amount(text).quantize(PENNY, rounding=ROUND_HALF_UP)


def exact_amount(text: str) -> Decimal:
    """The amount as written, fractions of a penny and all."""
    asked = plain(text)
    if not asked:
        raise UnreadableError(_("There is no amount in this row."))
    if asked.startswith("="):
        raise UnreadableError(
            _("The amount is a formula, “%s”. Formulas are never run: put its value.") % asked[:40]
        )
    if asked.startswith("#"):
        raise UnreadableError(
            _("The spreadsheet shows an error, “%s”, where the amount should be.") % asked[:40]
        )
    bare, below_zero = _without_sign(_SIGNS.sub("", asked.translate(_DASHES)).strip())
    if not bare and below_zero:  # a lone dash is how accountants write nothing
        return Decimal(0)
    if not _DIGITS.fullmatch(bare) or not any(letter.isdigit() for letter in bare):
        raise UnreadableError(_why_not(asked, bare))
    amount = Decimal(bare.replace(",", "").replace(" ", ""))
    if amount >= LARGEST:
        raise UnreadableError(_("“%s” is too large to be a payment.") % asked[:40])
    return -amount if below_zero else amount


def _without_sign(text: str) -> tuple[str, bool]:
    """The amount without its sign, and whether it is below zero."""
    below = False
    if found := _CREDIT.fullmatch(text):
        text, below = found[1].strip(), found[2].upper().startswith("C")
    if text.startswith("(") and text.endswith(")"):
        text, below = text[1:-1].strip(), True
    if text.startswith("-"):
        text, below = text[1:].strip(), True
    elif text.endswith("-"):
        text, below = text[:-1].strip(), True
    return text, below


def _why_not(asked: str, bare: str) -> str:
    if re.fullmatch(r"\d+(\.\d+)?[eE][+-]?\d+", bare):
        return (
            _("The amount is in short form, “%s”, so its pounds and pence are lost.") % asked[:40]
        )
    if re.fullmatch(r"[\d.]+,\d{1,2}", bare):
        return (
            _("The amount “%s” has a comma before the pence: write it with a point.") % asked[:40]
        )
    if re.fullmatch(r"[\d,. ]+", bare):
        return _("The amount “%s” could mean more than one sum.") % asked[:40]
    return _("“%s” is not an amount.") % asked[:60]
