"""The programme's evidence that could be laid beside a question."""

from dataclasses import dataclass
from typing import Final

from commissioning.ground.answers import Text
from commissioning.programmes.evidence import EvidenceItem, evidence_sources
from commissioning.programmes.rules import Person
from decisions.trees.models import Appraisal

SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class Offered:
    """One source: what it has that was not picked yet, or why it has nothing."""

    name: str
    title: Text
    url: str
    items: list[EvidenceItem]
    why_none: Text = ""


def evidence_for(
    walk: Appraisal, key: str, user: Person, *, most: int | None = SHOWN
) -> list[Offered]:
    """Every source of the programme; ``most`` items of each.

    What speaks of the question's own outcomes comes first.
    """
    programme = walk.question.programme
    own = frozenset(walk.question.outcomes.values_list("pk", flat=True))
    picked = {
        (pick.source, pick.item)
        for pick in walk.picks.all()
        if pick.key == key and pick.dropped_at is None
    }
    found = []
    for name in evidence_sources.names():
        source = evidence_sources[name]
        gate = source.gate(programme)
        items = list(source.items(programme, user)) if gate else []
        left = sorted(
            (item for item in items if (name, item.key) not in picked),
            key=lambda item: item.outcome_id not in own,
        )
        why = gate.reason if not gate else ("" if items else source.empty)
        found.append(Offered(name, source.title, source.url(programme), left[:most], why))
    return found
