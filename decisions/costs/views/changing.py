"""What those who run the programme change."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commissioning.design import keeping
from commissioning.design.pages import form_methods
from decisions.costs import actions, rules
from decisions.costs.costed import SHARED, QuestionCosts
from decisions.costs.forms import InputsForm, PriceForm, RoutesForm, UsesForm, VersionForm
from decisions.costs.labels import PARTS, ROUTES
from decisions.costs.model.inputs import Part
from decisions.costs.rows import SaidInput
from decisions.costs.views.common import (
    changeable_question,
    kept_page,
    own_question,
    url_of,
)
from decisions.questions.models import Question
from places.directory.signed_in import signed_in

ALL_WAYS = "all-ways"


@login_required
@form_methods
def choose(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Choose which ways are compared."""
    user = signed_in(request)
    question = own_question(user, slug, question_id)
    kept = keeping.keep(
        request,
        rules.may_change(user, question),
        lambda: RoutesForm(QuestionCosts(question), request.POST or None),
        lambda form: actions.choose_routes(
            user, question, form.cleaned_data["routes"], stood=form.stored
        ),
    )
    return kept_page(
        request,
        question,
        kept,
        heading=_("Choose the ways to compare"),
        button=_("Compare them"),
        back=url_of("compare", question),
    )


@login_required
@form_methods
def inputs(
    request: HttpRequest, slug: str, question_id: UUID, route: str, part: str
) -> HttpResponse:
    """Change a part of a route's inputs, or what all routes share."""
    user = signed_in(request)
    question = own_question(user, slug, question_id)
    _said(QuestionCosts(question), route, part)
    key = SHARED if route == ALL_WAYS else route
    kept = keeping.keep(
        request,
        rules.may_change(user, question),
        lambda: InputsForm(_said(QuestionCosts(question), route, part), request.POST or None),
        lambda form: actions.say_inputs(
            user, question, key, form.points(), form.cleaned_data["why"], stood=form.stored
        ),
    )
    if kept.saved:
        messages.success(request, _("Saved. The costs are worked out again."))
    name = ROUTES.get(route, _("All ways"))
    return kept_page(
        request,
        question,
        kept,
        heading=f"{name}: {str(PARTS[Part(part)]).lower()}",
        button=_("Save"),
        back=_back(question, route),
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
    user = signed_in(request)
    question = own_question(user, slug, question_id)
    if route not in QuestionCosts(question).content.routes:
        raise Http404
    kept = keeping.keep(
        request,
        rules.may_change(user, question),
        lambda: PriceForm(QuestionCosts(question), route, request.POST or None),
        lambda form: actions.say_inputs(
            user, question, route, form.points(), form.cleaned_data["why"], stood=form.stored
        ),
    )
    return kept_page(
        request,
        question,
        kept,
        heading=_("Does the price pay the provider's true cost?"),
        button=_("Save"),
        back=url_of("route", question, route),
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
    user = signed_in(request)
    question = own_question(user, slug, question_id)
    kept = keeping.keep(
        request,
        rules.may_change(user, question),
        lambda: UsesForm(QuestionCosts(question), request.POST or None),
        lambda form: actions.set_uses(user, question, **form.rates(), stood=form.stored),
    )
    return kept_page(
        request,
        question,
        kept,
        heading=_("What the cash of %s would also pay for") % question.who_buys.name,
        button=_("Save"),
        back=url_of("compare", question),
        lead=_("Only cash can buy something else. Other people's time is time given back to them."),
    )


@login_required
@form_methods
def keep(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Keep a version."""
    user = signed_in(request)
    question = own_question(user, slug, question_id)
    kept = keeping.keep(
        request,
        rules.may_change(user, question),
        lambda: VersionForm(request.POST or None),
        lambda form: actions.keep_version(user, question, form.cleaned_data["what_changed"]),
    )
    if kept.saved:
        messages.success(request, _("Kept. It cannot be changed any more."))
    return kept_page(
        request,
        question,
        kept,
        heading=_("Keep this version"),
        button=_("Keep this version"),
        back=url_of("versions", question),
    )
