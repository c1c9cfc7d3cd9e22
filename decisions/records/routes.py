"""The routes that a decision may recommend: those that the walk left open, best first."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import YES, Answer, Text, no
from decisions.costs.labels import ROUTES
from decisions.questions.models import Question
from decisions.records.models import GRANT, NAMED, Decision
from decisions.records.route_plans import way_of
from decisions.records.sections.walk import STANDINGS, locked_walk, rests_on
from decisions.trees.engine import shipped_trees

# The way by which a trusted local body is chosen that gives small grants to others.
DEVOLVED: Final = "devolved"


def route_choices(question: Question) -> list[tuple[str, Text]]:
    """Pairs of id and name. Without a finished walk, every route of the general tree."""
    ranked = _ranked(question)
    if ranked is None:
        options = shipped_trees()["england-general"].options.values()
        return [(option.id, option.title) for option in options]
    return [
        (one["option"], f"{one['title']} ({STANDINGS[one['standing']].lower()})")
        for one in ranked
        if one["standing"] != "excluded"
    ]


def forms_of(question: Question, route: str) -> dict[str, Text]:
    """The forms that a route can take, by id: as the walk told them, or the general tree."""
    result = _result(question)
    if result is None:
        tree = shipped_trees()["england-general"]
        option = tree.options.get(route)
        return {form: tree.forms[form].title for form in (option.forms if option else ())}
    own = [title for one in result["ranked"] if one["option"] == route for title in one["forms"]]
    return {one["form"]: one["title"] for one in result["forms"] if one["title"] in own}


def name_of_route(decision: Decision) -> str:
    """The chosen route as the walk names it, else as the costs do: never its id."""
    found, key = rests_on(decision.question), decision.route
    ranked = (found.result or {}).get("ranked", []) if found else []
    named = {one["option"]: one["title"] for one in ranked}
    return str(named.get(key) or ROUTES.get(key) or _("the route that was chosen"))


def chosen_in_words(decision: Decision) -> str:
    """The route with its form, and to whom where that is settled: as somebody would say it.

    Where somebody is still to be chosen, that it is the way of choosing, and no award.
    """
    name = decision.route_name.strip().rstrip(".") or name_of_route(decision)
    group = decision.question.one_group if decision.form == NAMED else ""
    if decision.form == NAMED:
        if group and group.casefold() not in name.casefold():
            name = _("%(route)s, to %(group)s") % {"route": name, "group": group}
        return _("%s, without a call") % name
    form = forms_of(decision.question, decision.route).get(decision.form)
    if form:
        name = _("%(route)s (form: %(form)s)") % {"route": name, "form": str(form).lower()}
    way = way_of(decision)
    if way is None or way.decides_who:
        return name
    if way.key == DEVOLVED:
        return _("%s; who gives it out is decided later") % name
    if way.key == GRANT:
        return _("%s, after an open call; who gets it is decided then") % name
    return _("%s; who gets it is decided later") % name


def may_recommend_route(question: Question, route: str) -> Answer:
    """No decision recommends what the walk found to be excluded."""
    for one in _ranked(question) or []:
        if one["option"] == route and one["standing"] == "excluded":
            because = "; ".join(reason["words"] for reason in one["because"])
            return no(_("The walk excluded that route: %s") % because)
    return YES


def _ranked(question: Question) -> list[Mapping[str, Any]] | None:
    result = _result(question)
    return None if result is None else result["ranked"]


def _result(question: Question) -> Mapping[str, Any] | None:
    found = locked_walk(question)
    return None if found is None else found.result
