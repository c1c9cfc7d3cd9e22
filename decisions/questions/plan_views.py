"""The backward plan: a page, a form for its lengths, and a calendar file."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.design.keeping import keep
from commissioning.design.pages import form_methods
from decisions.questions import actions, rules
from decisions.questions.circumstances import circumstances_of
from decisions.questions.closed import with_forms
from decisions.questions.forms import PlanForm
from decisions.questions.heading import heading_of
from decisions.questions.loaders import question_or_404, run_question_or_404
from decisions.questions.models import BackwardPlan, Question
from decisions.questions.pages import kept_page, question_crumbs, question_url
from decisions.questions.panels import standings_of
from decisions.questions.plan.backward import Plan, earliest_end
from decisions.questions.plan.bridges import bridges_for
from decisions.questions.plan.calendar_file import calendar_file
from decisions.questions.plan.picture import draw
from decisions.questions.plan.routes import way_key
from decisions.questions.plan.standstill import Regime
from decisions.questions.plan.ways import WAYS, Way
from decisions.questions.planned import has_a_day, is_key, kept_plan, planned, way_to_plan
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
        "crumbs": question_crumbs(question, (_("Backward plan"), "")),
    }
    if found:
        context |= _when(question, found, kept, today)
    return render(request, "decisions/questions/plan.html", context)


def _when(
    question: Question, found: Plan, kept: BackwardPlan | None, today: date
) -> dict[str, object]:
    # A decision that was made and is in call-in, or was called in, waits: that is no lateness.
    waits = standings_of([question]).get(question.pk)
    chosen = question.state == Question.State.DECIDED
    passed = frozenset() if waits else found.passed(today, chosen=chosen)
    context: dict[str, object] = {
        "waits": waits[0] if waits else "",
        "picture": draw(found, today, passed),
        "rows": [(step, step in passed) for step in found.steps],
        "too_late": found.is_too_late(today) and not chosen and not waits,
        "begins_later": _begins(question, found) > 0,
        "begins_sooner": _begins(question, found) < 0,
    }
    if context["too_late"] and not found.is_new:
        known = circumstances_of(question)
        # A way of the health regime that somebody picks has that regime's bridges at once.
        regime = Regime.HEALTH if found.way.regime == Regime.HEALTH else known.regime
        ready = earliest_end(
            found.way.key,
            today,
            {**known.lengths, **(kept.lengths if kept else {})},
            key_decision=is_key(question, kept),
            notice=known.notice,
            papers=known.papers(),
        )
        context |= {
            # What comes after begins on the day after the last of the present arrangement.
            "ready": ready + timedelta(days=1),
            "gap_weeks": max(1, round((ready - found.ends_on).days / 7)),
            "bridges": bridges_for(regime),
            "depends": regime == Regime.NONE,
        }
    return context


def _begins(question: Question, found: Plan) -> int:
    """How many days after the last of the plan the question says that it begins; 0 where it says
    nothing else."""
    if found.is_new or question.begins_on is None:
        return 0
    return (question.begins_on - found.procurement_begins.starts).days


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
