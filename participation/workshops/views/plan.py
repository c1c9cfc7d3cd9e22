"""The participation plan: who must be in the room, what stops them, what is asked at the door."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.ground.answers import Text
from commissioning.ground.attempts import attempt
from commissioning.programmes.rules import may_run
from participation.workshops.actions import planning
from participation.workshops.forms.plan import PlanLineForm, QuestionForm, as_typed, begun
from participation.workshops.loaders import run_workshop_or_404
from participation.workshops.models import JoinQuestion, PlanLine, Workshop
from participation.workshops.presence import asked_of
from participation.workshops.views.common import (
    confirm_page,
    crumbs_of,
    form_page,
    signed_in,
    url_of,
)

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def plan(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """The whole plan on one page."""
    found = run_workshop_or_404(request.user, slug, workshop_id)
    lines = list(found.plan_lines.all())
    context = {
        "workshop": found,
        "programme": found.programme,
        "lines": lines,
        "hours": sum(line.hours for line in lines if line.hours is not None),
        "questions": list(found.join_questions.all()),
        # Not while people come in: from one look to the next somebody's answer would show.
        "asked": asked_of(found) if found.status == Workshop.Status.CLOSED else [],
        "most_questions": planning.MOST_QUESTIONS,
        "may_change": found.status != Workshop.Status.CLOSED,
        "may_say_pay": bool(may_run(request.user, found.programme)),
        "crumbs": crumbs_of(found, (_("Who must be in the room"), "")),
    }
    return render(request, "participation/workshops/plan.html", context)


@login_required
@form_methods
def line(
    request: HttpRequest, slug: str, workshop_id: UUID, line_id: UUID | None = None
) -> HttpResponse:
    """Add a line to the plan, or change one."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    known = _line_or_404(found, line_id) if line_id else None
    form = PlanLineForm(request.POST or None, instance=known)
    if form.is_valid() and attempt(
        form, lambda: planning.write_line(user, found, form.wanted(), line_id)
    ):
        messages.success(request, _("Saved."))
        return redirect(url_of("plan", found))
    return _form(request, found, form, _("Who must be in the room?"))


@login_required
@form_methods
def drop_line(request: HttpRequest, slug: str, workshop_id: UUID, line_id: UUID) -> HttpResponse:
    """Take a line out."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    known = _line_or_404(found, line_id)
    if request.method == "POST":
        planning.drop_line(user, found, line_id)
        return redirect(url_of("plan", found))
    return confirm_page(
        request,
        heading=_("Take “%s” out of the plan?") % known.who,
        consequences=[_("Nobody plans for them any more, unless another line does.")],
        action=_("Take it out"),
        back=url_of("plan", found),
    )


@login_required
@form_methods
def question(
    request: HttpRequest, slug: str, workshop_id: UUID, question_id: UUID | None = None
) -> HttpResponse:
    """Ask something at the door, or reword it."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    if question_id:
        initial = as_typed(_question_or_404(found, question_id))
    else:
        areas = list(found.programme.place.areas.values_list("name", flat=True).order_by("name"))
        initial = begun(request.GET.get("begin", ""), areas)
    form = QuestionForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form, lambda: planning.write_question(user, found, form.wanted(), question_id)
    ):
        messages.success(request, _("Saved. Whoever comes in from now on is asked."))
        return redirect(url_of("plan", found))
    return _form(request, found, form, _("A question at the door"))


@login_required
@form_methods
def drop_question(
    request: HttpRequest, slug: str, workshop_id: UUID, question_id: UUID
) -> HttpResponse:
    """Ask it no more."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    known = _question_or_404(found, question_id)
    if request.method == "POST":
        planning.drop_question(user, found, question_id)
        return redirect(url_of("plan", found))
    return confirm_page(
        request,
        heading=_("Ask “%s” no more?") % known.words,
        consequences=[_("What was counted so far is forgotten.")],
        action=_("Take it out"),
        back=url_of("plan", found),
    )


def _form(
    request: HttpRequest, found: Workshop, form: PlanLineForm | QuestionForm, heading: Text
) -> HttpResponse:
    crumbs = crumbs_of(found, (_("Who must be in the room"), url_of("plan", found)), (heading, ""))
    return form_page(request, form, heading=heading, button=_("Save"), crumbs=crumbs)


def _line_or_404(found: Workshop, line_id: UUID) -> PlanLine:
    known = found.plan_lines.filter(pk=line_id).first()
    if known is None:
        raise Http404
    return known


def _question_or_404(found: Workshop, question_id: UUID) -> JoinQuestion:
    known = found.join_questions.filter(pk=question_id).first()
    if known is None:
        raise Http404
    return known
