"""Walking: the list of walks, a new one, the way so far, one question a page."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.design.pages import form_methods, form_page
from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.models import Membership
from commissioning.programmes.rules import is_member
from decisions.questions.closed import BY_FORM, FORMS
from decisions.questions.loaders import run_question_or_404
from decisions.questions.pages import question_crumbs
from decisions.questions.panels import choice_panels
from decisions.trees import actions, here, rules
from decisions.trees.actions_common import Stale
from decisions.trees.compared import Difference, differences_of, known_already
from decisions.trees.effects import Effect, effects
from decisions.trees.engine import AnswerError
from decisions.trees.engine.flow import reached_from
from decisions.trees.engine.tree import Question as TreeQuestion
from decisions.trees.forms.walking import AnswerForm, BeginForm, as_typed
from decisions.trees.known import Known, begin_lead, from_question, known_for
from decisions.trees.loaders import (
    key_or_404,
    member_walk_or_404,
    walk_or_404,
    walked_question_or_404,
)
from decisions.trees.models import Appraisal, SeatAnswer
from decisions.trees.offered import Offered, evidence_for
from decisions.trees.results import result_of, said_in_words
from decisions.trees.seat_words import seat_in_words
from decisions.trees.standpoint import Standing
from decisions.trees.typed import forget_typed, typed_before
from decisions.trees.views.common import question_page, too_late, walk_crumbs, walk_url
from decisions.trees.views.seen import clashes_shown, hidden_from, veiled
from places.directory.signed_in import signed_in


@require_safe
def walks(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """The walks of a question: those that are locked for everybody, open ones for members."""
    question = walked_question_or_404(request.user, slug, question_id)
    inside = bool(is_member(request.user, question.programme))
    found = Appraisal.objects.filter(question=question).select_related("tree", "made_by")
    if not inside:
        found = found.filter(locked_at__isnull=False)
    rows = list(found.defer("tree__text", "given", "result"))
    context = {
        "question": question,
        "programme": question.programme,
        "walks": [walk for walk in rows if not walk.is_what_if],
        "what_ifs": [walk for walk in rows if walk.is_what_if],
        "inside": inside,
        "may_begin": rules.may_begin(request.user, question),
        "crumbs": question_crumbs(question, (_("Walks"), "")),
    }
    return render(request, "decisions/trees/walks.html", context)


@login_required
@form_methods
def new(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Begin a walk: which tree, and by the law of which day."""
    user = signed_in(request)
    question = run_question_or_404(user, slug, question_id)
    require(rules.may_begin(user, question))
    form = BeginForm(question, request.POST or None)
    made: list[Appraisal] = []
    if form.is_valid():
        data = form.cleaned_data
        if attempt(
            form,
            lambda: made.append(
                actions.begin_walk(user, question, data["tree"], data["begins_on"], data["title"])
            ),
        ):
            member = rules.seat_of(user, question.programme)
            if rules.may_answer(user, made[0]) and known_for(Standing(made[0]), member):
                return redirect(walk_url("known", made[0]))
            return redirect(next_page(made[0], None))
    return form_page(
        request,
        form,
        heading=_("Begin a walk"),
        lead=begin_lead(question),
        button=_("Begin"),
        crumbs=question_crumbs(
            question, (_("Walks"), question_page("walks", question)), (_("Begin"), "")
        ),
    )


@require_safe
def walk(request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID) -> HttpResponse:
    """The way so far: every question that was asked, who said what, what still differs."""
    found = walk_or_404(request.user, slug, question_id, walk_id)
    standing = Standing(found)
    user = request.user
    member = rules.seat_of(user, found.question.programme) if user.is_authenticated else None
    may_answer = rules.may_answer(user, found)
    path = found.result["path"] if found.result else result_of(standing)["path"]
    path = _marked(path, standing)
    if may_answer and not found.is_what_if:
        path = veiled(path, standing, member)
    context = {
        "walk": found,
        "question": found.question,
        "programme": found.question.programme,
        "path": path,
        "differences": differences_of(found, [row for row in path if row["said"]]),
        "clashes": clashes_shown(standing, member if may_answer else None),
        "standing": standing,
        "waiting": standing.working.walked.next_question,
        "hidden": hidden_from(standing, member) if may_answer else (),
        "mine_next": standing.first_unanswered_by(member) if may_answer else None,
        "known": _known_first(standing, member) if may_answer else [],
        "ahead": here.ahead_of(standing, member) if may_answer else None,
        "may_answer": may_answer,
        "inside": bool(is_member(user, found.question.programme)),
        "may_settle": bool(rules.may_settle(user, found)),
        "may_try": bool(rules.may_try(user, found)) if user.is_authenticated else False,
        "against": actions.stands_against_lock(standing) if not found.is_locked else [],
        "may_lock": bool(rules.may_lock(user, found)),
        "reopened": standing.working.reopened,
        "dropped": _dropped(standing),
        "crumbs": walk_crumbs(found),
    }
    return render(request, "decisions/trees/walk.html", context)


