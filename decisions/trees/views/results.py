"""What a walk comes to: the result, two walks beside each other, and whether it was fair."""

from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.documents.actions import request_document
from commissioning.programmes.level_field import together
from commissioning.programmes.models import Membership
from commissioning.programmes.rules import may_read_level_field
from decisions.questions.conflicts import unknown_bodies
from decisions.questions.early_sessions import sessions_of
from decisions.questions.heading import go_by
from decisions.questions.level_field import how_chosen, lines_of
from decisions.questions.pages import question_crumbs
from decisions.questions.rules import may_choose_lines
from decisions.trees import actions, rules
from decisions.trees.cited import what_practice_is
from decisions.trees.closed import parted
from decisions.trees.compared import differences_of, rise_in_words
from decisions.trees.engine.picture import outline, picture
from decisions.trees.fairness import by_its_law, seats_of
from decisions.trees.give_or_buy import other_side
from decisions.trees.grounds import how_many_known, need_in_doubt
from decisions.trees.heading import STOP
from decisions.trees.loaders import member_walk_or_404, walk_or_404, walked_question_or_404
from decisions.trees.models import Appraisal
from decisions.trees.paper import PAPER
from decisions.trees.results import result_of
from decisions.trees.since import made_before
from decisions.trees.standpoint import Standing
from decisions.trees.summary import OWN_RULES, for_routes, in_short, summary_of
from decisions.trees.told import in_peoples_words
from decisions.trees.views.common import question_page, walk_crumbs
from decisions.trees.views.seen import hidden_from
from decisions.trees.views.walking import choice_panels_for
from decisions.trees.without import without_in_words
from places.directory.signed_in import signed_in

# What the whole result hangs on, so that it stands in its lead.
GIVEN_OR_BOUGHT: Final = frozenset({"grant_or_purchase_is_open"})


@require_safe
def result(request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID) -> HttpResponse:
    """Routes in order, each with why or why not, and what would have to be different."""
    user = request.user
    found = walk_or_404(user, slug, question_id, walk_id)
    standing = Standing(found)
    shown = found.result or result_of(standing)
    ranked = [in_short(in_peoples_words(standing.tree, row)) for row in shown["ranked"]]
    best = [row for row in ranked if row["standing"] == "recommended"]
    titles = {row["title"] for row in best}
    by_law, by_case = parted([row for row in ranked if row["standing"] == "excluded"])
    published = [one for one in shown["notices"] if one["id"] not in OWN_RULES]
    may_answer = user.is_authenticated and bool(rules.may_answer(user, found))
    member = rules.seat_of(user, found.question.programme) if may_answer else None
    hidden = hidden_from(standing, member) if may_answer else frozenset()
    if _own_answers_first(request, shown, member, hidden):
        return _veiled(request, found, standing, member, len(hidden))
    if not found.is_locked:
        go_by(found.question, {step["question"]: step["answer"] for step in shown["path"]})
    panels = choice_panels_for(found, standing, request) if shown["complete"] else []
    mine, others = for_routes(shown["checks"], titles)
    dear = _of_each(panels)
    ranked = [row | {"dear": dear.get(row["option"])} for row in ranked]
    context = {
        "walk": found,
        "question": found.question,
        "programme": found.question.programme,
        "result": shown,
        "recommended": [row | {"dear": dear.get(row["option"])} for row in best],
        "several": len(best) > 1,
        "possible": [row for row in ranked if row["standing"] == "possible"],
        "by_law": by_law,
        "by_case": by_case,
        "summary": summary_of(shown),
        "other_side": other_side(shown),
        "warnings": _beside_clashes(shown),
        "notices": for_routes(published, titles) if published else None,
        "body": found.question.who_buys,
        "differences": differences_of(found, shown["path"]),
        "forms": _of_open_routes(shown),
        "known": how_many_known(shown["path"]),
        "doubt": need_in_doubt(shown["path"], best),
        "rise": rise_in_words(found.question, shown["path"]),
        "own_rules": [one for one in shown["notices"] if one["id"] in OWN_RULES],
        "checks": ([one for one in mine if one["id"] not in GIVEN_OR_BOUGHT], others),
        "given_or_bought": [one for one in mine if one["id"] in GIVEN_OR_BOUGHT],
        "may_answer": may_answer,
        "not_mine": len(hidden),
        "waiting": standing.working.walked.next_question,
        "waiting_without": standing.waits_without,
        "said_without": without_in_words(shown),
        "gaining": standing.anybody_gains,
        "what_practice_is": what_practice_is(),
        "recommendations": [one | {"since": made_before(one)} for one in shown["recommended"]],
        "own_overtaken": _own_overtaken(shown, member),
        "may_recommend": rules.may_recommend(user, found),
        "may_lock": bool(rules.may_lock(user, found)),
        "may_try": user.is_authenticated and bool(rules.may_try(user, found)),
        "may_again": found.is_locked and bool(rules.may_begin(user, found.question)),
        "against": [] if found.is_locked else actions.stands_against_lock(standing),
        "picture": picture(standing.tree, standing.working.walked),
        "outline": outline(standing.tree, standing.working.walked),
        "panels": panels,
        "costs_said": _of_the_first(panels, shown["ranked"]) if titles else [],
        "crumbs": walk_crumbs(found, (_("Result"), "")),
    }
    return render(request, "decisions/trees/result.html", context)


