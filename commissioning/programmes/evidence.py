"""Evidence: what each room knows that a programme's later choices may rest on.

A room registers one :class:`EvidenceSource` in its ``AppConfig.ready`` (where no query is made).
The whole-system review shows every source, one after the other; whoever answers a question of a
decision tree picks single items. An item says where it comes from, so that a reader can check it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from commissioning.ground.answers import YES, Answer, Text
from commissioning.ground.registries import Registry
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One fact, as this person may know it.

    ``key`` names it within its source for good (a row's id, ``gaps``); ``words`` is a sentence
    that can stand alone in a record; ``url`` is where it comes from. ``outcome_id`` is the outcome
    that it speaks of, where it speaks of one.
    """

    key: str
    words: str
    url: str = ""
    outcome_id: object = None


@dataclass(frozen=True, slots=True)
class EvidencePicture:
    """A picture of a source's evidence, which the review shows above its lines.

    ``facts`` gives JSON values, asked only once the source's gate is open; the templates show them
    as ``facts``, one on the page (below a heading of level 2), one on paper.
    """

    facts: Callable[[Programme], dict[str, Any]]
    page: str
    paper: str


def _open(programme: Programme) -> Answer:
    return YES


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """A room's evidence about a programme.

    ``items`` makes a bounded number of queries and gives the most telling items first. Where it
    leaves some off, ``everything`` gives them all, to find one among them and to attach it.
    ``gate`` says why there are none yet (the money gate, say); ``url`` is the room's own page.
    """

    title: Text
    items: Callable[[Programme, Person], Sequence[EvidenceItem]]
    url: Callable[[Programme], str]
    empty: Text
    gate: Callable[[Programme], Answer] = _open
    picture: EvidencePicture | None = None
    everything: Callable[[Programme, Person], Sequence[EvidenceItem]] | None = None

    def all_items(self, programme: Programme, user: Person) -> Sequence[EvidenceItem]:
        """Every item, none left off."""
        return (self.everything or self.items)(programme, user)


evidence_sources: Final[Registry[EvidenceSource]] = Registry("source of evidence")
