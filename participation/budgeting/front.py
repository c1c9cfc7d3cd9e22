"""What the front page shows of votes: those that take votes now, and the latest results."""

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design.when import day, moment
from commissioning.programmes.rules import money_gate
from participation.budgeting.models import Round

SHOWN = 6


def front_part(request: HttpRequest) -> dict[str, object]:
    """Values for ``home.html``, by two queries: what closes next stands first, as for calls."""
    public = Round.objects.public().select_related("programme__place", "programme__gate_lift")
    takes_votes = public.filter(status=Round.Status.OPEN, closes_at__gt=Now())
    published = public.filter(published_at__isnull=False)
    return {
        "open_votes": [_open(each) for each in _shown(takes_votes.order_by("closes_at"))],
        "results": [_result(each) for each in _shown(published.order_by("-published_at"))],
    }


def _shown(rounds: QuerySet[Round]) -> list[Round]:
    """The first of them whose programmes may show an amount."""
    found = rounds.defer("config")[: 2 * SHOWN]
    return [round_ for round_ in found if money_gate(round_.programme)][:SHOWN]


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
