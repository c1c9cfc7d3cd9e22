"""Preparing a round: what it declares, its ideas, the lot, and opening it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from commissioning.ground.answers import Invalid, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.ground.uploads import PICTURES, CleanUpload, check_upload
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_run, money_gate
from participation.budgeting import actions, rules
from participation.budgeting.declared import draft_terms
from participation.budgeting.desk import part_fit_in_words, rule_in_words, tasks_of
from participation.budgeting.forms import (
    BeginForm,
    CountingForm,
    LotForm,
    ProjectForm,
    PromiseForm,
    VotingForm,
    WhenForm,
)
from participation.budgeting.forms.prepare import RULES, AreaBudgetForm
from participation.budgeting.loaders import project_or_404, run_round_or_404
from participation.budgeting.models import Project, Round
from participation.budgeting.styles import styles
from places.directory.signed_in import signed_in

LONGEST_SIDE = 1280


def rounds(request: HttpRequest, slug: str) -> HttpResponse:
    """The votes of a programme: the open one first; drafts for those who run it."""
    programme = programme_or_404(request.user, slug)
    require(money_gate(programme))
    listed = programme.rounds.all()
    runs = may_run(request.user, programme)
    if not runs:
        listed = listed.exclude(status=Round.Status.DRAFT)
    context = {
        "programme": programme,
        "rounds": listed,
        "may_make": rules.may_make_round(request.user, programme),
        "runs": runs,
    }
    return render(request, "participation/budgeting/rounds/list.html", context)


def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to prepare a round."""
    programme = programme_or_404(request.user, slug)
    require(rules.may_make_round(request.user, programme))
    form = BeginForm(request.POST or None)
    made: list[Round] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.make_round(signed_in(request), programme, form.fields_of_round())
        ),
    ):
        return redirect("budgeting:desk", made[0].pk)
    context = {"programme": programme, "form": form}
    page = "participation/budgeting/rounds/begin.html"
    return render(request, page, context, status=form_status(form))


