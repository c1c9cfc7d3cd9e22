"""What the walk of the tree says: the path, every route with its why, what to publish and check."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.questions.models import Question
from decisions.records import blocks
from decisions.records.blocks import Block, Section
from decisions.trees.models import Appraisal

Row = Mapping[str, Any]
STANDINGS: Final = {
    "recommended": _("Recommended"),
    "possible": _("Possible"),
    "excluded": _("Excluded"),
}


def locked_walk(question: Question) -> Appraisal | None:
    """The walk that the decision rests on: the one that was locked last."""
    return (
        question.appraisals.filter(locked_at__isnull=False)
        .select_related("tree", "locked_by")
        .order_by("-locked_at")
        .first()
    )


def walk(question: Question) -> list[Section]:
    """Every section that the walk has something to say in. One query."""
    found = locked_walk(question)
    if found is None:
        said = blocks.note(_("No walk of a decision tree was finished for this question."))
        section = blocks.section("path", _("How the choice was reached"), said)
        return [section] if section else []
    result: Row = found.result or {}
    sections = [
        _path(found, result),
        _routes(result),
        _without(result),
        _forms(result),
        _to_do(result),
        _facts(result),
    ]
    return [section for section in sections if section is not None]


def _path(found: Appraisal, result: Row) -> Section | None:
    rows = [(one["text"], one["said"], _why(one)) for one in result["path"]]
    tree = result["tree"]
    return blocks.section(
        "path",
        _("How the choice was reached"),
        blocks.facts(
            [
                (_("Decision tree"), f"{tree['title']}, {tree['version']}"),
                (_("Facts in force on"), day(found.begins_on)),
                (_("Locked"), day(found.locked_at)),
                (_("The place's own rules"), result["rules_sheet"]),
            ]
        ),
        blocks.text(result["stopped"]),
        blocks.table(
            _("Each question, its answer, and why"),
            [_("Question"), _("Answer"), _("Who said so, and why")],
            rows,
        ),
        blocks.heading(_("Evidence")) if result["evidence"] else None,
        blocks.items(one["words"] for one in result["evidence"]),
    )


def _why(step: Row) -> str:
    """Every seat's answer and reason; how a difference was settled. Seats, not names."""
    said = [_seat(one) for one in step["seats"]]
    settled = step["settled"]
    if settled:
        how = (
            _("Carried into the record as it stands: %s")
            if settled["carried"]
            else _("Settled: %s")
        )
        said.append(how % settled["reason"])
    return "\n".join(said)


def _seat(one: Row) -> str:
    who = ", ".join(part for part in (one["seat_words"], one["organisation"]) if part)
    marked = _(" (could gain: evidence only)") if one["could_gain"] else ""
    because = f": {one['reason']}" if one["reason"] else ""
    return f"{who}{marked}: {one['said']}{because}"


def _routes(result: Row) -> Section | None:
    ranked: Sequence[Row] = result["ranked"]
    open_, excluded = (
        [one for one in ranked if (one["standing"] == "excluded") is out] for out in (False, True)
    )
    return blocks.section(
        "routes",
        _("Every route, and why or why not"),
        blocks.table(
            _("Routes that were open, best first"),
            [_("Route"), _("Standing"), _("Because"), _("It would come first if")],
            [
                (
                    one["title"],
                    STANDINGS[one["standing"]],
                    _because(one),
                    "\n".join(change["words"] for change in one["if"]),
                )
                for one in open_
            ],
        ),
        blocks.table(
            _("Routes that were rejected, and why"),
            [_("Route"), _("Because")],
            [(one["title"], _because(one)) for one in excluded],
        ),
    )


def _because(one: Row) -> str:
    return "\n".join(
        f"{reason['words']} ({reason['source']})" if reason["source"] else reason["words"]
        for reason in one["because"]
    )


def _without(result: Row) -> Section | None:
    """The ranking without the answers of those who could gain."""
    if result["same_without"]:
        said: Block | None = blocks.text(
            _("The same routes in the same order, with and without the seats that could gain.")
        )
    else:
        said = blocks.table(
            _("The ranking without the answers of those who could gain"),
            [_("Route"), _("Standing")],
            [(one["title"], STANDINGS[one["standing"]]) for one in result["without"]],
        )
    return blocks.section("without", _("Without those who could gain"), said)


def _forms(result: Row) -> Section | None:
    return blocks.section(
        "forms",
        _("Forms that it can take"),
        blocks.table(
            _("Forms of a route"),
            [_("Form"), _("Does it fit?"), _("Because")],
            [
                (one["title"], _("Yes") if one["fits"] else _("No"), _because(one))
                for one in result["forms"]
            ],
        ),
    )


def _to_do(result: Row) -> Section | None:
    return blocks.section(
        "notices",
        _("What must be published, and what must be checked"),
        blocks.heading(_("Notices")) if result["notices"] else None,
        blocks.items(_note(one) for one in result["notices"]),
        blocks.heading(_("Check before relying on it")) if result["checks"] else None,
        blocks.items(_note(one) for one in result["checks"]),
        blocks.heading(_("Warnings")) if result["warnings"] else None,
        blocks.items(_note(one) for one in result["warnings"]),
    )


def _note(one: Row) -> str:
    return f"{one['words']} ({one['source']})" if one["source"] else str(one["words"])


def _facts(result: Row) -> Section | None:
    rows = [
        (
            one["title"],
            one["amount"],
            _span(one),
            one["source"] + (_(" Check before relying on it.") if one["check"] else ""),
        )
        for one in result["facts"]
    ]
    return blocks.section(
        "facts",
        _("Facts relied on"),
        blocks.table(
            _("Facts in force on the day that it begins"),
            [_("Fact"), _("Amount"), _("In force"), _("Source")],
            rows,
        ),
    )


def _span(one: Row) -> str:
    if one["from"] and one["to"]:
        return _("%(from)s to %(to)s") % {"from": one["from"], "to": one["to"]}
    return _("from %s") % one["from"] if one["from"] else ""
