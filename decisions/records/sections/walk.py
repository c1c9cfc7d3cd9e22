"""What the walk of the tree says: the path, every route with its why, what to publish and check."""

from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.when import day
from decisions.questions.models import Question
from decisions.records import blocks, pictures
from decisions.records.blocks import Block, Section
from decisions.records.models import Decision, DutyAnswer
from decisions.trees.compared import differences, rise_at, rise_in_words
from decisions.trees.grounds import how_many_known, need_in_doubt
from decisions.trees.models import Appraisal, Seat
from decisions.trees.regime import Regime, regime_of, regime_of_route
from decisions.trees.since import made_before
from decisions.trees.summary import OWN_RULES
from decisions.trees.whose import binds_who_decides
from decisions.trees.without import without_in_words

Row = dict[str, Any]
# The duty that answers a check of a tree, by the ids of both.
DUTY_OF: Final = {
    "conflicts": "conflicts",
    "engagement_fairness": "engagement_fairness",
    "equality": "equality",
    "grant_conflicts": "conflicts",
    "grant_power": "grant_power",
    "grant_vat": "vat",
    "health_conflicts": "conflicts",
    "key_criteria": "key_criteria",
    "lots": "lots",
    "policy_statement": "small_suppliers",
    "reorganisation_consent": "reorganisation",
    "small_suppliers": "small_suppliers",
    "social_value": "social_value",
    "staff_transfer": "staff_transfer",
    "subsidy_every_hand": "subsidy",
}
STANDINGS: Final = {
    "recommended": _("Recommended"),
    "possible": _("Possible"),
    "excluded": _("Closed"),
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
                (_("Lifetime value"), rise_in_words(question, result["path"])),
                (_("By the sum decided"), rise_at(result["path"], decision.amount)),
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
        blocks.items(_evidence(result)),
        _recommended(result),
    )


def _evidence(result: Row) -> list[str]:
    """Each piece once, with the questions that it was laid beside."""
    texts = {step["question"]: step["text"] for step in result["path"]}
    beside: dict[str, dict[str, None]] = {}
    for one in result["evidence"]:
        asked = texts.get(one["question"])
        beside.setdefault(one["words"], {}).update({asked: None} if asked else {})
    return [
        _("%(words)s. Laid beside: %(questions)s")
        % {
            "words": words.removesuffix("."),
            "questions": "; ".join(f"“{asked}”" for asked in questions),
        }
        if questions
        else words
        for words, questions in beside.items()
    ]


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
    return bulleted(said)


def _seat(one: Row, agreed: str) -> str:
    """Who said it and why. The answer stands beside it, and is said again where it differs."""
    who = ", ".join(part for part in (_role(one), one["organisation"]) if part)
    marked = _(" (could gain: evidence only)") if one["could_gain"] else ""
    other = "" if one["said"] == agreed else _(", who said “%s”") % one["said"]
    because = f": {one['reason']}" if one["reason"] else ""
    return f"{who}{marked}{other}{because}"


def _role(one: Row) -> str:
    """The seat's role. A walk locked long ago called everybody a commissioner who was no other."""
    if one["could_gain"] and one["seat_words"] == str(Seat.COMMISSIONER.label):
        return _("Member")
    return str(one["seat_words"])


def bulleted(said: list[str]) -> str:
    """One below the other, each with its bullet where there are several."""
    return "\n".join(f"• {one}" for one in said) if len(said) > 1 else "".join(said)


def without(question: Question) -> Section | None:
    """The ranking without the answers of those who could gain."""
    found = rests_on(question)
    if found is None:
        return None
    result: Row = found.result or {}
    said: list[Block | None]
    gain = any(seat["could_gain"] for step in result["path"] for seat in step["seats"])
    if result["same_without"] and not gain:
        said = [
            blocks.text(
                _("Nobody who could gain answered in the walk, so nothing had to be taken out.")
            )
        ]
    else:
        said = [*(blocks.text(one) for one in without_in_words(result)), _two_rankings(result)]
    return blocks.section(
        "without", _("The ranking without those who could gain"), *said, _parted(result)
    )