def _beside_clashes(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Warnings but those of answers that do not go together, which stand above with the answers."""
    told = {one["id"] for one in shown["clashes"]}
    return [one for one in shown["warnings"] if one["id"] not in told]


def _of_open_routes(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """Forms that some open route takes: how a closed one would be done is of no use."""
    taken = {
        form for row in shown["ranked"] if row["standing"] != "excluded" for form in row["forms"]
    }
    return [one for one in shown["forms"] if one["title"] in taken]


def _own_answers_first(
    request: HttpRequest, shown: dict[str, Any], member: Membership | None, hidden: frozenset[str]
) -> bool:
    """A result tells what others answered: not before one has, recommended, or asked to see it."""
    if member is None or not hidden or not shown["complete"] or "show" in request.GET:
        return False
    return all(one.get("member") != str(member.pk) for one in shown["recommended"])


def _veiled(
    request: HttpRequest,
    found: Appraisal,
    standing: Standing,
    member: Membership | None,
    left: int,
) -> HttpResponse:
    context = {
        "walk": found,
        "question": found.question,
        "programme": found.question.programme,
        "left": left,
        "mine_next": standing.first_unanswered_by(member),
        "crumbs": walk_crumbs(found, (_("Result"), "")),
    }
    return render(request, "decisions/trees/result_veiled.html", context)


def _own_overtaken(shown: dict[str, Any], member: Membership | None) -> str:
    """What changed after the reader's own recommendation; "" where it stands."""
    if member is None:
        return ""
    own = [one for one in shown["recommended"] if one.get("member") == str(member.pk)]
    return made_before(own[0]) if own else ""


def _of_the_first(
    panels: list[tuple[str, dict[str, Any]]], ranked: list[dict[str, Any]]
) -> list[str]:
    """What other rooms say of the route that stands first, in a sentence each.

    They are told what the place's own rules say of each route.
    """
    own_rules = {
        row["option"]: reason["words"]
        for row in ranked
        for reason in row["because"]
        if reason["effect"] == "note"
    }
    said = [
        context["of_the_first"](own_rules)
        for _template, context in panels
        if "of_the_first" in context
    ]
    return [sentence for sentence in said if sentence]


def _of_each(panels: list[tuple[str, dict[str, Any]]]) -> dict[str, tuple[bool, str]]:
    """What other rooms say of each open route: whether it costs more to choose than to give."""
    told: dict[str, tuple[bool, str]] = {}
    for _template, context in panels:
        told |= context["of_each"]() if "of_each" in context else {}
    return told


@login_required
@require_safe
def compare(request: HttpRequest, slug: str, question_id: UUID) -> HttpResponse:
    """Two walks of a question beside each other: where they part, and what it does."""
    question = walked_question_or_404(request.user, slug, question_id)
    if not rules.may_see_walks(request.user, question):
        raise Http404
    walks = list(
        Appraisal.objects.filter(question=question)
        .select_related("tree", "sheet__place")
        .defer("tree__text")
    )
    for walk in walks:
        walk.question = question
    left, right = _two_of(walks, request.GET.get("a", ""), request.GET.get("b", ""))
    context = {
        "question": question,
        "programme": question.programme,
        "walks": walks,
        "left": left,
        "right": right,
        "crumbs": question_crumbs(
            question, (_("Walks"), question_page("walks", question)), (_("Compare"), "")
        ),
    }
    if left and right:
        context |= _beside(left, right)
    return render(request, "decisions/trees/compare.html", context)


def _two_of(
    walks: list[Appraisal], first: str, second: str
) -> tuple[Appraisal | None, Appraisal | None]:
    """The walks that were asked for; where one was not named, another than the one that was."""
    known = {str(walk.pk): walk for walk in walks}
    left, right = known.get(first), known.get(second)
    if left is None and right is not None and right.what_if_of_id:
        # What tries something is read beside the walk that it began from.
        left = known.get(str(right.what_if_of_id))
    left = left or next((walk for walk in walks if walk != right), right)
    right = right or next((walk for walk in reversed(walks) if walk != left), left)
    return left, right


def _beside(left: Appraisal, right: Appraisal) -> dict[str, Any]:
    one, other = (result_of(Standing(walk)) for walk in (left, right))
    unfinished = [walk for walk, told in ((left, one), (right, other)) if not told["complete"]]
    rows = _answers(one, other)
    found: dict[str, Any] = {
        "rows": [row for row in rows if row["differs"] and not row["not_reached"]],
        "same": len([row for row in rows if not row["differs"]]),
        "not_reached": len([row for row in rows if row["not_reached"]]),
        "unfinished": unfinished,
    }
    if unfinished:
        return found
    routes = _routes(one, other)
    return found | {
        "routes": routes,
        "moved": [row for row in routes if row["differs"]],
        "unmoved": [row for row in routes if not row["differs"]],
    }


def _answers(one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    """Every question of either walk, with what each says; which a half walk has not come to yet."""
    answers = {row["question"]: row for row in one["path"]}
    others = {row["question"]: row for row in other["path"]}
    rows = []
    for key in dict.fromkeys([*answers, *others]):
        mine, theirs = answers.get(key), others.get(key)
        text = (mine or theirs or {})["text"]
        waits = (mine is None and not one["complete"]) or (theirs is None and not other["complete"])
        rows.append(
            {
                "text": text,
                "left": mine["said"] if mine else "",
                "right": theirs["said"] if theirs else "",
                "differs": (mine or {}).get("answer") != (theirs or {}).get("answer"),
                "not_reached": waits,
            }
        )
    return rows


def _routes(one: dict[str, Any], other: dict[str, Any]) -> list[dict[str, Any]]:
    left, right = _places(one), _places(other)
    titles = {row["option"]: row["title"] for row in [*other["ranked"], *one["ranked"]]}
    nowhere = {"place": None, "standing": ""}
    return [
        {
            "title": titles[option],
            "left": left.get(option, nowhere),
            "right": right.get(option, nowhere),
            "differs": left.get(option) != right.get(option),
        }
        for option in dict.fromkeys([*left, *right])
    ]


def _places(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each route's standing, and its place among those that are open: to stop has none, since no
    answer ranks it."""
    ranked = [row["option"] for row in result["ranked"] if row["standing"] != "excluded"]
    places = {key: at for at, key in enumerate((one for one in ranked if one != STOP), 1)}
    return {
        row["option"]: {"standing": row["standing"], "place": places.get(row["option"])}
        for row in result["ranked"]
    }


@login_required
@require_safe
def fairness(request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID) -> HttpResponse:
    """The conflicts assessment, and who saw and said what."""
    found = member_walk_or_404(request.user, slug, question_id, walk_id)
    programme = found.question.programme
    standing, lines = Standing(found), lines_of(found.question)
    shown = found.result or result_of(standing)
    context = {
        "walk": found,
        "question": found.question,
        "programme": programme,
        "seats": seats_of(found, standing, request.user),
        "unknown": unknown_bodies(found.question),
        "entries": together(line.entry for line in lines if line.belongs),
        "sessions": sessions_of(found.question, lines),
        "about": how_chosen(found.question, lines),
        "may_choose": may_choose_lines(request.user, found.question),
        "published_at": programme.level_field_published_at,
        "public": bool(may_read_level_field(request.user, programme)),
        "result": shown,
        "said_without": without_in_words(shown) if shown["complete"] else [],
        "crumbs": walk_crumbs(found, (_("Conflicts and fairness"), "")),
        **by_its_law(found, lines),
    }
    return render(request, "decisions/trees/fairness.html", context)


@login_required
@require_POST
def fairness_paper(
    request: HttpRequest, slug: str, question_id: UUID, walk_id: UUID
) -> HttpResponse:
    """The same on paper."""
    user = signed_in(request)
    found = member_walk_or_404(user, slug, question_id, walk_id)
    return redirect(request_document(user, PAPER, found.pk))
