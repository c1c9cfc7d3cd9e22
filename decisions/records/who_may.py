"""Who may answer an invitation, by the route that the decision names, or by that of the walk."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from decisions.questions.models import Question
from decisions.questions.who_may import who_may
from decisions.records.models import Decision
from decisions.records.sections.walk import rests_on

KEPT_TO: Final[Mapping[str, Text]] = {
    "below_threshold_reserved_vcse": gettext_lazy(
        "Only voluntary, community and social enterprises, or only small and medium-sized firms: "
        "the competition is reserved to them, and its notice says so."
    ),
    "reserved_supported_employment": gettext_lazy(
        "Only supported employment providers (Procurement Act 2023 s.32): the notice says so."
    ),
    "reserved_mutual": gettext_lazy(
        "Only public service mutuals that qualify (Procurement Act 2023 s.33): the notice says so."
    ),
}
AREA: Final = "below_threshold_reserved_area"
AREAS: Final[Mapping[str, Text]] = {
    "own_area": gettext_lazy("the area of %s"),
    "own_and_bordering": gettext_lazy("the area of %s and the areas that border it"),
}
OPEN: Final = frozenset(
    {"below_threshold_competition", "light_touch_competition", "open_competition"}
)


def in_a_sentence(question: Question) -> str:
    """Who may answer; "" where no route is known, or the route invites nobody."""
    walk = rests_on(question)
    result: Mapping[str, Any] = (walk.result or {}) if walk else {}
    found = question.decisions.exclude(status=Decision.Status.WITHDRAWN).first()
    route = found.route if found else ""
    if route:
        return _said(question, route, result)
    first: Mapping[str, Any] = next(
        (row for row in result.get("ranked", []) if row["standing"] == "recommended"), {}
    )
    said = _said(question, str(first.get("option", "")), result)
    return _("If the first route of the walk is decided on: %s") % said if said else ""


def _said(question: Question, route: str, result: Mapping[str, Any]) -> str:
    if route == AREA:
        return _area(question, result)
    if route in OPEN:
        return _("Anybody may answer.")
    return str(KEPT_TO.get(route, ""))


def _area(question: Question, result: Mapping[str, Any]) -> str:
    answers = {row["question"]: row["answer"] for row in result.get("path", [])}
    words = AREAS.get(answers.get("area", ""), AREAS["own_area"])
    return _(
        "Only suppliers of %s: the competition is reserved to them. That is decided before anybody "
        "is invited and stands in the notice."
    ) % (str(words) % question.who_buys.name)


def register() -> None:
    """Fill the registry; called when the application is ready."""
    who_may.register("records", in_a_sentence)
