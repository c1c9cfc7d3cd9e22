"""The assessors' pages."""

import csv
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.design.pages import confirm_page, form_methods, form_page
from commissioning.ground.answers import Invalid, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.rules import membership_of
from participation.calls import rules
from participation.calls.actions import assessing as actions
from participation.calls.actions.calls import begin_assessing
from participation.calls.clock import database_now
from participation.calls.exports import COLUMNS, row_of
from participation.calls.forms.assessing import (
    ChecksForm,
    ClarificationForm,
    ConflictForm,
    DecisionForm,
    FeedbackForm,
    FilterForm,
)
from participation.calls.loaders import (
    assessed_call_or_404,
    assessed_expression_or_404,
    run_call_or_404,
)
from participation.calls.models import Call, Decision, Expression
from participation.calls.rules import phase_of
from participation.calls.views.common import call_crumbs, call_url
from places.directory.signed_in import signed_in

EXPRESSIONS_A_PAGE = 25
SORTS = {
    "number": "number",
    "organisation": "organisation__sort_key",
    "title": "standing__title",
    "asked": "standing__asked",
}


def _visible(request: HttpRequest, call: Call) -> QuerySet[Expression]:
    """What this person may know of: nothing before assessing, nothing with a conflict."""
    if call.status not in (Call.Status.ASSESSING, Call.Status.RELEASED):
        return call.expressions.none()
    user = signed_in(request)
    member = membership_of(user, call.programme)
    conflicted = Q(organisation__members__user=user) | Q(conflicts__user=user)
    if member and member.organisation_id:
        conflicted |= Q(organisation=member.organisation_id)
    closed_to_me = Expression.objects.filter(conflicted, call=call).values("pk")
    return actions.assessed(call).exclude(pk__in=closed_to_me)


def _filtered(found: QuerySet[Expression], form: FilterForm) -> QuerySet[Expression]:
    if not form.is_valid():
        return found
    asked = form.cleaned_data
    for word in asked["q"].split()[:8]:
        found = found.filter(
            Q(standing__title__icontains=word)
            | Q(standing__summary__icontains=word)
            | Q(organisation__name__icontains=word)
        )
    if asked["area"]:
        found = found.filter(standing__area=asked["area"])
    match asked["decision"]:
        case "open":
            return found.filter(decision__isnull=True)
        case "feedback":
            return found.filter(
                decision__outcome=Decision.Outcome.NOT_APPROVED, feedback__isnull=True
            )
        case "":
            return found
        case outcome:
            return found.filter(decision__outcome=outcome)


def _sorted(found: QuerySet[Expression], sort: str) -> QuerySet[Expression]:
    field = SORTS.get(sort.removeprefix("-"), "number")
    return found.order_by(f"-{field}" if sort.startswith("-") else field, "number")


