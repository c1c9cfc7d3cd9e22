"""Publishing a call, and what may change afterwards."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commissioning.design.pages import confirm_page, form_methods, form_page
from commissioning.design.when import moment_zone
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt
from commissioning.programmes.rules import may_lead
from participation.calls import rules
from participation.calls.actions import calls as actions
from participation.calls.clock import database_now
from participation.calls.forms.running import CorrectForm, ExtendForm, LateForm
from participation.calls.loaders import run_call_or_404
from participation.calls.views.common import call_crumbs, call_url
from places.directory.signed_in import signed_in


@login_required
@form_methods
def publish(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Say what publishing means, and do it."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    require(rules.may_edit_draft(user, call))
    if actions.missing_to_publish(call, database_now()):
        return redirect(call_url("build", call))
    if request.method == "POST":
        actions.publish_call(user, call)
        messages.success(request, _("The call is published."))
        return redirect(call_url("call", call))
    return confirm_page(
        request,
        heading=_("Publish “%s”?") % call.title,
        consequences=[
            _("Anybody can read it from now on."),
            _("It opens on %(opens)s and closes on %(closes)s.")
            % {"opens": moment_zone(call.opens_at), "closes": moment_zone(call.closes_at)},
            _("When it opens, the level-playing-field file of the programme is published."),
            _(
                "After that its words change only with a published reason, and it never closes "
                "earlier."
            ),
            _("Once somebody has begun to answer, its questions are frozen."),
        ],
        action=_("Publish the call"),
        back=call_url("build", call),
    )


@login_required
@form_methods
def discard(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    require(rules.may_edit_draft(user, call))
    if request.method == "POST":
        actions.discard_call(user, call)
        messages.success(request, _("The draft is gone."))
        return redirect("calls:calls", slug=slug)
    return confirm_page(
        request,
        heading=_("Throw the draft “%s” away?") % call.title,
        consequences=[_("The draft, its questions and its checks are gone for good.")],
        action=_("Throw it away"),
        back=call_url("build", call),
    )


@login_required
@form_methods
def correct(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Change a published call's words, with a reason."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    require(rules.may_correct(user, call))
    form = CorrectForm(request.POST or None, instance=call)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in actions.CORRECTABLE}
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: actions.correct_call(user, call, values, reason)):
            messages.success(request, _("The change is published, with your reason."))
            return redirect(call_url("call", call))
    return form_page(
        request,
        form,
        heading=_("Change the call"),
        lead=_("Dates and amounts are not changed here: people have planned by them."),
        button=_("Publish the change"),
        crumbs=call_crumbs(call, (_("Change"), "")),
    )


@login_required
@form_methods
def extend(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Close later."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    require(rules.may_correct(user, call))
    form = ExtendForm(request.POST or None, initial={"closes_at": call.closes_at})
    if form.is_valid():
        closes_at, reason = form.cleaned_data["closes_at"], form.cleaned_data["reason"]
        if attempt(form, lambda: actions.extend_call(user, call, closes_at, reason)):
            messages.success(request, _("The new close is published, with your reason."))
            return redirect(call_url("call", call))
    return form_page(
        request,
        form,
        heading=_("Close later"),
        button=_("Publish the new close"),
        crumbs=call_crumbs(call, (_("Close later"), "")),
    )


@login_required
@form_methods
def late(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Allow one organisation to submit late."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    require(may_lead(user, call.programme))
    form = LateForm(call, request.POST or None)
    if form.is_valid():
        values = form.cleaned_data
        if attempt(
            form,
            lambda: actions.allow_late(
                user, call, values["organisation"], values["reason"], values["until"]
            ),
        ):
            messages.success(request, _("Allowed, and written into the history."))
            return redirect(call_url("call", call))
    return form_page(
        request,
        form,
        heading=_("Allow one organisation to submit late"),
        lead=_("Ask yourself whether you would do the same for anybody else."),
        button=_("Allow it"),
        crumbs=call_crumbs(call, (_("Late"), "")),
    )
