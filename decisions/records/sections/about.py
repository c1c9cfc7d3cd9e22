"""Which lines of the whole programme are about one question: by a rule that the record states.

What people said and offered is linked to no outcome, and a question that names none is linked to
nothing by them. Such a line stands in the record of a question where it was laid beside an answer
of its walk, names one of its areas, or shares a word with its title and its outcomes; without
outcomes, with its title and what it asks. The rest is counted, never judged: the review has it. A
question that is towards every outcome of its programme is about all of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from commissioning.programmes.evidence import EvidenceItem
from decisions.questions.models import Question
from decisions.trees.models import EvidencePick

# Said and offered in workshops: of the programme, with no outcome of its own.
OF_THE_PROGRAMME: Final = frozenset({"said", "offers"})
# Words of any question, which link nothing with anything.
COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        """
    able about after again also always another anybody away been before being best between
    both community could council does done during each enough every everybody everyone feel
    from gets give good great have having help here into keep keeps know known less like live
    lives local make many month more most much need needs never nobody offered only open other
    others over own people person place places says services service should some somebody
    something such support take than that their them then there these they thing things this
    those through together towards under until want wants week weeks well were what when where
    which while will with without work works workshop would year years your
    """,
    )
)
SHORTEST: Final = 4  # letters of a word that can link
STEM: Final = 5  # letters of it that count: company, companions


@dataclass(frozen=True, slots=True)
class About:
    """What links a line with a question: picked pieces, area names, words; ``all_of_it``: no need.

    ``outcomes`` are its own; ``picked`` are pairs of a source's name and an item's key.
    """

    outcomes: frozenset[object]
    picked: frozenset[tuple[str, str]]
    areas: tuple[str, ...]
    stems: frozenset[str]
    all_of_it: bool

    def is_picked(self, source: str, item: EvidenceItem) -> bool:
        """Whether somebody laid it beside an answer."""
        return (source, item.key) in self.picked

    def _names_it(self, item: EvidenceItem) -> bool:
        return item.outcome_id is None and self._speaks_of_it(item)

    def _speaks_of_it(self, item: EvidenceItem) -> bool:
        words = item.words.casefold()
        named = (rf"\b{re.escape(area)}\b" for area in self.areas)
        return any(re.search(area, words) for area in named) or bool(self.stems & stems(words))

    def only(self, source: str, known: Sequence[EvidenceItem]) -> list[EvidenceItem]:
        """The lines of a source that are about the question; what was picked comes first."""
        if source in OF_THE_PROGRAMME:
            found = [one for one in known if self.all_of_it or self._speaks_of_it(one)]
        elif not self.outcomes:
            # What is linked to an outcome is about that one, which is none of this question's.
            found = [one for one in known if self.all_of_it or self._names_it(one)]
        else:
            found = [one for one in known if one.outcome_id in self.outcomes]
            found = found or [one for one in known if one.outcome_id is None]
        picked = [one for one in known if self.is_picked(source, one)]
        return [*picked, *(one for one in found if one not in picked)]


def stems(words: str) -> frozenset[str]:
    """The beginnings of the words that can link."""
    found = re.findall(rf"[^\W\d_]{{{SHORTEST},}}", words.casefold())
    return frozenset(word[:STEM] for word in found if word not in COMMON)


def about(question: Question) -> About:
    """What is asked of every line. Four queries."""
    own = list(question.outcomes.all())
    every = set(question.programme.outcomes.values_list("pk", flat=True))
    picked = EvidencePick.objects.filter(appraisal__question=question, dropped_at=None)
    # Without an outcome its title is little to go by: "Somebody to ring" says no telephone.
    said = [one.title for one in own] if own else [question.what, question.for_whom]
    words = " ".join([question.title, *said])
    return About(
        frozenset(one.pk for one in own),
        frozenset(picked.values_list("source", "item")),
        tuple(area.name.casefold() for area in question.areas.all()),
        stems(words),
        every <= {one.pk for one in own},
    )
