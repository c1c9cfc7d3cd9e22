"""Running a programme: begun, described, published, its gates lifted and signed off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commissioning.ground.answers import Answer, Invalid, no, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.actions import programme as actions
from commissioning.programmes.actions import stages
from commissioning.programmes.forms import AboutForm, BeginForm, ReasonForm
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import (
    leading_organisations,
    may_decide,
    may_lead,
    money_gate,
)
from places.directory.signed_in import signed_in


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a programme, for the bodies that the person may lead one for."""
    user = signed_in(request)
    leading = leading_organisations(user)
    if not leading.exists():
        return render(request, "programmes/begin_not_yet.html", status=403)
    initial = {"led_by": leading.first() if leading.count() == 1 else None}
    form = BeginForm(request.POST or None, leading=leading, initial=initial)
    begun: list[Programme] = []
    if form.is_valid() and attempt(
        form,
        lambda: begun.append(
            actions.create_programme(
                user, form.cleaned_data["led_by"], form.cleaned_data["place"], form.about_it()
            )
        ),
    ):
        messages.success(request, _("The programme has begun. Only its members see it so far."))
        return redirect(begun[0])
    return render(request, "programmes/begin.html", {"form": form}, status=form_status(form))


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Say again what the programme is about."""
    programme = programme_or_404(request.user, slug)
    require(may_lead(request.user, programme))
    form = AboutForm(request.POST or None, initial=AboutForm.initial_of(programme))
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_programme(signed_in(request), programme, form.about_it()),
    ):
        messages.success(request, _("Saved."))
        return redirect(programme)
    context = {"form": form, "programme": programme}
    return render(request, "programmes/edit.html", context, status=form_status(form))


def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm that anyone may read the journey."""
    programme = programme_or_404(request.user, slug)
    require(may_lead(request.user, programme))
    if request.method == "POST":
        actions.publish_programme(signed_in(request), programme)
        messages.success(request, _("Anyone can read the journey now."))
        return redirect(programme)
    context = {
        "programme": programme,
        "heading": _("Make the journey public?"),
        "consequences": [
            _("Anyone can read the vision, the outcomes, what is fixed and open, and the history."),
            _("Residents who take part are shown as numbers, not by name."),
            _("It stays public: people can rely on what they read."),
        ],
        "action": _("Make it public"),
        "back": programme.get_absolute_url(),
    }
    return render(request, "design/confirm.html", context)


def lift(request: HttpRequest, slug: str) -> HttpResponse:
    """Open amounts before the vision is agreed: a reason, and what follows from it."""
    programme = programme_or_404(request.user, slug)
    require(may_lead(request.user, programme) & may_decide(request.user, programme))
    if money_gate(programme):
        raise Invalid(_("The money gate is open already."))
    form = ReasonForm(
        request.POST or None,
        label=_("Why can the money not wait?"),
        hint=_("Such as: the lease must be renewed by March, and people ask what it costs."),
    )
    if form.is_valid() and attempt(
        form,
        lambda: stages.lift_money_gate(signed_in(request), programme, form.cleaned_data["reason"]),
    ):
        messages.success(request, _("The money gate is open. The reason is in the history."))
        return redirect(programme)
    context = {
        "programme": programme,
        "form": form,
        "heading": _("Lift the money gate early?"),
        "consequences": [
            _("Pages of this programme may show and ask for amounts from now on."),
            _("Your name, today's date and your reason are in the history for everyone."),
            _("They are printed in every decision record of the programme."),
            _("It cannot be closed again."),
        ],
        "action": _("Lift the money gate"),
        "back": programme.get_absolute_url(),
    }
    return render(request, "design/confirm.html", context, status=form_status(form))


def sign_off(request: HttpRequest, slug: str) -> HttpResponse:
    """What still stands against leaving the stage; signing it off once nothing does."""
    programme = programme_or_404(request.user, slug)
    require(may_lead(request.user, programme))
    stage = Stage(programme.stage)
    form = ReasonForm(
        request.POST or None,
        label=_("Why is this stage done?"),
        hint=_("For the history: what was done, who took part, what stays open."),
    )
    # The stage that the page showed: a second press finds that it has been left already.
    shown = request.POST.get("stage", "")
    shown = Stage(shown) if shown in Stage.values else stage
    if form.is_valid() and attempt(
        form,
        lambda: stages.sign_off_stage(
            signed_in(request), programme, shown, form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("Signed off. The next stage is open."))
        return redirect(programme)
    context = {
        "programme": programme,
        "form": form,
        "stage": stage,
        "following": stage.following,
        "against": _against(request, programme),
    }
    return render(request, "programmes/sign_off.html", context, status=form_status(form))


def _against(request: HttpRequest, programme: Programme) -> list[Answer]:
    unmet = stages.unmet_conditions(programme)
    deciding = may_decide(request.user, programme)
    return unmet if deciding else [*unmet, no(deciding.reason)]
