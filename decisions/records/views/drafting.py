"""Drafting a decision, and what people say about the draft."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commissioning.design.pages import form_methods
from commissioning.design.when import day
from commissioning.ground.answers import YES, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.rules import may_run
from decisions.questions.loaders import run_question_or_404
from decisions.records import rules
from decisions.records.actions import drafting as actions
from decisions.records.forms import (
    SECTION_FORMS,
    BeginForm,
    CommentForm,
    ConsultForm,
    DutiesForm,
    InterestForm,
    OwnWordsForm,
    ReasonForm,
    heading_of,
)
from decisions.records.loaders import (
    comment_or_404,
    decision_or_404,
    member_decision_or_404,
    run_decision_or_404,
)
from decisions.records.models import Decision, Reply
from decisions.records.readiness import cautions, missing_to_recommend
from decisions.records.room import too_long
from decisions.records.talks import contradictions
from decisions.records.views.common import decision_url, one_form
from places.directory.signed_in import signed_in


@login_required
@form_methods
def begin(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Begin a decision on a question."""
    user = signed_in(request)
    question = run_question_or_404(user, slug, question_id)
    require(rules.may_begin(user, question))
    form = BeginForm(request.POST or None, initial={"title": question.title})
    made: list[Decision] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(actions.begin_decision(user, question, form.cleaned_data["title"])),
    ):
        return redirect(made[0])
    context = {
        "form": form,
        "heading": _("Draft the decision"),
        "button": _("Continue"),
        "crumbs": [
            (question.programme.title, question.programme.get_absolute_url()),
            (question.title, question.get_absolute_url()),
            (_("Draft the decision"), ""),
        ],
    }
    return render(request, "decisions/records/form.html", context, status=form_status(form))


@login_required
@form_methods
def section(request: HttpRequest, slug: str, decision_id: UUID, name: str) -> HttpResponse:
    """One section of the draft."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    if name not in SECTION_FORMS:
        raise Http404
    _heading, form_class = SECTION_FORMS[name]
    return one_form(
        request,
        decision,
        rules.may_write(user, decision),
        lambda: form_class(request.POST or None, instance=decision),
        lambda form: actions.write_section(user, decision, name, form.values(), stood=form.stored),
        heading=heading_of(name, decision),
        button="",
        template="decisions/records/section.html",
        then=lambda _made: _after(request, decision, name),
        read_anew=decision.refresh_from_db,
    )


# In the order in which a draft is written.
IN_ORDER: Final = (*SECTION_FORMS, "duties")


def _after(request: HttpRequest, decision: Decision, name: str) -> str:
    """The next section that lacks something; the list, if it was asked for or nothing does."""
    if "list" in request.POST:
        return decision.get_absolute_url()
    missing = {section for section, _sentence in missing_to_recommend(_afresh(decision))}
    left = [one for one in IN_ORDER[IN_ORDER.index(name) + 1 :] if one in missing]
    if not left:
        return decision.get_absolute_url()
    if left[0] == "duties":
        return decision_url("duties", decision)
    return decision_url("section", decision, left[0])


def _afresh(decision: Decision) -> Decision:
    """As it was saved, without what this request has read of it before."""
    return Decision.objects.select_related("question__programme__place").get(pk=decision.pk)


@login_required
@form_methods
def duties(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Every duty, one after the other."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.may_write(user, decision),
        lambda: DutiesForm(decision, request.POST or None),
        lambda form: actions.answer_duties(user, decision, form.answers(), stood=form.stored),
        heading=_("Duties"),
        button="",
        template="decisions/records/duties.html",
        then=lambda _made: _after(request, decision, "duties"),
    )


@login_required
@form_methods
def interest(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """A conflict of somebody who decides or advises."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        YES,
        lambda: InterestForm(request.POST or None),
        lambda form: actions.declare_interest(user, decision, **form.cleaned_data),
        heading=_("Write down an interest"),
        button=_("Write it down"),
        done=_("Written down."),
        quotes=[f"{one.who}: {one.what}" for one in decision.interests.all()],
    )


