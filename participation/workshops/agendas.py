"""Ready agendas (files in ``agendas/``) and those that a place keeps: running orders with words.

Content, whichever: ``title``, ``purpose``, ``for_whom``, ``notes`` (for the facilitator),
``bring`` (a list), flags ``sensitive``, ``young``, and ``activities``: a list of ``kind``,
``title``, ``prompt``, ``minutes``, ``notes``, ``settings``.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from commissioning.programmes.models import Programme
from participation.workshops.models import PlaceAgenda, Workshop

FOLDER: Final = Path(__file__).parent / "agendas"
# In the order in which they are offered.
READY: Final = (
    "whole-place",
    "young-commissioners",
    "hard-conversation",
    "two-rooms",
    "refine-and-endorse",
)


@dataclass(frozen=True, slots=True)
class Agenda:
    """A running order to begin from. ``key`` is a file's name, or a place's row."""

    key: str
    content: dict[str, Any]

    @property
    def title(self) -> str:
        """Its name."""
        return str(self.content["title"])

    @property
    def minutes(self) -> int:
        """How long it takes, all told."""
        return sum(int(activity["minutes"]) for activity in self.content["activities"])


@cache
def ready(key: str) -> Agenda:
    """A ready agenda. Raises ``KeyError``."""
    if key not in READY:
        raise KeyError(key)
    return Agenda(key, tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8")))


def all_for(programme: Programme) -> list[Agenda]:
    """The ready ones, then those that the place keeps."""
    kept = PlaceAgenda.objects.filter(place=programme.place_id)
    return [
        *(ready(key) for key in READY),
        *(Agenda(f"place:{one.pk}", one.content) for one in kept),
    ]


def find(programme: Programme, key: str) -> Agenda | None:
    """An agenda by its key, among those that this programme may begin from."""
    return next((agenda for agenda in all_for(programme) if agenda.key == key), None)


def content_of(workshop: Workshop, title: str) -> dict[str, Any]:
    """A workshop's running order as content to keep."""
    return {
        "title": title,
        "purpose": workshop.purpose,
        "for_whom": "",
        "notes": "",
        "bring": [],
        "sensitive": workshop.is_sensitive,
        "young": workshop.is_young,
        "activities": [
            {
                "kind": activity.kind,
                "title": activity.title,
                "prompt": activity.prompt,
                "minutes": activity.minutes,
                "notes": activity.notes,
                "settings": activity.settings,
            }
            for activity in workshop.activities.all()
        ],
    }
