"""The whole story of a decision as data: what is printed, attached, compared and checked."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.records.blocks import Section
from decisions.records.models import Decision
from decisions.records.public import without_marked
from decisions.records.routes import chosen_in_words
from decisions.records.sections import (
    costs,
    criteria,
    decided,
    dissent,
    evidence,
    facts,
    first_page,
    participation,
    place,
    plan,
    routes,
    walk,
    weighed,
)

Data = dict[str, Any]
Part = Callable[[Decision], Section | list[Section] | None]

# In the order of the paper. The first page is the summary; the last ones are what it rests on.
PARTS: Final[tuple[Part, ...]] = (
    first_page.summary,
    decided.reasons,
    lambda decision: place.question(decision.question),
    lambda decision: place.vision(decision.question.programme),
    participation.participation,
    lambda decision: place.openness(decision.question.programme),
    lambda decision: evidence.evidence(decision.question),
    walk.path,
    routes.routes,
    routes.forms,
    walk.to_do,
    costs.costs,
    criteria.criteria,
    weighed.duties,
    weighed.conflicts,
    lambda decision: walk.without(decision.question),
    weighed.level_field,
    weighed.comments,
    dissent.dissent,
    weighed.advice,
    decided.power,
    weighed.next_steps,
    plan.plan,
    costs.inputs,
    facts.facts,
    lambda decision: place.gate(decision.question.programme),
    lambda decision: walk.whole_tree(decision.question),
)


def story(decision: Decision) -> Data:
    """Everything that the record says; an allow list. JSON values."""
    programme = decision.question.programme
    return {
        "title": decision.title,
        "programme": programme.title,
        "place": programme.place.name,
        "sentence": sentence(decision),
        "facts": _facts(decision),
        "glance": first_page.glance(decision),
        "sections": _sections(decision),
    }


def public_sections(decision: Decision) -> list[Section]:
    """What the decision's page shows: the same sections, without what is marked to be left out."""
    sections: list[Section] = without_marked(decision, {"sections": _sections(decision)})[
        "sections"
    ]
    return sections


def _sections(decision: Decision) -> list[Section]:
    said: list[Section] = []
    for part in PARTS:
        found = part(decision)
        if isinstance(found, list):
            said += found
        elif found is not None:
            said.append(found)
    return said


def sentence(decision: Decision) -> str:
    """The decision in one sentence."""
    values = {
        "body": decision.body_name,
        "route": decision.route_name or decision.title,
        "day": day(decision.decided_on),
    }
    if decision.is_decided:
        values["route"] = _in_words(decision)
    if decision.outcome == Decision.Outcome.REFUSED:
        return _("%(body)s did not agree to it on %(day)s: %(route)s.") % values
    if decision.outcome == Decision.Outcome.CHANGED or (
        decision.outcome == Decision.Outcome.AGREED and decided.another_sum(decision)
    ):
        return _("%(body)s decided on %(day)s, with changes: %(route)s.") % values
    if decision.outcome == Decision.Outcome.AGREED:
        return _("%(body)s decided on %(day)s: %(route)s.") % values
    if decision.status in {Decision.Status.DRAFT, Decision.Status.CONSULTING}:
        if not decision.body_name:
            words = _("Draft, not recommended yet; who decides is not named yet. About: %(route)s.")
            return words % values
        return _("Draft, not recommended yet. To be put to %(body)s: %(route)s.") % values
    return _("Recommended to %(body)s: %(route)s.") % values


def _in_words(decision: Decision) -> str:
    """What was decided: the route in its form, and the sum; only the title where no route is."""
    if not decision.route:
        return decision.title
    said = chosen_in_words(decision)
    agreed = decision.outcome != Decision.Outcome.REFUSED
    return f"{said}; {amount}" if agreed and (amount := decided.amount(decision)) else said


def _facts(decision: Decision) -> list[list[str]]:
    pairs = [
        (_("Programme"), decision.question.programme.title),
        (_("Decided by"), decision.body_name),
        (_("Decided on"), day(decision.decided_on)),
    ]
    return [[name, value] for name, value in pairs if value]
