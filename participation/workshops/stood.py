"""How workshops stood to a draft of the vision, for whoever agrees it on the programme's page."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from commissioning.programmes.models import Vision
from commissioning.programmes.said_of_drafts import Objection, RoomStood, stood_to_drafts
from participation.workshops.actions import drafting
from participation.workshops.models import DraftVersion

MOST_SESSIONS: Final = 3


def stood(vision: Vision) -> Sequence[RoomStood]:
    """The sessions that had these very words before them, the last one first."""
    versions = DraftVersion.objects.filter(
        activity__workshop__programme=vision.programme_id,
        activity__workshop__rehearses=None,
        statement=vision.statement,
    ).select_related("activity__workshop")
    return [_told(one) for one in versions.order_by("-created_at")[:MOST_SESSIONS]]


def _told(draft: DraftVersion) -> RoomStood:
    counts = drafting.tally(draft)
    parts = [
        _("%(n)d %(stand)s") % {"n": number, "stand": drafting.STOOD[answer]}
        for answer, number in counts.items()
    ]
    words = _("In the workshop “%(title)s”, version %(n)d: %(stood)s.") % {
        "title": draft.activity.workshop.title,
        "n": draft.number,
        "stood": ", ".join(parts),
    }
    return RoomStood(
        words, [Objection(one.why, one.reply) for one in drafting.standing_objections(draft)]
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    stood_to_drafts.register("workshops", stood)
