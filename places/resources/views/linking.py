"""Many resources linked to an outcome at once: filtered, ticked, linked, taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Min, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person, may_draft
from places.directory.signed_in import signed_in
from places.resources.actions import links
from places.resources.filters import OUTSIDE, Filters, read
from places.resources.forms import LinkForm
from places.resources.models import OutcomeLink, Resource
from places.resources.views.lists import crumbs, kind_chips

MOST = 300


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that the filters find and nothing is said of yet, to be linked together."""
    user = signed_in(request)
    programme = programme_or_404(user, slug)
    if not may_draft(user, programme):
        raise Http404
    areas = list(programme.place.areas.all())
    filters = read(request, programme.place, areas)
    found = loose(programme, filters, user)
    rows = list(found.select_related("organisation", "area")[:MOST])
    form = LinkForm(request.POST or None, outcomes=list(programme.outcomes.all()))
    ticked = set(request.POST.getlist("resource"))
    chosen = [one for one in rows if str(one.pk) in ticked]
    done: list[int] = []
    if form.is_valid() and attempt(
        form, lambda: done.append(links.link_many(user, chosen, **form.cleaned_data))
    ):
        said = ngettext("Linked %d resource.", "Linked %d resources.", done[0]) % done[0]
        messages.success(request, said if done[0] else _("Nothing was ticked."))
        return redirect(f"{request.path}{filters.address()}")
    context = {
        "programme": programme,
        "place": programme.place,
        "filters": filters,
        "kinds": kind_chips(filters),
        "areas": areas,
        "outside": OUTSIDE,
        "rows": [(one, not request.POST or str(one.pk) in ticked) for one in rows],
        "total": found.count(),
        "form": form,
        "acts": _acts(programme),
        "crumbs": crumbs(
            programme.place,
            programme,
            (_("What it has"), reverse("resources:programme", args=[slug])),
            (_("Link many to an outcome"), ""),
        ),
    }
    return render(request, "resources/link_many.html", context, status=form_status(form))


def loose(programme: Programme, filters: Filters, user: Person) -> QuerySet[Resource]:
    """What the filters find, whatever outcome they name, that helps no outcome here yet."""
    linked = OutcomeLink.objects.filter(outcome__programme=programme).values("resource")
    return filters.without_outcome().rows(programme.place, user).exclude(pk__in=linked)


def _acts(programme: Programme) -> list[dict[str, Any]]:
    """Links made together, the latest first, each with one of them to take them back by."""
    rows = (
        OutcomeLink.objects.filter(outcome__programme=programme, by__isnull=False)
        .order_by()
        .values("outcome", "by", "how", "created_at", title=F("outcome__title"))
        .annotate(number=Count("pk"), key=Min(Cast("pk", TextField())))
        .filter(number__gt=1)
        .order_by("-created_at")[:20]
    )
    return [dict(row) for row in rows]


@login_required
@require_POST
def unlink_many(request: HttpRequest, slug: str, link_id: UUID) -> HttpResponse:
    """Take back the links that were made together with this one."""
    user = signed_in(request)
    programme = programme_or_404(user, slug)
    require(may_draft(user, programme))
    found = OutcomeLink.objects.filter(pk=link_id, outcome__programme=programme)
    like = found.select_related("outcome").first()
    if like is None:
        raise Http404
    done = links.unlink_many(user, programme, like)
    said = ngettext("Taken back: %d link.", "Taken back: %d links.", done) % done
    messages.success(request, said)
    return redirect("resources:link_many", slug)
