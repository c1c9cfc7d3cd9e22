"""Kept versions of the costs, and two of them beside each other."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commissioning.ground.answers import Text
from decisions.costs.costed import QuestionCosts
from decisions.costs.labels import INPUT_NAMES, ROUTES
from decisions.costs.model.inputs import INPUTS, Unit
from decisions.costs.model.versions import Changed, Points, changed_figures, changed_inputs
from decisions.costs.models import CostVersion
from decisions.costs.views.common import crumbs_of, readable_question

FIGURES: Final[dict[str, tuple[Text, Unit]]] = {
    "authority": (gettext_lazy("The authority's cash and staff time"), Unit.POUNDS),
    "others": (gettext_lazy("Other people's time"), Unit.POUNDS),
    "others_that_get_nothing": (
        gettext_lazy("of that, borne by those who get nothing"),
        Unit.POUNDS,
    ),
    "months": (gettext_lazy("Months until people are served"), Unit.MONTHS),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the comparison: what, and its three points in either version, if it is there."""

    route: Text
    name: Text
    unit: Unit
    before: Points | None
    now: Points | None


@require_safe
def versions(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The kept versions, newest first; the two that are asked for beside each other."""
    question = readable_question(request.user, slug, question_id)
    model = QuestionCosts(question).model
    found = list(model.versions.select_related("by")) if model else []
    context: dict[str, Any] = {
        "question": question,
        "programme": question.programme,
        "versions": found,
        "crumbs": crumbs_of(question, (_("Kept versions"), "")),
    }
    if len(found) > 1:
        now = _asked(request.GET.get("b"), found) or found[0]
        before = _asked(request.GET.get("a"), found) or found[1]
        context |= {"before": before, "now": now} | _beside(before, now)
    return render(request, "decisions/costs/versions.html", context)


def _asked(number: str | None, found: list[CostVersion]) -> CostVersion | None:
    return next((one for one in found if str(one.number) == number), None)


def _beside(before: CostVersion, now: CostVersion) -> dict[str, Any]:
    figures = [
        Line(_route(one), *FIGURES[one.key], one.before, one.now)
        for one in changed_figures(before.content, now.content)
        if one.key in FIGURES
    ]
    inputs = [
        Line(_route(one), INPUT_NAMES.get(one.key, one.key), _unit(one), one.before, one.now)
        for one in changed_inputs(before.content, now.content)
    ]
    return {"figures": figures, "inputs": inputs}


def _route(one: Changed) -> Text:
    return ROUTES.get(one.route, one.route) if one.route else _("All ways")


def _unit(one: Changed) -> Unit:
    return INPUTS[one.key].unit if one.key in INPUTS else Unit.NUMBER
