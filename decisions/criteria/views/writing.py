"""What those who run the programme write: criteria, scale, demands, judges; then final."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design.keeping import keep
from commissioning.design.pages import form_methods
from commissioning.ground.answers import Invalid, require
from decisions.criteria import actions, rules
from decisions.criteria.base import at_odds, fit_of
from decisions.criteria.forms.criteria import CriterionForm, LibraryForm, ScaleForm
from decisions.criteria.forms.sets import BasicsForm, DemandsForm, JudgesForm
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.said import scale_of
from decisions.criteria.told import (
    basics_lead,
    demands_lead,
    demands_named,
    library_lead,
    weights_in_words,
)
from decisions.criteria.views.common import (
    criterion_or_404,
    draft_or_404,
    kept_page,
    on_from,
    own_set_or_404,
    url_of,
)
from places.directory.signed_in import signed_in


@login_required
@form_methods
def take_over(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """Take suggestions over from the library."""
    user = signed_in(request)
    held = own_set_or_404(user, slug, question_id, set_id)
    kept = keep(
        request,
        rules.may_change(user, held),
        lambda: LibraryForm(held, request.POST or None),
        lambda form: actions.add_suggestions(user, held, form.cleaned_data["keys"]),
    )
    return kept_page(
        request,
        held,
        kept,
        heading=_("Suggestions, local knowledge first"),
        button=_("Take them over"),
        then=on_from,
        lead=library_lead(held),
    )


@login_required
@form_methods
def new_criterion(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """A criterion of your own."""
    held = own_set_or_404(request.user, slug, question_id, set_id)
    return _criterion_page(request, held, None, _("A criterion of your own"))


@login_required
@form_methods
def criterion(
    request: HttpRequest, slug: str, question_id: UUID, set_id: UUID, criterion_id: UUID
) -> HttpResponse:
    """Change a criterion."""
    held = own_set_or_404(request.user, slug, question_id, set_id)
    found = criterion_or_404(held, criterion_id)
    return _criterion_page(request, held, found, _("Change “%s”") % found.title)


def _criterion_page(
    request: HttpRequest, held: CriteriaSet, found: Criterion | None, heading: str
) -> HttpResponse:
    user = signed_in(request)
    kept = keep(
        request,
        rules.may_change(user, held),
        lambda: CriterionForm(held, request.POST or None, instance=found),
        lambda form: actions.save_criterion(
            user, held, found, form.cleaned_data, stood=form.stored
        ),
        read_anew=found.refresh_from_db if found else None,
    )
    return kept_page(request, held, kept, heading=heading)


@login_required
@form_methods
def remove(
    request: HttpRequest, slug: str, question_id: UUID, set_id: UUID, criterion_id: UUID
) -> HttpResponse:
    """Take a criterion out."""
    held = draft_or_404(request.user, slug, question_id, set_id)
    found = criterion_or_404(held, criterion_id)
    require(rules.may_take_out(found))
    back = url_of("criteria", held)
    if request.method == "POST":
        actions.remove_criterion(signed_in(request), held, found)
        return redirect(back)
    context = {
        "heading": _("Take this criterion out?"),
        "consequences": [found.title, _("Its parts go with it. You can write it again.")],
        "action": _("Take it out"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@login_required
@form_methods
def scale(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """What each score means."""
    user = signed_in(request)
    held = own_set_or_404(user, slug, question_id, set_id)
    kept = keep(
        request,
        rules.may_change(user, held),
        lambda: ScaleForm(scale_of(held), request.POST or None),
        lambda form: actions.set_scale(user, held, form.meanings(), stood=form.stored),
    )
    return kept_page(request, held, kept, heading=_("What each score means"))


@login_required
@form_methods
def demands(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """Price, ties, and what else bidders are asked for."""
    user = signed_in(request)
    held = own_set_or_404(user, slug, question_id, set_id)
    kept = keep(
        request,
        rules.may_change(user, held),
        lambda: DemandsForm(fit_of(held.question), request.POST or None, instance=held),
        lambda form: actions.set_demands(user, held, form.cleaned_data, stood=form.stored),
        read_anew=held.refresh_from_db,
    )
    return kept_page(
        request,
        held,
        kept,
        heading=demands_named(held),
        button=_("Save and continue"),
        then=on_from,
        lead=demands_lead(held),
    )


@login_required
@form_methods
def basics(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """Of the health regime: how much the five matter, and the basic selection criteria."""
    user = signed_in(request)
    held = own_set_or_404(user, slug, question_id, set_id)
    kept = keep(
        request,
        rules.may_change(user, held) & rules.has_basics(held),
        lambda: BasicsForm(request.POST or None, instance=held),
        lambda form: actions.set_basics(user, held, form.cleaned_data, stood=form.stored),
        read_anew=held.refresh_from_db,
    )
    return kept_page(
        request,
        held,
        kept,
        heading=_("How much the five matter, and what has to be met"),
        button=_("Save and continue"),
        then=on_from,
        lead=basics_lead(),
        quote=weights_in_words(held),
    )


@login_required
@form_methods
def judges(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """Who judges."""
    user = signed_in(request)
    held = own_set_or_404(user, slug, question_id, set_id)
    kept = keep(
        request,
        rules.may_change(user, held),
        lambda: JudgesForm(held, request.POST or None),
        lambda form: actions.choose_judges(
            user, held, list(form.cleaned_data["judges"]), stood=form.stored
        ),
    )
    return kept_page(
        request,
        held,
        kept,
        heading=_("Who judges"),
        button=_("Save and continue"),
        then=on_from,
        barred=kept.form.barred,
    )


@login_required
@form_methods
def finalise(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """Make the criteria final."""
    held = draft_or_404(request.user, slug, question_id, set_id)
    back = url_of("criteria", held)
    if request.method == "POST":
        try:
            actions.finalise(signed_in(request), held)
        except Invalid as error:
            messages.error(request, str(error.reason))
            return redirect(back)
        messages.success(request, _("The criteria are final. Everybody can read them."))
        return redirect(held.question)
    context = {
        "heading": _("Make these criteria final?"),
        "consequences": [
            *filter(None, [at_odds(held)]),
            _("Everybody who sees the question can read them, with who judges."),
            _("Nothing in them changes any more; a new version begins as a copy."),
        ],
        "action": _("Make them final"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@login_required
@form_methods
def discard(request: HttpRequest, slug: str, question_id: UUID, set_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    held = draft_or_404(request.user, slug, question_id, set_id)
    if request.method == "POST":
        actions.discard_criteria(signed_in(request), held)
        return redirect(reverse("criteria:all", args=[slug, question_id]))
    context = {
        "heading": _("Throw this draft away?"),
        "consequences": [_("All that was written in it is gone. Final versions stay.")],
        "action": _("Throw it away"),
        "back": url_of("criteria", held),
    }
    return render(request, "design/confirm.html", context)