@login_required
@require_safe
def expressions(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """What came in: searched, filtered, sorted, a page at a time."""
    call = assessed_call_or_404(request.user, slug, call_id)
    form = FilterForm(call, request.GET)
    visible = _visible(request, call)
    found = _sorted(_filtered(visible, form), request.GET.get("sort", ""))
    found = found.select_related(
        "organisation", "standing__area", "standing__late", "decision", "feedback"
    )
    page = Paginator(found, EXPRESSIONS_A_PAGE).get_page(request.GET.get("page"))
    now = database_now()
    context = {
        "call": call,
        "phase": phase_of(call, now),
        "form_filter": form,
        "page": page,
        "counts": _counts(call, visible),
        "against": actions.stands_against_release(call, now)
        if call.status == Call.Status.ASSESSING
        else [],
        "may_release": rules.may_release(request.user, call),
        "owed": actions.owed_feedback(call).count() if call.released_at else 0,
        "feedback_due": actions.feedback_due_at(call),
        "now": now,
        "crumbs": call_crumbs(call, (_("Assessing"), "")),
    }
    return render(request, "participation/calls/assess/list.html", context)


def _counts(call: Call, visible: QuerySet[Expression]) -> dict[str, int]:
    came_in = actions.assessed(call).count()
    return {
        "came_in": came_in,
        "drafts": call.expressions.filter(state="draft", standing__isnull=True).count(),
        "closed_to_me": came_in - visible.count()
        if call.status in (Call.Status.ASSESSING, Call.Status.RELEASED)
        else 0,
    }


@login_required
@require_safe
def export(request: HttpRequest, slug: str, call_id: UUID) -> StreamingHttpResponse:
    """The same list as CSV: an allow list of columns, every cell safe in a spreadsheet."""
    call = assessed_call_or_404(request.user, slug, call_id)
    found = _sorted(_filtered(_visible(request, call), FilterForm(call, request.GET)), "number")
    found = found.select_related("organisation", "standing__area", "decision", "feedback")
    response = StreamingHttpResponse(_lines(found, call), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="expressions.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


class _Echo:
    """Gives each written line back."""

    def write(self, line: str) -> str:
        return line


def _lines(found: QuerySet[Expression], call: Call) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # The mark tells spreadsheets that it is UTF-8.
    yield "\ufeff" + writer.writerow(COLUMNS)
    for expression in found.iterator(chunk_size=200):
        yield writer.writerow(row_of(expression, call))


@login_required
@form_methods
def begin(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Open what came in."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    if request.method == "POST":
        begin_assessing(user, call)
        return redirect(call_url("assess", call))
    return confirm_page(
        request,
        heading=_("Begin assessing?"),
        consequences=[
            _("All that came in is opened to the assessors, together."),
            _("The words of the call can no longer change."),
        ],
        action=_("Begin assessing"),
        back=call_url("call", call),
    )


@login_required
@form_methods
def release(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Tell everybody at once."""
    user = signed_in(request)
    call = assessed_call_or_404(user, slug, call_id)
    require(rules.may_release(user, call))
    against = actions.stands_against_release(call, database_now())
    if request.method == "POST" and not against:
        actions.release(user, call)
        messages.success(request, _("Released. Everybody is being told now."))
        return redirect(call_url("assess", call))
    if against:
        raise Invalid(" ".join(against))
    approved = actions.assessed(call).filter(decision__outcome=Decision.Outcome.APPROVED).count()
    others = actions.assessed(call).count() - approved
    return confirm_page(
        request,
        heading=_("Release all decisions?"),
        consequences=[
            _("Approved: %(yes)d. Not approved: %(no)d. All are told by e-mail at once.")
            % {"yes": approved, "no": others},
            _("No decision can be changed afterwards."),
            _("Each that is not approved must have feedback within ten days."),
        ],
        action=_("Release all decisions"),
        back=call_url("assess", call),
    )


# One expression ------------------------------------------------------------------------------


@login_required
@require_safe
def expression(request: HttpRequest, slug: str, call_id: UUID, expression_id: UUID) -> HttpResponse:
    """One expression, as its applicant previewed it, with what assessors do beside it."""
    found = assessed_expression_or_404(request.user, slug, call_id, expression_id)
    require(rules.may_read(request.user, found))
    return _one_page(request, found)


def _one_page(request: HttpRequest, found: Expression, **forms: Any) -> HttpResponse:
    call = found.call
    decision = getattr(found, "decision", None)
    context = {
        "expression": found,
        "call": call,
        "content": found.standing.content if found.standing else None,
        "judge": rules.may_judge(request.user, found),
        "may_feed_back": rules.may_give_feedback(request.user, found),
        "checks_form": _checks_form(found),
        "has_checks": call.checks.exists(),
        "decision": decision,
        "decision_form": DecisionForm(instance=decision),
        "clarification_form": ClarificationForm(),
        "clarifications": found.clarifications.select_related("asked_by", "answered_by"),
        "feedback": getattr(found, "feedback", None),
        "feedback_form": FeedbackForm(),
        "feedback_due": actions.feedback_due_at(call),
        "assesses": True,
        "crumbs": call_crumbs(call, (_("Assessing"), call_url("assess", call)), (str(found), "")),
    } | forms
    shown = next(iter(forms.values()), None)
    status = form_status(shown) if shown is not None else 200
    context["wrong"] = shown
    return render(request, "participation/calls/assess/one.html", context, status=status)


def _checks_form(found: Expression, *data: Any) -> ChecksForm:
    answers = {answer.check_of_id: answer for answer in found.check_answers.all()}
    return ChecksForm(list(found.call.checks.all()), answers, *data)


@login_required
@require_POST
def checks(request: HttpRequest, slug: str, call_id: UUID, expression_id: UUID) -> HttpResponse:
    """Keep the answers to the eligibility checks."""
    user = signed_in(request)
    found = assessed_expression_or_404(user, slug, call_id, expression_id)
    form = _checks_form(found, request.POST)
    if form.is_valid():
        for check, met, note in form.answered():
            actions.answer_check(user, found, check, met=met, note=note)
        messages.success(request, _("The checks are saved."))
        return redirect(call_url("assess_one", found.call, found.pk))
    require(rules.may_judge(user, found))
    return _one_page(request, found, checks_form=form)


@login_required
@require_POST
def ask(request: HttpRequest, slug: str, call_id: UUID, expression_id: UUID) -> HttpResponse:
    """Ask the applicant something."""
    user = signed_in(request)
    found = assessed_expression_or_404(user, slug, call_id, expression_id)
    require(rules.may_judge(user, found))
    form = ClarificationForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: actions.ask_applicant(
            user, found, form.cleaned_data["words"], form.cleaned_data["due_at"]
        ),
    ):
        messages.success(request, _("The applicant is being asked."))
        return redirect(call_url("assess_one", found.call, found.pk))
    return _one_page(request, found, clarification_form=form)


@login_required
@require_POST
def decide(request: HttpRequest, slug: str, call_id: UUID, expression_id: UUID) -> HttpResponse:
    """Keep the decision, sealed until the release."""
    user = signed_in(request)
    found = assessed_expression_or_404(user, slug, call_id, expression_id)
    require(rules.may_judge(user, found))
    form = DecisionForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: actions.decide(
            user, found, form.cleaned_data["outcome"], form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("Kept, and sealed until all decisions are released."))
        return redirect(call_url("assess", found.call))
    return _one_page(request, found, decision_form=form)


@login_required
@form_methods
def conflict(request: HttpRequest, slug: str, call_id: UUID, expression_id: UUID) -> HttpResponse:
    """Say that I can't be fair about this one."""
    user = signed_in(request)
    found = assessed_expression_or_404(user, slug, call_id, expression_id)
    form = ConflictForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.declare_conflict(user, found, form.cleaned_data["words"])
    ):
        messages.success(request, _("Thank you. This expression is closed to you now."))
        return redirect(call_url("assess", found.call))
    return form_page(
        request,
        form,
        heading=_("Declare a conflict of interest"),
        lead=_(
            "Say it if you, your family or your friends could gain, or if others could think "
            "so. The expression closes to you at once, and stays closed."
        ),
        button=_("Declare it"),
        crumbs=call_crumbs(found.call, (_("Assessing"), call_url("assess", found.call))),
    )


@login_required
@require_POST
def feedback(request: HttpRequest, slug: str, call_id: UUID, expression_id: UUID) -> HttpResponse:
    """Give feedback."""
    user = signed_in(request)
    found = assessed_expression_or_404(user, slug, call_id, expression_id)
    require(rules.may_give_feedback(user, found))
    form = FeedbackForm(request.POST)
    if form.is_valid() and attempt(
        form, lambda: actions.give_feedback(user, found, form.cleaned_data["words"])
    ):
        messages.success(request, _("The feedback is kept."))
        return redirect(call_url("assess_one", found.call, found.pk))
    return _one_page(request, found, feedback_form=form)
