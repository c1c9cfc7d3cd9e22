"""The applicant's pages: from the call to the receipt, and what happens next."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from commissioning.design.pages import form_methods
from commissioning.ground.answers import Invalid
from commissioning.ground.attempts import attempt, form_status
from participation.calls import rules
from participation.calls.actions import applying as actions
from participation.calls.actions.assessing import feedback_due_at
from participation.calls.clock import database_now
from participation.calls.forms.applying import OrganisationForm
from participation.calls.forms.sections import BudgetForm, SectionForm
from participation.calls.loaders import call_or_404, own_expression_or_404
from participation.calls.models import Call, Expression, SectionDraft
from participation.calls.views.common import call_crumbs, our_url
from places.directory.models import Organisation
from places.directory.signed_in import signed_in

OURS_A_PAGE = 20


@login_required
@require_safe
def ours(request: HttpRequest) -> HttpResponse:
    """Everything that my organisations have begun or sent."""
    found = (
        Expression.objects.filter(organisation__members__user=signed_in(request))
        .select_related("call__programme", "organisation", "standing")
        .order_by("-created_at")
        .distinct()
    )
    page = Paginator(found, OURS_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "participation/calls/expressions/ours.html",
        {"page": page, "now": database_now()},
    )


@login_required
@form_methods
def apply(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Begin, or go on with, an expression for one of my organisations."""
    user = signed_in(request)
    call = call_or_404(user, slug, call_id)
    if not call.is_published:
        raise Http404
    mine = Organisation.objects.acted_for_by(user)
    form = OrganisationForm(mine, request.POST or None)
    if form.is_valid():
        begun: list[Expression] = []
        organisation = form.cleaned_data["organisation"]
        if attempt(form, lambda: begun.append(actions.begin_expression(user, call, organisation))):
            return redirect(our_url("expression", begun[0]))
    context = {
        "form": form,
        "call": call,
        "mine": mine,
        "crumbs": call_crumbs(call, (_("Apply"), "")),
    }
    return render(
        request, "participation/calls/expressions/apply.html", context, status=form_status(form)
    )


# The task list -------------------------------------------------------------------------------


@login_required
@require_safe
def expression(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """Where it stands and what is next: tasks while written, then what happens to it."""
    own = own_expression_or_404(request.user, expression_id)
    now = database_now()
    call = own.call
    context: dict[str, Any] = {
        "expression": own,
        "call": call,
        "may": actions.may_submit_now(call, own.organisation)[0],
        "leave": rules.late_leave(call, own.organisation, now),
        "released": call.status == Call.Status.RELEASED,
        "clarifications": own.clarifications.all(),
        "now": now,
        "crumbs": crumbs_of(own),
    }
    if own.state == Expression.State.DRAFT:
        context |= _writing(own)
    if context["released"] and own.standing_id:
        context |= _decided(own)
    return render(request, "participation/calls/expressions/expression.html", context)


def crumbs_of(own: Expression, *more: tuple[str, str]) -> list[tuple[Any, str]]:
    """The way here from the organisation's list."""
    here = (str(own), our_url("expression", own) if more else "")
    return [(_("Our expressions of interest"), "/expressions/"), here, *more]


def _writing(own: Expression) -> dict[str, Any]:
    sections = actions.sections_of(own)
    attachments = actions.present_attachments(own)
    tasks = [_section_task(own, key, form) for key, form in sections.forms.items()]
    wanted = list(own.call.wanted_documents.all())
    tasks.append(_documents_task(own, wanted, attachments))
    done_count = sum(1 for task in tasks if task["done"])
    return {
        "tasks": tasks,
        "done_count": done_count,
        "task_count": len(tasks),
        "ready": done_count == len(tasks),
    }


def _section_task(own: Expression, key: str, form: SectionForm) -> dict[str, Any]:
    task = {"title": form.title, "url": our_url("section", own, key)}
    if form.is_valid():
        return task | {"tag": _("Done"), "kind": "", "done": True}
    if not form.is_begun:
        return task | {"tag": _("Not started"), "kind": "lock", "done": False}
    words = ngettext("%d answer to look at", "%d answers to look at", len(form.errors))
    hint = words % len(form.errors)
    return task | {"tag": _("In progress"), "kind": "wait", "hint": hint, "done": False}


def _documents_task(own: Expression, wanted: list[Any], sent: list[Any]) -> dict[str, Any]:
    held = {attachment.wanted_id for attachment in sent}
    missing = [
        document.title for document in wanted if document.required and document.pk not in held
    ]
    task = {"title": _("Documents"), "url": our_url("documents", own)}
    if missing:
        hint = _("Still wanted: %s") % ", ".join(missing)
        return task | {"tag": _("To do"), "kind": "wait", "hint": hint, "done": False}
    words = ngettext("%d file", "%d files", len(sent)) % len(sent)
    hint = words if sent else _("None is required")
    return task | {"tag": _("Done"), "kind": "", "hint": hint, "done": True}


def _decided(own: Expression) -> dict[str, Any]:
    return {
        "decision": getattr(own, "decision", None),
        "feedback": getattr(own, "feedback", None),
        "feedback_due": feedback_due_at(own.call),
        "entry": getattr(own, "ballot_entry", None),
    }


# One section ---------------------------------------------------------------------------------


@login_required
@form_methods
def section(request: HttpRequest, expression_id: UUID, key: str) -> HttpResponse:
    """One section: saved as typed by htmx, and by the button."""
    user = signed_in(request)
    own = own_expression_or_404(user, expression_id)
    sections = actions.sections_of(own)
    if key not in sections.order():
        raise Http404
    if request.method != "POST":
        draft = own.drafts.filter(key=key).first()
        return _section_page(request, own, key, sections.form(key), draft)
    form = sections.form(key)
    try:
        raw = form.raw_from(request.POST)
    except Invalid as no:
        shown = sections.form(key, {name: request.POST.get(name, "") for name in form.fields})
        shown.add_error(no.field, str(no.reason))
        return _section_page(request, own, key, shown, None, status=422, base=_edit(request).base)
    edit = _edit(request)
    try:
        actions.save_section(user, own, key, raw, edit)
    except actions.Stale as stale:
        return _conflict_page(request, own, key, sections.form(key, raw), stale.saved)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "section-saved"})
    return _after_saving(request, own, key)


