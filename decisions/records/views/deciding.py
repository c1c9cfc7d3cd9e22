"""What was decided, call-in, and the record."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commissioning.design.pages import form_methods
from commissioning.ground.answers import YES, require
from commissioning.programmes.rules import may_run
from decisions.records import rules
from decisions.records.actions import deciding, recording
from decisions.records.actions.correcting import correct as correct_slip
from decisions.records.forms import (
    CallInAnswerForm,
    CorrectionForm,
    IssueForm,
    MinuteForm,
    ReasonForm,
    RemovalForm,
)
from decisions.records.loaders import run_decision_or_404
from decisions.records.meeting import to_say_before_sealing
from decisions.records.models import Decision
from decisions.records.readiness import cautions
from decisions.records.room import too_long
from decisions.records.sums import told_on_deciding
from decisions.records.views.common import decision_url, one_form
from places.directory.signed_in import signed_in


@login_required
@form_methods
def decide(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Write down what the body with the power decided."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    by = {"decided_by": decision.body_name}
    return one_form(
        request,
        decision,
        rules.may_enter(user, decision),
        lambda: MinuteForm(decision, request.POST or None, initial=by),
        lambda form: deciding.enter_decision(user, decision, form.minute()),
        heading=_("Write down what was decided"),
        button=_("Write it down"),
        done=_("Written down. The record can be issued now."),
        lead=_("%s has the power. You write down what was decided.") % decision.body_name,
        cautions=cautions(decision),
        to_know=told_on_deciding,
    )


@login_required
@form_methods
def correct(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Correct a slip in what was written down; the record's next version shows it."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.may_correct(user, decision),
        lambda: CorrectionForm(decision, request.POST or None),
        lambda form: correct_slip(
            user, decision, form.corrected(), form.cleaned_data["why"], stood=form.stored
        ),
        heading=_("Correct a slip in what was written down"),
        button=_("Correct it"),
        read_anew=decision.refresh_from_db,
        done=_("Corrected. Issue a new version of the record: it shows what stood there before."),
        lead=_(
            "For a wrong figure, name or word: what was decided does not change. Both what stood "
            "there and what stands there now are printed, with the reason. What the body itself "
            "changed afterwards is no slip, and is decided anew."
        ),
    )


@login_required
@form_methods
def call_in(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Write down that it was called in, or what came of that."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    # By the form that was sent: whoever comes second reads what the first wrote, beside their own.
    is_called_in = decision.status == Decision.Status.CALLED_IN
    if "words" in request.POST or (is_called_in and "reason" not in request.POST):
        return _answer_call_in(request, decision)
    return one_form(
        request,
        decision,
        rules.could_not_gain(user, decision),
        lambda: ReasonForm(request.POST or None),
        lambda form: deciding.call_in(user, decision, form.cleaned_data["reason"]),
        heading=_("It was called in"),
        button=_("Write it down"),
    )


def _answer_call_in(request: HttpRequest, decision: Decision) -> HttpResponse:
    user = signed_in(request)
    return one_form(
        request,
        decision,
        YES,
        lambda: CallInAnswerForm(request.POST or None),
        lambda form: deciding.answer_call_in(user, decision, **form.cleaned_data),
        heading=_("What came of the call-in"),
        button=_("Write it down"),
    )


@login_required
@form_methods
def removals(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """What the public edition leaves out."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.may_mark(user, decision),
        lambda: RemovalForm(decision, request.POST or None),
        lambda form: recording.mark_removal(user, decision, **form.cleaned_data),
        heading=_("What the public edition leaves out"),
        button=_("Leave it out"),
        done=_("Left out of the public edition, wherever it stands."),
        then=lambda _removal: decision_url("removals", decision),
        lead=_(
            "Leave out as little as you can. The words are taken out before the public edition is "
            "laid out: nothing is drawn over, and nothing of them is in the file. A version "
            "that was issued before with nothing left out closes to the public once the public "
            "edition is issued. Copies that somebody took of it stay with them."
        ),
        removals=decision.removals.all(),
    )


@login_required
@require_POST
def removal_remove(
    request: HttpRequest, slug: str, decision_id: UUID, removal_id: UUID
) -> HttpResponse:
    """Let the public edition have a passage again."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    recording.unmark_removal(user, decision, removal_id)
    return redirect(decision_url("removals", decision))


@login_required
@require_POST
def paper(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Print the paper for the meeting."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    require(may_run(user, decision.question.programme))
    return redirect(recording.ask_for_paper(user, decision))


@login_required
@form_methods
def issue(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Issue the record, or a new version of it."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.may_issue(user, decision),
        lambda: IssueForm(request.POST if request.method == "POST" else None),
        lambda form: recording.issue_or_find(user, decision, form.cleaned_data["why"]),
        heading=_("Issue the decision record"),
        button=_("Issue the record (PDF)"),
        then=lambda made: made.asked[0],
        to_know=lambda made: made.nothing_new,
        cautions=to_say_before_sealing(decision),
        too_long=too_long(decision),
        lead=_(
            "It gets a number and a seal. An issued record is never changed: a new version says "
            "why, and shows what changed."
        ),
    )
