"""What the front page shows of programmes: the person's own, and what anybody may read."""

from django.http import HttpRequest
from django.urls import reverse

from commissioning.programmes.models import Programme
from commissioning.programmes.panels import readable

SHOWN = 9


def front_part(request: HttpRequest) -> dict[str, object]:
    """Values for ``home.html``, by one query."""
    found = list(readable(request.user).select_related("place")[: SHOWN + 1])
    mine = [programme for programme in found[:SHOWN] if getattr(programme, "is_mine", False)]
    return {
        "mine": [_card(programme) for programme in mine],
        "programmes": [_card(programme) for programme in found[len(mine) : SHOWN]],
        "programmes_url": reverse("programmes:list") if len(found) > SHOWN else "",
    }


def _card(programme: Programme) -> dict[str, str]:
    return {
        "title": programme.title,
        "place": programme.place.name,
        "about": programme.about,
        "stage": programme.get_stage_display(),
        "url": programme.get_absolute_url(),
    }