def _edit(request: HttpRequest) -> actions.Edit:
    """What the page said of itself; from a page that says nothing, the safest reading."""
    # "over" is pressed by somebody who has seen what others saved, and chose their own.
    base = request.POST.get("over") or request.POST.get("base", "")
    try:
        page = UUID(request.POST.get("page", ""))
    except ValueError:
        page = uuid.uuid4()
    return actions.Edit(int(base) if base.isdecimal() and len(base) < 9 else -1, page)


def _after_saving(request: HttpRequest, own: Expression, key: str) -> HttpResponse:
    if request.POST.get("then") == "stay":
        messages.success(request, _("Saved."))
        return redirect(our_url("section", own, key))
    keys = actions.sections_of(own).order()
    place = keys.index(key) + 1
    if request.POST.get("then") == "next" and place < len(keys):
        return redirect(our_url("section", own, keys[place]))
    return redirect(our_url("expression", own))


def _section_page(
    request: HttpRequest,
    own: Expression,
    key: str,
    form: SectionForm,
    draft: SectionDraft | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "section": form,
        "expression": own,
        "call": own.call,
        "key": key,
        "base": draft.revision if draft else 0,
        "draft": draft,
        "page": uuid.uuid4(),
        "crumbs": crumbs_of(own, (str(form.title), "")),
    }
    template = "participation/calls/expressions/section.html"
    return render(request, template, context | more, status=status)


def _conflict_page(
    request: HttpRequest, own: Expression, key: str, form: SectionForm, saved: SectionDraft
) -> HttpResponse:
    """Both versions, side by side; the person chooses. Nothing typed is lost."""
    names = list(dict.fromkeys([*form.fields, *form.raw, *saved.raw]))
    differences = [
        {
            "label": form.fields[name].label if name in form.fields else name,
            "mine": form.raw.get(name, ""),
            "theirs": saved.raw.get(name, ""),
        }
        for name in names
        if form.raw.get(name, "") != saved.raw.get(name, "")
    ]
    conflict = {"differences": differences, "saved": saved}
    # The base stays the old one: typing on does not overwrite theirs before a choice is made.
    stale = {"conflict": conflict, "base": _edit(request).base}
    if request.headers.get("HX-Request"):
        response = render(
            request,
            "participation/calls/expressions/conflict.html",
            stale | {"expression": own, "key": key},
            status=409,
        )
        response["HX-Retarget"] = "#conflict"
        response["HX-Reswap"] = "innerHTML show:top"
        return response
    return _section_page(request, own, key, form, saved, status=409, **stale)


@login_required
@require_safe
def totals(request: HttpRequest, expression_id: UUID) -> HttpResponse:
    """The budget's sums as saved: a fragment that follows the typing."""
    own = own_expression_or_404(request.user, expression_id)
    form = actions.sections_of(own).form("budget")
    assert isinstance(form, BudgetForm)
    context = {"section": form, "call": own.call}
    return render(request, "participation/calls/expressions/totals.html", context)
