"""The result record: the story of a vote on paper, for committee, auditor and resident."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.design.when import day, moment_zone
from commissioning.documents.models import IssuedDocument
from commissioning.documents.types import DocumentType, document_types
from commissioning.ground.answers import Answer, no
from commissioning.ground.money import money_text
from commissioning.programmes.rules import Person, may_decide, may_run
from participation.budgeting.desk import part_fit_in_words, rule_in_words
from participation.budgeting.models import Round
from participation.budgeting.result_page import Line, Purse, Result, result_of
from participation.budgeting.rules import may_see_result
from participation.budgeting.styles import styles
from participation.budgeting.terms import read
from places.directory.models import Place

RECORD = "budgeting.result"


def data(round_id: UUID) -> dict[str, Any]:
    """Everything the record says; an allow list."""
    round_ = _round(round_id)
    result = result_of(round_)
    if result is None:
        raise ValueError("a round has a record once it is counted")
    terms = read(round_.config)
    closing = round_.closing
    return {
        "title": round_.title,
        "programme": round_.programme.title,
        "place": round_.programme.place.name,
        "hall": round_.hall,
        "opened": moment_zone(round_.opened_at),
        "closed": moment_zone(round_.closed_at),
        "closed_early": _closed_early(round_),
        "moved": [
            {
                "from": moment_zone(move.moved_from),
                "to": moment_zone(move.moved_to),
                "why": move.reason,
            }
            for move in round_.closes_moved.all()
        ],
        "eligibility": round_.eligibility,
        "minimum_age": round_.minimum_age,
        "how_to_vote": styles[terms.style].instructions(terms),
        "rule": rule_in_words(round_),
        "part_fit": part_fit_in_words(round_),
        "ties": round_.tie_seed,
        "adopted_by": {"body": round_.adopting_body, "power": round_.adopting_power},
        "declaration_sha256": round_.config_sha256,
        "ballots_sha256": closing.digest,
        "gate": _gate(round_),
        "numbers": {
            "printed": closing.electors,
            "handed_out": closing.handed_out,
            "spare_void": closing.spare_void,
            "called_in": closing.called_in,
            "unused": closing.unused,
            "used": closing.used,
            "paper": closing.slips,
            "ballots": closing.ballots,
            "blank": closing.blank,
        },
        "budget": money_text(round_.budget, round_.currency),
        "awarded": money_text(result.awarded, round_.currency),
        "winners": result.winners,
        "ideas": result.ideas,
        "is_adopted": result.is_adopted,
        "purses": [_purse(purse, round_.currency) for purse in result.purses],
        "decisions": _decisions(result),
    }


def _decisions(result: Result) -> list[dict[str, Any]]:
    """What was decided, each reason once with the ideas that it was given for."""
    told: dict[tuple[str, ...], list[str]] = {}
    for purse in result.purses:
        for line in (*purse.funded, *purse.unfunded):
            if line.decision is not None:
                said = line.decision
                words = str(said.get_decision_display())
                key = (words, day(said.decided_on), said.body, said.power, said.reason)
                told.setdefault(key, []).append(f"{line.project.number}. {line.project.title}")
    names = ("decision", "decided", "body", "power", "reason")
    return [dict(zip(names, key, strict=True)) | {"ideas": ideas} for key, ideas in told.items()]


def _closed_early(round_: Round) -> dict[str, str]:
    early = getattr(round_, "closed_early", None)
    if early is None:
        return {}
    return {"announced": moment_zone(round_.closes_at), "why": early.reason}


def _gate(round_: Round) -> str:
    lift = getattr(round_.programme, "gate_lift", None)
    if lift is None:
        return _("Kept: no amount was shown before the vision was agreed.")
    return _("Lifted early on %(day)s: %(why)s") % {"day": day(lift.created_at), "why": lift.reason}


def _purse(purse: Purse, currency: str) -> dict[str, Any]:
    return {
        "area": purse.area,
        "budget": money_text(purse.budget, currency),
        "spent": money_text(purse.spent, currency),
        "left": money_text(purse.left, currency),
        "hidden": purse.hidden,
        "voters": None if purse.hidden else purse.voters,
        "satisfied_percent": "" if purse.hidden else purse.satisfied_percent,
        "money_each": "" if purse.hidden else money_text(purse.money_each, currency),
        "funded": [_line(line, currency) for line in purse.funded],
        "unfunded": [_line(line, currency) for line in purse.unfunded],
    }


def _line(line: Line, currency: str) -> dict[str, Any]:
    project, decision = line.project, line.decision
    return {
        "number": project.number,
        "title": project.title,
        "owner": project.owner.name if project.owner else "",
        "area": project.area.name if project.area else "",
        "cost": money_text(project.cost, currency),
        "figure": line.figure,
        "reserve": line.reserve,
        "offered": _amount(line.offered, currency),
        "withdrawn": project.withdrawn_reason,
        "decision": str(decision.get_decision_display()) if decision else "",
        "awarded": _amount(line.awarded, currency),
    }


def _amount(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else money_text(amount, currency)


def may_issue(user: Person, round_id: UUID) -> Answer:
    """Officers who could not gain, once the result is published."""
    round_ = _round(round_id)
    if round_.published_at is None:
        return no(_("The record is issued once the result is published."))
    return may_run(user, round_.programme) & may_decide(user, round_.programme)


def may_read(user: Person, round_id: UUID) -> Answer:
    """Whoever may see the result."""
    return may_see_result(user, _round(round_id))


def place_of(round_id: UUID) -> Place:
    """The place whose name and number the record carries."""
    return _round(round_id).programme.place


def is_public(round_id: UUID) -> bool:
    """A published result of a programme that anyone may read."""
    round_ = _round(round_id)
    return round_.published_at is not None and round_.programme.is_public


def decision(facts: dict[str, Any]) -> str:
    """The record in a sentence, shown where its number is checked."""
    return ngettext(
        "%(winners)d of %(ideas)d idea had the votes to be funded; "
        "%(awarded)s of %(budget)s awarded.",
        "%(winners)d of %(ideas)d ideas had the votes to be funded; "
        "%(awarded)s of %(budget)s awarded.",
        facts["ideas"],
    ) % {name: facts[name] for name in ("winners", "ideas", "awarded", "budget")}


def keep(round_id: UUID, issued: IssuedDocument) -> None:
    """The round points to its newest record."""
    Round.objects.filter(pk=round_id).update(record=issued)


def _round(round_id: UUID) -> Round:
    return Round.objects.select_related("programme__place", "programme__gate_lift", "closing").get(
        pk=round_id
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        RECORD,
        DocumentType(
            name=RECORD,
            label=gettext_lazy("Result record"),
            template="participation/budgeting/results/record.html",
            data=data,
            rule=may_issue,
            place=place_of,
            title=lambda facts: _("Result of the vote: %s") % facts["title"],
            on_issued=keep,
            page=lambda round_id: reverse("budgeting:result", args=[round_id]),
            may_read=may_read,
            is_public=is_public,
            decision=decision,
        ),
    )
