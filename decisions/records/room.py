"""Whether the plain summary has room on the first page: said while it can still be shortened.

The page itself is laid out by the worker, at the size that it takes. This only counts lines, as it
sets them at the closest: measured on records with short and long paragraphs, 48 to 52 lines fit.
"""

import math
from typing import Final

from django.utils.translation import gettext as _

from decisions.records.blocks import Block, Section, lines_of
from decisions.records.models import Decision
from decisions.records.sections.decided import is_short
from decisions.records.sections.first_page import summary

FIT: Final = 50
IN_A_LINE: Final = 70  # characters
WORDS_IN_A_LINE: Final = 11
OF_A_HEADING: Final = 2.0
BETWEEN_PARAGRAPHS: Final = 0.6


def too_long(decision: Decision, laid: Section | None = None) -> list[str]:
    """That the summary goes on on the next page, which part of it is longest, by how much.

    ``laid``: the summary, where somebody has asked for it already.
    """
    found = laid or summary(decision)
    over = sum(_of_block(block) for block in found["blocks"]) - FIT if found else 0
    if over <= 0:
        return []
    longest, words = max(_written(decision), key=lambda one: len(one[1]))
    return [
        _(
            "The plain summary is longer than one page, even in its smallest print: it goes on on "
            "the second. The longest part is “%(part)s”, with %(words)d words; about %(over)d "
            "fewer would fit."
        )
        % {
            "part": longest,
            "words": len(words.split()),
            "over": max(10, round(over * WORDS_IN_A_LINE, -1)),
        }
    ]


def _of_block(block: Block) -> float:
    if block["kind"] == "heading":
        return OF_A_HEADING
    paragraphs = [part for line in lines_of(block) for part in line.split("\n") if part.strip()]
    return sum(math.ceil(len(one) / IN_A_LINE) + BETWEEN_PARAGRAPHS for one in paragraphs)


def _written(decision: Decision) -> list[tuple[str, str]]:
    """The parts that somebody writes, by the names that their boxes have."""
    return [
        (_("The decision in plain words"), decision.summary),
        (_("Why this way?"), decision.reasons if is_short(decision) else ""),
        (_("What happens next, and when?"), decision.next_steps),
    ]
