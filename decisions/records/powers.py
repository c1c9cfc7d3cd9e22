"""The law that a decision is made under, apart from who may use it by the body's own rules.

A paragraph of a constitution says who decides; it gives a public body no power. So the law is named
on its own. Both stand in one text, the law first: its line, then where the body's own rules say so.
"""

import re
from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from decisions.records.models import Body

OTHER: Final = "other"
# What is often named, by who decides: offered, never chosen for anybody. Sources: the acts named.
# Read in their revised texts: Localism Act 2011 ss.1, 2 and 8 (2 May 2026), Local Government Act
# 1972 ss.111 and 137 (137(9): not for a parish that is eligible for the general power), National
# Health Service Act 2006 s.3 (1 September 2025). Its section 3A was not read.
_OF_A_COUNCIL: Final[dict[str, Text]] = {
    "general": _("Localism Act 2011, section 1 (the general power of competence)"),
    "incidental": _("Local Government Act 1972, section 111 (what helps it to do its functions)"),
}
OFTEN_NAMED: Final[dict[str, dict[str, Text]]] = {
    Body.CABINET: _OF_A_COUNCIL,
    Body.COMMITTEE: _OF_A_COUNCIL,
    Body.OFFICER: _OF_A_COUNCIL,
    Body.PARISH: {
        "section_137": _(
            "Local Government Act 1972, section 137 (what is in the interest of the parish, within "
            "the limit of the year)"
        ),
        "general_parish": _(
            "Localism Act 2011, section 1 (the general power of competence, where the parish is "
            "eligible)"
        ),
    },
    Body.NHS_BOARD: {
        "nhs_must": _("National Health Service Act 2006, section 3 (what it must arrange)"),
        "nhs_may": _("National Health Service Act 2006, section 3A (what it may arrange)"),
    },
}
# "Act" with a capital, or a statute by its year; a council's own regulations and orders are none.
_LAW: Final = re.compile(
    r"\bActs?\b|\bDeddf\b|\b[Aa]ct (?:19|20)\d\d|\bLGA ?(?:19|20)\d\d|\bSI (?:19|20)\d\d/\d+"
    r"|(?<!Financial )(?<!Procurement )(?<!Procedure )\bRegulations (?:19|20)\d\d"
    r"|(?<!Standing )\bOrder (?:19|20)\d\d"
    r"|\b[Gg]eneral power of competence\b|\b[Rr]oyal [Cc]harter\b|\b[Cc]ommon law\b"
)


def names_a_law(words: str) -> bool:
    """Whether the words name an act or another power in law, not only a body's own rules."""
    return _LAW.search(words) is not None


def parts_of(power: str) -> tuple[str, str]:
    """The law, and where the body's own rules say who uses it; either may be empty."""
    first, _line, rest = power.replace("\r\n", "\n").strip().partition("\n")
    return (first, rest.strip()) if names_a_law(first) else ("", power.strip())


def joined(law: str, paragraph: str) -> str:
    """Both in one text, the law on a line of its own."""
    return "\n".join(one for one in (" ".join(law.split()), paragraph.strip()) if one)


def choices_for(bodies: Iterable[str]) -> list[tuple[str, Text]]:
    """What those bodies often name, and room for another."""
    often = {key: law for body in bodies for key, law in OFTEN_NAMED.get(body, {}).items()}
    return [*often.items(), (OTHER, _("Another law"))]


def key_of(law: str, choices: Iterable[tuple[str, Text]]) -> str:
    """The choice that a law is; another, where it is none of them; "" where none is named."""
    return next((key for key, one in choices if str(one) == law), OTHER if law else "")
