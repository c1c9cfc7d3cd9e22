"""What a resource does for an outcome."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.models import Outcome, Programme
from commissioning.programmes.rules import may_draft
from places.resources.actions.common import hold_place, locked, refuse_amounts, tell_history
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
def link_many(
    user: User, found: Sequence[Resource], outcome: Outcome, how: str, sure: str, said_by: str
) -> int:
    """Say the same of many things at once; what was said of one of them before stays. How many.

    Links of one such act have the same moment, by which they are taken back together.
    """
    programme = outcome.programme
    require(may_draft(user, programme))
    refuse_amounts(how=how, said_by=said_by)
    hold_place(programme.place)
    here = Resource.objects.filter(
        pk__in=[one.pk for one in found], place=programme.place_id, state=State.PUBLISHED
    ).exclude(links__outcome=outcome)
    new = [
        OutcomeLink(resource=one, outcome=outcome, how=how, sure=sure, said_by=said_by, by=user)
        for one in here
    ]
    OutcomeLink.objects.bulk_create(new)
    if new:
        tell_history(programme, user, f"linked {_resources(len(new))} to “{outcome.title}”")
    return len(new)


@transaction.atomic
def unlink_many(user: User, programme: Programme, like: OutcomeLink) -> int:
    """Take back every link that was made in the same act as this one. How many."""
    require(may_draft(user, programme))
    hold_place(programme.place)
    done, _each = made_with(like).delete()
    if done:
        tell_history(
            programme, user, f"no longer links {_resources(done)} to “{like.outcome.title}”"
        )
    return done


def _resources(number: int) -> str:
    return "1 resource" if number == 1 else f"{number} resources"


def made_with(like: OutcomeLink) -> QuerySet[OutcomeLink]:
    """The links of one act: the same outcome, person and moment, and not changed since."""
    return OutcomeLink.objects.filter(
        outcome=like.outcome_id, by=like.by_id, created_at=like.created_at, how=like.how
    )


@transaction.atomic
def unlink(user: User, link: OutcomeLink) -> None:
    """It does not help that outcome after all."""
    resource = locked(link.resource)
    programme = link.outcome.programme
    require(may_link(user, resource, programme))
    link.delete()
    tell_history(programme, user, f"no longer links “{resource.what}” to “{link.outcome.title}”")
