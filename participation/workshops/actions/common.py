"""What every action of a workshop does first."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from participation.workshops.models import Activity, Contribution, Participant, Workshop
from participation.workshops.rules import may_facilitate, may_help, may_say


def held_still(workshop: Workshop) -> Workshop:
    """The workshop as it is now; nothing is said and nothing moves until the transaction ends."""
    lock(f"workshop:{workshop.pk}")
    return (
        Workshop.objects.select_for_update(no_key=True, of=("self",))
        .select_related("programme__place", "current", "led_by")
        .get(pk=workshop.pk)
    )


def for_facilitator(user: User, workshop: Workshop) -> Workshop:
    """The workshop, held still, for who runs it."""
    require(may_facilitate(user, workshop.programme))
    return held_still(workshop)


def for_helper(user: User, workshop: Workshop) -> None:
    """Leave for who runs it or helps; the room goes on meanwhile, and does not close."""
    require(may_help(user, workshop))
    lock(f"workshop:{workshop.pk}", shared=True)


def speaking(participant: Participant, activity: Activity) -> tuple[Participant, Activity]:
    """Somebody who may say something in an activity, and the activity, as they are now.

    One phone does one thing at a time; the room neither closes nor moves meanwhile.
    """
    lock(f"workshop:{activity.workshop_id}", shared=True)
    now = (
        Participant.objects.select_for_update(no_key=True, of=("self",))
        .select_related("workshop__programme__place", "workshop__programme__gate_lift")
        .filter(pk=participant.pk)
        .first()
    )
    step = Activity.objects.filter(pk=activity.pk, workshop_id=participant.workshop_id).first()
    if now is None or step is None:
        raise Invalid(_("This is not there any more."))
    step.workshop = now.workshop
    require(may_say(now, step, now.workshop))
    return now, step


def contribution_held(workshop: Workshop, contribution_id: UUID | str) -> Contribution:
    """A contribution of the workshop, its row held."""
    found = (
        Contribution.objects.select_for_update(of=("self",))
        .filter(workshop=workshop, pk=contribution_id)
        .select_related("activity")
        .first()
    )
    if found is None:
        raise Invalid(_("Its author took it back meanwhile."))
    return found
