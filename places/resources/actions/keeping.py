"""What is kept beside the list: a person's views of it, and areas after boundaries changed."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Place
from places.resources.actions.common import hold_place, locate
from places.resources.models import Resource, SavedView, Where

MOST_VIEWS = 30


@transaction.atomic
def save_view(
    user: User, place: Place, name: str, query: str, programme: Programme | None = None
) -> SavedView:
    """Keep filters under a name; the same name again takes the new ones."""
    lock(f"resource views:{user.pk}")
    name = " ".join(name.split())[:80]
    if not name:
        raise Invalid(_("Give the view a name."), "name")
    mine = SavedView.objects.filter(user=user, place=place)
    if mine.exclude(name=name).count() >= MOST_VIEWS:
        raise Invalid(_("You have %d views here. Remove one first.") % MOST_VIEWS, "name")
    view, _new = SavedView.objects.update_or_create(
        user=user,
        place=place,
        name=name,
        defaults={"query": query[:500], "programme": programme},
    )
    return view


@transaction.atomic
def forget_view(user: User, view_id: UUID) -> None:
    """Remove a view of one's own."""
    if not SavedView.objects.filter(user=user, pk=view_id).delete()[0]:
        raise Invalid(_("That view is not there any more."))


@transaction.atomic
def locate_again(place: Place) -> int:
    """Find the area of each point anew; says how many changed. Called when boundaries change."""
    hold_place(place)
    points = list(
        Resource.objects.filter(place=place, where=Where.POINT).only(
            "pk", "where", "longitude", "latitude", "area_id"
        )
    )
    before = {found.pk: found.area_id for found in points}
    locate(place, points)
    moved: dict[object, list[UUID]] = {}
    for found in points:
        if found.area_id != before[found.pk]:
            moved.setdefault(found.area_id, []).append(found.pk)
    for area_id, ids in moved.items():
        Resource.objects.filter(pk__in=ids).update(area_id=area_id)
    return sum(map(len, moved.values()))


def on_boundaries_changed(place: Place, **_kwargs: Any) -> None:
    """What the directory tells us of."""
    locate_again(place)
