"""The journey page's registry: how each part of the product shows itself on a programme's map.

A part registers one :class:`StagePart` in its ``AppConfig.ready`` (where no query is made)::

    stage_parts.register("calls", StagePart(Stage.DELIVERY, _("Calls"), url=..., summary=...))

A part's ``summary`` is asked for every part of the current and earlier stages at each view, so it
makes at most two queries; ``next_step`` and ``unmet`` are asked for the current stage only.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from commissioning.ground.answers import YES, Answer, Text
from commissioning.ground.registries import Registry
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person


@dataclass(frozen=True, slots=True)
class PartSummary:
    """How a part stands, in a few words, as this person may know it.

    ``tag_kind`` is one of "" (done, agreed), "wait" (somebody should act), "talk" (out for
    comment) and "lock".
    """

    text: Text
    tag: Text = ""
    tag_kind: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What this person should do next: a heading, why, and one button (a second, quieter one)."""

    title: Text
    text: Text
    label: Text
    url: str
    other_label: Text = ""
    other_url: str = ""


def _open(programme: Programme) -> Answer:
    return YES


def _no_step(programme: Programme, user: Person) -> NextStep | None:
    return None


def _nothing_unmet(programme: Programme) -> list[Answer]:
    return []


@dataclass(frozen=True, slots=True)
class StagePart:
    """A part of one stage.

    ``gate`` says whether the part opens in this programme yet, with the reason why not;
    ``next_step`` what this person should do in it, if anything; ``unmet`` what still stands
    against signing the stage off, as noes with reasons. ``unfinished`` is a next step that stays
    while the programme is in the stage after, such as a workshop that still runs.
    """

    stage: Stage
    title: Text
    url: Callable[[Programme], str]
    summary: Callable[[Programme, Person], PartSummary]
    gate: Callable[[Programme], Answer] = field(default=_open)
    next_step: Callable[[Programme, Person], NextStep | None] = field(default=_no_step)
    unmet: Callable[[Programme], list[Answer]] = field(default=_nothing_unmet)
    unfinished: Callable[[Programme, Person], NextStep | None] = field(default=_no_step)


stage_parts: Final[Registry[StagePart]] = Registry("part of the journey")


def parts_of(stage: Stage) -> list[StagePart]:
    """The parts of a stage, in the order they were registered."""
    return [part for part in stage_parts if part.stage == stage]
