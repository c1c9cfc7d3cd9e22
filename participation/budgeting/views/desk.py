"""The officers' desk of a round: what comes next, the register, the close, and what follows."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from participation.budgeting import actions, close, rules
from participation.budgeting.desk import seal_steps, tasks_of
from participation.budgeting.forms import BackupForm, CloseForm, MoveCloseForm, ReasonForm
from participation.budgeting.loaders import project_or_404, run_round_or_404
from participation.budgeting.models import Round
from participation.budgeting.result_page import result_of
from participation.budgeting.turnout import turnout
from places.directory.signed_in import signed_in


def desk(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Where a round stands and what its officers do next."""
    round_ = run_round_or_404(request.user, round_id)
    user = request.user
    context = {
        "round": round_,
        "programme": round_.programme,
        "tasks": tasks_of(round_) if round_.is_draft else [],
        "turnout": turnout(round_) if round_.is_open else None,
        "steps": seal_steps(round_) if round_.is_over else [],
        "may_open": rules.may_open(user, round_),
        "may_handle_cards": rules.may_handle_cards(user, round_),
        "may_close": rules.may_close(user, round_),
        "may_publish": rules.may_publish(user, round_),
        "may_adopt": rules.may_adopt(user, round_),
        "moved": round_.closes_moved.all(),
        "has_cards": round_.is_open and round_.electors.exists(),
        "adopted": _is_adopted(round_),
    }
    return render(request, "participation/budgeting/rounds/desk.html", context)


def _is_adopted(round_: Round) -> bool:
    """Whether the named body has decided on every idea that the vote funds."""
    found = result_of(round_) if round_.published_at else None
    return found is not None and found.is_adopted


def move_close(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Close later than announced, with a reason that is published."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_change_while_open(request.user, round_))
    form = MoveCloseForm(request.POST or None, initial={"closes_at": round_.closes_at})
    if form.is_valid() and attempt(
        form,
        lambda: actions.move_close(
            signed_in(request), round_, form.cleaned_data["closes_at"], form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("Moved. The new time and your reason are published."))
        return redirect("budgeting:desk", round_id)
    context = {
        "round": round_,
        "programme": round_.programme,
        "form": form,
        "heading": _("Close later"),
    }
    page = "participation/budgeting/rounds/section.html"
    return render(request, page, context, status=form_status(form))


def project_withdraw(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """Flag an idea as withdrawn while voting is open."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_change_while_open(request.user, round_))
    project = project_or_404(round_, number)
    back = reverse("budgeting:projects", args=[round_id])
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.withdraw_project(signed_in(request), project, form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Flagged on every ballot."))
        return redirect(back)
    context = {
        "programme": round_.programme,
        "form": form,
        "heading": _("Flag “%s” as withdrawn?") % project.title,
        "consequences": [
            _("Ballots stay as they are, and say that it was withdrawn."),
            _("It cannot be funded, however many vote for it. This cannot be undone."),
        ],
        "action": _("Flag as withdrawn"),
        "back": back,
    }
    return render(request, "design/confirm.html", context, status=form_status(form))


def close_voting(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Close now. What was saved before counts; what comes later does not."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_close(request.user, round_))
    back = reverse("budgeting:desk", args=[round_id])
    form = CloseForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: close.close_now(signed_in(request), round_, form.cleaned_data["reason"]),
    ):
        messages.success(request, _("Voting has closed. The ballots are being counted."))
        return redirect(back)
    context = {
        "programme": round_.programme,
        "form": form,
        "heading": _("Close voting?"),
        "consequences": [
            _("Every vote that somebody was told is in will be counted."),
            _("Nobody can vote or change a vote any more. This cannot be undone."),
        ],
        "action": _("Close voting"),
        "back": back,
    }
    return render(request, "design/confirm.html", context, status=form_status(form))


def confirm_backup(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Say which backup holds the counted ballots; then the key is destroyed."""
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_close(request.user, round_))
    back = reverse("budgeting:desk", args=[round_id])
    form = BackupForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: close.confirm_backup(signed_in(request), round_, form.cleaned_data["note"]),
    ):
        messages.success(request, _("Confirmed. The key is being destroyed."))
        return redirect(back)
    context = {
        "programme": round_.programme,
        "form": form,
        "heading": _("Destroy the key of this vote?"),
        "consequences": [
            _("After this nobody, whoever they are, can find out how anybody voted."),
            _("If no backup holds the counted ballots and the disk fails, the vote is lost."),
        ],
        "action": _("Destroy the key"),
        "back": back,
    }
    return render(request, "design/confirm.html", context, status=form_status(form))
