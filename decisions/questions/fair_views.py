"""Pages that keep a question fair: what members could gain, and which talks were about it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commissioning.design.keeping import keep
from commissioning.design.pages import form_methods, form_page
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt
from commissioning.programmes.rules import membership_of
from commissioning.programmes.templatetags.programmes import moneyless
from decisions.questions import actions, rules
from decisions.questions.conflicts import declared_about, unknown_bodies
from decisions.questions.early_sessions import Session, judge_session, sessions_of, words_for
from decisions.questions.fair_forms import AboutForm, LinesForm, SessionForm
from decisions.questions.level_field import choose_lines, how_chosen, lines_of
from decisions.questions.loaders import member_question_or_404, run_question_or_404
from decisions.questions.models import Question
from decisions.questions.pages import kept_page, question_crumbs
from places.directory.signed_in import signed_in


@login_required
@form_methods
def declare(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Say what you could gain from how this question is decided."""
    user = signed_in(request)
    found = member_question_or_404(user, slug, question_id)
    require(rules.may_declare(user, found))
    form = AboutForm(request.POST or None, initial=_declared(request, found))
    if form.is_valid() and attempt(
        form, lambda: actions.declare_about(user, found, **form.cleaned_data)
    ):
        messages.success(request, _("Thank you. It stands in the papers of this question."))
        return redirect(found)
    return form_page(
        request,
        form,
        heading=_("Could you gain from this question?"),
        lead=_about(found),
        button=_("Declare it"),
        crumbs=question_crumbs(found, (_("Declare"), "")),
    )


def _about(found: Question) -> str:
    """What is declared here; and of whom only the people themselves can tell that they belong."""
    said = _("Your declaration for the whole programme stays as it is. This one is about “%s”.")
    return " ".join([said % found.title, *unknown_bodies(found)])


def _declared(request: HttpRequest, found: Question) -> dict[str, str]:
    member = membership_of(request.user, found.programme)
    before = declared_about(found).get(member.pk) if member else None
    if before is None:
        return {}
    said = "yes" if before.could_gain else "no"
    return {"could_gain": said, "words": moneyless(before.words, found.programme)}


@login_required
@form_methods
def talks(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Say which lines of the level-playing-field file are about this question."""
    user = signed_in(request)
    found = run_question_or_404(user, slug, question_id)
    kept = keep(
        request,
        rules.may_choose_lines(user, found),
        lambda: LinesForm(found, lines_of(found), request.POST or None),
        lambda form: choose_lines(user, found, form.chosen(), stood=form.stored),
    )
    if kept.saved:
        messages.success(request, _("Kept. The papers of this question list these lines."))
    return kept_page(
        request,
        found,
        kept,
        heading=_("Which talks were about this question?"),
        lead=how_chosen(found, lines_of(found)),
        button=_("Keep these lines"),
        back=found.get_absolute_url(),
        way=((_("Talks about it"), ""),),
    )


@login_required
@form_methods
def session(request: HttpRequest, slug: str, question_id: UUID, entry_id: UUID) -> HttpResponse:
    """Say whether a session was an early talk about this question, and write it down."""
    user = signed_in(request)
    found = run_question_or_404(user, slug, question_id)
    shown = _session_or_404(found, entry_id)

    def build() -> SessionForm:
        words = moneyless(words_for(user, found, shown), found.programme)
        return SessionForm(_session_or_404(found, entry_id), words, request.POST or None)

    kept = keep(
        request,
        rules.may_choose_lines(user, found),
        build,
        lambda form: judge_session(user, found, entry_id, form.judged(), stood=form.stored),
    )
    if kept.saved:
        messages.success(request, _("Kept. The papers of this question say so."))
    return kept_page(
        request,
        found,
        kept,
        heading=_("Was this session an early talk?"),
        lead=moneyless(f"{shown.what} {shown.known}", found.programme),
        button=_("Keep it"),
        back=found.get_absolute_url(),
        way=((_("A session"), ""),),
    )


def _session_or_404(question: Question, entry_id: UUID) -> Session:
    known = sessions_of(question, lines_of(question))
    found = next((one for one in known if one.key == entry_id), None)
    if found is None:
        raise Http404
    return found
