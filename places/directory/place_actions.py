"""The write door of places: their page, their areas, the boundaries that people upload."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from places.directory.boundaries import BadBoundariesError, read_boundaries
from places.directory.events import boundaries_changed
from places.directory.models import Area, BoundaryUpload, Place
from places.directory.names import free_slug
from places.directory.rules import may_edit_place, runs_installation


@transaction.atomic
def create_place(user: User, name: str, kind: str, letters: str, about: str) -> Place:
    """Add a place. ``letters`` begin the number of every record issued there."""
    require(runs_installation(user))
    slug = free_slug(name, Place.objects.all(), longest=60, fallback="place")
    try:
        with transaction.atomic():
            return Place.objects.create(
                slug=slug, name=name, kind=kind, prefix=letters.upper(), about=about
            )
    except IntegrityError as error:
        raise Invalid(
            _("Another place's records begin with those letters, or they are not 2 to 6 letters."),
            "letters",
        ) from error


@transaction.atomic
def edit_place(user: User, place: Place, about: str) -> Place:
    """Say anew what the place is like."""
    require(may_edit_place(user, place))
    place.about = about
    place.save(update_fields=["about"])
    return place


@transaction.atomic
def save_area(user: User, place: Place, name: str, area_id: UUID | None = None) -> Area:
    """Add an area, or give one another name. Boundaries come by file."""
    require(may_edit_place(user, place))
    area = place.areas.get(pk=area_id) if area_id else Area(place=place)
    area.name = name.strip()
    try:
        with transaction.atomic():
            area.save()
    except IntegrityError as error:
        raise Invalid(_("%s has an area of that name already.") % place.name, "name") from error
    return area


@transaction.atomic
def remove_area(user: User, area: Area) -> None:
    """Remove an area that nothing refers to."""
    require(may_edit_place(user, area.place))
    if not _removed(area):
        raise Invalid(_("Something is linked to %s, so it stays. You can rename it.") % area.name)


def _removed(area: Area) -> bool:
    try:
        with transaction.atomic():
            area.delete()
    except (ProtectedError, RestrictedError, IntegrityError):
        return False
    return True


def upload_boundaries(user: User, place: Place, file_name: str, data: bytes) -> BoundaryUpload:
    """Read a file of boundaries and keep what it holds until somebody has looked at it.

    Nothing of the place changes yet. Raises :class:`Invalid` with the sentence that the reader
    gave, beside the field ``file``.
    """
    require(may_edit_place(user, place))
    try:
        features = read_boundaries(data)
    except BadBoundariesError as error:
        raise Invalid(str(error), "file") from error
    yesterday = timezone.now() - timedelta(days=1)
    # Files that somebody looked at and left.
    place.boundary_uploads.filter(used_at__isnull=True, created_at__lt=yesterday).delete()
    return BoundaryUpload.objects.create(
        place=place,
        by=user,
        file_name=file_name[-120:].replace("\x00", ""),
        features=[feature.as_row() for feature in features],
    )


@transaction.atomic
def use_boundaries(
    user: User, upload: BoundaryUpload, name_property: str, *, replaces: bool
) -> BoundaryUpload:
    """Give the place the areas of the file, named by one of its properties.

    An area of the same name gets the new boundary. With ``replaces`` the areas that the file does
    not name are removed, except those that something refers to. An undo puts everything back.
    """
    require(may_edit_place(user, upload.place))
    lock(f"boundaries:{upload.place_id}")
    upload = BoundaryUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.used_at:
        raise Invalid(_("These boundaries are in use already."))
    named = named_features(upload.features, name_property)
    upload.before = [
        {"name": area.name, "boundary": area.boundary} for area in upload.place.areas.all()
    ]
    _become(upload.place, named, remove_others=replaces)
    upload.used_at, upload.name_property, upload.replaces = (
        timezone.now(),
        name_property,
        replaces,
    )
    upload.save()
    return upload


@transaction.atomic
def undo_boundaries(user: User, upload: BoundaryUpload) -> BoundaryUpload:
    """Put the areas back as they were before the file was used; those in use elsewhere stay."""
    require(may_edit_place(user, upload.place))
    lock(f"boundaries:{upload.place_id}")
    upload = BoundaryUpload.objects.select_for_update().get(pk=upload.pk)
    latest = upload.place.boundary_uploads.filter(
        used_at__isnull=False, undone_at__isnull=True
    ).order_by("-used_at")
    if upload.used_at is None or upload.undone_at or latest.first() != upload:
        raise Invalid(_("Only the file that was used last can be undone, once."))
    before = {row["name"]: row["boundary"] for row in upload.before or []}
    _become(upload.place, before, remove_others=True)
    upload.undone_at = timezone.now()
    upload.save(update_fields=["undone_at"])
    return upload


def named_features(rows: list[dict[str, Any]], name_property: str) -> dict[str, Any]:
    """Name to boundary. Raises :class:`Invalid` where a shape has no name or two have the same."""
    named: dict[str, Any] = {}
    for number, row in enumerate(rows, start=1):
        name = row["properties"].get(name_property, "").strip()[:120]
        if not name:
            raise Invalid(
                _("Shape %(n)d has no %(property)s. Choose another property for the names.")
                % {"n": number, "property": name_property},
                "name_property",
            )
        if name in named:
            raise Invalid(
                _("Two shapes are called %s. Choose a property that is different for each.") % name,
                "name_property",
            )
        named[name] = row["geometry"]
    return named


def _become(place: Place, named: dict[str, Any], *, remove_others: bool) -> None:
    areas = {area.name: area for area in place.areas.all()}
    for name, boundary in named.items():
        area = areas.pop(name, None) or Area(place=place, name=name)
        area.boundary = boundary
        area.save()
    if remove_others:
        for area in areas.values():
            if not _removed(area):
                area.boundary = None
                area.save()
    boundaries_changed.send(sender=Place, place=place)
