"""Registered identifiers, by the lists that org-id.guide names. Pure: no Django models.

Each list says what its numbers look like, so that a slip of the pen is caught with a sentence that
says how to mend it. Form only: whether the number belongs to the organisation is for people.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Scheme:
    """One list: its org-id.guide prefix, its name, what its numbers look like."""

    prefix: str
    name: str | Promise
    form: re.Pattern[str]
    said: str | Promise
    example: str
    tidy: Callable[[str], str] = str


def _eight(value: str) -> str:
    """Companies House numbers are written with leading noughts: 1234567 is 01234567."""
    return value.zfill(8) if value.isdigit() and len(value) >= 5 else value


SCHEMES: Final[dict[str, Scheme]] = {
    scheme.prefix: scheme
    for scheme in (
        Scheme(
            "GB-CHC",
            _("Charity Commission for England and Wales"),
            re.compile(r"\d{6,7}(-\d{1,3})?"),
            _("A charity number has six or seven figures."),
            "1234567",
        ),
        Scheme(
            "GB-SC",
            _("Office of the Scottish Charity Regulator"),
            re.compile(r"SC0\d{5}"),
            _("A Scottish charity number is SC0 and five more figures."),
            "SC012345",
        ),
        Scheme(
            "GB-NIC",
            _("Charity Commission for Northern Ireland"),
            re.compile(r"1\d{5}"),
            _("A Northern Ireland charity number has six figures and begins with 1."),
            "100123",
        ),
        Scheme(
            "GB-COH",
            _("Companies House"),
            re.compile(
                r"(\d{8}|(?:SC|NI|OC|SO|NC|R0|IP|SP|RS|NP|CE|CS|FC|GE|GS|RC|SR|AC|SA|NA|IC|SI|ZC)\d{6})"
            ),
            _("A company number has eight figures, or two letters and six figures."),
            "01234567",
            _eight,
        ),
        Scheme(
            "GB-MPR",
            _("Mutuals Public Register"),
            re.compile(r"((IP|SP|RS|NP|R)?\d{1,6}R?)"),
            _("A mutuals number has up to six figures, with R at the end or letters before it."),
            "31234R",
        ),
        Scheme(
            "GB-REV",
            _("HM Revenue and Customs (charity tax reference)"),
            re.compile(r"[A-Z]{1,2}\d{4,5}"),
            _("A charity tax reference is one or two letters and up to five figures."),
            "XT12345",
        ),
        Scheme(
            "GB-EDU",
            _("Schools register (unique reference number)"),
            re.compile(r"\d{6}"),
            _("A school's unique reference number has six figures."),
            "100123",
        ),
        Scheme(
            "GB-UKPRN",
            _("UK Register of Learning Providers"),
            re.compile(r"1\d{7}"),
            _("A UKPRN has eight figures and begins with 1."),
            "10012345",
        ),
        Scheme(
            "GB-LAE",
            _("Local authorities in England"),
            re.compile(r"[A-Z]{3}"),
            _("An English local authority's code has three letters."),
            "LBH",
        ),
        Scheme(
            "GB-LAS",
            _("Local authorities in Scotland"),
            re.compile(r"[A-Z]{3}"),
            _("A Scottish local authority's code has three letters."),
            "GLG",
        ),
        Scheme(
            "GB-PLA",
            _("Principal areas in Wales"),
            re.compile(r"[A-Z]{3}"),
            _("A Welsh principal area's code has three letters."),
            "CRF",
        ),
        Scheme(
            "GB-LANI",
            _("Local authorities in Northern Ireland"),
            re.compile(r"[A-Z]{3}"),
            _("A Northern Ireland council's code has three letters."),
            "BFS",
        ),
        Scheme(
            "GB-NHS",
            _("NHS organisations (ODS code)"),
            re.compile(r"[A-Z0-9]{3,6}"),
            _("An NHS organisation's code has three to six letters and figures."),
            "RJ1",
        ),
        Scheme(
            "GB-GOR",
            _("Government organisations register"),
            re.compile(r"[A-Z]{1,3}\d{1,5}"),
            _("A government organisation's code is one to three letters and some figures."),
            "D1198",
        ),
    )
}


class BadIdentifierError(ValueError):
    """The number is not in the form of its list; the message says what the form is."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


def tidied(scheme: str, value: str) -> str:
    """The number as its list writes it: capitals, no spaces, without the prefix typed twice.

    Raises :class:`BadIdentifierError` where it is not in the list's form.

    >>> tidied("GB-COH", "123 4567")
    '01234567'
    >>> tidied("GB-SC", "gb-sc-sc012345")
    'SC012345'
    """
    known = SCHEMES.get(scheme)
    if known is None:
        raise BadIdentifierError(_("Choose which list the number is from."))
    number = re.sub(r"\s+", "", value).upper().removeprefix(f"{scheme}-")
    number = known.tidy(number)
    if not (number.isascii() and known.form.fullmatch(number)):
        raise BadIdentifierError(
            _("%(said)s For example %(example)s.") % {"said": known.said, "example": known.example}
        )
    return number