@login_required
@form_methods
def consult(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Put the draft out for comment."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    until = {"until": decision.consult_until}
    return one_form(
        request,
        decision,
        rules.may_write(user, decision),
        lambda: ConsultForm(decision, request.POST or None, initial=until),
        lambda form: actions.consult(user, decision, **form.cleaned_data),
        heading=_("Put the draft out for comment"),
        button=_("Put it out"),
        done=_("The draft is out for comment."),
        lead=_("Everybody who reads the programme reads the draft, and may say what they think."),
    )


@login_required
@form_methods
def comment(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Say something about the draft."""
    user = signed_in(request)
    decision = decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.may_comment(user, decision),
        lambda: CommentForm(user, request.POST or None),
        lambda form: actions.comment(user, decision, **form.cleaned_data),
        heading=_("Comment on the draft"),
        button=_("Send your comment"),
        done=_("Your comment is kept as you wrote it. It gets an answer."),
        lead=_("It is read by everybody who reads the decision, and gets an answer in writing."),
    )


@login_required
@form_methods
def reply(request: HttpRequest, slug: str, decision_id: UUID, comment_id: UUID) -> HttpResponse:
    """Say what became of a comment."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    said = comment_or_404(decision, comment_id)
    return one_form(
        request,
        decision,
        rules.may_write(user, decision),
        lambda: OwnWordsForm(request.POST or None),
        lambda form: actions.reply(user, said, form.cleaned_data["words"]),
        heading=_("Answer a comment"),
        button=_("Keep the answer"),
        quotes=[said.words, *_answered(decision, said.pk)],
    )


def _answered(decision: Decision, comment_id: UUID) -> list[str]:
    """The answer that somebody else gave meanwhile: it stands, and is read beside one's own."""
    replies = Reply.objects.filter(comment__decision=decision, comment=comment_id)
    return [_("It has its answer: %s") % one.words for one in replies]


@login_required
@form_methods
def dissent(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Disagree, in one's own words."""
    user = signed_in(request)
    decision = member_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.may_dissent(user, decision),
        lambda: OwnWordsForm(request.POST or None),
        lambda form: actions.dissent(user, decision, form.cleaned_data["words"]),
        heading=_("Record your dissent"),
        button=_("Record it"),
        done=_("Your dissent stands in the record as you wrote it."),
        lead=_("Nobody edits it, you neither: it is printed in the record as you write it here."),
    )


@login_required
@form_methods
def recommend(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Put it before the body with the power."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    require(rules.may_recommend(user, decision))
    if request.method == "POST":
        actions.recommend(user, decision)
        messages.success(request, _("Recommended."))
        return redirect(decision)
    context = {
        "heading": _("Recommend “%s”?") % decision.title,
        "consequences": [
            _("It goes to %s, as it stands.") % (decision.body_name or _("the body that decides")),
            _("Nobody can reword it while it is there; you can take it back, with a reason."),
            _("Your name and the day stand in the record."),
            *_not_before(decision),
            *(_("Stops nothing, but look at it first: %s") % one for one in cautions(decision)),
            *_to_mend(decision),
            *too_long(decision),
        ],
        "action": _("Recommend it"),
        "back": decision.get_absolute_url(),
    }
    return render(request, "design/confirm.html", context)


def _not_before(decision: Decision) -> list[str]:
    first = rules.first_day_by_notice(decision)
    if first is None or first <= timezone.localdate():
        return []
    return [_("By its notice it can be decided from %s on.") % day(first)]


def _to_mend(decision: Decision) -> list[str]:
    """Where what the draft says of early talks is brought to agree."""
    if not contradictions(decision):
        return []
    return [
        _(
            "Early talks: mend what does not agree before you recommend it. Talks are written down "
            "in the programme's level-playing-field file, the duty on the page of duties; an "
            "answer of the walk is changed by walking again. If it is left, the record prints it."
        )
    ]


@login_required
@form_methods
def send_back(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Take it back from the body with the power."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.may_enter(user, decision),
        lambda: ReasonForm(request.POST or None),
        lambda form: actions.send_back(user, decision, form.cleaned_data["reason"]),
        heading=_("Take it back to change it"),
        button=_("Take it back"),
    )


@login_required
@form_methods
def withdraw(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """Give the draft up."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    return one_form(
        request,
        decision,
        rules.could_not_gain(user, decision),
        lambda: ReasonForm(request.POST or None),
        lambda form: actions.withdraw(user, decision, form.cleaned_data["reason"]),
        heading=_("Withdraw the draft"),
        button=_("Withdraw it"),
        then=lambda _gone: reverse("records:decisions", args=[slug]),
    )


@login_required
@require_POST
def interest_remove(
    request: HttpRequest, slug: str, decision_id: UUID, interest_id: UUID
) -> HttpResponse:
    """Take out an interest that was written down by mistake."""
    user = signed_in(request)
    decision = run_decision_or_404(user, slug, decision_id)
    require(may_run(user, decision.question.programme))
    actions.remove_interest(user, decision, interest_id)
    return redirect(decision_url("interest", decision))
