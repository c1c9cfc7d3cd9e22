"""What resources hold about a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from commissioning.people.models import User
from commissioning.people.registers import PersonalData
from places.resources.models import OutcomeLink, Resource, SavedView


def _export(user: User) -> Any:
    return {
        "added_or_suggested": [
            {"what": row.what, "state": row.state, "at": row.created_at.isoformat()}
            for row in Resource.objects.filter(added_by=user)
        ],
        "looks_after": list(Resource.objects.filter(owner=user).values_list("what", flat=True)),
        "links": [
            {"what": row.resource.what, "outcome": row.outcome.title, "how": row.how}
            for row in OutcomeLink.objects.filter(by=user).select_related("resource", "outcome")
        ],
        "saved_views": [
            {"name": view.name, "filters": view.query}
            for view in SavedView.objects.filter(user=user)
        ],
    }


def _erase(user: User) -> None:
    """Their views go; what they put on the map stays, without their name on it."""
    SavedView.objects.filter(user=user).delete()
    Resource.objects.filter(added_by=user).update(added_by=None)
    Resource.objects.filter(owner=user).update(owner=None)
    OutcomeLink.objects.filter(by=user).update(by=None)


HELD = PersonalData(
    what=_("What you put on the map of resources, look after there, and the views you saved"),
    why=_("So that we can tell you what became of a suggestion, and ask whether it is still so."),
    kept=_("What is on the map stays; your name and your views go when you leave."),
    export=_export,
    erase=_erase,
)