def when(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """When and where people vote, and who may."""
    round_ = _draft_or_404(request, round_id)
    names = list(WhenForm.base_fields)
    form = WhenForm(request.POST or None, initial={name: getattr(round_, name) for name in names})
    return _section(request, round_, form, lambda: dict(form.cleaned_data), _("When and who"))


def voting(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The ballot style."""
    round_ = _draft_or_404(request, round_id)
    form = VotingForm(request.POST or None, initial=VotingForm.initial_of(round_))
    return _section(request, round_, form, form.fields_of_round, _("How people vote"))


def counting(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The budget and the counting rule."""
    round_ = _draft_or_404(request, round_id)
    initial = CountingForm.initial_of(round_)
    form = CountingForm(request.POST or None, round_=round_, initial=initial)
    return _section(request, round_, form, form.fields_of_round, _("How it is counted"))


def promises(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Who adopts the result, and what will be published."""
    round_ = _draft_or_404(request, round_id)
    names = list(PromiseForm.base_fields)
    form = PromiseForm(
        request.POST or None, initial={name: getattr(round_, name) for name in names}
    )
    return _section(
        request, round_, form, lambda: dict(form.cleaned_data), _("Who decides in the end")
    )


def areas(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """A part of the budget for each area, or one purse."""
    round_ = _draft_or_404(request, round_id)
    listed = list(round_.programme.place.areas.all())
    now = {f"area_{each.area_id}": each.budget for each in round_.area_budgets.all()}
    form = AreaBudgetForm(request.POST or None, round_=round_, areas=listed, initial=now)
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_area_budgets(signed_in(request), round_, form.budgets()),
    ):
        messages.success(request, _("Saved."))
        return redirect("budgeting:desk", round_id)
    about = _(
        "Leave all of them empty for one purse for the whole place. An area with an amount has its "
        "own purse, and its ideas are counted by themselves."
    )
    return _show_section(request, round_, form, _("Money by area"), about)


def _section(
    request: HttpRequest,
    round_: Round,
    form: forms.Form,
    fields: Callable[[], dict[str, Any]],
    heading: str,
) -> HttpResponse:
    """One page of what a round declares: shown, or saved."""
    if form.is_valid() and attempt(
        form, lambda: actions.change_round(signed_in(request), round_, fields())
    ):
        messages.success(request, _("Saved."))
        return redirect("budgeting:desk", round_.pk)
    return _show_section(request, round_, form, heading)


def _show_section(
    request: HttpRequest, round_: Round, form: forms.Form, heading: str, about: str = ""
) -> HttpResponse:
    context = {
        "round": round_,
        "programme": round_.programme,
        "form": form,
        "heading": heading,
        "about": about,
    }
    page = "participation/budgeting/rounds/section.html"
    return render(request, page, context, status=form_status(form))


def projects(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The ideas on the ballot, in order."""
    round_ = run_round_or_404(request.user, round_id)
    listed = list(round_.projects.select_related("area", "outcome", "owner"))
    context = {
        "round": round_,
        "programme": round_.programme,
        "projects": listed,
        "total": sum(project.cost for project in listed),
        "may_prepare": rules.may_prepare(request.user, round_),
        "may_change": rules.may_change_while_open(request.user, round_),
        "waiting": actions.entries_waiting(round_).count(),
    }
    return render(request, "participation/budgeting/rounds/projects.html", context)


@require_POST
def take_entries(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Put the approved applications on the ballot."""
    round_ = _draft_or_404(request, round_id)
    taken = len(actions.take_entries(signed_in(request), round_))
    messages.success(
        request,
        ngettext("%(n)d idea added.", "%(n)d ideas added.", taken) % {"n": taken},
    )
    return redirect("budgeting:projects", round_id)


def project_new(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Write an idea onto the ballot."""
    round_ = _draft_or_404(request, round_id)
    return _project(request, round_, None)


def project_edit(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """Change how an idea stands on the ballot."""
    round_ = _draft_or_404(request, round_id)
    return _project(request, round_, project_or_404(round_, number))


def _project(request: HttpRequest, round_: Round, project: Project | None) -> HttpResponse:
    form = ProjectForm(
        request.POST or None,
        request.FILES or None,
        programme=round_.programme,
        currency=round_.currency,
        initial=_initial(project),
    )

    def save() -> None:
        picture = _picture(form)
        fields = form.fields_of_project()
        if project is None:
            actions.add_project(signed_in(request), round_, fields, picture)
        else:
            actions.change_project(signed_in(request), project, fields, picture)

    if form.is_valid() and attempt(form, save):
        messages.success(request, _("Saved."))
        return redirect("budgeting:projects", round_.pk)
    context = {
        "round": round_,
        "programme": round_.programme,
        "form": form,
        "project": project,
        "heading": project.title if project else _("Add an idea"),
    }
    page = "participation/budgeting/rounds/project.html"
    return render(request, page, context, status=form_status(form))


def _initial(project: Project | None) -> dict[str, Any]:
    if project is None:
        return {}
    names = ("title", "summary", "cost", "area", "outcome", "owner", "picture_alt")
    return {name: getattr(project, name) for name in names}


def _picture(form: ProjectForm) -> CleanUpload | None:
    upload = form.cleaned_data["picture"]
    if not upload:
        return None
    try:
        return check_upload(upload, kinds=PICTURES, longest_side=LONGEST_SIDE)
    except Invalid as error:
        raise Invalid(error.reason, "picture") from error


def project_remove(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """Confirm that an idea leaves the ballot."""
    round_ = _draft_or_404(request, round_id)
    project = project_or_404(round_, number)
    back = reverse("budgeting:projects", args=[round_id])
    if request.method == "POST":
        actions.remove_project(signed_in(request), project)
        messages.success(request, _("Taken off the ballot."))
        return redirect(back)
    context = {
        "programme": round_.programme,
        "heading": _("Take “%s” off the ballot?") % project.title,
        "consequences": [_("The ideas after it move up by one."), _("The lot is drawn again.")],
        "action": _("Take it off"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@require_POST
def project_move(request: HttpRequest, round_id: UUID, number: int) -> HttpResponse:
    """Move an idea up or down by one."""
    round_ = _draft_or_404(request, round_id)
    project = project_or_404(round_, number)
    step = -1 if request.POST.get("to") == "up" else 1
    try:
        actions.move_project(signed_in(request), project, number + step)
    except Invalid as error:
        messages.error(request, str(error.reason))
    return redirect(reverse("budgeting:projects", args=[round_id]) + f"#idea-{number + step}")


def lot(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Draw the public lot that breaks ties."""
    round_ = _draft_or_404(request, round_id)
    form = LotForm(request.POST or None, initial={"seed": round_.tie_seed})
    if form.is_valid() and attempt(
        form,
        lambda: actions.draw_lot(signed_in(request), round_, form.cleaned_data["seed"]),
    ):
        messages.success(request, _("The lot is drawn."))
        return redirect("budgeting:lot", round_id)
    titles = dict(round_.projects.values_list("number", "title"))
    order = [(number, titles[number]) for number in round_.tie_order if number in titles]
    context = {"round": round_, "programme": round_.programme, "form": form, "order": order}
    page = "participation/budgeting/rounds/lot.html"
    return render(request, page, context, status=form_status(form))


def open_voting(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Check everything once more, and open."""
    round_ = _draft_or_404(request, round_id)
    may_open = rules.may_open(request.user, round_)
    problem = ""
    if request.method == "POST":
        try:
            actions.open_round(signed_in(request), round_)
        except Invalid as error:
            problem = str(error.reason)
        else:
            messages.success(request, _("Voting is open. What was declared is frozen."))
            return redirect("budgeting:desk", round_id)
    terms = draft_terms(round_)
    context = {
        "round": round_,
        "programme": round_.programme,
        "terms": terms,
        "style": styles[terms.style],
        "instructions": styles[terms.style].instructions(terms),
        "rule": rule_in_words(round_),
        "rule_about": RULES[round_.rule][1] if round_.rule in RULES else "",
        "part_fit": part_fit_in_words(round_),
        "tasks": [task for task in tasks_of(round_) if task["kind"]],
        "may_open": may_open,
        "problem": problem,
    }
    page = "participation/budgeting/rounds/open.html"
    return render(request, page, context, status=409 if problem else 200)


def _draft_or_404(request: HttpRequest, round_id: UUID) -> Round:
    round_ = run_round_or_404(request.user, round_id)
    require(rules.may_prepare(request.user, round_))
    return round_
