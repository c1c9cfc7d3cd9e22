"""What the front page shows of calls: those that anybody may apply to now, and a person's own."""

from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design.when import moment
from commissioning.programmes.rules import money_gate
from participation.calls.models import Call, Expression

SHOWN = 6


def front_part(request: HttpRequest) -> dict[str, object]:
    """Values for ``home.html``, by one query, and one more for those who are signed in."""
    return {"open_calls": _open_calls(), "ours_url": _ours(request)}


def _open_calls() -> list[dict[str, str]]:
    found = (
        Call.objects.filter(
            status=Call.Status.PUBLISHED,
            programme__is_public=True,
            opens_at__lte=Now(),
            closes_at__gt=Now(),
        )
        .select_related("programme__place", "programme__gate_lift")
        .order_by("closes_at")[:SHOWN]
    )
    return [
        {
            "title": call.title,
            "place": call.programme.place.name,
            "stage": _("Call for ideas"),
            "about": _("Groups can apply until %s.") % moment(call.closes_at),
            "url": reverse("calls:call", args=[call.programme.slug, call.pk]),
        }
        for call in found
        if money_gate(call.programme)
    ]


def _ours(request: HttpRequest) -> str:
    """Where a person's organisations find what they began, where there is anything."""
    if not request.user.is_authenticated:
        return ""
    ours = Expression.objects.filter(organisation__members__user=request.user)
    return reverse("calls:ours") if ours.exists() else ""
