"""What follows from answers: settling, a recommendation, a what-if, the lock."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commissioning.design.keeping import keep
from commissioning.design.pages import confirm_page, form_methods, form_page
from commissioning.design.revisions import typed_in
from commissioning.ground.answers import Invalid, no, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.people.models import User
from decisions.trees import actions, rules
from decisions.trees.compared import differences_of
from decisions.trees.forms.walking import (
    RecommendForm,
    SettleForm,
    WhatIfForm,
    as_kept,
    as_typed,
)
from decisions.trees.grounds import how_many_known, need_in_doubt
from decisions.trees.loaders import key_or_404, member_walk_or_404
from decisions.trees.models import Appraisal
from decisions.trees.results import result_of
from decisions.trees.seen import last_said, last_that_counts
from decisions.trees.standpoint import Standing
from decisions.trees.views.common import too_late, walk_crumbs, walk_url
from decisions.trees.views.meanwhile import before_recommending, settled_in_words
from decisions.trees.views.walking import said_by_seats
from places.directory.signed_in import signed_in


@login_required
@form_methods
def settle(
    request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID, key: str
) -> HttpResponse:
    """Settle a difference with a reason, or carry it into the record."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    question = Standing(found).tree.questions[key_or_404(Standing(found), key)]
    kept = keep(
        request,
        rules.may_settle(user, found),
        lambda: _settle_form(request, found, key),
        lambda form: actions.settle(user, found, key, form.settling()),
    )
    if kept.saved:
        messages.success(request, _("Settled, with your reason."))
        return redirect(walk_url("walk", found))
    if not kept.refused:
        return too_late(request, found, kept.form, question.text, kept.refused)
    standing = Standing(found)
    context = {
        "walk": found,
        "programme": found.question.programme,
        "asked": question,
        "said": said_by_seats(standing, key),
        "settled": settled_in_words(standing, key),
        "form": kept.form,
        "crumbs": walk_crumbs(
            found, (question.text, walk_url("ask", found, key)), (_("Settle"), "")
        ),
    }
    status = form_status(kept.form)
    return render(request, "decisions/trees/settle.html", context, status=status)


def _settle_form(request: HttpRequest, found: Appraisal, key: str) -> SettleForm:
    standing = Standing(found)
    question = standing.tree.questions[key]
    first = {}
    if key in standing.working.answers:
        first = {"value": as_typed(question, standing.working.answers[key])}
    return SettleForm(question, last_said(standing, key), request.POST or None, initial=first)


@login_required
@form_methods
def recommend(request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID) -> HttpResponse:
    """Recommend a route that the law leaves open."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    may = rules.may_recommend(user, found)
    if rules.seat_of(user, found.question.programme) is None:
        require(may)
    if may and not Standing(found).working.walked.complete:
        if not typed_in(_recommend_form(request, found, user)):
            return redirect(walk_url("result", found))
        may = no(_("A question of the walk is open again: half a walk recommends nothing."))
    kept = keep(
        request,
        may,
        lambda: _recommend_form(request, found, user),
        lambda form: actions.recommend(user, found, **form.recommending()),
    )
    result = walk_url("result", found)
    heading = _("Recommend a route")
    if kept.saved:
        messages.success(
            request,
            _(
                "Your recommendation stands. If an answer that it was made on changes, it "
                "stays in the record, marked so, and we tell you."
            ),
        )
        return redirect(result)
    if not kept.refused:
        return too_late(request, found, kept.form, heading, kept.refused)
    return form_page(
        request,
        kept.form,
        template="decisions/trees/recommend.html",
        heading=heading,
        lead=_("The ranking advises. You may recommend another open route, if you say why."),
        button=_("Recommend it"),
        crumbs=walk_crumbs(found, (_("Result"), result), (_("Recommend"), "")),
        **before_recommending(Standing(found), kept.form),
    )


def _recommend_form(request: HttpRequest, found: Appraisal, user: User) -> RecommendForm:
    standing, member = Standing(found), rules.acting(user, found)
    seen = last_that_counts(standing, member)
    return RecommendForm(standing.working.walked, member, seen, request.POST or None)


@login_required
@form_methods
def what_if(request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID) -> HttpResponse:
    """Branch: another answer to ``?key=``, or another day to begin."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    require(rules.may_try(user, found))
    standing = Standing(found)
    key = request.GET.get("key", "")
    question = standing.tree.questions[key_or_404(standing, key)] if key else None
    form = WhatIfForm(question, found.begins_on, request.POST or None)
    made: list[Appraisal] = []
    if form.is_valid():
        changes = {key: as_kept(form.cleaned_data["value"])} if question else {}
        begins = form.cleaned_data["begins_on"]
        if attempt(form, lambda: made.append(actions.try_what_if(user, found, changes, begins))):
            return redirect(walk_url("result", made[0]))
    return form_page(
        request,
        form,
        heading=_("Try another answer") if question else _("Try another day"),
        lead=_("A what-if begins from the walk as it stands now. It changes nothing in the walk."),
        button=_("Try it"),
        crumbs=walk_crumbs(found, (_("What if"), "")),
    )


def _rests_on_it(walk: Appraisal) -> str:
    """What the decision record rests on: the walk that was locked last."""
    locked = walk.question.appraisals.filter(locked_at__isnull=False)
    before = locked.order_by("-locked_at").values_list("title", flat=True).first()
    if before is None:
        return _("The decision record rests on it.")
    return _("The decision record rests on it from then on, and no longer on “%s”.") % before


@login_required
@form_methods
def lock(request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID) -> HttpResponse:
    """Say what locking means, and do it."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    if found.is_locked:
        # Back in the browser, or pressed twice: it is done, and this is where it can be read.
        return redirect(walk_url("result", found))
    require(rules.may_lock(user, found))
    if request.method == "POST":
        try:
            actions.lock_for_good(user, found)
        except Invalid as no:
            messages.error(request, str(no.reason))
            return redirect(walk_url("walk", found))
        messages.success(request, _("The walk is locked. Everybody can read its result now."))
        return redirect(found.question)
    standing = Standing(found)
    against = actions.stands_against_lock(standing)
    if against:
        messages.error(request, " ".join(against))
        return redirect(walk_url("walk", found))
    shown = result_of(standing)
    path, ranked = shown["path"], shown["ranked"]
    told = differences_of(found, path)
    return confirm_page(
        request,
        template="decisions/trees/lock.html",
        walk=found,
        question=found.question,
        programme=found.question.programme,
        differences=told,
        known=how_many_known(path),
        doubt=need_in_doubt(path, [row for row in ranked if row["standing"] == "recommended"]),
        refused=any(one.stops for one in told),
        may_change=bool(rules.may_answer(user, found)),
        heading=_("Lock “%s”?") % found.title,
        consequences=[
            _("Its answers, reasons and evidence can never be changed again."),
            _("Nobody can recommend a route in it any more: each seat does so before the lock."),
            _("Everybody who sees the programme can read its result."),
            _rests_on_it(found),
        ],
        action=_("Lock the walk"),
        back=walk_url("walk", found),
    )
