"""Places: found, read, and looked after: their areas and boundaries."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from commissioning.ground.answers import require
from commissioning.ground.attempts import attempt, form_status
from places.directory import place_actions as actions
from places.directory.boundaries import MOST_BYTES, name_choices
from places.directory.forms import (
    AboutPlaceForm,
    AreaForm,
    BoundariesForm,
    PlaceForm,
    UseBoundariesForm,
)
from places.directory.loaders import area_or_404, boundary_upload_or_404, place_or_404
from places.directory.maps import draw
from places.directory.models import BoundaryUpload, Place
from places.directory.panels import place_panels, place_tools
from places.directory.rules import may_edit_place, runs_installation
from places.directory.signed_in import signed_in


def places(request: HttpRequest) -> HttpResponse:
    """Every place, by name."""
    found = Place.objects.annotate(
        area_count=Count("areas", distinct=True),
        organisation_count=Count("organisations", distinct=True),
    )
    return render(
        request,
        "directory/places.html",
        {"places": found, "may_add": runs_installation(request.user)},
    )


def new(request: HttpRequest) -> HttpResponse:
    """Add a place: for those who run the installation."""
    require(runs_installation(request.user))
    form = PlaceForm(request.POST or None)
    made: list[Place] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(actions.create_place(signed_in(request), **form.cleaned_data)),
    ):
        messages.success(request, _("Added. Its areas come next."))
        return redirect("directory:boundaries", made[0].slug)
    return render(request, "directory/place_new.html", {"form": form}, status=form_status(form))


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A place: its map, areas, organisations, and what other parts have there."""
    found = place_or_404(request.user, slug)
    areas = list(found.areas.all())
    context = {
        "place": found,
        "areas": areas,
        "map": draw((area.name, area.boundary) for area in areas),
        "organisations": found.organisations.all()[:12],
        "organisation_count": found.organisations.count(),
        "panels": [
            {"title": panel.title, "rows": panel.rows(found, request.user), "empty": panel.empty}
            for panel in place_panels
        ],
        "tools": [row for tool in place_tools for row in tool(found, request.user)],
        "may_edit": may_edit_place(request.user, found),
    }
    return render(request, "directory/place.html", context)


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Say anew what the place is like."""
    found = place_or_404(request.user, slug)
    require(may_edit_place(request.user, found))
    form = AboutPlaceForm(request.POST or None, initial={"about": found.about})
    if request.method == "POST" and form.is_valid():
        actions.edit_place(signed_in(request), found, form.cleaned_data["about"])
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"place": found, "form": form}
    return render(request, "directory/place_edit.html", context, status=form_status(form))


def area_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an area by name."""
    found = place_or_404(request.user, slug)
    require(may_edit_place(request.user, found))
    form = AreaForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.save_area(signed_in(request), found, form.cleaned_data["name"])
    ):
        messages.success(request, _("Added."))
        return redirect("directory:boundaries", slug)
    context = {"place": found, "form": form, "area": None}
    return render(request, "directory/area.html", context, status=form_status(form))


def area(request: HttpRequest, slug: str, area_id: UUID) -> HttpResponse:
    """Give an area another name."""
    found = place_or_404(request.user, slug)
    this = area_or_404(request.user, found, area_id)
    form = AreaForm(request.POST or None, initial={"name": this.name})
    if form.is_valid() and attempt(
        form,
        lambda: actions.save_area(signed_in(request), found, form.cleaned_data["name"], this.pk),
    ):
        messages.success(request, _("Saved."))
        return redirect("directory:boundaries", slug)
    context = {"place": found, "form": form, "area": this}
    return render(request, "directory/area.html", context, status=form_status(form))


def area_remove(request: HttpRequest, slug: str, area_id: UUID) -> HttpResponse:
    """Confirm that an area is removed."""
    found = place_or_404(request.user, slug)
    this = area_or_404(request.user, found, area_id)
    back = reverse("directory:boundaries", args=[slug])
    if request.method == "POST":
        actions.remove_area(signed_in(request), this)
        messages.success(request, _("%s is removed.") % this.name)
        return redirect(back)
    context = {
        "heading": _("Remove %s?") % this.name,
        "consequences": [
            _("Its name and boundary are removed from the place."),
            _("If anything is linked to it, it stays, and we say so."),
        ],
        "action": _("Remove the area"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)


def boundaries(request: HttpRequest, slug: str) -> HttpResponse:
    """The areas, the files of boundaries so far, and a form for another."""
    found = place_or_404(request.user, slug)
    require(may_edit_place(request.user, found))
    form = BoundariesForm(request.POST or None, request.FILES or None)
    kept: list[BoundaryUpload] = []
    if form.is_valid() and attempt(form, lambda: kept.append(_upload(request, found, form))):
        return redirect("directory:boundaries_preview", slug, kept[0].pk)
    used = found.boundary_uploads.filter(used_at__isnull=False).select_related("by")
    context = {
        "place": found,
        "form": form,
        "areas": list(found.areas.all()),
        "uploads": used.defer("features", "before").order_by("-used_at")[:10],
        "latest": used.filter(undone_at__isnull=True).order_by("-used_at").first(),
    }
    return render(request, "directory/boundaries.html", context, status=form_status(form))


def _upload(request: HttpRequest, place: Place, form: BoundariesForm) -> BoundaryUpload:
    file = form.cleaned_data["file"]
    # One byte beyond the limit is enough for the reader to say that it is too large.
    return actions.upload_boundaries(
        signed_in(request), place, file.name, file.read(MOST_BYTES + 1)
    )


def boundaries_preview(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """What the file holds, drawn and listed, before it is used."""
    found = place_or_404(request.user, slug)
    upload = boundary_upload_or_404(request.user, found, upload_id)
    choices = name_choices(upload.features)
    form = UseBoundariesForm(request.POST or None, choices=choices, rows=upload.features)
    if form.is_valid() and attempt(
        form,
        lambda: actions.use_boundaries(
            signed_in(request),
            upload,
            form.cleaned_data["name_property"],
            replaces=form.cleaned_data["replaces"],
        ),
    ):
        messages.success(request, _("The boundaries are in use. You can undo this."))
        return redirect("directory:boundaries", slug)
    shown = upload.name_property or (choices[0] if choices else "")
    named = [(row["properties"].get(shown, ""), row) for row in upload.features]
    context = {
        "place": found,
        "upload": upload,
        "form": form,
        "choices": choices,
        "map": draw((name, row["geometry"]) for name, row in named),
        "shapes": [{"name": name, "mended": row["mended"]} for name, row in named],
        "mended": sum(row["mended"] for row in upload.features),
    }
    return render(request, "directory/boundaries_preview.html", context, status=form_status(form))


def boundaries_undo(request: HttpRequest, slug: str, upload_id: UUID) -> HttpResponse:
    """Confirm that the areas are put back as they were before a file."""
    found = place_or_404(request.user, slug)
    upload = boundary_upload_or_404(request.user, found, upload_id)
    back = reverse("directory:boundaries", args=[slug])
    if request.method == "POST":
        actions.undo_boundaries(signed_in(request), upload)
        messages.success(request, _("Undone. The areas are as they were."))
        return redirect(back)
    context = {
        "heading": _("Undo the boundaries of “%s”?") % upload.file_name,
        "consequences": [
            _("The areas get back the names and boundaries that they had before the file."),
            _("Areas that came with the file go, except those that something is linked to."),
        ],
        "action": _("Undo"),
        "back": back,
    }
    return render(request, "design/confirm.html", context)
