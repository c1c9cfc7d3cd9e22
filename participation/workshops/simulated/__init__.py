"""What simulated people say in a rehearsal: content in files, one for each sort of session.

A file holds ``ideas``, ``tests`` (ideas that talk of money or name somebody), ``comments`` on a
draft, a ``draft`` for the facilitator to begin from, ``whys`` by answer, ``statements`` with the
share of each half of the room that agrees, and ``offers`` by kind.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from participation.workshops.models import Workshop

FOLDER: Final = Path(__file__).parent
Content = dict[str, Any]


@cache
def content(name: str) -> Content:
    """What people of one sort of session say."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def content_for(workshop: Workshop) -> Content:
    """What fits the session: young people, a hard conversation, or everybody."""
    if workshop.is_young:
        return content("young")
    return content("divided" if workshop.is_sensitive else "everyone")