def _marked(path: list[dict[str, Any]], standing: Standing) -> list[dict[str, Any]]:
    """Each row that was taken over from the question as it is says so."""
    told = from_question(standing)
    return [
        row | {"known": told[key]}
        if (key := row["question"]) in told
        and any(seat["reason"] == told[key] for seat in row["seats"])
        else row
        for row in path
    ]


def _known_first(standing: Standing, member: Membership | None) -> list[Known]:
    """What is known already, for a member who has said nothing here yet."""
    spoken = any(member.pk in said for said in standing.latest.values()) if member else True
    return [] if spoken else known_for(standing, member)


def _dropped(standing: Standing) -> list[str]:
    """Answers to what is not asked any more; what a walk has yet to come to is none of them."""
    waiting = standing.working.walked.next_question
    ahead = reached_from(standing.tree, waiting.id) if waiting else frozenset()
    asked = {*standing.working.path, *ahead}
    return [key for key in standing.latest if key not in asked]


def next_page(found: Appraisal, member: Membership | None) -> str:
    """The next question for this member, or the result."""
    key = Standing(found).first_unanswered_by(member)
    return walk_url("ask", found, key) if key else walk_url("result", found)


@login_required
@form_methods
def ask(
    request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID, key: str
) -> HttpResponse:
    """One question, with its help, its law and the programme's evidence beside it."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    standing = Standing(found)
    key_or_404(standing, key)
    question = standing.tree.questions[key]
    member = rules.seat_of(user, found.question.programme)
    own = standing.own(key, member)
    hints = effects(standing.working.walked, question)
    initial = _first_values(found, standing, key, own)
    if "take" in request.GET and (known := known_already(found, key)) is not None:
        initial["value"] = known
    stale = False
    if request.method == "POST":
        form = AnswerForm(question, hints, request.POST)
        if not (may := rules.may_answer(user, found)) and form["reason"].value():
            return too_late(request, found, form, question.text, may)
        require(may)
        try:
            if form.is_valid() and attempt(
                form, lambda: actions.answer(user, found, key, form.said())
            ):
                forget_typed(request)
                return redirect(next_page(found, member))
        except Stale:
            stale = True
            form = _typed_before(question, hints, request, own)
    else:
        initial |= typed_before(request, found, question)
        form = AnswerForm(question, hints, initial=initial)
    context = _ask_context(request, found, standing, key, member)
    context |= {"form": form, "stale": stale, "own": own}
    status = 409 if stale else form_status(form)
    return render(request, "decisions/trees/ask.html", context, status=status)


def _typed_before(
    question: TreeQuestion,
    hints: Mapping[str, Effect],
    request: HttpRequest,
    own: SeatAnswer | None,
) -> AnswerForm:
    """What was typed, kept, with the number of what has been saved since."""
    typed = request.POST.copy()
    typed["seen"] = str(own.number if own else 0)
    typed["op"] = str(uuid4())
    return AnswerForm(question, hints, typed)


def _first_values(
    found: Appraisal, standing: Standing, key: str, own: SeatAnswer | None
) -> dict[str, Any]:
    question = standing.tree.questions[key]
    if own is not None:
        value = as_typed(question, own.value)
        return {"value": value, "reason": own.reason, "seen": own.number}
    if key in found.given:
        return {"value": as_typed(question, found.given[key])}
    known = known_already(found, key)
    return {"value": known} if known is not None else {}


def _own_differences(
    found: Appraisal, standing: Standing, key: str, member: Membership | None
) -> list[Difference]:
    """Where one's own answer is not what the question says."""
    own = standing.own(key, member)
    if own is None:
        return []
    said = said_in_words(standing.tree, key, own.value)
    text = standing.tree.questions[key].text
    row = {"question": key, "text": text, "answer": own.value, "said": said}
    return [one for one in differences_of(found, [row]) if one.key == key]


