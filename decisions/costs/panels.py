"""What choosing costs, on a question's page and below every question of a walk."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from commissioning.programmes.rules import Person
from decisions.costs import rules
from decisions.costs.costed import USUAL, QuestionCosts
from decisions.costs.picture import bars
from decisions.costs.views.common import url_of
from decisions.questions.models import Question
from decisions.questions.panels import (
    ChoicePanel,
    Panel,
    QuestionPanel,
    choice_panels,
    question_panels,
)

TEMPLATE: Final = "decisions/costs/panel.html"
# A picture of more says less.
MOST_BARS: Final = 6


def on_question(question: Question, user: Person) -> Panel | None:
    """The bars, or why there are none yet."""
    gate = rules.may_read(question)
    if not gate:
        return Panel(locked=gate.reason)
    valued = rules.is_valued(question)
    if not valued:
        return Panel(locked=valued.reason)
    return Panel(
        lead=_("Every way is costed alike, grants and doing it in-house too."),
        actions=[(_("Compare what each way costs"), url_of("compare", question))],
        template="decisions/costs/question_panel.html",
        context=_picture(QuestionCosts(question), []),
    )


def below_choice(
    question: Question, user: Person, open_routes: Sequence[str]
) -> dict[str, Any] | None:
    """The bars of the ways that are still open, best first; else of those that are compared."""
    if not (rules.may_read(question) and rules.is_valued(question)):
        return None
    return _picture(QuestionCosts(question), open_routes)


def _picture(costs: QuestionCosts, open_routes: Sequence[str]) -> dict[str, Any]:
    known = [route for route in open_routes if route in costs.content.routes]
    chosen = costs.chosen or list(USUAL)
    # Those that the place compares come first, so that its own figures are what is seen.
    shown = [route for route in known if route in chosen] or known or chosen
    return {
        "bars": bars(costs.compare(shown[:MOST_BARS])),
        "question": costs.question,
        "programme": costs.question.programme,
    }


def register() -> None:
    """Fill the registries; called when the application is ready."""
    question_panels.register(
        "costs", QuestionPanel(_("What choosing costs"), on_question, order=40)
    )
    choice_panels.register("costs", ChoicePanel(TEMPLATE, below_choice))
