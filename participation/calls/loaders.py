"""The ways to reach a call or an expression: one 404 for what is not there and not yours."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from commissioning.ground.answers import require
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_run, money_gate
from participation.calls.models import Attachment, BallotEntry, Call, Expression
from participation.calls.rules import Person, assesses, conflict_of, may_see_list
from places.directory.rules import acts_for


def call_or_404(user: Person, slug: str, call_id: UUID) -> Call:
    """A published call of a programme the person may see; a draft for those who run it.

    Nothing of a call is shown while the programme may not speak of money.
    """
    programme = programme_or_404(user, slug)
    call = (
        Call.objects.filter(pk=call_id, programme=programme)
        .select_related("programme__place", "programme__led_by")
        .first()
    )
    if call is None or not (call.is_published or may_run(user, programme)):
        raise Http404
    require(money_gate(programme))
    return call


def run_call_or_404(user: Person, slug: str, call_id: UUID) -> Call:
    """The call, for those who run it."""
    call = call_or_404(user, slug, call_id)
    if not may_run(user, call.programme):
        raise Http404
    return call


def assessed_call_or_404(user: Person, slug: str, call_id: UUID) -> Call:
    """The call, for those who assess or run it; who could gain is told why not."""
    call = call_or_404(user, slug, call_id)
    if not (may_run(user, call.programme) or assesses(user, call)):
        raise Http404
    require(may_see_list(user, call))
    return call


def own_expression_or_404(user: Person, expression_id: UUID) -> Expression:
    """An expression of an organisation that the person acts for."""
    expression = _expressions().filter(pk=expression_id).first()
    if expression is None or not acts_for(user, expression.organisation):
        raise Http404
    require(money_gate(expression.call.programme))
    return expression


def assessed_expression_or_404(
    user: Person, slug: str, call_id: UUID, expression_id: UUID
) -> Expression:
    """A submitted expression, for assessors without a conflict. A conflict is told, not hidden."""
    call = assessed_call_or_404(user, slug, call_id)
    expression = _expressions().filter(call=call, pk=expression_id, standing__isnull=False).first()
    if expression is None:
        raise Http404
    require(conflict_of(user, expression))
    return expression


def attachment_or_404(expression: Expression, attachment_id: UUID) -> Attachment:
    """A file of an expression that the caller has reached already."""
    attachment = expression.attachments.filter(pk=attachment_id).first()
    if attachment is None:
        raise Http404
    return attachment


def entry_expression_or_404(user: Person, expression_id: UUID) -> Expression:
    """An expression whose ballot entry the person could prepare: theirs, or of a call they run."""
    expression = _expressions().filter(pk=expression_id).first()
    if expression is None or not (
        acts_for(user, expression.organisation) or may_run(user, expression.call.programme)
    ):
        raise Http404
    require(money_gate(expression.call.programme))
    return expression


def shown_picture_or_404(user: Person, entry_id: UUID) -> BallotEntry:
    """A ballot picture: public once the entry is ready, before that for those preparing it."""
    entry = (
        BallotEntry.objects.filter(pk=entry_id)
        .exclude(picture="")
        .select_related("expression__call__programme", "expression__organisation")
        .first()
    )
    if entry is None:
        raise Http404
    expression = entry.expression
    public = entry.ready and expression.call.programme.is_public
    if not (
        public
        or acts_for(user, expression.organisation)
        or may_run(user, expression.call.programme)
    ):
        raise Http404
    return entry


def _expressions() -> QuerySet[Expression]:
    return Expression.objects.select_related(
        "call__programme__place", "organisation", "standing", "decision", "feedback"
    )
