"""The step to a record that costs are: worked out already, to be looked at and changed."""

from django.utils.translation import gettext as _

from commissioning.programmes.rules import Person
from decisions.costs import rules
from decisions.costs.views.common import url_of
from decisions.questions.left import Left, RoomsSteps, left_steps
from decisions.questions.models import Question


def cost_steps(question: Question, user: Person) -> list[Left]:
    """What each way costs is worked out as soon as it is known what it is worth. No query."""
    if not rules.is_valued(question):
        return []
    return [
        Left(
            _("Look at what each way costs"),
            url_of("compare", question),
            needed=False,
            hint=_("The record has it from usual figures; put your own in their place."),
        )
    ]


def register() -> None:
    """Fill the registry; called when the application is ready."""
    left_steps.register("costs", RoomsSteps(cost_steps, order=30))
