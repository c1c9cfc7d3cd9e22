"""The ways to reach a decision: the same 404 for what is not there and what is not yours."""

from uuid import UUID

from django.http import Http404

from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import Person, may_run, membership_of
from decisions.records.models import Comment, Decision
from decisions.records.rules import may_show


def decision_or_404(user: Person, slug: str, decision_id: UUID) -> Decision:
    """A decision that the person may see; a draft for those who run the programme."""
    programme = programme_or_404(user, slug)
    decision = (
        Decision.objects.filter(pk=decision_id, question__programme=programme)
        .select_related("question__who_buys", "recommended_by", "record", "public_record")
        .first()
    )
    if decision is None:
        raise Http404
    decision.question.programme = programme
    if not may_show(user, decision):
        raise Http404
    return decision


def member_decision_or_404(user: Person, slug: str, decision_id: UUID) -> Decision:
    """The decision, for members of its programme."""
    decision = decision_or_404(user, slug, decision_id)
    if membership_of(user, decision.question.programme) is None:
        raise Http404
    return decision


def run_decision_or_404(user: Person, slug: str, decision_id: UUID) -> Decision:
    """The decision, for those who run its programme."""
    decision = decision_or_404(user, slug, decision_id)
    if not may_run(user, decision.question.programme):
        raise Http404
    return decision


def comment_or_404(decision: Decision, comment_id: UUID) -> Comment:
    """A comment on a decision that the caller has reached already."""
    comment = decision.comments.select_related("by").filter(pk=comment_id).first()
    if comment is None:
        raise Http404
    return comment
