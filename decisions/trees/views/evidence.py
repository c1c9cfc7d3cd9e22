"""The programme's evidence: look through it, find in it, lay a piece beside an answer."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commissioning.design.pages import form_methods
from commissioning.ground.answers import Invalid
from commissioning.programmes.evidence import EvidenceItem
from decisions.trees import actions, rules
from decisions.trees.loaders import key_or_404, member_walk_or_404
from decisions.trees.offered import Offered, all_evidence_for
from decisions.trees.standpoint import Standing
from decisions.trees.typed import keep_typed
from decisions.trees.views.common import walk_crumbs, walk_url
from places.directory.signed_in import signed_in

A_PAGE: Final = 50


@login_required
@form_methods
def evidence(
    request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID, key: str
) -> HttpResponse:
    """All of the programme's evidence, to look through and find in; a post picks one piece."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    standing = Standing(found)
    key_or_404(standing, key)
    if request.method == "POST":
        keep_typed(request, found, key)
        if "look" in request.POST:
            return redirect(walk_url("evidence", found, key))
        picked = _picked(request)
        try:
            actions.pick_evidence(user, found, key, *picked)
        except Invalid as no:
            messages.error(request, str(no.reason))
        return redirect(walk_url("ask", found, key))
    question = standing.tree.questions[key]
    words = request.GET.get("q", "").strip()[:200]
    only = request.GET.get("from", "")
    offered = all_evidence_for(found, key, user, words=words, only=only)
    page = _page_of(offered, request) if only else None
    context = {
        "walk": found,
        "question": found.question,
        "programme": found.question.programme,
        "asked": question,
        "may_answer": bool(rules.may_answer(user, found)),
        "offered": offered,
        "words": words,
        "only": offered[0] if page is not None else None,
        "page_obj": page,
        "crumbs": walk_crumbs(
            found, (question.text, walk_url("ask", found, key)), (_("Evidence"), "")
        ),
    }
    return render(request, "decisions/trees/evidence.html", context)


def _picked(request: HttpRequest) -> tuple[str, str]:
    """Source and item: two fields, or one button of the answer's own form."""
    source, _colon, item = request.POST.get("pick", "").partition(":")
    return request.POST.get("source", source), request.POST.get("item", item)


def _page_of(offered: list[Offered], request: HttpRequest) -> Page[EvidenceItem] | None:
    """A page of the one source that was asked for; None where there is no such source."""
    if len(offered) != 1:
        return None
    return Paginator(offered[0].items, A_PAGE).get_page(request.GET.get("page"))


@login_required
@require_POST
def drop_evidence(
    request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID, key: str, pick_id: UUID
) -> HttpResponse:
    """Take a piece of evidence away again."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    key_or_404(Standing(found), key)
    keep_typed(request, found, key)
    actions.drop_evidence(user, found, pick_id)
    return redirect(walk_url("ask", found, key))
