"""The pages of calls that anybody reads."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commissioning.design.pages import form_page
from commissioning.design.when import day
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_lead, may_run, money_gate
from participation.calls import rules
from participation.calls.actions.ballot import hours_before
from participation.calls.actions.questions import answer_publicly, ask_publicly
from participation.calls.clock import database_now
from participation.calls.forms.applying import AskForm
from participation.calls.forms.running import AnswerPubliclyForm
from participation.calls.loaders import call_or_404, run_call_or_404
from participation.calls.models import Call, Decision
from participation.calls.odds import Odds
from participation.calls.rules import phase_of
from participation.calls.views.common import call_crumbs, call_url, programme_crumbs
from places.directory.models import Organisation
from places.directory.signed_in import signed_in

CALLS_A_PAGE = 20


@require_safe
def calls(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme's calls; drafts too for those who run it."""
    programme = programme_or_404(request.user, slug)
    require(money_gate(programme))
    runs = bool(may_run(request.user, programme))
    found = programme.calls.all() if runs else programme.calls.published()
    page = Paginator(found, CALLS_A_PAGE).get_page(request.GET.get("page"))
    now = database_now()
    context = {
        "programme": programme,
        "page": page,
        "calls": [(call, phase_of(call, now)) for call in page],
        "runs": runs,
        "crumbs": [*programme_crumbs(programme)[:1], (_("Calls"), "")],
    }
    return render(request, "participation/calls/calls.html", context)


@require_safe
def call(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """All that somebody should know before they apply, on one page that prints well."""
    found = call_or_404(request.user, slug, call_id)
    now = database_now()
    runs = bool(may_run(request.user, found.programme))
    odds, hours = _odds(found), hours_before(found)
    context = {
        "call": found,
        "programme": found.programme,
        "phase": phase_of(found, now),
        "odds": odds,
        "numbers": _numbers(found, odds, found.hours_others_took or hours),
        "outcomes": found.outcomes.all(),
        "questions": found.questions.all(),
        "documents": found.wanted_documents.all(),
        "checks": found.checks.all(),
        "changes": found.changes.all() if found.is_published else [],
        "asked": _public_questions(found, runs),
        "approved": _approved(found),
        "hours_before": hours,
        "runs": runs,
        "leads": bool(may_lead(request.user, found.programme)),
        "assesses": rules.assesses(request.user, found),
        "crumbs": programme_crumbs(found.programme, (found.title, "")),
    }
    return render(request, "participation/calls/call.html", context)


def _odds(call: Call) -> Odds | None:
    if call.expected_applications and call.can_fund:
        return Odds(call.expected_applications, call.can_fund)
    return None


def _public_questions(call: Call, runs: bool) -> object:
    asked = call.public_questions.all()
    return asked if runs else asked.filter(answered_at__isnull=False)


def _approved(call: Call) -> object:
    """Those that go on, once everybody has been told. The others are not listed anywhere."""
    if call.status != Call.Status.RELEASED:
        return []
    return call.expressions.filter(
        decision__outcome=Decision.Outcome.APPROVED, standing__isnull=False
    ).select_related("standing__area", "organisation")


def _numbers(call: Call, odds: Odds | None, hours: Decimal | None) -> list[dict[str, str]]:
    """What decides whether it is worth an evening, large; only what is known."""
    numbers = []
    if odds and not odds.everyone:
        numbers.append({"value": _("1 in %d") % odds.one_in, "label": _("can be funded, about")})
    if hours:
        numbers.append({"value": _("%g hours") % hours, "label": _("it took others, about")})
    if call.decision_on:
        numbers.append({"value": day(call.decision_on), "label": _("is when you hear")})
    return numbers


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Ask something about the call, for an organisation."""
    user = signed_in(request)
    found = call_or_404(user, slug, call_id)
    if not found.is_published:
        raise Http404
    form = AskForm(Organisation.objects.acted_for_by(user), request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: ask_publicly(
            user, found, form.cleaned_data["organisation"], form.cleaned_data["words"]
        ),
    ):
        messages.success(request, _("Your question is in. The answer comes on this page."))
        return redirect(f"{call_url('call', found)}#questions")
    return form_page(
        request,
        form,
        heading=_("Ask about this call"),
        button=_("Send the question"),
        crumbs=call_crumbs(found, (_("Ask"), "")),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, slug: str, call_id: UUID, question_id: UUID) -> HttpResponse:
    """Answer for everybody."""
    user = signed_in(request)
    found = run_call_or_404(user, slug, call_id)
    question = found.public_questions.filter(pk=question_id).first()
    if question is None:
        raise Http404
    form = AnswerPubliclyForm(request.POST or None, instance=question)
    if form.is_valid() and attempt(
        form,
        lambda: answer_publicly(
            user, question, form.cleaned_data["shown_as"], form.cleaned_data["answer"]
        ),
    ):
        messages.success(request, _("Your answer is on the page."))
        return redirect(f"{call_url('call', found)}#questions")
    return form_page(
        request,
        form,
        heading=_("Answer for everybody"),
        button=_("Publish the answer"),
        quote=question.words,
        crumbs=call_crumbs(found, (_("Answer"), "")),
    )
