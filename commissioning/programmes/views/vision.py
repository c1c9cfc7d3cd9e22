"""The vision: read by anyone, drafted, agreed and endorsed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commissioning.ground.answers import Invalid, require
from commissioning.ground.attempts import attempt, form_status
from commissioning.programmes.actions import vision as actions
from commissioning.programmes.actions.stages import agreed_in_words
from commissioning.programmes.forms import AgreeForm, EndorseForm, OutcomeForm, VisionForm
from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme, Stage, Vision, VisionOutcome
from commissioning.programmes.parts import wanting_beside_agreement
from commissioning.programmes.rules import may_decide, may_draft, may_lead
from commissioning.programmes.said_of_drafts import rooms_that_stood
from places.directory.models import Organisation
from places.directory.signed_in import signed_in


def vision(request: HttpRequest, slug: str) -> HttpResponse:
    """The vision that counts, who stands behind it, and the draft there is."""
    programme = programme_or_404(request.user, slug)
    versions = list(programme.visions.select_related("drafted_by", "agreed_by"))
    agreed = next((version for version in versions if version.agreed_at), None)
    newest = versions[0] if versions else None
    context = {
        "programme": programme,
        "agreed": agreed,
        "draft": newest if newest and newest.agreed_at is None else None,
        "versions": versions,
        "lines": agreed.lines.all() if agreed else [],
        "endorsements": (
            agreed.endorsements.select_related("organisation", "user") if agreed else []
        ),
        "may_draft": may_draft(request.user, programme),
        "may_agree": may_lead(request.user, programme) & may_decide(request.user, programme),
    }
    return render(request, "programmes/vision.html", context)


def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it stands, draft or agreed."""
    programme = programme_or_404(request.user, slug)
    found = (
        programme.visions.select_related("drafted_by", "agreed_by").filter(version=number).first()
    )
    if found is None:
        raise Http404
    before = programme.visions.filter(version__lt=number).first()
    context = {
        "programme": programme,
        "version": found,
        "lines": found.lines.all(),
        "before": before,
        "may_draft": may_draft(request.user, programme),
    }
    return render(request, "programmes/vision_version.html", context)


def draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the draft's words; its outcomes stand below, each with its own page."""
    programme = programme_or_404(request.user, slug)
    require(may_draft(request.user, programme))
    newest = actions.newest_vision(programme)
    form = VisionForm(
        request.POST or None,
        newest_is_agreed=bool(newest and newest.agreed_at),
        is_first=newest is None,
        initial=_initial(newest),
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.write_draft(
            signed_in(request),
            programme,
            form.cleaned_data["statement"],
            what_changed=form.cleaned_data.get("what_changed", ""),
            as_new_version=form.cleaned_data.get("as_new_version", False),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("programmes:vision_draft", slug)
    context = {
        "programme": programme,
        "form": form,
        "newest": newest,
        "lines": newest.lines.all() if newest else [],
        "may_agree": may_lead(request.user, programme) & may_decide(request.user, programme),
    }
    return render(request, "programmes/vision_draft.html", context, status=form_status(form))


def _initial(newest: Vision | None) -> dict[str, str]:
    if newest is None:
        return {}
    draft_words = "" if newest.agreed_at else newest.what_changed
    return {"statement": newest.statement, "what_changed": draft_words}


def outcome_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an outcome to the draft."""
    programme = programme_or_404(request.user, slug)
    require(may_draft(request.user, programme))
    form = OutcomeForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_outcome(
            signed_in(request), programme, form.cleaned_data["title"], form.cleaned_data["about"]
        ),
    ):
        messages.success(request, _("Added."))
        if "another" in request.POST:
            return redirect("programmes:outcome_new", slug)
        return redirect("programmes:vision_draft", slug)
    context = {"programme": programme, "form": form, "line": None}
    return render(request, "programmes/outcome.html", context, status=form_status(form))


def outcome(request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
    """Reword an outcome of the draft."""
    programme = programme_or_404(request.user, slug)
    line = _draft_line_or_404(request, programme, line_id)
    form = OutcomeForm(request.POST or None, initial={"title": line.title, "about": line.about})
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_outcome(
            signed_in(request),
            programme,
            line.pk,
            form.cleaned_data["title"],
            form.cleaned_data["about"],
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("programmes:vision_draft", slug)
    context = {"programme": programme, "form": form, "line": line}
    return render(request, "programmes/outcome.html", context, status=form_status(form))


def outcome_drop(request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
    """Confirm that an outcome leaves the draft."""
    programme = programme_or_404(request.user, slug)
    line = _draft_line_or_404(request, programme, line_id)
    back = reverse("programmes:vision_draft", args=[slug])
    if request.method == "POST":
        actions.drop_outcome(signed_in(request), programme, line.pk)
        messages.success(request, _("Taken out of the draft."))
        return redirect(back)
    context = {
        "programme": programme,
        "heading": _("Take “%s” out of the draft?") % line.title,
        "consequences": [
            _("It leaves this draft only. Agreed versions keep it."),
            _("If the draft is agreed without it, it is no longer an outcome of the programme."),
        ],
        "action": _("Take it out"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


@require_POST
def outcome_move(request: HttpRequest, slug: str, line_id: UUID) -> HttpResponse:
    """Move an outcome of the draft up or down by one."""
    programme = programme_or_404(request.user, slug)
    line = _draft_line_or_404(request, programme, line_id)
    up = request.POST.get("to") == "up"
    actions.move_outcome(signed_in(request), programme, line.pk, up=up)
    return redirect(reverse("programmes:vision_draft", args=[slug]) + "#outcomes")


def _draft_line_or_404(request: HttpRequest, programme: Programme, line_id: UUID) -> VisionOutcome:
    line = (
        VisionOutcome.objects.filter(vision__programme=programme, vision__agreed_at__isnull=True)
        .filter(pk=line_id)
        .first()
    )
    if line is None or not may_draft(request.user, programme):
        raise Http404
    return line


def agree(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that the draft was agreed, how, and who was there."""
    programme = programme_or_404(request.user, slug)
    require(may_lead(request.user, programme) & may_decide(request.user, programme))
    newest = actions.newest_vision(programme)
    if newest is None or newest.agreed_at:
        raise Invalid(_("There is no draft to agree."))
    form = AgreeForm(request.POST or None, initial={"version": newest.version})
    if form.is_valid() and attempt(
        form,
        lambda: actions.agree_vision(
            signed_in(request),
            programme,
            form.cleaned_data["version"],
            how_agreed=form.cleaned_data["how_agreed"],
            who_was_there=form.cleaned_data["who_was_there"],
        ),
    ):
        programme.refresh_from_db()
        messages.success(request, agreed_in_words(programme))
        return redirect("programmes:vision", slug)
    context = {
        "programme": programme,
        "form": form,
        "draft": newest,
        "lines": newest.lines.all(),
        "rooms": rooms_that_stood(newest),
        "leaves": programme.stage == Stage.VISION,
        "wanting": wanting_beside_agreement(programme),
    }
    return render(request, "programmes/vision_agree.html", context, status=form_status(form))


def endorse(request: HttpRequest, slug: str) -> HttpResponse:
    """Stand behind the agreed vision."""
    programme = programme_or_404(request.user, slug)
    agreed = actions.agreed_vision(programme)
    if agreed is None:
        raise Invalid(_("The vision is not agreed yet. It can be endorsed once it is."))
    mine = Organisation.objects.acted_for_by(request.user)
    form = EndorseForm(request.POST or None, organisations=mine)
    if form.is_valid() and attempt(
        form,
        lambda: actions.endorse(
            signed_in(request),
            programme,
            form.cleaned_data["stand_for"],
            form.cleaned_data["words"],
        ),
    ):
        messages.success(request, _("Thank you. Your endorsement stands with the vision."))
        return redirect("programmes:vision", slug)
    context = {"programme": programme, "form": form, "agreed": agreed}
    return render(request, "programmes/endorse.html", context, status=form_status(form))
