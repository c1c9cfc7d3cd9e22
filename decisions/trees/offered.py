"""The programme's evidence that could be laid beside a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import Text
from commissioning.programmes.evidence import EvidenceItem, evidence_sources
from commissioning.programmes.rules import Person
from decisions.trees.models import Appraisal

SHOWN: Final = 2  # beside the question
BEGUN: Final = 12  # of each source, on the page that has them all


@dataclass(frozen=True, slots=True)
class Offered:
    """One source: what it has that was not picked yet, or why it has nothing.

    ``total`` counts all that was found, ``items`` are those that are shown.
    """

    name: str
    title: Text
    url: str
    items: list[EvidenceItem]
    total: int
    why_none: Text = ""


def evidence_for(walk: Appraisal, key: str, user: Person) -> list[Offered]:
    """The most telling of every source of the programme, to stand beside a question."""
    return _offered(walk, key, user, evidence_sources.names(), "", everything=False, most=SHOWN)


def all_evidence_for(
    walk: Appraisal, key: str, user: Person, *, words: str = "", only: str = ""
) -> list[Offered]:
    """All that has these words; the first of each source, or the whole of ``only`` one."""
    names = [only] if only in evidence_sources else evidence_sources.names()
    most = None if only in evidence_sources else BEGUN
    return _offered(walk, key, user, names, words, everything=True, most=most)


def _offered(
    walk: Appraisal,
    key: str,
    user: Person,
    names: Iterable[str],
    words: str,
    *,
    everything: bool,
    most: int | None,
) -> list[Offered]:
    """What these sources have and nobody picked; what speaks of the question's outcomes first."""
    programme = walk.question.programme
    own = frozenset(walk.question.outcomes.values_list("pk", flat=True))
    picked = {
        (pick.source, pick.item)
        for pick in walk.picks.all()
        if pick.key == key and pick.dropped_at is None
    }
    found = []
    for name in names:
        source = evidence_sources[name]
        gate = source.gate(programme)
        ask = source.all_items if everything else source.items
        items = ask(programme, user) if gate else []
        left = sorted(
            (one for one in items if (name, one.key) not in picked and _has(one, words)),
            key=lambda item: item.outcome_id not in own,
        )
        why = gate.reason if not gate else source.empty if not items else ""
        if items and not left and words:
            why = _("Nothing here has these words.")
        found.append(
            Offered(name, source.title, source.url(programme), left[:most], len(left), why)
        )
    return found


def _has(item: EvidenceItem, words: str) -> bool:
    """Every word asked for stands in the item, in whatever order and case."""
    said = item.words.casefold()
    return all(word in said for word in words.casefold().split())