def _ask_context(
    request: HttpRequest,
    found: Appraisal,
    standing: Standing,
    key: str,
    member: Membership | None,
) -> dict[str, Any]:
    question = standing.tree.questions[key]
    path = standing.working.path
    answered = standing.own(key, member) is not None
    may_answer = rules.may_answer(request.user, found)
    answering = member if may_answer else None
    said = said_by_seats(standing, key)
    offered: list[Offered] = evidence_for(found, key, request.user)
    return {
        "walk": found,
        "question": found.question,
        "programme": found.question.programme,
        "asked": question,
        "section": standing.tree.sections.get(question.section, ""),
        "number": path.index(key) + 1 if key in path else None,
        "ahead": here.ahead_of(standing, member),
        "known_why": "" if answered else from_question(standing).get(key, ""),
        "before": standing.working.before.get(key, ""),
        "here": here.draw(standing, key, hidden=hidden_from(standing, answering)),
        "clashes": clashes_shown(
            standing,
            answering,
            frozenset({key, standing.working.before.get(key, "")}),
        ),
        "differences": _own_differences(found, standing, key, member),
        "laws": [standing.tree.laws[one] for one in question.law],
        "said": said if answered or not may_answer or found.is_what_if else [],
        "others": 0 if answered or not may_answer else len(said),
        "differs": key in standing.working.differing,
        "settled": standing.last_settlement.get(key) if key in standing.working.settled else None,
        "reopened": key in standing.working.reopened,
        "may_answer": may_answer,
        "may_settle": bool(rules.may_settle(request.user, found)),
        "picks": [pick for pick in found.picks.all() if pick.key == key and not pick.dropped_at],
        "offered": offered,
        "panels": choice_panels_for(
            found, standing, request, veils=bool(hidden_from(standing, answering))
        ),
        "crumbs": walk_crumbs(found, (question.text, "")),
    }


def said_by_seats(standing: Standing, key: str) -> list[dict[str, Any]]:
    """Each seat's latest answer to a question, with who said it."""
    return [
        {
            "user": one.member.user,
            "seat": seat_in_words(one.member, gains=one.gains),
            "said": said_in_words(standing.tree, key, one.answer.value),
            "reason": one.answer.reason,
            "gains": one.gains,
        }
        for one in standing.latest.get(key, {}).values()
    ]


def choice_panels_for(
    found: Appraisal, standing: Standing, request: HttpRequest, *, veils: bool = False
) -> list[tuple[str, dict[str, Any]]]:
    """What other rooms show below a choice, for the routes that are still open.

    ``veils``: whoever looks still has to answer, so what others' answers closed is not told.
    """
    walked = standing.working.walked
    if walked.complete and not veils:
        options = [one.option for one in walked.ranked if one.standing != "excluded"]
        suiting = [BY_FORM[one.form] for one in walked.forms if one.fits and one.form in BY_FORM]
        options += [one for one in suiting if FORMS[one] in options]
    else:
        options = [key for key, option in standing.tree.options.items() if option.may_win]
    shown = (
        (panel.template, panel.context(found.question, request.user, options))
        for panel in choice_panels
    )
    return [(template, context) for template, context in shown if context is not None]


@login_required
@require_safe
def effect(
    request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID, key: str
) -> HttpResponse:
    """The picture with the answer that is chosen but not saved."""
    found = member_walk_or_404(request.user, slug, question_id, walk_id)
    standing = Standing(found)
    key_or_404(standing, key)
    trying = ",".join(request.GET.getlist("value"))
    answers = rules.may_answer(request.user, found)
    member = rules.seat_of(request.user, found.question.programme) if answers else None
    hidden = hidden_from(standing, member)
    try:
        picture = here.draw(standing, key, trying or None, hidden)
    except AnswerError:
        picture = here.draw(standing, key, hidden=hidden)
    return render(request, "decisions/trees/here.html", {"here": picture})
