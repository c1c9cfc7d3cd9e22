"""What the walk of the tree says: the path, every route with its why, what to publish and check."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.questions.models import Question
from decisions.records import blocks, pictures
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision
from decisions.trees.cited import cited, is_practice, what_practice_is
from decisions.trees.closed import is_of_the_case, parted
from decisions.trees.models import Appraisal
from decisions.trees.since import made_before
from decisions.trees.summary import OWN_RULES
from decisions.trees.whose import binds_who_decides

Row = dict[str, Any]
STANDINGS: Final = {
    "recommended": _("Recommended"),
    "possible": _("Possible"),
    "excluded": _("Closed"),
}
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


def locked_walk(question: Question) -> Appraisal | None:
    """The walk that the decision rests on: the one that was locked last."""
    return (
        question.appraisals.filter(locked_at__isnull=False)
        .select_related("tree", "sheet__place", "locked_by")
        .order_by("-locked_at")
        .first()
    )


def rests_on(question: Question) -> Appraisal | None:
    """The same, asked of the database once for a story."""
    kept: dict[str, Appraisal | None] = question.__dict__
    if "_rests_on" not in kept:
        kept["_rests_on"] = locked_walk(question)
    return kept["_rests_on"]


def path(decision: Decision) -> Section | None:
    """Every question of the path, as a picture and with who said what, and why."""
    question = decision.question
    found = rests_on(question)
    if found is None:
        said = blocks.note(_("No walk of a decision tree was finished for this question."))
        return blocks.section("path", _("How the choice was reached"), said)
    result: Row = found.result or {}
    tree = result["tree"]
    which = {"tree": tree["title"], "version": tree["version"]}
    return blocks.section(
        "path",
        _("How the choice was reached"),
        blocks.facts(
            [
                (
                    _("Decision tree"),
                    _("%(tree)s, version %(version)s") % which,
                ),
                (_("Facts in force on"), day(found.begins_on)),
                (_("Locked"), day(found.locked_at)),
                (
                    _("Own rules of the body"),
                    result["rules_sheet"] if own_rules_bind(decision) else "",
                ),
            ]
        ),
        blocks.text(result["stopped"]),
        pictures.path(result),
        blocks.table(
            _("Each question, its answer, and why"),
            [_("Question"), _("Answer"), _("Who said so, and why")],
            [(one["text"], one["said"], _why(one)) for one in result["path"]],
        ),
        blocks.heading(_("Evidence")) if result["evidence"] else None,
        blocks.items(one["words"] for one in result["evidence"]),
        _recommended(result),
    )


def _recommended(result: Row) -> Block | None:
    """What each seat that could not gain recommended; also where answers changed after it."""
    return blocks.table(
        _("What members recommended"),
        [_("Who"), _("Route"), _("Why")],
        [
            (one["seat_words"], one["title"], f"{one['reason']}\n{made_before(one)}".strip())
            for one in result["recommended"]
        ],
    )


def _why(step: Row) -> str:
    """Every seat's reason, and its answer where it is another; how a difference was settled.

    Seats, not names.
    """
    said = [_seat(one, step["said"]) for one in step["seats"]]
    settled = step["settled"]
    if settled:
        how = (
            _("Carried into the record as it stands: %s")
            if settled["carried"]
            else _("Settled: %s")
        )
        said.append(how % settled["reason"])
    return _lines(said)


def _seat(one: Row, agreed: str) -> str:
    """Who said it and why. The answer stands beside it, and is said again where it differs."""
    who = ", ".join(part for part in (one["seat_words"], one["organisation"]) if part)
    marked = _(" (could gain: evidence only)") if one["could_gain"] else ""
    other = "" if one["said"] == agreed else _(", who said “%s”") % one["said"]
    because = f": {one['reason']}" if one["reason"] else ""
    return f"{who}{marked}{other}{because}"


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
    return blocks.section(
        "routes",
        _("Every route, and why or why not"),
        blocks.note(what_practice_is()),
        blocks.table(
            _("Routes that were open, best first"),
            [_("Route"), _("Because"), _("It would come first if")],
            [(_route(one), _because(one), _would(one)) for one in open_],
        ),
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


def _without_own_rules(one: Row) -> Row:
    """A route without what another body's rules say of it."""
    return one | {"because": [each for each in one["because"] if each["effect"] != "note"]}


def _route(one: Row) -> str:
    if one["standing"] != "recommended":
        return str(one["title"])
    return str(_("%s (recommended)") % one["title"])


def _would(one: Row) -> str:
    """What would have to be different; for a route that nothing would put first, that."""
    if one["if"]:
        return _lines([change["words"] for change in one["if"]])
    if one["standing"] == "recommended":
        return _("It comes first.")
    if one["option"] == "stop_and_take_advice":
        return _("It is always there: no answer ranks it.")
    return _("No change that was tried, of one to three answers about the place, does it.")


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
    return _lines(said) or _("No answer speaks for it or against it.")


def _cited(reason: Row) -> str:
    """Law by its act; practice named as that, so that nobody takes it for law."""
    return f"{_('Practice')}: {cited(reason)}" if is_practice(reason) else str(reason["source"])


