"""What those who run the programme change."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commissioning.design.pages import form_methods
from commissioning.ground.attempts import attempt
from decisions.costs import actions
from decisions.costs.costed import PRICE_SHARE, SHARED, QuestionCosts, SaidInput
from decisions.costs.forms import InputsForm, PriceForm, RoutesForm, UsesForm, VersionForm
from decisions.costs.labels import PARTS, ROUTES
from decisions.costs.model.inputs import Part
from decisions.costs.views.common import (
    changeable_question,
    form_page,
    url_of,
)
from decisions.questions.models import Question
from places.directory.signed_in import signed_in

ALL_WAYS = "all-ways"


@login_required
@form_methods
def choose(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Choose which ways are compared."""
    question = changeable_question(request.user, slug, question_id)
    costs = QuestionCosts(question)
    form = RoutesForm(request.POST or None, initial={"routes": costs.chosen})
    if form.is_valid() and attempt(
        form,
        lambda: actions.choose_routes(signed_in(request), question, form.cleaned_data["routes"]),
    ):
        return redirect(url_of("compare", question))
    return form_page(
        request, question, form, heading=_("Choose the ways to compare"), button=_("Compare them")
    )


@login_required
@form_methods
def inputs(
    request: HttpRequest, slug: str, question_id: UUID, route: str, part: str
) -> HttpResponse:
    """Change a part of a route's inputs, or what all routes share."""
    question = changeable_question(request.user, slug, question_id)
    said = _said(QuestionCosts(question), route, part)
    form = InputsForm(said, request.POST or None)
    key = SHARED if route == ALL_WAYS else route
    if form.is_valid() and attempt(
        form,
        lambda: actions.say_inputs(
            signed_in(request), question, key, form.points(), form.cleaned_data["why"]
        ),
    ):
        messages.success(request, _("Saved. The costs are worked out again."))
        return redirect(_back(question, route))
    name = ROUTES.get(route, _("All ways"))
    heading = f"{name}: {str(PARTS[Part(part)]).lower()}"
    return form_page(
        request,
        question,
        form,
        heading=heading,
        button=_("Save"),
        lead=_(
            "Low is what it would be if all goes well, likely is your best guess, high is what it "
            "would be on a bad day."
        ),
    )


def _said(costs: QuestionCosts, route: str, part: str) -> list[SaidInput]:
    if route == ALL_WAYS:
        found = [one for one in costs.shared() if one.part == part]
    elif route in costs.content.routes:
        found = [one for one in costs.inputs_of(route) if one.part == part]
    else:
        found = []
    if not found:
        raise Http404
    return found


def _back(question: Question, route: str) -> str:
    if route == ALL_WAYS:
        return url_of("compare", question)
    return url_of("route", question, route)


@login_required
@form_methods
def price(request: HttpRequest, slug: str, question_id: UUID, route: str) -> HttpResponse:
    """Say whether the price pays a provider's true cost."""
    question = changeable_question(request.user, slug, question_id)
    costs = QuestionCosts(question)
    if route not in costs.content.routes:
        raise Http404
    share = costs.paid.share(route)
    own = costs.own.get((route, PRICE_SHARE))
    initial = {"share": round(share * 100) if share else None, "why": own.why if own else ""}
    form = PriceForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: actions.say_inputs(
            signed_in(request), question, route, form.points(), form.cleaned_data["why"]
        ),
    ):
        return redirect(url_of("route", question, route))
    return form_page(
        request,
        question,
        form,
        heading=_("Does the price pay the provider's true cost?"),
        button=_("Save"),
        lead=_("True cost holds rent, training, sick pay, management: all that the work needs."),
    )


@login_required
@form_methods
def forget(request: HttpRequest, slug: str, question_id: UUID, route: str) -> HttpResponse:
    """Go back to the defaults of one way."""
    question = changeable_question(request.user, slug, question_id)
    if route != ALL_WAYS and route not in ROUTES:
        raise Http404
    if request.method == "POST":
        actions.forget_inputs(signed_in(request), question, SHARED if route == ALL_WAYS else route)
        return redirect(_back(question, route))
    context = {
        "heading": _("Go back to the defaults?"),
        "consequences": [
            _("Your own figures for this way are taken out; the history keeps them."),
            _("The defaults stand again, with what organisations here reported."),
        ],
        "action": _("Go back to the defaults"),
        "back": _back(question, route),
    }
    return render(request, "design/confirm.html", context)


@login_required
@form_methods
def uses(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """What the cash of the body that buys would also pay for, at this place's rates."""
    question = changeable_question(request.user, slug, question_id)
    now = QuestionCosts(question).uses
    form = UsesForm(
        request.POST or None,
        initial={
            "facilitation_day": f"{now.facilitation_day:g}",
            "citizen_hour": f"{now.citizen_hour:g}",
            "small_grant": f"{now.small_grant:g}",
        },
    )
    if form.is_valid() and attempt(
        form, lambda: actions.set_uses(signed_in(request), question, **form.cleaned_data)
    ):
        return redirect(url_of("compare", question))
    return form_page(
        request,
        question,
        form,
        heading=_("What the cash of %s would also pay for") % question.who_buys.name,
        button=_("Save"),
        lead=_("Only cash can buy something else. Other people's time is time given back to them."),
    )


@login_required
@form_methods
def keep(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Keep a version."""
    question = changeable_question(request.user, slug, question_id)
    form = VersionForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.keep_version(
            signed_in(request), question, form.cleaned_data["what_changed"]
        ),
    ):
        messages.success(request, _("Kept. It cannot be changed any more."))
        return redirect(url_of("versions", question))
    return form_page(
        request, question, form, heading=_("Keep this version"), button=_("Keep this version")
    )
