"""The map of a room: drawn from its answers, kept by what they are, and drawn again in steps.

A small room's map is drawn when somebody looks; a large one's by a worker, and meanwhile the one
before is shown. Nobody's looking draws it more often than every few seconds: the last change of a
burst is caught by a worker, who then has every screen look again.
"""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import numpy as np
from kombu.exceptions import OperationalError

from commissioning.ground import memory
from participation.workshops.map_figures import Figures, figures_of
from participation.workshops.models import Activity, StatementVote
from participation.workshops.opinion.votes import Votes
from participation.workshops.opinion_map import opinion_map

SMALL: Final = 20_000
EVERY_SECONDS: Final = 3
KEPT_SECONDS: Final = 24 * 3600
VERSION: Final = "1"


@dataclass(frozen=True)
class Answers:
    """Rows of (participant, statement, value), sorted: the same answers, the same digest."""

    rows: tuple[tuple[str, str, int], ...]

    @property
    def digest(self) -> str:
        """What the kept map is called by."""
        text = "\n".join(f"{person},{statement},{value}" for person, statement, value in self.rows)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def cells(self) -> int:
        """People times statements: how large a map it is."""
        return len({row[0] for row in self.rows}) * len({row[1] for row in self.rows})


def figures(activity: Activity) -> Figures | None:
    """The map to show now; None while nobody answered, or a worker draws the first one."""
    last = last_figures(activity)
    if last is not None and not memory.is_first(f"{_key(activity)}:rest", EVERY_SECONDS):
        _later(activity)
        return last
    answers = answers_of(activity)
    if not answers.rows:
        return None
    if last is not None and last["digest"] == answers.digest:
        return last
    if answers.cells > SMALL:
        _later(activity)
        return last
    return draw(activity, answers)


def last_figures(activity: Activity) -> Figures | None:
    """The map as it was drawn last, without drawing it."""
    found: Figures | None = memory.recall(_key(activity))
    return found


def draw(activity: Activity, answers: Answers | None = None) -> Figures | None:
    """Draw it and keep it, unless these answers were drawn already."""
    answers = answers or answers_of(activity)
    if not answers.rows:
        return None
    last = last_figures(activity)
    if last is not None and last["digest"] == answers.digest:
        return last
    found = figures_of(opinion_map(votes_from(answers))) | {"digest": answers.digest}
    memory.keep(_key(activity), found, KEPT_SECONDS)
    return found


def draw_as_asked(activity: Activity) -> bool:
    """Draw what was asked for, in a worker; whether it is another map now."""
    # First: an answer that comes after those that are read here has to be asked for again.
    memory.forget(_asked(activity))
    before = last_figures(activity)
    return draw(activity) != before


def answers_of(activity: Activity) -> Answers:
    """What people in the room answered to the statements that everybody sees."""
    rows = StatementVote.objects.filter(
        statement__activity=activity, statement__state="shown", participant__state="in"
    ).values_list("participant_id", "statement_id", "value")
    return Answers(tuple(sorted((str(who), str(what), value) for who, what, value in rows)))


def votes_from(answers: Answers) -> Votes:
    """The answers as the map reads them."""
    people = sorted({row[0] for row in answers.rows})
    statements = sorted({row[1] for row in answers.rows})
    row_of = {person: i for i, person in enumerate(people)}
    column_of = {statement: i for i, statement in enumerate(statements)}
    said = np.zeros((len(people), len(statements)), dtype=np.int8)
    seen = np.zeros(said.shape, dtype=np.bool_)
    for person, statement, value in answers.rows:
        said[row_of[person], column_of[statement]] = value
        seen[row_of[person], column_of[statement]] = True
    return Votes(tuple(people), tuple(statements), said, seen)


def _key(activity: Activity) -> str:
    return f"opinion-map:{VERSION}:{activity.pk}"


def _asked(activity: Activity) -> str:
    return f"{_key(activity)}:asked"


def _later(activity: Activity) -> None:
    """Have a worker draw it in a moment; asked for once, however many look meanwhile."""
    from participation.workshops.tasks import draw_map

    if memory.is_first(_asked(activity), EVERY_SECONDS + 2):
        with suppress(OperationalError):
            draw_map.apply_async(args=(str(activity.pk),), countdown=EVERY_SECONDS, retry=False)
