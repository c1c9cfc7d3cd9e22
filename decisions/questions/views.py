"""Pages of questions: the list, one question with its panels, its words, its value, its plan."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.design.keeping import keep
from commissioning.design.pages import confirm_page, form_methods, form_page
from commissioning.ground.answers import Text, require
from commissioning.ground.attempts import attempt
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import money_gate
from decisions.questions import actions, rules
from decisions.questions.forms import QuestionForm, ValueForm
from decisions.questions.left import next_of, next_url, what_is_left
from decisions.questions.loaders import question_or_404, run_question_or_404
from decisions.questions.models import Question
from decisions.questions.pages import (
    kept_page,
    programme_crumbs,
    question_crumbs,
    question_url,
)
from decisions.questions.panels import panels_for, standings_of
from decisions.questions.passed import days_passed
from places.directory.signed_in import signed_in

TAGS = {
    Question.State.DRAFT: "lock",
    Question.State.APPRAISING: "talk",
    Question.State.DECIDING: "wait",
    Question.State.DECIDED: "",
}


def _standing(question: Question, known: Mapping[UUID, tuple[Text, str]]) -> tuple[Text, str]:
    """How a question stands, and its kind of tag; a higher room may know it closer."""
    kind = TAGS[Question.State(question.state)]
    return known.get(question.pk, (question.get_state_display(), kind))


@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """What a programme is deciding."""
    programme = programme_or_404(request.user, slug)
    runs = rules.may_ask(request.user, programme)
    found = list(Question.objects.of(programme, drafts=bool(runs)))
    known = standings_of(found)
    context = {
        "programme": programme,
        "questions": [(question, *_standing(question, known)) for question in found],
        "runs": bool(runs),
        "crumbs": [*programme_crumbs(programme)[:-1], (_("Questions"), "")],
    }
    return render(request, "decisions/questions/questions.html", context)


@require_safe
def question(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """One question, and what every room knows of it."""
    found = question_or_404(request.user, slug, question_id)
    left = what_is_left(found, request.user)
    context = {
        "question": found,
        "programme": found.programme,
        "panels": panels_for(found, request.user),
        "standing": _standing(found, standings_of([found])),
        "gate": money_gate(found.programme),
        "may_write": bool(rules.may_write(request.user, found)),
        "past": days_passed(found) if found.is_open else [],
        "next": next_of(left),
        "tasks": [step.as_task for step in left],
        "outcomes": found.outcomes.all(),
        "areas": found.areas.all(),
        "crumbs": question_crumbs(found),
    }
    return render(request, "decisions/questions/question.html", context)


@login_required
@form_methods
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a question, in words."""
    user = signed_in(request)
    programme = programme_or_404(user, slug)
    require(rules.may_ask(user, programme))
    form = QuestionForm(programme, request.POST or None)
    made: list[Question] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(actions.make_question(user, programme, form.words()))
    ):
        for words in days_passed(made[0]):
            messages.info(request, words)
        may_value = rules.may_value(user, made[0])
        return redirect(question_url("questions:value", made[0]) if may_value else made[0])
    return form_page(
        request,
        form,
        heading=_("A new question"),
        lead=_("What does the programme have to decide? You can change all of it later."),
        button=_("Save and continue"),
        crumbs=programme_crumbs(programme, (_("New"), "")),
    )


@login_required
@form_methods
def edit(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Say the question again."""
    user = signed_in(request)
    found = run_question_or_404(user, slug, question_id)
    kept = keep(
        request,
        rules.may_write(user, found),
        lambda: QuestionForm(found.programme, request.POST or None, said=found),
        lambda form: actions.write_question(user, found, form.words(), stood=form.stored),
        read_anew=found.refresh_from_db,
    )
    return kept_page(
        request,
        found,
        kept,
        heading=_("Change the question"),
        button=_("Save the question"),
        back=found.get_absolute_url(),
        way=((_("Change"), ""),),
    )


@login_required
@form_methods
def value(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Say what it is worth, once amounts may be spoken of."""
    user = signed_in(request)
    found = run_question_or_404(user, slug, question_id)
    kept = keep(
        request,
        rules.may_value(user, found),
        lambda: ValueForm(found, request.POST or None),
        lambda form: actions.value_question(user, found, form.value(), stood=form.stored),
        read_anew=found.refresh_from_db,
    )
    return kept_page(
        request,
        found,
        kept,
        heading=_("What it is worth, and how long it runs"),
        button=_("Save and continue"),
        back=found.get_absolute_url(),
        then=question_url("questions:open", found) if found.state == Question.State.DRAFT else "",
        lead=_(
            "Limits in law go by the whole value: all years, every option and extension, and VAT "
            "where it is really paid."
        ),
        way=((_("Value and length"), ""),),
    )


@login_required
@form_methods
def open_question(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Say what opening means, and do it."""
    user = signed_in(request)
    found = run_question_or_404(user, slug, question_id)
    require(rules.may_write(user, found))
    if request.method == "POST":
        actions.open_question(user, found)
        messages.success(request, _("Everybody who sees the programme can read the question now."))
        return redirect(next_url(run_question_or_404(user, slug, question_id), user))
    return confirm_page(
        request,
        heading=_("Put the question “%s”?") % found.title,
        consequences=[
            _("Everybody who sees the programme can read it."),
            _("Members can answer it from their own seats."),
            _("It can still be changed; the history says so."),
            _("It can no longer be thrown away."),
        ],
        action=_("Put the question"),
        back=found.get_absolute_url(),
    )


@login_required
@form_methods
def discard(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    user = signed_in(request)
    found = run_question_or_404(user, slug, question_id)
    require(rules.may_write(user, found))
    if request.method == "POST":
        actions.discard_question(user, found)
        messages.success(request, _("The draft is gone."))
        return redirect(reverse("questions:questions", args=[slug]))
    return confirm_page(
        request,
        heading=_("Throw the draft “%s” away?") % found.title,
        consequences=[_("The draft is gone for good. Nobody else has read it.")],
        action=_("Throw it away"),
        back=found.get_absolute_url(),
    )
