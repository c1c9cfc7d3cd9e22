"""Reading decisions: the list, and one decision's page."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from commissioning.design.when import day
from commissioning.ground.answers import Text
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_lead, may_run, membership_of
from decisions.questions.planned import has_a_day
from decisions.records import rules, talks
from decisions.records.binding import still_to_do
from decisions.records.forms import SECTION_FORMS, heading_of
from decisions.records.loaders import decision_or_404
from decisions.records.models import Advice, Adviser, Decision
from decisions.records.posts import lower_first, post_of, posts_of
from decisions.records.readiness import (
    Missing,
    cautions_by_officer,
    missing_to_consult,
    missing_to_recommend,
    of_advice,
)
from decisions.records.room import too_long
from decisions.records.route_plans import way_of
from decisions.records.story import public_sections
from decisions.records.views.common import crumbs, decision_url
from decisions.records.what_follows import may_begin_call, may_begin_vote

Status = Decision.Status
# What everybody reads first; the rest of the record is a press away.
OPENED: Final = frozenset(
    {"summary", "reasons", "question", "costs", "comments", "dissent", "power", "next"}
)
# Whoever is still writing it looks at what is missing, and at the page that everybody will read.
OPENED_IN_DRAFT: Final = frozenset({"summary", "comments"})


@require_safe
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of a programme that the person may see."""
    programme = programme_or_404(request.user, slug)
    runs = may_run(request.user, programme)
    found = Decision.objects.filter(question__programme=programme).select_related("question")
    if not runs:
        found = found.exclude(Q(status=Status.DRAFT) | Q(status=Status.WITHDRAWN))
    context = {"programme": programme, "decisions": found, "runs": runs}
    for decision in found:
        decision.question.programme = programme
    return render(request, "decisions/records/decisions.html", context)


@require_safe
def decision(request: HttpRequest, slug: str, decision_id: UUID) -> HttpResponse:
    """One decision: for those who run the programme, what it still lacks; for all, what it says."""
    found = decision_or_404(request.user, slug, decision_id)
    runs = bool(may_run(request.user, found.question.programme))
    drafting = runs and found.is_open_to_change
    context: dict[str, Any] = {
        "decision": found,
        "programme": found.question.programme,
        "runs": runs,
        "crumbs": [*crumbs(found)[:-1], (found.title, "")],
        "sections": public_sections(found),
        "drafting": drafting,
        "opened": OPENED_IN_DRAFT if drafting else OPENED,
        "may_comment": rules.may_comment(request.user, found),
        "may_dissent": rules.may_dissent(request.user, found),
        "comments": _comments(found),
        "asked": _asked_of(request, found),
        "no_part": _no_part(request, found),
    }
    if found.status == Status.EFFECTIVE and has_a_day(found.question):
        context["way"] = way_of(found)
    if runs:
        context |= _running(request, found)
        summary = next((one for one in context["sections"] if one["key"] == "summary"), None)
        context["too_long"] = too_long(found, summary) if drafting else []
    return render(request, "decisions/records/decision.html", context)


def _comments(found: Decision) -> list[Any]:
    """Comments that wait for an answer; those answered stand in the sections."""
    waiting = found.comments.filter(reply__isnull=True)
    return list(waiting.select_related("by", "organisation"))


def _running(request: HttpRequest, found: Decision) -> dict[str, Any]:
    missing = missing_to_recommend(found) if found.is_open_to_change else []
    programme = found.question.programme
    begins = found.status == Status.EFFECTIVE
    return {
        "may_begin_call": begins and may_begin_call(request.user, found),
        "may_begin_vote": begins and may_begin_vote(request.user, found),
        "only_members_read": not programme.is_public and not found.is_exempt,
        "leads": may_lead(request.user, programme),
        "missing": [(_where(found, section), sentence) for section, sentence in missing],
        "cautions": _cautions(found),
        "ready_to_consult": found.is_open_to_change and not missing_to_consult(found),
        "tasks": _tasks(found, {section for section, _sentence in missing}),
        "may_recommend": rules.may_recommend(request.user, found),
        "may_enter": rules.may_enter(request.user, found),
        "may_issue": rules.may_issue(request.user, found),
        "removals": found.removals.all(),
        "versions": found.versions.only("number", "why", "at", "decision_id"),
    }


def _where(found: Decision, section: str) -> str:
    """Where what is missing is put right."""
    if section == "comments":
        return "#comments"
    if section in ("duties", "consult"):
        return decision_url(section, found)
    return decision_url("section", found, section)


def _cautions(found: Decision) -> list[Missing]:
    """What stops nothing, each with the page where the officer's comments are given."""
    said = of_advice(found) if found.is_decided else cautions_by_officer(found)
    return [(_mend(found, kind), sentence) for kind, sentence in said]


