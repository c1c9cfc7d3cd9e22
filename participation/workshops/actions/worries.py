"""\"I am worried about someone\": to the safeguarding lead, and to nobody else.

The words are in one row that only the lead's page shows. The mail says that there is something to
read; the desk is told that a worry was raised, and when; streams carry neither.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.notices.actions import tell as notify
from commissioning.people.models import User
from participation.workshops import wording
from participation.workshops.live import tell
from participation.workshops.models import Participant, Workshop, Worry
from participation.workshops.rules import may_read_worries


@transaction.atomic
def raise_worry(participant: Participant, words: str, contact: str, *, op: UUID) -> Worry:
    """Tell the lead. Even somebody who was asked to leave may; even words are not needed."""
    workshop = Workshop.objects.select_related("safeguarding_lead").get(pk=participant.workshop_id)
    lead = workshop.safeguarding_lead
    if lead is None:
        raise Invalid(_("This session has no safeguarding lead. Please tell the facilitator."))
    before = Worry.objects.filter(op=op, workshop=workshop).first()
    if before is not None:
        return before
    worry = Worry.objects.create(
        workshop=workshop,
        activity=workshop.current,
        lead=lead,
        words=wording.tidy(words)[: wording.LONGEST],
        contact=wording.tidy(contact)[:200],
        op=op,
    )
    if not workshop.is_rehearsal:
        notify("workshops.worry", lead, about={"worry": str(worry.pk)}, key=f"worry:{worry.pk}")
    tell(workshop.pk)
    return worry


@transaction.atomic
def close_worry(user: User, workshop: Workshop, worry_id: UUID | str, what_was_done: str) -> Worry:
    """The lead writes down what they did."""
    require(may_read_worries(user, workshop))
    worry = Worry.objects.select_for_update().filter(workshop=workshop, pk=worry_id).first()
    if worry is None:
        raise Invalid(_("This is not there any more."))
    if not what_was_done.strip():
        raise Invalid(_("Say what you did, in a few words."), "what_was_done")
    worry.what_was_done, worry.done_at = what_was_done.strip(), timezone.now()
    worry.read_at = worry.read_at or worry.done_at
    worry.save(update_fields=["what_was_done", "done_at", "read_at"])
    return worry
