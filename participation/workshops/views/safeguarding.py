"""Worries, for the safeguarding lead alone."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.ground.attempts import attempt
from participation.workshops.actions.worries import close_worry
from participation.workshops.forms.running import DoneForm
from participation.workshops.loaders import worried_workshop_or_404
from participation.workshops.views.common import form_page, programme_crumbs, signed_in, url_of


@login_required
@require_safe
@never_cache
def worries(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """What people are worried about."""
    workshop = worried_workshop_or_404(request.user, slug, workshop_id)
    context = {
        "workshop": workshop,
        "programme": workshop.programme,
        "worries": list(workshop.worries.select_related("activity")),
        "crumbs": programme_crumbs(workshop.programme, (_("Worries"), "")),
    }
    return render(request, "participation/workshops/worries.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def worry(request: HttpRequest, slug: str, workshop_id: UUID, worry_id: UUID) -> HttpResponse:
    """Write down what was done."""
    user = signed_in(request)
    workshop = worried_workshop_or_404(user, slug, workshop_id)
    found = workshop.worries.filter(pk=worry_id).first()
    if found is None:
        raise Http404
    form = DoneForm(request.POST or None, initial={"what_was_done": found.what_was_done})
    if form.is_valid():
        done = form.cleaned_data["what_was_done"]
        if attempt(form, lambda: close_worry(user, workshop, found.pk, done)):
            messages.success(request, _("Written down."))
            return redirect(url_of("worries", workshop))
    return form_page(
        request,
        form,
        heading=_("What you did about it"),
        button=_("Write it down"),
        crumbs=programme_crumbs(
            workshop.programme, (_("Worries"), url_of("worries", workshop)), (_("Done"), "")
        ),
    )
