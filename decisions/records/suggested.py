"""First words for the sections of a draft, from what the walk, the question and the place already
said: for whoever drafts to make their own. Nothing of it stands in a record until it is saved.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import day
from commissioning.ground.answers import Text
from decisions.questions.heading import heading_of
from decisions.records.models import Body, Decision
from decisions.records.routes import chosen_in_words
from decisions.records.rules import KEY_BODIES
from decisions.records.said import power_parts
from decisions.records.sections.place import how_long, worth
from decisions.records.sections.walk import (
    answer_in_walk,
    chosen,
    equal_with,
    key_by_own_sum,
    own_rules_bind,
    recommended_by_walk,
    rests_on,
)
from decisions.records.what_next import first_words
from decisions.trees.models import RulesSheet
from decisions.trees.pinned import rules_of
from decisions.trees.summary import summary_of
from decisions.trees.whose import binds

Values = dict[str, Any]
QUOTES, OF_AN_AREA = "quotes_or_award", "below_threshold_reserved_area"
# Who may bid, as the walk says of the area; the route's own words name every case.
_MAY_BID: Final[dict[str, Text]] = {
    "own_area": gettext_lazy("Only suppliers of the authority's own area may bid."),
    "own_and_bordering": gettext_lazy(
        "Only suppliers of the authority's own area, and of the counties or London boroughs that "
        "border it, may bid."
    ),
}


def suggested(decision: Decision, section: str) -> Values:
    """Values for the fields of a section that nobody has filled in yet."""
    told = {"power": _power, "route": _route, "words": _words, "publicity": _publicity}
    return {
        name: value
        for name, value in told[section](decision).items()
        if value not in ("", None) and getattr(decision, name) in ("", None)
    }


def _power(decision: Decision) -> Values:
    """The body of the last decision here, or of the rules sheet, and the sheet's paragraph.

    The power itself goes with what is decided: another decision's is never taken over.
    """
    question = decision.question
    before = (
        Decision.objects.filter(
            question__programme=question.programme_id, question__who_buys=question.who_buys
        )
        .exclude(pk=decision.pk)
        .exclude(body_name="")
        .order_by("-created_at")
        .first()
    )
    found = rests_on(question)
    sheet = found.sheet if found and binds(found.sheet, question) else None
    if sheet is None:
        names = ("body_kind", "body_name")
        return {name: getattr(before, name) for name in names} if before else {}
    kind, where = _by_the_sheet(sheet)
    same = before is not None and before.body_kind == kind
    name = before.body_name if before and same else _name_of(kind, question.who_buys.name)
    return {"body_kind": kind, "body_name": name, "power": where}


def _by_the_sheet(sheet: RulesSheet) -> tuple[str, str]:
    """The kind of body that decides by the sheet, and the paragraph that says so."""
    return str(sheet.content.get("decides", "")), str(sheet.content.get("paragraph", ""))


def paragraph_of_another(decision: Decision) -> str:
    """The kind of body that the named paragraph lets decide by the rules sheet, where it is another
    than decides here; else ""."""
    found = rests_on(decision.question)
    sheet = found.sheet if found and binds(found.sheet, decision.question) else None
    if sheet is None:
        return ""
    kind, where = _by_the_sheet(sheet)
    is_it = bool(where) and power_parts(decision)["paragraph"].strip() == where.strip()
    return kind if is_it and kind != decision.body_kind else ""


def _name_of(kind: str, buyer: str) -> str:
    names = {Body.CABINET: _("Cabinet of %s"), Body.NHS_BOARD: _("Board of %s"), Body.PARISH: "%s"}
    return names[Body(kind)] % buyer if kind in names else ""


def _route(decision: Decision) -> Values:
    """What members recommend, with their reasons where the walk recommends another; else that."""
    heading, found = heading_of(decision.question), rests_on(decision.question)
    if heading is None or found is None:
        return {}
    if heading.route in recommended_by_walk(decision):
        return {"route": heading.route}
    told = [one for one in (found.result or {})["recommended"] if one["option"] == heading.route]
    return {"route": heading.route, "why_other": "\n\n".join(one["reason"] for one in told)}


def _words(decision: Decision) -> Values:
    found = rests_on(decision.question)
    route = chosen(decision)
    if found is None or not route:
        return {}
    return {
        "summary": _summary(decision, route),
        "reasons": _reasons(decision, found.result or {}),
        "next_steps": first_words(decision),
    }


def _summary(decision: Decision, route: Values) -> str:
    asked = decision.question
    title = chosen_in_words(decision)
    what = asked.what.strip()
    is_asked = what.endswith("?")
    said = [
        "" if is_asked else what,
        _("The way that is chosen: %s.") % title,
        _own_rules_ask(decision) or _may_bid(decision) or str(route.get("summary", "")),
    ]
    if is_asked:
        said.append(_("What was asked: “%s”") % what)
    if asked.for_whom.strip():
        said.append(_("It is for: %s.") % asked.for_whom.strip().rstrip("."))
    if estimated := worth(asked):
        said.append(_("It is worth, as estimated, %s.") % estimated)
    if length := how_long(asked):
        said.append(_("It runs for %s.") % length)
    if asked.present_ends_on:
        said.append(_("The present arrangement ends on %s.") % day(asked.present_ends_on))
    return "\n\n".join([said[0], _together(said[1:3]), _together(said[3:])]).strip()


def _own_rules_ask(decision: Decision) -> str:
    """How the body's own rules ask for quotes at this value; "" where they do not say, and for
    other ways."""
    found = rests_on(decision.question)
    if decision.route != QUOTES or found is None or not own_rules_bind(decision):
        return ""
    rules, value = rules_of(found.sheet), decision.question.estimated_value
    level = rules.level(value) if rules is not None and value is not None else None
    return _("Its own rules ask for: %s.") % level.ask if level is not None else ""


def _may_bid(decision: Decision) -> str:
    if decision.route != OF_AN_AREA:
        return ""
    return str(_MAY_BID.get(answer_in_walk(decision, "area"), ""))


def _reasons(decision: Decision, result: Values) -> str:
    """What speaks for it and against it in the walk, and what members said who recommended it.

    Where others stand first with it: what speaks for all of them is no reason to choose this one,
    and is said apart.
    """
    rows = {one["option"]: one for one in result["ranked"]}
    equal = equal_with(decision)
    shared = [_for(rows[one]) for one in equal]
    row = rows[decision.route]
    told = summary_of({"ranked": [_without(row, shared) | {"standing": "recommended"}]})
    said = [one["words"] for one in told["why"]]
    if told["against"]:
        said.append(_("Against it: %s") % told["against"]["words"])
    for one in result.get("recommended", []):
        if one.get("option") == decision.route and one["stands"]:
            said.append(one["reason"])
    alike = summary_of({"ranked": [_only(row, shared) | {"standing": "recommended"}]})["why"]
    if alike:
        words = _("This speaks as much for what stands first beside it (%(others)s): %(reasons)s")
        reasons = " ".join(one["words"] for one in alike)
        said.append(words % {"others": "; ".join(equal.values()), "reasons": reasons})
    return "\n\n".join(dict.fromkeys(said))


def _for(row: Values) -> set[str]:
    return {one["words"] for one in row["because"] if one["effect"] == "raise"}


def _without(row: Values, shared: list[set[str]]) -> Values:
    """A route without the reasons that speak for another as much."""
    kept = [one for one in row["because"] if not _is_shared(one, shared)]
    return row | {"because": kept}


def _only(row: Values, shared: list[set[str]]) -> Values:
    """A route with those reasons alone."""
    return row | {"because": [one for one in row["because"] if _is_shared(one, shared)]}


def _is_shared(reason: Values, shared: list[set[str]]) -> bool:
    return reason["effect"] == "raise" and any(reason["words"] in one for one in shared)


def _together(said: Iterable[str]) -> str:
    return " ".join(one for one in said if one)


def _publicity(decision: Decision) -> Values:
    """By the body's own sum of a key decision, where its rules sheet has one.

    A sum below it says nothing of several areas, so of those nobody is told that it is not key.
    """
    found = rests_on(decision.question)
    if decision.body_kind not in KEY_BODIES or found is None or not own_rules_bind(decision):
        return {}
    sheet = found.sheet
    if sheet is None or sheet.content.get("key_decision_sum") in (None, ""):
        return {}
    is_key = bool(key_by_own_sum(decision))
    return {"is_key": is_key} if is_key or decision.question.areas.count() == 1 else {}
