"""What the clock does: reminds people of what they should look at again."""

from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from commissioning.notices.actions import tell
from commissioning.people.models import User
from places.directory.models import OrganisationMember
from places.resources.models import Resource, State

MOST_A_DAY = 500


def due_for_review() -> QuerySet[Resource]:
    """Published resources whose day to look again has come, the longest overdue first."""
    return Resource.objects.filter(
        state=State.PUBLISHED, review_on__lte=timezone.localdate()
    ).order_by("review_on")


@shared_task(name="resources.remind")
def remind() -> int:
    """Each day: ask the owner whether it is still so, once for each review date."""
    due = due_for_review().select_related("owner", "organisation")[:MOST_A_DAY]
    return sum(_remind(resource) for resource in due)


@transaction.atomic
def _remind(resource: Resource) -> int:
    people = _owners(resource)
    for person in people:
        tell(
            "resources.review_due",
            person,
            about={"resource": str(resource.pk)},
            key=f"resources.review:{resource.pk}:{resource.review_on}",
        )
    return len(people)


def _owners(resource: Resource) -> list[User]:
    if resource.owner is not None:
        return [resource.owner]
    if resource.organisation is None:
        return []
    keepers = OrganisationMember.objects.filter(
        organisation=resource.organisation, role=OrganisationMember.Role.KEEPER
    )
    return [keeper.user for keeper in keepers.select_related("user")]
