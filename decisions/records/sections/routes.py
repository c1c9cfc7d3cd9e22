"""Every route of the walk with its why, how they were put in order, and the forms of the chosen."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.records.models import NAMED, Decision
from decisions.records.sections.walk import (
    bulleted,
    chosen,
    equal_with,
    own_rules_bind,
    recommended_by_walk,
    rests_on,
)
from decisions.trees.cited import cited, is_guidance, is_practice, what_practice_is
from decisions.trees.cited import rests_on as kind_of_source
from decisions.trees.closed import is_of_the_case, parted

Row = dict[str, Any]
# What a reason does, and whether strongly.
SIDES: Final = {
    ("raise", False): _("For"),
    ("raise", True): _("Strongly for"),
    ("lower", False): _("Against"),
    ("lower", True): _("Strongly against"),
    ("exclude", False): _("The law closes it"),
    ("exclude", True): _("The law closes it"),
    ("allow", False): _("The law allows it"),
    ("allow", True): _("The law allows it"),
}


def routes(decision: Decision) -> Section | None:
    """Every route: those that were open, best first, and those that were rejected, and why."""
    found = rests_on(decision.question)
    if found is None:
        return None
    result: Row = found.result or {}
    ranked: Sequence[Row] = result["ranked"]
    if not own_rules_bind(decision):
        ranked = [_without_own_rules(one) for one in ranked]
    open_, excluded = (
        [one for one in ranked if (one["standing"] == "excluded") is out] for out in (False, True)
    )
    by_law, by_case = parted(excluded)
    first = recommended_by_walk(decision)
    return blocks.section(
        "routes",
        _("Every route, and why or why not"),
        blocks.note(what_practice_is()),
        blocks.text(
            _(
                "How open routes are put in order: by counting reasons of guidance and practice, "
                "with no score. First the strong ones for, less the strong ones against; where "
                "that is equal, the others for, less the others against. Where that is equal too, "
                "none is the better one: they stand in one order for every walk (what there is "
                "now; to give; to do it among neighbours and public bodies; to buy). What the law "
                "allows, and the place's own rules, do not count. So one strong reason outweighs "
                "any number of others."
            )
        ),
        blocks.table(
            _("Routes that were open, best first"),
            [_("Route"), _("Because"), _("It would stand first, alone or beside others, if")],
            [(_route(one, decision.route), _because(one), _would(one, first)) for one in open_],
        ),
        *_another_chosen(decision),
        blocks.table(
            _("Routes that were rejected, and why"),
            [_("Route"), _("Because")],
            [(one["title"], _because(one, _closing(one))) for one in excluded],
        ),
        blocks.text(
            _(
                "Closed by the law: %(law)d. Closed by the facts of this case, with no law against "
                "it: %(case)d."
            )
            % {"law": len(by_law), "case": len(by_case)}
        )
        if excluded
        else None,
    )


def _another_chosen(decision: Decision) -> list[Block | None]:
    """Why not what the walk recommends, or what it recommends as much."""
    heading, told = why_not(decision)
    if not heading:
        return []
    why = decision.why_other or _("Nobody has said why.")
    return [blocks.heading(heading), blocks.text(told), blocks.text(why)]


def why_not(decision: Decision) -> tuple[str, str]:
    """Whether the walk recommends another route, or others as much: a heading and a sentence."""
    first, equal = recommended_by_walk(decision), equal_with(decision)
    if equal:
        return _("Why this one, of those that stand first"), _(
            "The walk puts it first together with: %s. By the count of reasons they are equal."
        ) % "; ".join(equal.values())
    if not decision.route or not first or decision.route in first:
        return "", ""
    return _("Why not the one that the walk recommends"), _("The walk recommends: %s.") % "; ".join(
        first.values()
    )


def _without_own_rules(one: Row) -> Row:
    """A route without what another body's rules say of it."""
    return one | {"because": [each for each in one["because"] if each["effect"] != "note"]}


def _route(one: Row, chosen_: str) -> str:
    """A route's name, whether the walk recommends it, and whether it is the one of this decision.

    So that nobody takes what the walk recommends for what was decided.
    """
    title = one["title"]
    if one["standing"] == "recommended":
        title = _("%s (recommended)") % title
    if one["option"] == chosen_:
        title = _("%s: CHOSEN HERE") % title
    return f"{title}\n{counted(one)}".strip()


def counted(one: Row) -> str:
    """What the order goes by: reasons for and against, the strong ones apart; "" for none."""
    said = []
    for strong, words in ((True, _("Strong: %s.")), (False, _("Others: %s."))):
        number = {
            effect: sum(
                reason["effect"] == effect and bool(reason["strong"]) is strong
                for reason in one["because"]
            )
            for effect in ("raise", "lower")
        }
        if any(number.values()):
            both = _("%(for)d for, %(against)d against") % {
                "for": number["raise"],
                "against": number["lower"],
            }
            said.append(words % both)
    return " ".join(said)


