"""What a resource does for an outcome."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.models import Outcome
from places.resources.actions.common import locked, refuse_amounts, tell_history
from places.resources.models import OutcomeLink, Resource, State
from places.resources.rules import may_link


@transaction.atomic
def link_to_outcome(
    user: User, resource: Resource, outcome: Outcome, how: str, sure: str, said_by: str
) -> OutcomeLink:
    """Say how it helps, how sure we are and who said so; said again, the new words stand."""
    resource = locked(resource)
    require(may_link(user, resource, outcome.programme))
    if resource.state == State.MERGED:
        raise Invalid(_("It is part of another now. Link that one."))
    refuse_amounts(how=how, said_by=said_by)
    link, is_new = OutcomeLink.objects.update_or_create(
        resource=resource,
        outcome=outcome,
        defaults={"how": how, "sure": sure, "said_by": said_by, "by": user},
    )
    if is_new:
        tell_history(
            outcome.programme, user, f"linked “{resource.what}” to the outcome “{outcome.title}”"
        )
    return link


@transaction.atomic
def unlink(user: User, link: OutcomeLink) -> None:
    """It does not help that outcome after all."""
    resource = locked(link.resource)
    programme = link.outcome.programme
    require(may_link(user, resource, programme))
    link.delete()
    tell_history(programme, user, f"no longer links “{resource.what}” to “{link.outcome.title}”")
