"""Where the gaps are: the whole matrix, what is missing, what overlaps."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.ground.asked import asked
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_draft
from places.resources.grid import grid_of
from places.resources.matrix import gaps_number, matrix_of
from places.resources.views.lists import crumbs


@require_safe
def gaps(request: HttpRequest, slug: str) -> HttpResponse:
    """Outcomes by areas, or by kinds, as a picture and as a table."""
    programme = programme_or_404(request.user, slug)
    by = "kind" if asked(request, "by") == "kind" else "area"
    here = reverse("resources:gaps", args=[slug])
    matrix = matrix_of(programme, request.user, by=by)
    wanted = asked(request, "outcome")
    about = next((one.outcome for one in matrix.lines if str(one.outcome.pk) == wanted), None)
    shown = [gap for gap in matrix.gaps if about in (None, gap.outcome)]
    context = {
        "programme": programme,
        "by": by,
        "matrix": matrix,
        "about": about,
        "gaps": shown,
        "gaps_number": gaps_number(shown),
        "links": bool(may_draft(request.user, programme)),
        "grid": grid_of(matrix),
        "tabs": [
            {"text": _("By area"), "url": here, "is_here": by == "area"},
            {"text": _("By kind"), "url": f"{here}?by=kind", "is_here": by == "kind"},
        ],
        "crumbs": crumbs(
            programme.place,
            programme,
            (_("What it has"), reverse("resources:programme", args=[slug])),
            (_("Where the gaps are"), ""),
        ),
    }
    return render(request, "resources/gaps.html", context)
