"""An offer becomes a resource of the place."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.design.when import day
from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from participation.workshops.actions.common import contribution_held
from participation.workshops.live import tell
from participation.workshops.models import Activity, Contribution
from participation.workshops.rules import may_facilitate
from places.resources.actions.resources import add_from_offer
from places.resources.models import Kind, Resource

# What people are asked in the room, and what the place's list calls it.
AS_RESOURCE: Final = {
    "people": Kind.PEOPLE,
    "time": Kind.TIME,
    "space": Kind.BUILDINGS,
    "networks": Kind.GROUPS,
    "knowledge": Kind.KNOWLEDGE,
    "services": Kind.SERVICES,
}


@transaction.atomic
def make_resource(user: User, activity: Activity, contribution_id: UUID) -> Resource:
    """Keep an offer among what the place has. Pressed twice, it is there once."""
    workshop = activity.workshop
    require(may_facilitate(user, workshop.programme))
    offer = contribution_held(workshop, contribution_id)
    if offer.state != Contribution.State.SHOWN or workshop.is_rehearsal:
        raise Invalid(_("Only an offer that everybody may see becomes a resource."))
    resource = add_from_offer(
        user,
        workshop.programme,
        offer.text,
        AS_RESOURCE.get(str(offer.details.get("what")), Kind.PEOPLE),
        offer.participant.organisation if offer.participant else None,
        source_words=f"Offered at “{workshop.title}” on {day(workshop.opened_at)}",
    )
    offer.details = offer.details | {"resource": str(resource.pk)}
    offer.save(update_fields=["details"])
    tell(workshop.pk)
    return resource
