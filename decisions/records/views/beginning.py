"""A call or a vote that begins from a decision: what is taken over stands there to be changed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.design.pages import form_methods
from decisions.records.actions import beginning
from decisions.records.forms.beginnings import BeginCallForm, BeginVoteForm
from decisions.records.loaders import run_decision_or_404
from decisions.records.views.common import one_form
from decisions.records.what_follows import may_begin_call, may_begin_vote
from places.directory.signed_in import signed_in


@login_required
@form_methods
def begin_call(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Begin a call from a decision."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        may_begin_call(user, decision),
        lambda: BeginCallForm(decision, request.POST or None),
        lambda form: beginning.begin_call(user, decision, form.values(), form.criteria_chosen()),
        heading=_("Begin a call from this decision"),
        button=_("Make the draft"),
        done=_("A draft of the call is there. Nobody sees it yet."),
        then=lambda call: reverse("calls:build", args=[slug, call.pk]),
        lead=_(
            "This is what the decision already says. Below each box stands where it comes from. "
            "Change what is not right: all of it can be changed until the call is published."
        ),
    )


@login_required
@form_methods
def begin_vote(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Begin a participatory budget from a decision."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        may_begin_vote(user, decision),
        lambda: BeginVoteForm(decision, request.POST or None),
        lambda form: beginning.begin_vote(user, decision, form.fields_of_round()),
        heading=_("Begin a participatory budget from this decision"),
        button=_("Prepare the vote"),
        done=_("The vote is being prepared. Nobody sees it yet."),
        then=lambda vote: reverse("budgeting:desk", args=[vote.pk]),
        lead=_(
            "This is what the decision already says. Below each box stands where it comes from. "
            "Change what is not right: all of it can be changed until voting opens."
        ),
    )
