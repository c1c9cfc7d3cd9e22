"""For those who run the programme: which organisation each payer is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.spending import payers
from places.spending.actions import payers as actions
from places.spending.forms.sorting import PayersForm
from places.spending.loaders import sorted_programme_or_404
from places.spending.models import Payer
from places.spending.views.common import crumbs, signed_in, tabs, url, uuids


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def who_paid(request: HttpRequest, slug: str) -> HttpResponse:
    """Every name that money came from; several may be one organisation."""
    user = signed_in(request)
    programme = sorted_programme_or_404(user, slug)
    if request.method == "POST":
        _decide(request, user, programme)
        return redirect(url("payers", programme))
    likely = {one.payer.pk: one.organisations for one in payers.suggestions(programme.place_id)}
    found = (
        Payer.objects.filter(place=programme.place_id)
        .select_related("organisation")
        .annotate(n=Count("lines"))
        .order_by("-n", "name")[:200]
    )
    context = {
        "programme": programme,
        "rows": [(payer, likely.get(payer.pk, [])) for payer in found],
        "form": PayersForm(programme),
        "tabs": tabs(programme, "payers", runs=True),
        "crumbs": crumbs(programme, (_("Payers"), "")),
    }
    return render(request, "places/spending/payers.html", context)


def _decide(request: HttpRequest, user: User, programme: Programme) -> None:
    form = PayersForm(programme, request.POST)
    ticked = uuids(request.POST.getlist("payer"))
    try:
        if request.POST.get("do") == "part":
            done = actions.part_payers(user, programme, ticked)
        else:
            form.is_valid()
            chosen = form.cleaned_data.get("organisation")
            done = actions.confirm_payers(user, programme, ticked, chosen)
    except Invalid as no:
        messages.error(request, str(no.reason))
        return
    if done:
        said = ngettext("Done for %d payer.", "Done for %d payers.", done) % done
        messages.success(request, said)
    else:
        messages.error(request, _("Tick a payer, and choose an organisation if several fit."))
