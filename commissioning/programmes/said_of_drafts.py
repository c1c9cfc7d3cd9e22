"""What rooms say of a draft of the vision, on the programme's own page before it is agreed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from commissioning.ground.answers import Text
from commissioning.ground.registries import Registry
from commissioning.programmes.models import Vision


@dataclass(frozen=True, slots=True)
class Objection:
    """Why somebody objects, without who; ``reply`` is empty until it is answered in writing."""

    why: str
    reply: str


@dataclass(frozen=True, slots=True)
class RoomStood:
    """How a room stood to the draft's very words, in a sentence, and who still objects."""

    words: Text
    objections: Sequence[Objection]


stood_to_drafts: Final[Registry[Callable[[Vision], Sequence[RoomStood]]]] = Registry(
    "room that stood to a draft"
)


def rooms_that_stood(draft: Vision) -> list[RoomStood]:
    """What every room says of it."""
    return [stood for room in stood_to_drafts for stood in room(draft)]
