"""What each room knows of the place: resources, gaps, spending, the market, who took part."""

from collections.abc import Sequence
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.programmes.evidence import EvidenceItem, evidence_sources
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.records import blocks
from decisions.records.blocks import Block, Section

# The sources that tell who took part and who did not; they have a section of their own.
PARTICIPATION: Final = ("participation", "missing", "workshops")
# What the record says in sections of its own.
SAID_ELSEWHERE: Final = frozenset({"vision", "givens", "costs", *PARTICIPATION})
# What is known from lists of payments and grants, and from nothing else.
FROM_LISTS: Final = frozenset({"spending", "market", "nobody_funds"})
# What organisations of the whole place say of themselves: another programme's work, most of it.
# A record takes over what is linked to an outcome; an officer can pick more beside an answer.
OF_THE_PLACE: Final = frozenset({"measures"})
MOST: Final = 12  # lines of one source; the review, which is named, has them all


def evidence(question: Question) -> list[Section]:
    """What each room knows: resources, gaps, what people said, spending, the market.

    Where a room knows something of the question's own outcomes, the record tells only that.
    """
    own = frozenset(question.outcomes.values_list("pk", flat=True))
    found: list[Section] = []
    said: list[Block | None] = []
    for name in evidence_sources.names():
        if name in SAID_ELSEWHERE:
            continue
        told = lines(question.programme, name, own)
        # What all that comes from the lists has in common is said once, where it begins.
        once = [block for block in told if block != only_what_was_read() or block not in said]
        said += told
        section = blocks.section(f"evidence-{name}", evidence_sources[name].title, *once)
        found += [section] if section is not None else []
    return found


def only_what_was_read() -> Block | None:
    """What lists of spending cannot tell."""
    return blocks.text(
        _(
            "What stands here of spending, of who provides and of what nobody funds is as the "
            "lists that were read tell it. What is paid within a larger contract has no line of "
            "its own in them."
        )
    )


def lines(
    programme: Programme, name: str, own: frozenset[object] = frozenset()
) -> list[Block | None]:
    """What one room knows: of ``own`` outcomes, where it knows any; or why it says nothing."""
    source = evidence_sources[name]
    if not source.gate(programme):
        return [blocks.text(source.gate(programme).reason)]
    known = source.all_items(programme, AnonymousUser())
    if not known:
        return [blocks.text(source.empty)]
    if name in OF_THE_PLACE:
        known = [item for item in known if item.outcome_id]
        if not known:
            return [
                blocks.text(_("Nothing that an organisation measures is linked to an outcome."))
            ]
    items = _of_the_question(known, own)
    if not items:
        said = ngettext(
            "Nothing here is about the outcomes of this question. The review has %d other line.",
            "Nothing here is about the outcomes of this question. The review has %d other lines.",
            len(known),
        )
        return [blocks.text(said % len(known))]
    left = len(known) - len(items[:MOST])
    return [
        only_what_was_read() if name in FROM_LISTS else None,
        blocks.items(item.words for item in items[:MOST]),
        blocks.text(_and_more(left, len(items))) if left > 0 else None,
    ]


def _of_the_question(known: Sequence[EvidenceItem], own: frozenset[object]) -> list[EvidenceItem]:
    """What is about the question's own outcomes, and what is about no outcome in particular."""
    ours = [item for item in known if item.outcome_id in own]
    if ours or not own:
        return ours or list(known)
    return [item for item in known if item.outcome_id is None]


def _and_more(left: int, told: int) -> str:
    if told <= MOST:
        return _("And %d more in the whole-system review, about other outcomes.") % left
    return _("And %d more in the whole-system review.") % left
