"""The ways to reach money: always through a programme that the person may see, its gate open."""

from uuid import UUID

from django.http import Http404

from commissioning.ground.answers import require
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, may_run, money_gate
from places.spending.models import Annotation, ClassificationRule, Payee, SpendingLine


def spending_programme_or_404(user: Person, slug: str) -> Programme:
    """A programme whose gate is open. The reason is told where it is closed."""
    programme = programme_or_404(user, slug)
    require(money_gate(programme))
    return programme


def sorted_programme_or_404(user: Person, slug: str) -> Programme:
    """The same, for those who run it."""
    programme = spending_programme_or_404(user, slug)
    if not may_run(user, programme):
        raise Http404
    return programme


def line_or_404(programme: Programme, line_id: UUID) -> SpendingLine:
    """A line of the programme's place."""
    line = (
        SpendingLine.objects.filter(pk=line_id, place=programme.place_id)
        .select_related("payee__organisation", "payer", "source__run", "area")
        .first()
    )
    if line is None:
        raise Http404
    return line


def payee_or_404(programme: Programme, payee_id: UUID) -> Payee:
    """A payee of the programme's place."""
    payee = Payee.objects.filter(pk=payee_id, place=programme.place_id).first()
    if payee is None:
        raise Http404
    return payee


def rule_or_404(programme: Programme, rule_id: UUID) -> ClassificationRule:
    """A rule of the programme."""
    rule = (
        ClassificationRule.objects.filter(pk=rule_id, programme=programme)
        .select_related("programme", "outcome", "by")
        .first()
    )
    if rule is None:
        raise Http404
    return rule


def note_or_404(programme: Programme, note_id: UUID) -> Annotation:
    """Something said about money that is not hidden."""
    note = (
        Annotation.objects.filter(pk=note_id, programme=programme, hidden_at=None)
        .select_related("programme", "by", "payee", "line__payee", "outcome")
        .first()
    )
    if note is None:
        raise Http404
    return note
