"""Where you are: the last steps of the path, this question, and what the answers speak for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from commissioning.programmes.models import Membership
from decisions.trees.effects import spoken_for
from decisions.trees.engine import walk
from decisions.trees.engine.answers import Value, read_answer
from decisions.trees.results import in_words
from decisions.trees.standpoint import Standing

SHOWN: Final = 4
ROW: Final = 40
LEAVES: Final = 3
LONGEST: Final = 34


@dataclass(frozen=True, slots=True)
class Dot:
    """A question of the path in the picture; ``number`` is its place on the path."""

    number: int
    y: int
    label: str
    here: bool


@dataclass(frozen=True, slots=True)
class Leaf:
    """A route at the end of the picture."""

    title: str
    y: int
    count: int

    @property
    def for_it(self) -> bool:
        """Whether more answers speak for it than against it."""
        return self.count > 0


@dataclass(frozen=True, slots=True)
class Here:
    """All that the template draws."""

    dots: list[Dot]
    leaves: list[Leaf]
    fork: int
    height: int


def draw(
    standing: Standing,
    key: str,
    trying: str | None = None,
    hidden: frozenset[str] = frozenset(),
) -> Here:
    """The picture at a question; ``trying`` is the answer that is chosen but not saved.

    ``hidden``: questions whose answers the reader may not see yet. They count for nothing here.
    """
    working = standing.working
    path = list(working.path)
    place = path.index(key) if key in path else len(path)
    shown = path[max(0, place - SHOWN) : place]
    steps = [step for step in working.walked.path if step.question not in hidden]
    said = {step.question: step.answer for step in steps}
    dots = [
        Dot(path.index(one) + 1, 20 + row * ROW, _short(_said(standing, one, said)), here=False)
        for row, one in enumerate(shown)
    ]
    question = standing.tree.questions[key]
    now = ""
    if trying is not None:
        now = in_words(question, read_answer(question, trying))
    elif key in said:
        now = _said(standing, key, said)
    dots.append(Dot(place + 1, 20 + len(shown) * ROW, _short(now or "…"), here=True))
    tried = {key: trying} if trying is not None else {}
    found = spoken_for(standing.tree, working.walked.begins, steps, tried)
    chosen = [one for one in found if one[1] > 0][:LEAVES]
    chosen += [one for one in found if one[1] < 0][-1:]
    fork = dots[-1].y + 36
    leaves = [
        Leaf(_short(title), fork + row * 34, count) for row, (title, count) in enumerate(chosen)
    ]
    return Here(dots, leaves, fork, fork + max(1, len(leaves)) * 34 + 6)


def _said(standing: Standing, key: str, said: Mapping[str, Value]) -> str:
    question = standing.tree.questions[key]
    return in_words(question, said[key]) if key in said else "…"


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Ahead:
    """About how many questions a walk will have asked, and what of them is left for a member."""

    questions: int
    left: int
    minutes: int


def ahead_of(standing: Standing, member: Membership | None) -> Ahead:
    """By the plainest way on: the first answer to whatever nobody has answered yet."""
    path, settled = plain_path(standing, {}), standing.working.settled
    left = [key for key in path if key not in settled and not standing.own(key, member)]
    seconds = sum(
        WITH_A_REASON if standing.tree.questions[key].reason else PLAIN_CHOICE for key in left
    )
    return Ahead(len(path), len(left), max(1, round(seconds / 60)))


def plain_path(standing: Standing, known: Mapping[str, object]) -> list[str]:
    """The questions that a walk asks where what is known, and else the first answer, is given."""
    answers: dict[str, object] = {**known, **standing.working.answers}
    while True:
        found = walk(standing.tree, answers, standing.walk.begins_on)
        waiting = found.next_question
        if waiting is None or len(answers) > len(standing.tree.questions) * 2:
            return [step.question for step in found.path]
        answers[waiting.id] = next(iter(waiting.answers), _PLAIN.get(waiting.kind, "1"))


# Seconds to read and answer one question: a choice, and a choice with a sentence of why.
PLAIN_CHOICE: Final = 35
WITH_A_REASON: Final = 95
_PLAIN: Final = {"date": "2027-01-01", "money": "1", "percent": "1", "set": ""}
