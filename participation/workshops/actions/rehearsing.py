"""A rehearsal: the same session once more, with simulated people, wiped afterwards.

It is a session of its own with a code of its own, so that whoever runs it practises with the real
desk, wall and phones, and nothing of it can get into the session that it rehearses.
"""

from datetime import timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from participation.workshops.actions.common import for_facilitator, held_still
from participation.workshops.actions.preparing import twin_of
from participation.workshops.live import end_streams_of_those_who_left
from participation.workshops.models import Helper, Invited, Workshop
from participation.workshops.rehearsal import at_the_door, queue
from participation.workshops.rules import may_facilitate
from participation.workshops.wiped import remember

# A rehearsal is wiped by itself an hour after it was closed, and half a day after it was begun.
KEPT_CLOSED: Final = timedelta(hours=1)
KEPT: Final = timedelta(hours=12)


@transaction.atomic
def begin_rehearsal(user: User, workshop: Workshop) -> Workshop:
    """The rehearsal of a session: the one that goes on already, or a new one.

    What the session has not got yet and would need to open is filled in for the rehearsal alone.
    """
    workshop = for_facilitator(user, workshop)
    if workshop.is_rehearsal:
        raise Invalid(_("This is a rehearsal already."))
    if not workshop.activities.exists():
        raise Invalid(_("Add something to the running order first."))
    there = workshop.rehearsals.exclude(status=Workshop.Status.CLOSED).first()
    if there is not None:
        return there
    for old in workshop.rehearsals.all():
        _erase(old)
    made = twin_of(
        user,
        workshop,
        str(_("Rehearsal: %s") % workshop.title),
        rehearses=workshop,
        **_needed_to_open(user, workshop),
    )
    helpers = workshop.helpers.values_list("user", flat=True)
    Helper.objects.bulk_create(Helper(workshop=made, user_id=helper) for helper in helpers)
    if made.is_closed_session:
        Invited.objects.bulk_create(Invited(workshop=made, name=name) for name in at_the_door())
    return made


@transaction.atomic
def wipe_rehearsal(user: User, workshop: Workshop) -> None:
    """Erase a rehearsal with all that was said in it."""
    require(may_facilitate(user, workshop.programme))
    if not workshop.is_rehearsal:
        raise Invalid(_("Only a rehearsal can be wiped. What real people said stays."))
    _erase(held_still(workshop))


def wipe_old() -> int:
    """Erase the rehearsals that nobody wiped; how many."""
    now = timezone.now()
    old = Workshop.objects.filter(
        Q(closed_at__lt=now - KEPT_CLOSED) | Q(created_at__lt=now - KEPT), rehearses__isnull=False
    )
    for rehearsal in old:
        with transaction.atomic():
            _erase(held_still(rehearsal))
    return len(old)


def wake_all() -> None:
    """Have the simulated people of each open rehearsal go on, should a worker have been lost."""
    for rehearsal in Workshop.objects.filter(rehearses__isnull=False, status=Workshop.Status.OPEN):
        queue(rehearsal.pk)


def _needed_to_open(user: User, workshop: Workshop) -> dict[str, Any]:
    needed: dict[str, Any] = {}
    if workshop.safeguarding_lead_id is None:
        needed["safeguarding_lead"] = user
    if workshop.is_young:
        needed["guardian_contact"] = workshop.guardian_contact or _("Say it before the day")
        needed["chaperones"] = workshop.chaperones.strip() or _("Name them before the day")
    return needed


def _erase(rehearsal: Workshop) -> None:
    """The rows, and the history of them: nothing of a rehearsal is a record of anything."""
    steps = list(rehearsal.activities.values_list("pk", flat=True))
    identifier, code, session_id = rehearsal.pk, rehearsal.code, rehearsal.rehearses_id
    rehearsal.delete()
    if session_id is not None:
        transaction.on_commit(partial(remember, code, identifier, session_id), robust=True)
    _forget("ActivityEvent", steps)
    _forget("WorkshopEvent", [identifier])
    end_streams_of_those_who_left()


def _forget(event: str, ids: list[UUID]) -> None:
    apps.get_model("workshops", event).objects.filter(pgh_obj_id__in=ids).delete()
