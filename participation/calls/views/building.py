"""Building a call step by step, publishing it, and what may change afterwards."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commissioning.design.pages import confirm_page, form_methods, form_page
from commissioning.ground.answers import Text, require
from commissioning.ground.attempts import attempt
from commissioning.programmes.loaders import programme_or_404
from participation.calls import rules
from participation.calls.actions import calls as actions
from participation.calls.clock import database_now
from participation.calls.forms.building import STEPS, LibraryForm, Rows, TitleForm
from participation.calls.forms.running import AssessorsForm
from participation.calls.loaders import run_call_or_404
from participation.calls.models import Call
from participation.calls.views.common import call_crumbs, call_url, programme_crumbs
from places.directory.signed_in import signed_in


@login_required
@form_methods
def new_call(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a call with its title."""
    user = signed_in(request)
    programme = programme_or_404(user, slug)
    require(rules.may_build(user, programme))
    form = TitleForm(request.POST or None)
    if form.is_valid():
        call = actions.make_call(user, programme, form.cleaned_data["title"])
        return redirect(call_url("build", call))
    return form_page(
        request,
        form,
        heading=_("A new call"),
        button=_("Continue"),
        crumbs=programme_crumbs(programme, (_("New"), "")),
    )


@login_required
@require_safe
def build(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """The task list of a call."""
    call = run_call_or_404(request.user, slug, call_id)
    missing = actions.missing_to_publish(call, database_now())
    context = {
        "call": call,
        "missing": missing,
        "written": _written_tasks(call, {step for step, _sentence in missing}),
        "asked": _asked_tasks(call, {step for step, _sentence in missing}),
        "crumbs": call_crumbs(call, (_("Build"), "")),
    }
    return render(request, "participation/calls/build.html", context)


def _task(title: Text, url: str, *, missing: bool, hint: Text = "") -> dict[str, Any]:
    state = {"tag": _("To do"), "kind": "wait"} if missing else {"tag": _("Done"), "kind": ""}
    return {"title": title, "url": url, "hint": hint} | state


def _written_tasks(call: Call, missing: set[str]) -> list[dict[str, Any]]:
    return [
        _task(title, call_url("step", call, name), missing=name in missing)
        for name, (title, _form) in STEPS.items()
    ]


def _asked_tasks(call: Call, missing: set[str]) -> list[dict[str, Any]]:
    counts = {
        "questions": call.questions.count(),
        "documents": call.wanted_documents.count(),
        "checks": call.checks.count(),
    }
    tasks = [
        _task(
            title,
            call_url("rows", call, kind),
            missing=kind in missing,
            hint=(_("%d so far") % counts[kind]) if counts[kind] else _("None so far"),
        )
        for kind, (_model, _form, title, _new, _advice) in Rows.kinds.items()
    ]
    names = _("%d chosen") % call.assessors.count()
    who = _task(
        _("Who assesses"),
        call_url("assessors", call),
        missing="assessors" in missing,
        hint=names,
    )
    return [*tasks, who]


@login_required
@form_methods
def step(request: HttpRequest, slug: str, call_id: UUID, step: str) -> HttpResponse:
    """One step of writing the call."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    if step not in STEPS:
        raise Http404
    require(rules.may_edit_draft(user, call))
    title, form_class = STEPS[step]
    form = form_class(request.POST or None, instance=call)
    if form.is_valid() and attempt(form, lambda: actions.write_call(user, call, form.values())):
        return redirect(call_url("build", call))
    return form_page(
        request,
        form,
        heading=title,
        button=_("Save and go back to the list"),
        crumbs=call_crumbs(call, (_("Build"), call_url("build", call)), (title, "")),
    )


# What the call asks --------------------------------------------------------------------------


def _kind_or_404(kind: str) -> tuple[Any, Any, Text, Text, Text]:
    if kind not in Rows.kinds:
        raise Http404
    return Rows.kinds[kind]


@login_required
@require_safe
def rows(request: HttpRequest, slug: str, call_id: UUID, kind: str) -> HttpResponse:
    """Questions, documents or checks, as a list."""
    call = run_call_or_404(request.user, slug, call_id)
    model, _form, title, new, advice = _kind_or_404(kind)
    context = {
        "call": call,
        "kind": kind,
        "title": title,
        "new": new,
        "advice": advice,
        "rows": model.objects.filter(call=call),
        "free": rules.questions_are_free(call),
        "crumbs": call_crumbs(call, (_("Build"), call_url("build", call)), (title, "")),
    }
    return render(request, "participation/calls/rows.html", context)


@login_required
@form_methods
def library(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Choose questions of the library."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    form = LibraryForm(call, request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.add_from_library(user, call, form.cleaned_data["keys"])
    ):
        return redirect(call_url("rows", call, "questions"))
    return form_page(
        request,
        form,
        heading=_("Questions from the library"),
        button=_("Ask these"),
        crumbs=call_crumbs(
            call, (_("Questions"), call_url("rows", call, "questions")), (_("Library"), "")
        ),
    )


@login_required
@form_methods
def new_row(request: HttpRequest, slug: str, call_id: UUID, kind: str) -> HttpResponse:
    """Write a question, ask for a document, add a check."""
    call = run_call_or_404(request.user, slug, call_id)
    model = _kind_or_404(kind)[0]
    return _row_page(request, call, kind, model(call=call))


@login_required
@form_methods
def row(request: HttpRequest, slug: str, call_id: UUID, kind: str, row_id: UUID) -> HttpResponse:
    """Change one."""
    call = run_call_or_404(request.user, slug, call_id)
    return _row_page(request, call, kind, _row_or_404(call, kind, row_id))


def _row_or_404(call: Call, kind: str, row_id: UUID) -> Any:
    found = _kind_or_404(kind)[0].objects.filter(call=call, pk=row_id).first()
    if found is None:
        raise Http404
    return found


def _row_page(request: HttpRequest, call: Call, kind: str, instance: Any) -> HttpResponse:
    user = signed_in(request)
    _model, form_class, title, new, advice = _kind_or_404(kind)
    form = form_class(request.POST or None, instance=instance)
    if form.is_valid() and attempt(
        form, lambda: actions.save_asked(user, call, form.save(commit=False))
    ):
        return redirect(call_url("rows", call, kind))
    return form_page(
        request,
        form,
        heading=new if instance.position is None else title,
        lead=advice,
        button=_("Save"),
        crumbs=call_crumbs(call, (title, call_url("rows", call, kind)), (new, "")),
    )


@login_required
@form_methods
def remove(request: HttpRequest, slug: str, call_id: UUID, kind: str, row_id: UUID) -> HttpResponse:
    """Take one out."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    instance = _row_or_404(call, kind, row_id)
    back = call_url("rows", call, kind)
    if request.method == "POST":
        actions.remove_asked(user, call, instance)
        return redirect(back)
    return confirm_page(
        request,
        heading=_("Take this out?"),
        consequences=[str(instance), _("It is gone from the call. You can write it again.")],
        action=_("Take it out"),
        back=back,
    )


@login_required
@require_POST
def move(request: HttpRequest, slug: str, call_id: UUID, kind: str, row_id: UUID) -> HttpResponse:
    """Put one higher or lower."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    instance = _row_or_404(call, kind, row_id)
    actions.move_asked(user, call, instance, up=request.POST.get("to") == "up")
    return redirect(call_url("rows", call, kind))


@login_required
@form_methods
def assessors(request: HttpRequest, slug: str, call_id: UUID) -> HttpResponse:
    """Choose who assesses."""
    user = signed_in(request)
    call = run_call_or_404(user, slug, call_id)
    now = [assessor.membership_id for assessor in call.assessors.all()]
    form = AssessorsForm(call, request.POST or None, initial={"assessors": now})
    if form.is_valid() and attempt(
        form,
        lambda: actions.choose_assessors(user, call, list(form.cleaned_data["assessors"])),
    ):
        return redirect(call_url("build", call))
    return form_page(
        request,
        form,
        heading=_("Who assesses"),
        button=_("Save"),
        crumbs=call_crumbs(call, (_("Build"), call_url("build", call)), (_("Assessors"), "")),
    )
