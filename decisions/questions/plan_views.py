"""The backward plan: a page, the same on paper, a form for its lengths, and a calendar file."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.design.keeping import keep
from commissioning.design.pages import form_methods
from commissioning.documents.actions import request_document
from commissioning.programmes.rules import is_member
from decisions.questions import actions, rules
from decisions.questions.circumstances import circumstances_of
from decisions.questions.closed import with_forms
from decisions.questions.forms import PlanForm
from decisions.questions.heading import heading_of
from decisions.questions.loaders import (
    member_question_or_404,
    question_or_404,
    run_question_or_404,
)
from decisions.questions.models import BackwardPlan, Question
from decisions.questions.pages import kept_page, question_crumbs, question_url
from decisions.questions.plan.backward import Plan
from decisions.questions.plan.calendar_file import calendar_file
from decisions.questions.plan.routes import way_key
from decisions.questions.plan.ways import WAYS, Way
from decisions.questions.plan_paper import PAPER
from decisions.questions.plan_when import when_of
from decisions.questions.planned import has_a_day, kept_plan, planned, way_to_plan
from places.directory.signed_in import signed_in


def _way(request: HttpRequest, question: Question, kept: BackwardPlan | None) -> str | None:
    """The way that was asked for, else the question's own; None while it has none."""
    way = request.GET.get("way") or way_to_plan(question, kept)
    if way is not None and way not in WAYS:
        raise Http404
    return way


def ways_of(question: Question, shown: str | None = None) -> list[Way]:
    """The ways that there can be under the question's own regime, and the one that is shown.

    Once a walk has said which routes are open, none of a route that it closed.
    """
    known, heading = circumstances_of(question).regime, heading_of(question)
    ways = [way for way in WAYS.values() if way.is_under(known) or way.key == shown]
    if heading is None or not heading.open_routes:
        return ways
    opened = {way_key(route, heading.answers) for route in with_forms(heading.open_routes)}
    return [way for way in ways if way.key in opened or way.key == shown]


@require_safe
def plan(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The plan as a picture and as a table; when it is too late, what can lawfully be done."""
    question = question_or_404(request.user, slug, question_id)
    kept = kept_plan(question)
    way, heading = _way(request, question, kept), heading_of(question)
    found = planned(question, kept, way) if way else None
    today = timezone.localdate()
    context: dict[str, object] = {
        "question": question,
        "programme": question.programme,
        "way": WAYS[way] if way else None,
        "ways": ways_of(question, way),
        "heading": heading,
        "is_headed": bool(way and heading and heading.way and heading.way.key == way),
        "has_day": has_a_day(question),
        "latest": [] if way else latest_of_each(question, kept),
        "plan": found,
        "locked": "" if question.is_open else rules.is_open(question).reason,
        "today": today,
        "may_write": bool(rules.may_write(request.user, question)),
        # On paper there is the question's own plan, and no other to take for it.
        "may_print": way == way_to_plan(question, kept)
        and bool(is_member(request.user, question.programme)),
        "crumbs": question_crumbs(question, (_("Backward plan"), "")),
    }
    if found:
        context |= when_of(question, found, kept, today)
    return render(request, "decisions/questions/plan.html", context)


def latest_of_each(question: Question, kept: BackwardPlan | None) -> list[tuple[Way, Plan]]:
    """Before there is a route: every way beside the others, with the day work must begin by."""
    found = ((way, planned(question, kept, way.key)) for way in ways_of(question))
    told = [(way, plan) for way, plan in found if plan is not None]
    return sorted(told, key=lambda one: (one[1].begin_by, one[0].title))


@require_safe
def plan_file(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The plan for a calendar."""
    question = question_or_404(request.user, slug, question_id)
    kept = kept_plan(question)
    way = _way(request, question, kept)
    found = planned(question, kept, way) if way else None
    if found is None:
        # Its page shows every way beside the others, or says which day is missing.
        return redirect(question_url("questions:plan", question))
    content = calendar_file(
        found,
        question.title,
        uid=str(question.pk),
        stamp=kept.changed_at if kept else question.created_at,
        link=request.build_absolute_uri(question_url("questions:plan", question)),
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="backward-plan.ics"'
    return response


@login_required
@require_POST
def plan_paper(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The question's own plan on paper."""
    user = signed_in(request)
    question = member_question_or_404(user, slug, question_id)
    kept = kept_plan(question)
    way = way_to_plan(question, kept)
    if way is None or planned(question, kept, way) is None:
        # Its page shows every way beside the others, or says which day is missing.
        return redirect(question_url("questions:plan", question))
    return redirect(request_document(user, PAPER, question.pk))


@login_required
@form_methods
def plan_lengths(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Plan by this way, with the place's own lengths."""
    user = signed_in(request)
    question = run_question_or_404(user, slug, question_id)
    plan_page = question_url("questions:plan", question)
    way = _way(request, question, kept_plan(question))
    if way is None:
        return redirect(plan_page)
    if not request.GET.get("way"):
        # The page names the way whose lengths it asks, so that no other is planned by them.
        return redirect(f"{question_url('questions:plan_lengths', question)}?way={way}")
    kept = keep(
        request,
        rules.may_write(user, question),
        lambda: PlanForm(question, way, kept_plan(question), request.POST or None),
        lambda form: actions.set_plan(
            user,
            question,
            way,
            key_decision=form.cleaned_data.get("key_decision", False),
            lengths=form.lengths(),
            stood={"changed_at": form.plan.changed_at if form.plan else None},
        ),
    )
    return kept_page(
        request,
        question,
        kept,
        heading=_("Your own lengths: %s") % WAYS[way].title,
        lead=_(
            "Each length is an assumption until you know better. Those that the law sets cannot "
            "be made shorter."
        ),
        button=_("Plan with these"),
        back=plan_page,
        way=((_("Backward plan"), plan_page), (_("Lengths"), "")),
    )
