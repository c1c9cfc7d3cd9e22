"""What the front page shows of votes: those that take votes now, and the latest results."""

from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design.when import day, moment
from commissioning.programmes.rules import money_gate
from participation.budgeting.models import Round

SHOWN = 3


def front_part(request: HttpRequest) -> dict[str, object]:
    """Values for ``home.html``, by one query."""
    found = (
        Round.objects.public()
        .filter(Q(status=Round.Status.OPEN, closes_at__gt=Now()) | Q(published_at__isnull=False))
        .select_related("programme__place", "programme__gate_lift")
        .defer("config")
        .order_by("-closes_at")[: 4 * SHOWN]
    )
    rounds = [round_ for round_ in found if money_gate(round_.programme)]
    return {
        "open_votes": [_open(round_) for round_ in rounds if round_.is_open][:SHOWN],
        "results": [_result(round_) for round_ in rounds if not round_.is_open][:SHOWN],
    }


def _open(round_: Round) -> dict[str, str]:
    return {
        "title": round_.title,
        "place": round_.programme.place.name,
        "stage": _("Residents' vote"),
        "about": _("Voting closes %s.") % moment(round_.closes_at),
        "url": reverse("budgeting:round", args=[round_.pk]),
    }


def _result(round_: Round) -> dict[str, str]:
    return {
        "title": round_.title,
        "place": round_.programme.place.name,
        "stage": _("Result"),
        "about": _("Published %s.") % day(round_.published_at) if round_.published_at else "",
        "url": reverse("budgeting:result", args=[round_.pk]),
    }
