"""What is left before the record of a question can be sealed: one list, from every room.

Each step has the address where it is done; saving there leads on to the next thing. Steps that
nobody needs for a record (criteria, what each way costs) stand in it as ones that may be left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from commissioning.ground.registries import Registry
from commissioning.programmes.rules import Person, membership_of, money_gate
from decisions.questions.models import Question
from decisions.questions.pages import question_url
from decisions.questions.rules import may_ask, may_value


@dataclass(frozen=True, slots=True)
class Left:
    """One step. ``url`` is empty where it cannot be begun yet, and ``hint`` says why."""

    title: Text
    url: str = ""
    done: bool = False
    needed: bool = True
    hint: Text = ""

    @property
    def as_task(self) -> dict[str, object]:
        """For the list of tasks."""
        known: dict[str, object] = {"title": self.title, "url": self.url, "hint": self.hint}
        if self.done:
            return known | {"tag": _("Done"), "kind": ""}
        if not self.needed:
            return known | {"tag": _("If you like"), "kind": "info"}
        tag = _("To do") if self.url else _("Cannot start yet")
        return known | {"tag": tag, "kind": "wait" if self.url else ""}


# The steps of one room, in order. Three queries at most; ``order`` puts lower numbers first.
StepsOf = Callable[[Question, Person], Sequence[Left]]


@dataclass(frozen=True, slots=True)
class RoomsSteps:
    """What one room adds to the list."""

    steps: StepsOf
    order: int


left_steps: Final[Registry[RoomsSteps]] = Registry("steps to a record")


def what_is_left(question: Question, user: Person) -> list[Left]:
    """Every step, for those who run the programme; none for others, and none once it is decided."""
    if not may_ask(user, question.programme) or not money_gate(question.programme):
        return []
    rooms = sorted(left_steps, key=lambda room: room.order)
    return [step for room in rooms for step in room.steps(question, user)]


def next_of(steps: Sequence[Left]) -> Left | None:
    """The first that is needed, not done and can be begun."""
    return next((one for one in steps if one.needed and not one.done and one.url), None)


def next_url(question: Question, user: Person) -> str:
    """Where the next needed step is done; the question's page where none is left."""
    step = next_of(what_is_left(question, user))
    return step.url if step else question.get_absolute_url()


def own_steps(question: Question, user: Person) -> list[Left]:
    """What the question itself asks for."""
    is_put = question.state != Question.State.DRAFT
    valued = Left(
        gettext_lazy("Say what it is worth, and how long it runs"),
        question_url("questions:value", question) if may_value(user, question) else "",
        done=question.net_value is not None,
        needed=False,
    )
    put = Left(
        gettext_lazy("Put the question to everybody"),
        "" if is_put else question_url("questions:open", question),
        done=is_put,
    )
    return [valued, put]


def declare_steps(question: Question, user: Person) -> list[Left]:
    """Whether one could gain oneself, which the record says of everybody. Two queries."""
    member = membership_of(user, question.programme)
    if member is None or question.state == Question.State.DRAFT:
        return []
    return [
        Left(
            gettext_lazy("Declare for this question"),
            question_url("questions:declare", question),
            done=question.declarations.filter(membership=member).exists(),
            hint=gettext_lazy(
                "Whoever walks it, recommends or decides says whether they could gain."
            ),
        )
    ]


def register() -> None:
    """Fill the registry; called when the application is ready."""
    left_steps.register("questions", RoomsSteps(own_steps, order=10))
    left_steps.register("declared", RoomsSteps(declare_steps, order=25))
