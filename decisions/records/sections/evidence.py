"""What each room knows of the place: resources, gaps, spending, the market, who took part."""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Text
from commissioning.programmes.evidence import EvidenceItem, evidence_sources
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.records.sections.about import OF_THE_PROGRAMME, About, about

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

    Where a room knows something of the question's own outcomes, the record tells only that; of what
    people said and offered in the whole programme, what is about this question. The rooms that know
    nothing about it are named together at the end, with how much they know of other things.
    """
    own = about(question)
    found: list[Section] = []
    said: list[Block | None] = []
    elsewhere: list[str] = []
    for name in evidence_sources.names():
        if name in SAID_ELSEWHERE:
            continue
        source, known = evidence_sources[name], _known(question.programme, name, own)
        items = own.only(name, known)
        if known and not items:
            elsewhere.append(f"{source.title}: {len(known)}")
            continue
        told = _told(question.programme, name, known, items, own)
        # What all that comes from the lists has in common is said once, where it begins.
        once = [block for block in told if block != only_what_was_read() or block not in said]
        said += told
        section = blocks.section(f"evidence-{name}", source.title, *once)
        found += [section] if section is not None else []
    return [*found, *_of_other_things(elsewhere)]


def _of_other_things(elsewhere: list[str]) -> list[Section]:
    section = blocks.section(
        "evidence-elsewhere",
        _("What the programme knows of other things"),
        blocks.text(
            _(
                "Not printed: lines that no outcome, no area and no word links with this question. "
                "Whether one of them is about it all the same, nobody has judged. The whole-system "
                "review has them all."
            )
        ),
        blocks.items(elsewhere),
    )
    return [section] if elsewhere and section is not None else []


def only_what_was_read() -> Block | None:
    """What lists of spending cannot tell."""
    return blocks.text(
        _(
            "What stands here of spending, of who provides and of what nobody funds is as the "
            "lists that were read tell it. What is paid within a larger contract has no line of "
            "its own in them."
        )
    )


def lines(programme: Programme, name: str) -> list[Block | None]:
    """What one room knows of the whole programme, or why it says nothing."""
    known = _known(programme, name)
    return _told(programme, name, known, known)


def _known(programme: Programme, name: str, own: About | None = None) -> list[EvidenceItem]:
    """All that a room may tell; of what organisations measure, only what is linked to an outcome
    or was laid beside an answer."""
    source = evidence_sources[name]
    known = source.all_items(programme, AnonymousUser()) if source.gate(programme) else ()
    return [item for item in known if name not in OF_THE_PLACE or _linked(name, item, own)]


def _linked(name: str, item: EvidenceItem, own: About | None) -> bool:
    return bool(item.outcome_id) or bool(own and own.is_picked(name, item))


def _told(
    programme: Programme,
    name: str,
    known: list[EvidenceItem],
    items: list[EvidenceItem],
    own: About | None = None,
) -> list[Block | None]:
    """The lines; how many more there are; or why there are none."""
    gate = evidence_sources[name].gate(programme)
    if not gate:
        return [blocks.text(gate.reason)]
    if not known:
        return [blocks.text(_none(name))]
    # Nothing that was laid beside an answer is left out, however much there is.
    most = max(MOST, sum(own.is_picked(name, item) for item in items) if own else 0)
    left = len(known) - len(items[:most])
    return [
        only_what_was_read() if name in FROM_LISTS else None,
        blocks.items(item.words for item in items[:most]),
        blocks.text(_and_more(_by_words(name, own), left, len(items) > most)) if left > 0 else None,
    ]


def _none(name: str) -> Text:
    if name in OF_THE_PLACE:
        return _("Nothing that an organisation measures is linked to an outcome.")
    return evidence_sources[name].empty


def _by_words(name: str, own: About | None) -> bool:
    """Whether what a line says links it with the question, and no outcome does."""
    return name in OF_THE_PROGRAMME or (own is not None and not own.outcomes)


def _and_more(by_words: bool, left: int, is_cut: bool) -> str:
    if is_cut:
        return _("And %d more in the whole-system review.") % left
    if by_words:
        words = ngettext(
            "%d more line of this programme names neither the area of this question nor a word of "
            "what it asks: the whole-system review has it.",
            "%d more lines of this programme name neither the area of this question nor a word of "
            "what it asks: the whole-system review has them.",
            left,
        )
        return words % left
    return _("And %d more in the whole-system review, about other outcomes.") % left