def _two_rankings(result: Row) -> Block | None:
    """Place by place, where they differ and both are there."""
    if result["same_without"] or not result["without"]:
        return None
    return blocks.table(
        _("The ranking with, and without, the answers of those who could gain"),
        [_("Place"), _("With them"), _("Without them")],
        [
            (number, _place(one), _place(other))
            for number, (one, other) in enumerate(
                zip(result["ranked"], result["without"], strict=True), 1
            )
        ],
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


def answered_by(question: Question) -> dict[UUID, int]:
    """By membership: how many questions of the walk that the decision rests on each answered."""
    found = rests_on(question)
    if found is None:
        return {}
    rows = found.answers.order_by().values_list("membership_id")
    return dict(rows.annotate(Count("key", distinct=True)))


def answer_in_walk(decision: Decision, key: str) -> str:
    """What the walk that the decision rests on answered to one question; "" where it did not."""
    found = rests_on(decision.question)
    path: list[Row] = (found.result or {}).get("path", []) if found else []
    return next((str(one["answer"]) for one in path if one["question"] == key), "")


def regime_of_decision(decision: Decision) -> Regime:
    """The law that the chosen route is under, by the walk that the decision rests on."""
    found = rests_on(decision.question)
    return regime_of_route(decision.route) if found is None else regime_of(found, decision.route)


def chosen(decision: Decision, route: str = "") -> Row:
    """The chosen route, or another, as the walk found it; an empty one where it did not."""
    found = rests_on(decision.question)
    ranked = (found.result or {}).get("ranked", []) if found else []
    return next((one for one in ranked if one["option"] == (route or decision.route)), {})


def notices(decision: Decision, *, own_rules: bool = False) -> list[str]:
    """What must be published for the chosen route; or what the place's own rules say of it."""
    if own_rules and not own_rules_bind(decision):
        return []
    return [
        _note(one)
        for one in _of_the_route(decision, "notices")
        if (one["id"] in OWN_RULES) is own_rules
    ]


def recommended_by_walk(decision: Decision) -> dict[str, str]:
    """The routes that the walk recommends, by id with their titles."""
    found = rests_on(decision.question)
    ranked: list[Row] = (found.result or {}).get("ranked", []) if found else []
    return {one["option"]: one["title"] for one in ranked if one["standing"] == "recommended"}


def equal_with(decision: Decision, route: str = "") -> dict[str, str]:
    """The other routes that stand first together with the chosen one, by id with their titles."""
    first, own = recommended_by_walk(decision), route or decision.route
    return {one: title for one, title in first.items() if one != own} if own in first else {}


def standstill_due(decision: Decision) -> bool:
    """Whether the walk notes a standstill that must be kept for the chosen route."""
    due = {"standstill", "health_standstill"}
    return any(one["id"] in due for one in _of_the_route(decision, "notices"))


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


def own_key_sum(decision: Decision) -> Decimal | None:
    """From which sum the body's own rules sheet calls a decision key; None where it says none."""
    found = rests_on(decision.question)
    if found is None or found.sheet is None or not own_rules_bind(decision):
        return None
    least = found.sheet.content.get("key_decision_sum")
    return None if least in (None, "") else Decimal(str(least))


def how_known(decision: Decision) -> str:
    """On how many answers the ranking rests, where some were not known."""
    found = rests_on(decision.question)
    return how_many_known((found.result or {})["path"]) if found else ""


def in_doubt(decision: Decision) -> str:
    """That nobody knows yet whether what the chosen route would buy is needed; else ""."""
    found, route = rests_on(decision.question), chosen(decision)
    return need_in_doubt((found.result or {})["path"], [route]) if found and route else ""


def to_do(decision: Decision) -> Section | None:
    """What must be checked before anybody relies on the walk, for the chosen route."""
    found = rests_on(decision.question)
    if found is None:
        return None
    checks = [
        f"{_note(one)} {_where_answered(decision, one)}".strip()
        for one in _of_the_route(decision, "checks")
    ]
    warnings = [_note(one) for one in _of_the_route(decision, "warnings")]
    path, walked_on = (found.result or {})["path"], timezone.localdate(found.created_at)
    if doubt := in_doubt(decision):
        checks = [doubt, *checks]
    told = differences(decision.question, path, found.begins_on, walked_on)
    warnings += [one.words for one in told]
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


def _where_answered(decision: Decision, one: Row) -> str:
    """Where this record answers a check already: among its duties, or with who decides."""
    if one["id"] == "key_decision_notice" and decision.is_key is not None:
        return _("The answer stands under who decides, and how.")
    standing = {answer.key: answer.standing for answer in decision.duties.all()}
    # What is still to be done is no answer.
    if standing.get(DUTY_OF.get(one["id"], "")) in {None, DutyAnswer.Standing.TO_DO}:
        return ""
    return _("The answer stands under the duties.")


def _note(one: Row) -> str:
    words = in_a_record(one["words"])
    return f"{words} ({one['source']})" if one["source"] else words


def in_a_record(words: str) -> str:
    """A walk speaks to who walks it (“your own sum”); a record speaks of the place."""
    return words.replace("your own sum", "the place's own sum").replace(
        "your constitution", "the constitution"
    )


def whole_tree(question: Question) -> Section | None:
    """The tree as it was walked, to hang on a wall."""
    found = rests_on(question)
    if found is None:
        return None
    return blocks.section("tree", _("The whole tree"), pictures.tree(found))
