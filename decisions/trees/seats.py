"""What a walk goes by when several people answer from their own seats. Pure.

1. A question that was settled goes by what was settled, as long as the settlement stands: the
   question is reached the same way as then, and nobody who may decide has since answered otherwise.
2. Where all seats say the same, that.
3. Where they differ and nothing was settled, the walk goes on, for now, by the commissioner's
   answer, then the practitioner's, then the citizen commissioner's; among equals the latest, and
   before all others by those who could not gain. Such a difference is open until it is settled, or
   carried into the record.

``without_gain`` leaves out everybody who could gain, as if they had never taken part. What was
settled goes with them where it was settled only because of them:

- by somebody who could gain;
- as an answer that only who could gain had given;
- where all others had said the same, so that without them nothing was there to settle.

Such a question goes by what the others said, by 2. and 3. A settlement between the others stays.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from decisions.trees.engine import PlaceRules, Tree, Walk, walk

SEAT_ORDER: Final = ("commissioner", "practitioner", "citizen")


@dataclass(frozen=True, slots=True)
class SeatVoice:
    """The latest answer of one member. ``number``: its place among all that was said."""

    member: str
    seat: str
    value: str
    number: int
    gains: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The latest settlement of a question."""

    value: str
    number: int
    reached_from: str
    carried: bool = False
    reason: str = ""
    gains: bool = False


@dataclass(frozen=True, slots=True)
class Standpoint:
    """Everything that was said in a walk, by question, and the answers that it began with.

    ``once``: every answer that who could gain ever gave, also where they gave another since.
    """

    voices: Mapping[str, Sequence[SeatVoice]]
    settled: Mapping[str, Settled]
    given: Mapping[str, str] = field(default_factory=dict)
    once: Mapping[str, Set[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Working:
    """The walk as things stand.

    ``answers``: what it went by. ``differing``: questions on the path where seats differ and
    nothing stands settled. ``settled``: settlements that stand. ``reopened``: settlements on the
    path that no longer stand. ``before``: question on the path to the one before it. ``aside``:
    settlements that went with the answers of those who could gain.
    """

    walked: Walk
    answers: Mapping[str, str]
    differing: tuple[str, ...]
    settled: Mapping[str, Settled]
    reopened: tuple[str, ...]
    before: Mapping[str, str]
    aside: frozenset[str] = frozenset()

    @property
    def path(self) -> tuple[str, ...]:
        """Questions asked, in order; the one that waits for its answer at the end."""
        asked = tuple(step.question for step in self.walked.path)
        waiting = self.walked.next_question
        return (*asked, waiting.id) if waiting else asked


def work_out(
    tree: Tree,
    said: Standpoint,
    begins: date,
    rules: PlaceRules | None = None,
    *,
    without_gain: bool = False,
) -> Working:
    """Walk by what was said. The same words give the same walk, whoever asks and whenever."""
    voices = {
        key: [voice for voice in found if not (without_gain and voice.gains)]
        for key, found in said.voices.items()
    }
    aside = frozenset(key for key in said.settled if without_gain and _through_gain(said, key))
    standing = {
        key: one
        for key, one in said.settled.items()
        if key not in aside and not _contradicted(one, voices.get(key, ()))
    }
    while True:
        answers = _answers(tree, voices, standing, said.given)
        walked = walk(tree, answers, begins, rules)
        before = _before(walked)
        moved = next(
            (
                key
                for key in before
                if key in standing and standing[key].reached_from != before[key]
            ),
            None,
        )
        if moved is None:
            break
        del standing[moved]
    differing = tuple(
        key for key in before if key not in standing and len(_values(voices.get(key, ()))) > 1
    )
    reopened = tuple(key for key in before if key in said.settled and key not in standing)
    on_path = {key: one for key, one in standing.items() if key in before}
    return Working(walked, answers, differing, on_path, reopened, before, aside)


def _through_gain(said: Standpoint, key: str) -> bool:
    """Whether a question was settled as it was only because of who could gain."""
    settled, voices = said.settled[key], said.voices.get(key, ())
    others = {voice.value for voice in voices if not voice.gains}
    gaining = {voice.value for voice in voices if voice.gains} | said.once.get(key, frozenset())
    if settled.gains or settled.value in others:
        return settled.gains
    return settled.value in gaining or (len(others) == 1 and bool(gaining - others))


def _contradicted(settled: Settled, voices: Sequence[SeatVoice]) -> bool:
    """Whether somebody who may decide has answered otherwise since."""
    return any(
        voice.number > settled.number and voice.value != settled.value and not voice.gains
        for voice in voices
    )


def _answers(
    tree: Tree,
    voices: Mapping[str, Sequence[SeatVoice]],
    standing: Mapping[str, Settled],
    given: Mapping[str, str],
) -> dict[str, str]:
    answers = {key: value for key, value in given.items() if key in tree.questions}
    for key, found in voices.items():
        if found and key in tree.questions:
            answers[key] = min(found, key=_rank).value
    for key, one in standing.items():
        if key in tree.questions:
            answers[key] = one.value
    return answers


def _rank(voice: SeatVoice) -> tuple[bool, int, int]:
    return (voice.gains, SEAT_ORDER.index(voice.seat), -voice.number)


def _values(voices: Sequence[SeatVoice]) -> set[str]:
    return {voice.value for voice in voices}


def _before(walked: Walk) -> dict[str, str]:
    """Each question of the path, the waiting one too, with the one before it."""
    asked = [step.question for step in walked.path]
    if walked.next_question:
        asked.append(walked.next_question.id)
    return dict(zip(asked, ["", *asked], strict=False))
