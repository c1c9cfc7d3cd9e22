"""The ways to reach a round and what is in it: one 404 for what is not there and not yours."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from commissioning.ground.answers import require
from commissioning.programmes.rules import Person, may_run, may_see, money_gate
from participation.budgeting.models import Project, Round


def _rounds() -> "QuerySet[Round]":
    return Round.objects.select_related(
        "programme__place", "programme__led_by", "programme__gate_lift", "record"
    )


def round_or_404(user: Person, round_id: UUID) -> Round:
    """A round that has opened, of a programme the person may see; a draft for those who run it.

    Nothing of a round is shown while the programme may not speak of money.
    """
    round_ = _rounds().filter(pk=round_id).first()
    if round_ is None or not may_see(user, round_.programme):
        raise Http404
    if round_.is_draft and not may_run(user, round_.programme):
        raise Http404
    require(money_gate(round_.programme))
    return round_


def run_round_or_404(user: Person, round_id: UUID) -> Round:
    """The round, for those who run it."""
    round_ = round_or_404(user, round_id)
    if not may_run(user, round_.programme):
        raise Http404
    return round_


def project_or_404(round_: Round, number: int) -> Project:
    """A project of a round that the caller has reached already."""
    project = (
        round_.projects.select_related("area", "outcome", "owner").filter(number=number).first()
    )
    if project is None:
        raise Http404
    return project


def voting_round(round_id: UUID) -> Round:
    """The round of somebody who was admitted with a card: the card is the permission."""
    return _rounds().defer("config").get(pk=round_id)
