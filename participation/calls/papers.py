"""The PDF that an applicant keeps: exactly what was submitted, with when it was received."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.design.when import moment_zone
from commissioning.documents.types import DocumentType, document_types
from commissioning.ground.answers import Answer, no
from commissioning.ground.money import money_text
from participation.calls import rules
from participation.calls.models import Submission
from participation.calls.rules import Person
from places.directory.models import Place
from places.directory.rules import acts_for

RECEIPT = "calls.submission"


def _submission(submission_id: UUID) -> Submission | None:
    return (
        Submission.objects.filter(pk=submission_id)
        .select_related(
            "expression__call__programme__place", "expression__organisation", "expression__standing"
        )
        .first()
    )


def data(submission_id: UUID) -> dict[str, Any]:
    """What the paper says; an allow list."""
    submission = Submission.objects.select_related(
        "expression__call__programme__place", "expression__organisation"
    ).get(pk=submission_id)
    expression = submission.expression
    return {
        "received_in_words": moment_zone(submission.at),
        "amounts": _amounts(submission.content["budget"]),
        "call": expression.call.title,
        "programme": expression.call.programme.title,
        "place": expression.call.programme.place.name,
        "number": expression.number,
        "version": submission.number,
        "received": timezone.localtime(submission.at).isoformat(timespec="seconds"),
        "late": submission.late_id is not None,
        "digest": submission.digest,
        "content": submission.content,
    }


def _amounts(budget: dict[str, Any]) -> dict[str, Any]:
    """The budget's amounts as people write them: a snapshot keeps them as plain numbers."""
    currency = budget["currency"]

    def written(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [
            {"what": row["what"], "amount": money_text(Decimal(row["amount"]), currency)}
            for row in rows
        ]

    return {
        "asked": money_text(Decimal(budget["asked"]), currency),
        "costs": money_text(Decimal(budget["costs"]), currency),
        "lines": written(budget["lines"]),
        "match": written(budget["match"]),
    }


def may_have(user: Person, submission_id: UUID) -> Answer:
    """The organisation that submitted it; assessors who may read it."""
    submission = _submission(submission_id)
    if submission is None:
        return no(_("There is no such submission."))
    own = acts_for(user, submission.expression.organisation)
    if own or submission.expression.standing_id != submission.pk:
        return own
    return rules.may_read(user, submission.expression)


def place_of(submission_id: UUID) -> Place:
    """The place whose name the paper carries."""
    submission = _submission(submission_id)
    assert submission is not None
    return submission.expression.call.programme.place


def page_of(submission_id: UUID) -> str:
    """The expression whose version it is."""
    submission = Submission.objects.only("expression_id").get(pk=submission_id)
    return reverse("calls:expression", args=[submission.expression_id])


def title_of(facts: dict[str, Any]) -> str:
    """The paper's title."""
    return f"EOI {facts['number']}: {facts['content']['project']['name']}"


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        RECEIPT,
        DocumentType(
            name=RECEIPT,
            label=_("Expression of interest"),
            template="participation/calls/documents/submission.html",
            data=data,
            rule=may_have,
            place=place_of,
            title=title_of,
            may_read=may_have,
            page=page_of,
        ),
    )
