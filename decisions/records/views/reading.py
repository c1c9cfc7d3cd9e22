"""Reading decisions: the list, and one decision's page."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_run
from decisions.records import rules
from decisions.records.forms import SECTION_FORMS
from decisions.records.loaders import decision_or_404
from decisions.records.models import Advice, Decision
from decisions.records.readiness import missing_to_consult, missing_to_recommend
from decisions.records.story import public_sections
from decisions.records.views.common import crumbs, decision_url

Status = Decision.Status
# What everybody reads first; the rest of the record is a press away.
OPENED: Final = frozenset(
    {"summary", "reasons", "question", "costs", "comments", "dissent", "power"}
)


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
    context: dict[str, Any] = {
        "decision": found,
        "programme": found.question.programme,
        "runs": runs,
        "crumbs": [*crumbs(found)[:-1], (found.title, "")],
        "sections": public_sections(found),
        "opened": OPENED,
        "may_comment": rules.may_comment(request.user, found),
        "may_dissent": rules.may_dissent(request.user, found),
        "comments": _comments(found),
    }
    if runs:
        context |= _running(request, found)
    return render(request, "decisions/records/decision.html", context)


def _comments(found: Decision) -> list[Any]:
    """Comments that wait for an answer; those answered stand in the sections."""
    waiting = found.comments.filter(reply__isnull=True)
    return list(waiting.select_related("by", "organisation"))


def _running(request: HttpRequest, found: Decision) -> dict[str, Any]:
    missing = missing_to_recommend(found) if found.is_open_to_change else []
    return {
        "missing": missing,
        "ready_to_consult": found.is_open_to_change and not missing_to_consult(found),
        "tasks": _tasks(found, {section for section, _sentence in missing}),
        "may_recommend": rules.may_recommend(request.user, found),
        "may_enter": rules.may_enter(request.user, found),
        "may_issue": rules.may_issue(request.user, found),
        "removals": found.removals.all(),
        "versions": found.versions.only("number", "why", "at", "decision_id"),
    }


def _tasks(found: Decision, missing: set[str]) -> list[dict[str, Any]]:
    if not found.is_open_to_change:
        return []
    tasks = [
        _task(heading, decision_url("section", found, name), done=name not in missing)
        for name, (heading, _form) in SECTION_FORMS.items()
    ]
    given = set(found.advice.values_list("kind", flat=True))
    tasks += [
        _task(
            _("Comments of the %s") % str(kind.label).lower(),
            decision_url("advice", found, kind.value),
            done=kind in given,
        )
        for kind in Advice.Kind
    ]
    tasks.append(_task(_("Duties"), decision_url("duties", found), done="duties" not in missing))
    return tasks


def _task(title: object, url: str, *, done: bool) -> dict[str, Any]:
    state = {"tag": _("Done"), "kind": ""} if done else {"tag": _("To do"), "kind": "wait"}
    return {"title": title, "url": url} | state
