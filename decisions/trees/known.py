"""What a walk need not ask a member: the question answers it, or they said it in a walk before."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground.money import money_text
from commissioning.programmes.models import Membership
from decisions.questions.level_field import entries_of
from decisions.questions.models import Question
from decisions.trees.engine import AnswerError
from decisions.trees.engine.answers import answer_text, read_answer
from decisions.trees.from_question import facts_of
from decisions.trees.here import plain_path
from decisions.trees.models import LONGEST_REASON, Seat, SeatAnswer
from decisions.trees.pinned import rules_of
from decisions.trees.results import in_words
from decisions.trees.standpoint import Standing
from decisions.trees.versions import sheet_in_force

# Facts of the body that buys: the same in every walk of what it buys.
OF_THE_BODY: Final = frozenset({"buyer", "reorganisation"})
TALKS: Final = "providers_took_part"
WITH_VAT: Final = Decimal("1.2")


@dataclass(frozen=True, slots=True)
class Known:
    """One question that is answered already. ``reason`` is kept with the answer, for the record."""

    key: str
    text: str
    value: str
    said: str
    why: str
    reason: str


def known_for(standing: Standing, member: Membership | None) -> list[Known]:
    """In the tree's order: what this member has not answered here, and need not be asked.

    Four queries, and four for the talks that were kept.
    """
    if member is None or standing.walk.is_what_if or standing.working.walked.complete:
        return []
    told = {
        **_said_before(standing, member),
        **_taken_over(standing, member),
        **_talks(standing),
        **_from_question(standing),
    }
    found = {}
    for key, question in standing.tree.questions.items():
        if key not in told or standing.own(key, member) or key in standing.working.settled:
            continue
        raw, why, reason = told[key]
        try:
            value = read_answer(question, raw)
        except AnswerError:
            continue
        said = in_words(question, value)
        found[key] = Known(key, question.text, answer_text(value), said, why, reason)
    # What this walk will hardly come to is not listed: it stands filled in where it is asked.
    asked = plain_path(standing, {key: one.value for key, one in found.items()})
    return [one for key, one in found.items() if key in asked]


def from_question(standing: Standing) -> dict[str, str]:
    """By question of the tree: the sentence that an answer is kept with that the question gave."""
    return {key: reason for key, (_value, _why, reason) in _from_question(standing).items()}


_Told = Mapping[str, tuple[object, str, str]]


def _from_question(standing: Standing) -> _Told:
    walk = standing.walk
    facts = facts_of(walk.question, timezone.localdate(walk.created_at))
    return {
        key: (fact.value, said, said)
        for key, fact in facts.items()
        for said in (_("From the question: %s") % fact.why,)
    }


def _talks(standing: Standing) -> _Told:
    """Organisations took part, where the file of this question has a line about one."""
    if TALKS not in standing.tree.questions:
        return {}
    buyer = standing.walk.question.who_buys_id
    lines = [one for one in entries_of(standing.walk.question) if one.organisation_id != buyer]
    if not lines:
        return {}
    words = ngettext(
        "From the level-playing-field file: %d line of it is about this question.",
        "From the level-playing-field file: %d lines of it are about this question.",
        len(lines),
    )
    said = words % len(lines)
    return {TALKS: ("yes", said, said)}


def _said_before(standing: Standing, member: Membership) -> _Told:
    """What this member last said in other walks of the question, with the same reason; and of the
    body, in any walk of what it buys in the programme."""
    question = standing.walk.question
    rows = (
        SeatAnswer.objects.filter(
            membership=member,
            appraisal__what_if_of=None,
            appraisal__question__programme=question.programme_id,
        )
        .exclude(appraisal=standing.walk)
        .select_related("appraisal__question")
        .order_by("created_at", "number")
    )
    found = {}
    for row in rows:
        asked = row.appraisal.question
        same = asked.pk == question.pk
        of_body = row.key in OF_THE_BODY and asked.who_buys_id == question.who_buys_id
        if same or of_body:
            said = _("As was said in “%s”.")
            why = said % (row.appraisal.title if same else asked.title)
            # Where it was said there as said elsewhere, that is where it comes from.
            if row.reason.startswith(said.partition("%s")[0]):
                why = row.reason
            found[row.key] = (row.value, why, row.reason or why)
    return found


def _taken_over(standing: Standing, member: Membership) -> _Told:
    """What the walk that was locked last went by, for a commissioner to look through: walked again,
    nothing is said twice. Facts of the question, and those of the day, are looked up anew."""
    if Seat.of(member.role) != Seat.COMMISSIONER:
        return {}
    locked = standing.walk.question.appraisals.filter(locked_at__isnull=False)
    before = locked.order_by("-locked_at").only("title", "result").first()
    if before is None:
        return {}
    taken = _("Taken over from “%s”.")
    why, head = taken % before.title, taken.partition("%s")[0]
    found = {}
    for row in (before.result or {})["path"]:
        reason = _reason_of(row)
        # Taken over twice, it says from where once.
        reason = reason.partition("”. ")[2] if reason.startswith(head) else reason
        found[row["question"]] = (row["answer"], why, f"{why} {reason}".strip()[:LONGEST_REASON])
    return found


def _reason_of(row: Mapping[str, Any]) -> str:
    """Why a locked walk went by an answer: as it was settled, or as a seat said that said so."""
    if row["settled"]:
        return str(row["settled"]["reason"])
    said = (seat["reason"] for seat in row["seats"] if seat["answer"] == row["answer"])
    return next((reason for reason in said if reason), "")


def begin_lead(question: Question) -> str:
    """How a walk goes, and what becomes of what the one before it said, for whoever begins one."""
    lead = " ".join(
        [
            _("One question at a time. Others answer from their own seats, when it suits them."),
            *_is_small(question),
        ]
    )
    locked = question.appraisals.filter(locked_at__isnull=False).order_by("-locked_at")
    title = locked.values_list("title", flat=True).first()
    if title is None:
        return lead
    more = _(
        "What “%s” said is taken over: you look through it on one page, and what you untick is "
        "asked anew. The question's own facts, and those of the day, are looked up again."
    )
    return f"{lead} {more % title}"


def _is_small(question: Question) -> list[str]:
    """Of a sum that its body's own rules ask least for: that a walk may be more than it needs.

    Two queries.
    """
    value, sheet = question.net_of_everything, sheet_in_force(question, timezone.localdate())
    rules = rules_of(sheet)
    if value is None or rules is None or len(rules.quotation_levels) < 2:
        return []
    # The levels count VAT, which is at most a fifth on top.
    level = rules.level(value * WITH_VAT)
    lowest = min(rules.quotation_levels, key=lambda one: one.at_least)
    if level is not None and level != lowest:
        return []
    words = _(
        "Where it is bought, your own rules ask at %(sum)s for: %(asks)s. A walk helps where "
        "people disagree, or a record must say why; otherwise a note of the reason may be enough."
    )
    asks = level.ask if level else _("nothing")
    return [words % {"sum": money_text(value), "asks": asks}]