def _of_the_place(words: str) -> str:
    """A walk speaks to who walks it (“Your own rules ask”); a record speaks of the place."""
    return words.removeprefix("Your own rules ask, ").removeprefix("Your own ")


def _lines(said: list[str]) -> str:
    """One below the other, each with its bullet where there are several."""
    return "\n".join(f"• {one}" for one in said) if len(said) > 1 else "".join(said)


def without(question: Question) -> Section | None:
    """The ranking without the answers of those who could gain."""
    found = rests_on(question)
    if found is None:
        return None
    result: Row = found.result or {}
    if result["same_without"]:
        said: Block | None = blocks.text(
            _("The same routes in the same order, with and without the seats that could gain.")
        )
    else:
        said = blocks.table(
            _("The ranking with, and without, the answers of those who could gain"),
            [_("Place"), _("With them"), _("Without them")],
            [
                (number, _place(one), _place(other))
                for number, (one, other) in enumerate(
                    zip(result["ranked"], result["without"], strict=True), 1
                )
            ],
        )
    return blocks.section(
        "without", _("The ranking without those who could gain"), said, _parted(result)
    )


def _place(one: Row) -> str:
    return f"{one['title']} ({str(STANDINGS[one['standing']]).lower()})"


def _parted(result: Row) -> Block | None:
    """What those who could gain said, so that a reader sees what was taken out."""
    rows = [
        (step["text"], seat["organisation"] or seat["seat_words"], seat["said"], seat["reason"])
        for step in result["path"]
        for seat in step["seats"]
        if seat["could_gain"]
    ]
    return blocks.table(
        _("The answers that were taken out"),
        [_("Question"), _("Who"), _("Answer"), _("Why")],
        rows,
    )


def chosen(decision: Decision) -> Row:
    """The chosen route as the walk found it; an empty one where it did not."""
    found = rests_on(decision.question)
    ranked = (found.result or {}).get("ranked", []) if found else []
    return next((one for one in ranked if one["option"] == decision.route), {})


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
                (one["title"], _("Yes") if one["fits"] else _("No"), _because(one))
                for one in result["forms"]
                if own is None or one["title"] in own
            ],
        ),
    )


def _form_chosen(decision: Decision, result: Row) -> list[Block | None]:
    """The form that was chosen, what to see to in it, and why nobody else is asked if so."""
    one = next((form for form in result["forms"] if form["form"] == decision.form), None)
    if one is None:
        return []
    return [
        blocks.text(_("The form that was chosen: %s.") % one["title"]),
        blocks.items(one.get("conditions", [])),
        blocks.heading(_("Why nobody else is asked")) if decision.no_call else None,
        blocks.text(decision.no_call),
    ]


def notices(decision: Decision, *, own_rules: bool = False) -> list[str]:
    """What must be published for the chosen route; or what the place's own rules say of it."""
    if own_rules and not own_rules_bind(decision):
        return []
    return [
        _note(one)
        for one in _of_the_route(decision, "notices")
        if (one["id"] in OWN_RULES) is own_rules
    ]


def own_rules_bind(decision: Decision) -> bool:
    """Whether the sheet that the walk cites is of the body that buys and of the kind that decides.

    A cabinet's rules, its key decisions and its call-in are no parish's and no NHS board's.
    """
    found = rests_on(decision.question)
    return found is not None and binds_who_decides(
        found.sheet, decision.question, decision.body_kind
    )


def key_by_own_sum(decision: Decision) -> list[str]:
    """What the walk noted where the body's own rules sheet makes it a key decision."""
    if not own_rules_bind(decision):
        return []
    found = rests_on(decision.question)
    told: list[Row] = (found.result or {}).get("notices", []) if found else []
    return [str(one["words"]) for one in told if one["id"] == "key_decision"]


def to_do(decision: Decision) -> Section | None:
    """What must be checked before anybody relies on the walk, for the chosen route."""
    found = rests_on(decision.question)
    if found is None:
        return None
    checks, warnings = (
        [_note(one) for one in _of_the_route(decision, kind)] for kind in ("checks", "warnings")
    )
    return blocks.section(
        "checks",
        _("What must be checked"),
        blocks.heading(_("Check before relying on it")) if checks else None,
        blocks.items(_below_its_heading(one) for one in checks),
        blocks.heading(_("Warnings")) if warnings else None,
        blocks.items(warnings),
    )


def _of_the_route(decision: Decision, kind: str) -> list[Row]:
    """Notes of one kind: those of every route, and those of the chosen one; all before that."""
    found = rests_on(decision.question)
    rows: list[Row] = (found.result or {}).get(kind, []) if found else []
    if not decision.route:
        return rows
    title = chosen(decision).get("title", "")
    return [one for one in rows if not one.get("routes") or title in one["routes"]]


def _below_its_heading(words: str) -> str:
    """A check without the words of the heading that it stands under."""
    left = words.removeprefix("Check before relying on it: ")
    return left[:1].upper() + left[1:]


def _note(one: Row) -> str:
    return f"{one['words']} ({one['source']})" if one["source"] else str(one["words"])


def whole_tree(question: Question) -> Section | None:
    """The tree as it was walked, to hang on a wall."""
    found = rests_on(question)
    if found is None:
        return None
    return blocks.section("tree", _("The whole tree"), pictures.tree(found))