def _mend(found: Decision, kind: str) -> str:
    """Where it is put right: written anew in a draft; later, by asking the officer to confirm."""
    if kind in {talks.FILE, talks.TALKS, talks.DUTIES}:
        return _of_talks(found, kind)
    if kind and found.is_open_to_change:
        return decision_url("advice", found, kind)
    typed_in = kind and found.advice.filter(kind=kind, confirmed_by=None).exists()
    return decision_url("adviser", found, kind) if typed_in else ""


def _of_talks(found: Decision, kind: str) -> str:
    """The file to write in, the talks to sort, or the duties while they can still be answered."""
    programme = found.question.programme
    if kind == talks.DUTIES:
        return decision_url("duties", found) if found.is_open_to_change else ""
    if kind == talks.FILE:
        return reverse("programmes:level_field", args=[programme.slug])
    return reverse("questions:talks", args=[programme.slug, found.question_id])


def _tasks(found: Decision, missing: set[str]) -> list[dict[str, Any]]:
    if not found.is_open_to_change:
        return []
    tasks = [
        _task(heading, decision_url("section", found, name), done=name not in missing)
        for name, (heading, _form) in SECTION_FORMS.items()
        if name != "publicity"
    ]
    tasks.append(_publicity(found, done="publicity" not in missing))
    given = {one.kind: one for one in found.advice.all()}
    tasks += [_advice(found, kind, post, given.get(kind)) for kind, post in posts_of(found).items()]
    tasks += [_duties(found, done="duties" not in missing), _interests(found)]
    return tasks


def _duties(found: Decision, *, done: bool) -> dict[str, Any]:
    """All answered is not all done: an answer may be that it is still to be done."""
    task = _task(_("Duties"), decision_url("duties", found), done=done)
    left = len(still_to_do(found))
    if not (done and left):
        return task
    return task | {"tag": _("Answered; still to be done: %d") % left, "kind": "wait"}


def _interests(found: Decision) -> dict[str, Any]:
    """How many are written down. It is asked again when the decision is."""
    written = found.interests.count()
    tag = ngettext("%d written down", "%d written down", written) % written
    return {
        "title": _("Interests of those who decide or advise"),
        "url": decision_url("interest", found),
        "tag": tag if written else _("None written down"),
        "kind": "" if written else "wait",
        "hint": _("It is asked again when the decision is written down."),
    }


def _publicity(found: Decision, *, done: bool) -> dict[str, Any]:
    """Done only once it is known who decides, and somebody has said what is asked of them."""
    heading = heading_of("publicity", found)
    task = _task(heading, decision_url("section", found, "publicity"), done=False)
    if not found.body_kind:
        return task | {"hint": _("First say who decides.")}
    if found.body_kind in rules.KEY_BODIES or not done or found.is_exempt:
        return _task(heading, task["url"], done=done) | _not_before(found)
    # Nothing is asked of such a body but what it keeps back.
    return task | {"tag": _("Public"), "kind": ""}


def _not_before(found: Decision) -> dict[str, Any]:
    """From which day on the notice lets it be decided, where that day is still to come."""
    first = rules.first_day_by_notice(found)
    if first is None or first <= timezone.localdate():
        return {}
    return {"hint": _("By its notice it can be decided from %s on.") % day(first)}


def _advice(
    found: Decision, kind: Adviser.Kind, post: Text, given: Advice | None
) -> dict[str, Any]:
    url = decision_url("advice", found, kind.value)
    title = _("Comments of the %s") % lower_first(str(post))
    if given is not None and given.confirmed_at is None:
        return {"title": title, "url": url, "tag": _("Not confirmed"), "kind": "wait"}
    if given is None:
        hint = _("Nothing waits for it; without it the record says that it was not given.")
        return {"title": title, "url": url, "tag": _("Not given"), "kind": "wait", "hint": hint}
    return _task(title, url, done=True)


def _task(title: object, url: str, *, done: bool) -> dict[str, Any]:
    state = {"tag": _("Done"), "kind": ""} if done else {"tag": _("To do"), "kind": "wait"}
    return {"title": title, "url": url} | state


def _asked_of(request: HttpRequest, found: Decision) -> list[dict[str, str]]:
    """What waits for somebody who was named as an officer: to write it, or to confirm it."""
    if not request.user.is_authenticated:
        return []
    named = found.advisers.filter(user=request.user)
    given = {one.kind: one for one in found.advice.all()} if named else {}
    asked = []
    for one in named:
        known = given.get(one.kind)
        post = post_of(found, one.kind)
        if known is None and rules.may_advise(request.user, found, one.kind):
            asked.append(
                {
                    "url": decision_url("advice", found, one.kind),
                    "words": _("Give it"),
                    "post": post,
                }
            )
        elif known is not None and rules.may_confirm(request.user, found, one.kind):
            url = decision_url("advice_confirm", found, one.kind)
            asked.append({"url": url, "words": _("Read it and confirm it"), "post": post})
    return asked


def _no_part(request: HttpRequest, found: Decision) -> Text:
    """Why a member takes no part in deciding, said in every state; nothing where they may."""
    if membership_of(request.user, found.question.programme) is None:
        return ""
    return rules.could_not_gain(request.user, found).reason