def _would(one: Row, first: Mapping[str, str]) -> str:
    """What would have to be different; for a route that nothing would put first, that."""
    if one["if"]:
        return bulleted([change["words"] for change in one["if"]])
    if one["standing"] == "recommended":
        others = [title for option, title in first.items() if option != one["option"]]
        if others:
            return _("It stands first, equal with: %s.") % "; ".join(others)
        return _("It comes first.")
    if one["option"] == "stop_and_take_advice":
        return _("It is always there: no answer ranks it.")
    return _(
        "No change that was tried, of one to three answers about the place, would put it first."
    )


def _closing(one: Row) -> list[Row]:
    """The reasons that close a route: what else speaks for or against it decides nothing."""
    return [each for each in one["because"] if each["effect"] not in {"raise", "lower", "allow"}]


def _because(one: Row, reasons: list[Row] | None = None) -> str:
    """Each reason with the side that it is on: a merit must not read as a fault."""
    said = []
    for reason in reasons or one["because"]:
        side = SIDES.get((reason["effect"], bool(reason["strong"])), _("The place's own rules"))
        source = f" ({_cited(reason)})" if reason["source"] else ""
        if is_of_the_case(reason):
            side, source = _("The case closes it"), ""
        said.append(f"{side}: {_of_the_place(reason['words'])}{source}")
    return bulleted(said) or _("No answer speaks for it or against it.")


def _cited(reason: Row) -> str:
    """Law by its act; guidance and practice named as that, so that nobody takes one for another."""
    if is_guidance(reason) or is_practice(reason):
        return f"{kind_of_source(reason)}: {cited(reason)}"
    return str(reason["source"])


def _of_the_place(words: str) -> str:
    """A walk speaks to who walks it (“Your own rules ask”); a record speaks of the place."""
    return words.removeprefix("Your own rules ask, ").removeprefix("Your own ")


def forms(decision: Decision) -> Section | None:
    """Forms that the chosen route can take: alliance, consortium, lots."""
    found = rests_on(decision.question)
    if found is None:
        return None
    own = chosen(decision).get("forms", []) if decision.route else None
    result: Row = found.result or {}
    return blocks.section(
        "forms",
        _("Forms that it can take"),
        *_form_chosen(decision, result),
        blocks.table(
            _("Forms of the route"),
            [_("Form"), _("Does it fit?"), _("Because")],
            [
                (one["title"], _fits(one), _because(one))
                for one in result["forms"]
                if own is None or one["title"] in own
            ],
        ),
    )


def _fits(one: Row) -> str:
    """Whether the answers speak for a form; where none speaks at all, that is no "no"."""
    if one["fits"]:
        return _("Yes")
    if not one["because"]:
        return _("Not said")
    sides = {reason["effect"] for reason in one["because"]}
    return _("Reasons for and against") if {"raise", "lower"} <= sides else _("No")


def _form_chosen(decision: Decision, result: Row) -> list[Block | None]:
    """The form that was chosen, what to see to in it, and why nobody else is asked if so."""
    one = next((form for form in result["forms"] if form["form"] == decision.form), None)
    if one is None:
        return []
    why = decision.no_call if decision.form == NAMED else ""
    return [
        blocks.text(_("The form that was chosen: %s.") % one["title"]),
        blocks.items(_seen_to(decision) or one.get("conditions", [])),
        blocks.heading(_("Why nobody else is asked")) if why else None,
        blocks.text(why),
    ]


def _seen_to(decision: Decision) -> list[str]:
    """Once it is decided: whether what a grant to one group asks for was seen to, and where.

    Before that, what is still to be seen to stands in its place.
    """
    if not decision.is_decided or decision.form != NAMED:
        return []
    subsidy = next((one for one in decision.duties.all() if one.key == "subsidy"), None)
    answered = subsidy.get_standing_display() if subsidy else _("Not answered")
    return [
        _("Why nobody else is asked: it is said below.")
        if decision.no_call
        else _("Why nobody else is asked: it was not said."),
        _("Subsidy control asks the same as after a call. Its answer stands under the duties: %s.")
        % answered,
        _(
            "Whoever belongs to the group, or is close to it, may take no part in the choice: what "
            "is known of them, and what was declared, stands under the conflicts of interest."
        ),
        _(
            "It stays a grant only while it pays for a project of the group's own. A service that "
            "is specified is a contract, and no contract is awarded by this form."
        ),
    ]
