"""What other rooms show on a question's page, and below each question of a walk.

A room registers in its ``AppConfig.ready`` (where no query is made)::

    question_panels.register("costs", QuestionPanel(_("What choosing costs"), show=costs_panel))

A panel's ``show`` makes at most four queries, and answers None where it has nothing for this
person. ``choice_panels`` stand below every question of a walk: trees ask, costs answer, and the
two rooms know nothing of each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from commissioning.ground.answers import Text
from commissioning.ground.registries import Registry
from commissioning.programmes.rules import Person
from decisions.questions.models import Question


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One thing in a panel. ``kind`` is a kind of tag: "", "wait", "talk", "lock" or "info"."""

    text: Text
    url: str = ""
    note: Text = ""
    tag: Text = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What a room shows of a question.

    ``lead`` is a sentence; ``locked`` says why the part is closed yet; ``actions`` are pairs of
    words and address; ``template`` (with ``context``) is included below, for a picture say.
    """

    lead: Text = ""
    rows: Sequence[PanelRow] = ()
    actions: Sequence[tuple[Text, str]] = ()
    locked: Text = ""
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuestionPanel:
    """A room's panel on the question's page; ``order`` puts lower numbers first."""

    title: Text
    show: Callable[[Question, Person], Panel | None]
    order: int = 50


@dataclass(frozen=True, slots=True)
class ChoicePanel:
    """What stands below each question of a walk and on its result.

    ``context`` is given the question, who reads, and the ids of the routes still open (best first);
    it answers None where there is nothing to show. ``template`` is included with that context,
    beside ``question`` and ``programme``. Asked only while the money gate is open. A context may
    hold ``of_the_first``: a function that is given, by route, what the place's own rules say of it,
    and answers a sentence about the first of the open routes for the top of a result, or ""; and
    ``of_each``: one that answers, for some of those routes by id, whether it costs more to choose
    than to give, and a sentence.
    """

    template: str
    context: Callable[[Question, Person, Sequence[str]], dict[str, Any] | None]


# How questions before the body that decides stand, by key: words and kind of tag. One query.
StandingsOf = Callable[[Sequence[Question]], Mapping[UUID, tuple[Text, str]]]

question_standings: Final[Registry[StandingsOf]] = Registry("how a question stands")
question_panels: Final[Registry[QuestionPanel]] = Registry("panel of a question")
choice_panels: Final[Registry[ChoicePanel]] = Registry("panel below a choice")


def panels_for(question: Question, user: Person) -> list[tuple[QuestionPanel, Panel]]:
    """The panels that have something for this person, in their order."""
    ordered = sorted(question_panels, key=lambda panel: panel.order)
    shown = ((panel, panel.show(question, user)) for panel in ordered)
    return [(panel, found) for panel, found in shown if found is not None]


def standings_of(questions: Sequence[Question]) -> dict[UUID, tuple[Text, str]]:
    """How each question stands that is before a body: decided and in call-in, say."""
    waiting = [one for one in questions if one.state == Question.State.DECIDING]
    found: dict[UUID, tuple[Text, str]] = {}
    for standings in question_standings if waiting else ():
        found |= standings(waiting)
    return found
