"""Preparing workshops: choosing an agenda, what the session is for, who helps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commissioning.documents.actions import request_document
from commissioning.ground.answers import Invalid, Text, require
from commissioning.ground.attempts import attempt
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.rules import may_run
from participation.workshops import wording
from participation.workshops.actions import joining, preparing
from participation.workshops.activities.base import kind_of
from participation.workshops.forms.preparing import (
    HelpersForm,
    ListForm,
    NewWorkshopForm,
    SettingsForm,
    TitleForm,
    WordsForm,
)
from participation.workshops.loaders import run_programme_or_404, run_workshop_or_404
from participation.workshops.models import PlaceWords, Workshop
from participation.workshops.papers import PAPERS
from participation.workshops.rules import may_facilitate
from participation.workshops.views.common import (
    crumbs_of,
    form_page,
    programme_crumbs,
    signed_in,
    url_of,
)

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def workshops(request: HttpRequest, slug: str) -> HttpResponse:
    """The workshops of a programme: by name and state for everybody."""
    programme = programme_or_404(request.user, slug)
    runs = bool(may_facilitate(request.user, programme))
    found = Workshop.objects.filter(programme=programme, rehearses=None)
    if not runs:
        found = found.exclude(status=Workshop.Status.PREPARED)
    context = {
        "programme": programme,
        "workshops": list(found),
        "runs": runs,
        "crumbs": [*programme_crumbs(programme)[:1], (_("Workshops"), "")],
    }
    return render(request, "participation/workshops/workshops.html", context)


@login_required
@form_methods
def new_workshop(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what to begin from."""
    user = signed_in(request)
    programme = run_programme_or_404(user, slug)
    form = NewWorkshopForm(
        programme, request.POST or None, initial={"title": "", "agenda": "whole-place"}
    )
    made: list[Workshop] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            preparing.make_workshop(user, programme, form.chosen(), form.cleaned_data["title"])
        ),
    ):
        return redirect(made[0])
    return form_page(
        request,
        form,
        heading=_("Prepare a workshop"),
        lead=_("Everything can be changed afterwards: words, order, minutes."),
        button=_("Prepare it"),
        crumbs=programme_crumbs(programme, (_("Prepare a workshop"), "")),
    )


def _missing(workshop: Workshop) -> list[dict[str, Any]]:
    """What stands between this and people in the room, as a list of tasks."""
    settings_url = url_of("settings", workshop)
    tasks: list[dict[str, Any]] = [
        {
            "title": _("Name the safeguarding lead"),
            "hint": _("Worries go to one named person, and to nobody else."),
            "url": settings_url,
            "done": workshop.safeguarding_lead_id is not None,
        },
        {
            "title": _("Say when and where"),
            "hint": "",
            "url": settings_url,
            "done": workshop.held_on is not None,
        },
        {
            "title": _("Say who must be in the room"),
            "hint": _("And what stops them, before you invite."),
            "url": url_of("plan", workshop),
            "done": workshop.plan_lines.exists(),
        },
        {
            "title": _("Say what is fixed and what is open"),
            "hint": _("It is read out in the welcome."),
            "url": f"{workshop.programme.get_absolute_url()}fixed-and-open/",
            "done": workshop.programme.givens.exists(),
        },
    ]
    if workshop.is_young:
        tasks.append(
            {
                "title": _("Name a chaperone, and how parents reach you"),
                "hint": "",
                "url": settings_url,
                "done": bool(workshop.guardian_contact and workshop.chaperones.strip()),
            }
        )
    return [
        task
        | {"tag": _("Done") if task["done"] else _("To do"), "kind": "" if task["done"] else "wait"}
        for task in tasks
    ]


