"""What becomes of people's words: released, hidden, parked, removed. Their author is told why."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.workshops.actions.common import contribution_held, for_helper
from participation.workshops.actions.naming import unname
from participation.workshops.live import tell
from participation.workshops.models import Contribution, Workshop

State = Contribution.State
# What stands in place of words that are gone for good.
GONE = "…"


@transaction.atomic
def release(user: User, workshop: Workshop, contribution_id: UUID | str) -> Contribution:
    """Let everybody see it; also brings back what was hidden or parked."""
    return _decide(user, workshop, contribution_id, State.SHOWN)


@transaction.atomic
def release_all(user: User, workshop: Workshop, contribution_ids: list[str]) -> int:
    """Let everybody see those that were on the screen when it was pressed; no later ones.

    What may name somebody waits: it is read and released by itself.
    """
    for_helper(user, workshop)
    number = Contribution.objects.filter(
        workshop=workshop, pk__in=contribution_ids, state=State.HELD, names_found=[]
    ).update(state=State.SHOWN, decided_by=user)
    tell(workshop.pk, authors=True)
    return number


@transaction.atomic
def hide(user: User, workshop: Workshop, contribution_id: UUID | str, reason: str) -> Contribution:
    """Take it off every screen; it can be brought back. Its author sees the reason."""
    return _decide(user, workshop, contribution_id, State.HIDDEN, _reason(reason))


@transaction.atomic
def park(user: User, workshop: Workshop, contribution_id: UUID | str) -> Contribution:
    """Pass it to the car park, which is opened with the money gate."""
    return _decide(user, workshop, contribution_id, State.PARKED)


@transaction.atomic
def remove(
    user: User, workshop: Workshop, contribution_id: UUID | str, reason: str
) -> Contribution:
    """Take its words away for good: from every screen, every export and the record."""
    return _decide(user, workshop, contribution_id, State.REMOVED, _reason(reason))


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Say why: the person who wrote it sees your reason."), "reason")
    return reason.strip()


def _decide(
    user: User,
    workshop: Workshop,
    contribution_id: UUID | str,
    state: Contribution.State,
    why: str = "",
) -> Contribution:
    for_helper(user, workshop)
    said = contribution_held(workshop, contribution_id)
    if said.state == State.REMOVED:
        raise Invalid(_("Its words were removed for good."))
    words = said.text
    said.state, said.reason, said.decided_by = state, why, user
    if state == State.REMOVED:
        said.text, said.name, said.names_found, said.details = GONE, "", [], {}
        said.theme = None
    said.save()
    if state != State.SHOWN:
        unname(workshop, words, said)
    tell(workshop.pk, authors=True)
    return said