@login_required
@require_safe
def workshop(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """The running order and what is still missing."""
    found = run_workshop_or_404(request.user, slug, workshop_id)
    steps = list(found.activities.all())
    context = {
        "workshop": found,
        "programme": found.programme,
        "steps": [{"activity": step, "kind": kind_of(step).title} for step in steps],
        "minutes": sum(step.minutes for step in steps),
        "tasks": _missing(found),
        "helpers": [helper.user for helper in found.helpers.select_related("user")],
        "rehearsal": found.rehearsals.first(),
        "join_url": request.build_absolute_uri(found.room_url()),
        "may_change": found.status != Workshop.Status.CLOSED,
        "may_read_worries": found.safeguarding_lead_id == signed_in(request).pk,
        "crumbs": programme_crumbs(found.programme, (found.title, "")),
    }
    return render(request, "participation/workshops/workshop.html", context)


@login_required
@form_methods
def settings(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """What it is for, when, where, and how safe."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    form = SettingsForm(request.POST or None, instance=found)
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in preparing.SETTINGS}
        if attempt(form, lambda: preparing.write_settings(user, found, values)):
            messages.success(request, _("Saved."))
            return redirect(found)
    return form_page(
        request,
        form,
        heading=_("About the session"),
        button=_("Save"),
        crumbs=crumbs_of(found, (_("About the session"), "")),
    )


@login_required
@form_methods
def helpers(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Who groups ideas and releases them."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    initial = {"helpers": [helper.user_id for helper in found.helpers.all()]}
    form = HelpersForm(found.programme, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = list(form.cleaned_data["helpers"])
        if attempt(form, lambda: preparing.choose_helpers(user, found, chosen)):
            messages.success(request, _("Saved."))
            return redirect(found)
    return form_page(
        request,
        form,
        heading=_("Who helps"),
        lead=_("Helpers see the desk, group ideas and release them. Only who runs it goes on."),
        button=_("Save"),
        crumbs=crumbs_of(found, (_("Who helps"), "")),
    )


@login_required
@form_methods
def guest_list(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """The names of a closed session."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    names = found.invited.values_list("name", flat=True)
    form = ListForm(request.POST or None, initial={"names": "\n".join(names)})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["names"].splitlines()
        if attempt(form, lambda: joining.write_list(user, found, typed)):
            messages.success(request, _("Saved."))
            return redirect(found)
    return form_page(
        request,
        form,
        heading=_("The list"),
        button=_("Save"),
        crumbs=crumbs_of(found, (_("The list"), "")),
    )


@require_POST
@login_required
def print_paper(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Have one of the session's papers printed: pack, posters, invitation, assessment."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    wanted = request.POST.get("paper", "")
    if wanted not in PAPERS:
        raise Invalid(_("There is no such paper."))
    return redirect("documents:rendering", request_document(user, wanted, found.pk).pk)


@login_required
@form_methods
def copy(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """The same session once more, another day."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    form = TitleForm(request.POST or None, initial={"title": found.title})
    made: list[Workshop] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(preparing.copy_workshop(user, found, form.cleaned_data["title"])),
    ):
        return redirect(made[0])
    return _titled(request, found, form, _("Hold it again"), _("Copy it"))


@login_required
@form_methods
def keep(request: HttpRequest, slug: str, workshop_id: UUID) -> HttpResponse:
    """Keep the running order for the place."""
    user = signed_in(request)
    found = run_workshop_or_404(user, slug, workshop_id)
    form = TitleForm(request.POST or None, initial={"title": found.title})
    if form.is_valid() and attempt(
        form, lambda: preparing.keep_agenda(user, found, form.cleaned_data["title"])
    ):
        messages.success(request, _("Kept. It is offered to everybody who prepares one here."))
        return redirect(found)
    return _titled(request, found, form, _("Keep this agenda for the place"), _("Keep it"))


def _titled(
    request: HttpRequest, found: Workshop, form: TitleForm, heading: Text, button: Text
) -> HttpResponse:
    return form_page(
        request, form, heading=heading, button=button, crumbs=crumbs_of(found, (heading, ""))
    )


@login_required
@form_methods
def words(request: HttpRequest, slug: str) -> HttpResponse:
    """What the money check looks for, and what the place changes in it."""
    user = signed_in(request)
    programme = run_programme_or_404(user, slug)
    require(may_run(user, programme))
    kept = PlaceWords.objects.filter(place=programme.place).first()
    form = WordsForm(request.POST or None, instance=kept)
    if form.is_valid():
        added, dropped = form.cleaned_data["added"], form.cleaned_data["dropped"]
        if attempt(form, lambda: preparing.write_money_words(user, programme, added, dropped)):
            messages.success(request, _("Saved, for every workshop of the place."))
            return redirect("workshops:workshops", slug=slug)
    return form_page(
        request,
        form,
        heading=_("Words that talk of money"),
        lead=_(
            "Who uses one is kindly offered the car park. Nobody is stopped: people may insist."
        ),
        button=_("Save"),
        listed=sorted(wording.money_words()),
        crumbs=programme_crumbs(programme, (_("Words that talk of money"), "")),
    )
