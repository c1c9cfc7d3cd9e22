"""Running the room: open, next, back, pause, more time, clear every screen, hand over, close.

Whoever presses names the activity that is being left, so that two facilitators who press **next**
at once go on by one.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.design.when import day
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes import level_field
from commissioning.programmes.history import record
from commissioning.programmes.models import LevelFieldEntry
from participation.workshops.actions.common import for_facilitator
from participation.workshops.live import tell
from participation.workshops.models import Activity, Participant, Workshop
from participation.workshops.rules import may_facilitate
from places.directory.models import Organisation

Status = Workshop.Status


@transaction.atomic
def open_workshop(user: User, workshop: Workshop) -> Workshop:
    """Let people in."""
    workshop = for_facilitator(user, workshop)
    if workshop.status != Status.PREPARED:
        raise Invalid(_("The session is open already."))
    if not workshop.activities.exists():
        raise Invalid(_("Add something to the running order first."))
    if workshop.safeguarding_lead_id is None:
        raise Invalid(_("Name the safeguarding lead first: worries go to them."))
    if workshop.is_young and not (workshop.guardian_contact and workshop.chaperones.strip()):
        raise Invalid(
            _("With young people: say how parents reach you, and name a chaperone on the list.")
        )
    workshop.status, workshop.opened_at = Status.OPEN, timezone.now()
    workshop.save(update_fields=["status", "opened_at"])
    if not workshop.is_rehearsal:
        record(workshop.programme, user, f"opened the workshop “{workshop.title}”")
    _wake(workshop)
    tell(workshop.pk)
    return workshop


@transaction.atomic
def go_on(user: User, workshop: Workshop, leaving: object) -> Workshop:
    """Leave ``leaving`` (None or "" before the first) and go on to what comes after it."""
    workshop = _running(user, workshop, leaving)
    position = workshop.current.position if workshop.current else 0
    following = workshop.activities.filter(position__gt=position).order_by("position").first()
    if following is None:
        raise Invalid(_("That was the last one. Thank everybody, then close the session."))
    return _move(workshop, following)


@transaction.atomic
def go_back(user: User, workshop: Workshop, leaving: object) -> Workshop:
    """Leave ``leaving`` and go back to what came before it."""
    workshop = _running(user, workshop, leaving)
    position = workshop.current.position if workshop.current else 0
    before = workshop.activities.filter(position__lt=position).order_by("-position").first()
    if before is None:
        raise Invalid(_("This is the first one."))
    return _move(workshop, before)


@transaction.atomic
def pause(user: User, workshop: Workshop) -> Workshop:
    """Stop the clock. What people were writing is still taken."""
    workshop = for_facilitator(user, workshop)
    if workshop.status != Status.OPEN:
        raise Invalid(_("The session is not running, so it cannot be paused."))
    workshop.status = Status.PAUSED
    workshop.save(update_fields=["status"])
    _stop_clock(workshop.current, timezone.now())
    tell(workshop.pk)
    return workshop


@transaction.atomic
def resume(user: User, workshop: Workshop) -> Workshop:
    """Go on where it was paused."""
    workshop = for_facilitator(user, workshop)
    if workshop.status != Status.PAUSED:
        raise Invalid(_("The session is not paused."))
    workshop.status = Status.OPEN
    workshop.save(update_fields=["status"])
    if workshop.current and not workshop.cleared_at:
        _start_clock(workshop.current, workshop.current.seconds_left or 0)
    _wake(workshop)
    tell(workshop.pk)
    return workshop


@transaction.atomic
def extend(user: User, workshop: Workshop, minutes: int, seen: str = "") -> Workshop:
    """Give the present activity more time; from now where its time was up.

    ``seen``: the clock on the page that it was pressed on. A press that is sent again because its
    answer was lost gives nothing a second time.
    """
    workshop = for_facilitator(user, workshop)
    activity = workshop.current
    if activity is None or not workshop.runs:
        raise Invalid(_("Nothing is running that could have more time."))
    if not 1 <= minutes <= 60:
        raise Invalid(_("Between 1 and 60 minutes."))
    if seen and seen != activity.clock:
        return workshop
    if _stands_still(workshop):
        activity.seconds_left = max(0, activity.seconds_left or 0) + minutes * 60
        activity.save(update_fields=["seconds_left"])
    else:
        now = timezone.now()
        _start_clock(activity, _seconds_left(activity, now) + minutes * 60, now)
    tell(workshop.pk)
    return workshop


@transaction.atomic
def clear_screens(user: User, workshop: Workshop) -> Workshop:
    """Every phone and wall goes blank and calm at once, and the clock stands still; what is written
    meanwhile waits."""
    return _set_cleared(user, workshop, timezone.now())


@transaction.atomic
def show_screens(user: User, workshop: Workshop) -> Workshop:
    """Bring every screen back."""
    return _set_cleared(user, workshop, None)


@transaction.atomic
def hand_over(user: User, workshop: Workshop, to: User) -> Workshop:
    """Let another facilitator lead; both keep their desks."""
    workshop = for_facilitator(user, workshop)
    if not may_facilitate(to, workshop.programme):
        raise Invalid(_("Only a lead, commissioner or facilitator of the programme can lead it."))
    workshop.led_by = to
    workshop.save(update_fields=["led_by"])
    record(
        workshop.programme,
        user,
        f"handed the workshop “{workshop.title}” over to {to.short_name}",
        is_public=False,
    )
    tell(workshop.pk)
    return workshop


@transaction.atomic
def close_workshop(user: User, workshop: Workshop) -> Workshop:
    """End it for good: nothing more is taken. Organisations that came are written down."""
    workshop = for_facilitator(user, workshop)
    if not workshop.runs:
        raise Invalid(_("The session is not open."))
    now = timezone.now()
    if workshop.current:
        _end(workshop.current, now)
    workshop.status, workshop.closed_at, workshop.cleared_at = Status.CLOSED, now, None
    workshop.save(update_fields=["status", "closed_at", "cleared_at"])
    if not workshop.is_rehearsal:
        _write_down_who_came(workshop)
        record(workshop.programme, user, f"closed the workshop “{workshop.title}”")
    tell(workshop.pk)
    return workshop


def _running(user: User, workshop: Workshop, leaving: object) -> Workshop:
    workshop = for_facilitator(user, workshop)
    require_running(workshop)
    if str(workshop.current_id or "") != str(leaving or ""):
        name = workshop.current.title if workshop.current else _("the beginning")
        raise Invalid(_("The room has moved on already: it is at “%s” now.") % name)
    return workshop


def require_running(workshop: Workshop) -> None:
    """Raise where nobody is in the room."""
    if not workshop.runs:
        raise Invalid(_("Open the session first."))


def _move(workshop: Workshop, to: Activity) -> Workshop:
    now = timezone.now()
    if workshop.current:
        _end(workshop.current, now)
    to.started_at, to.ended_at = to.started_at or now, None
    seconds = to.seconds_left if to.seconds_left and to.seconds_left > 60 else to.minutes * 60
    if _stands_still(workshop):
        to.seconds_left, to.time_up_at = seconds, None
    else:
        to.seconds_left, to.time_up_at = None, now + timedelta(seconds=seconds)
    to.save(update_fields=["started_at", "ended_at", "seconds_left", "time_up_at"])
    workshop.current = to
    workshop.save(update_fields=["current"])
    _wake(workshop)
    tell(workshop.pk)
    return workshop


def _wake(workshop: Workshop) -> None:
    """In a rehearsal the simulated people come in, or go on."""
    if workshop.is_rehearsal:
        from participation.workshops.rehearsal import queue

        transaction.on_commit(partial(queue, workshop.pk), robust=True)


def _end(activity: Activity, now: datetime) -> None:
    _stop_clock(activity, now)
    activity.ended_at = now
    activity.save(update_fields=["ended_at"])


def _stands_still(workshop: Workshop) -> bool:
    """Whether the clock waits: while the session is paused, or every screen is cleared."""
    return workshop.status == Status.PAUSED or workshop.cleared_at is not None


def _seconds_left(activity: Activity, now: datetime) -> int:
    if activity.time_up_at is None:
        return max(0, activity.seconds_left or 0)
    return max(0, int((activity.time_up_at - now).total_seconds()))


def _stop_clock(activity: Activity | None, now: datetime) -> None:
    if activity is not None:
        activity.seconds_left = _seconds_left(activity, now)
        activity.time_up_at = None
        activity.save(update_fields=["seconds_left", "time_up_at"])


def _start_clock(activity: Activity, seconds: int, now: datetime | None = None) -> None:
    activity.time_up_at = (now or timezone.now()) + timedelta(seconds=seconds)
    activity.seconds_left = None
    activity.save(update_fields=["seconds_left", "time_up_at"])


def _set_cleared(user: User, workshop: Workshop, at: datetime | None) -> Workshop:
    workshop = for_facilitator(user, workshop)
    require_running(workshop)
    was_still = _stands_still(workshop)
    workshop.cleared_at = at
    workshop.save(update_fields=["cleared_at"])
    if workshop.current and _stands_still(workshop) != was_still:
        now = timezone.now()
        if was_still:
            _start_clock(workshop.current, _seconds_left(workshop.current, now), now)
        else:
            _stop_clock(workshop.current, now)
    tell(workshop.pk)
    return workshop


def _write_down_who_came(workshop: Workshop) -> None:
    """Each organisation somebody came for, once: the level-playing-field file."""
    came: Iterable[Organisation] = Organisation.objects.filter(
        pk__in=workshop.participants.filter(
            state=Participant.State.IN, organisation__isnull=False
        ).values("organisation")
    )
    when = day(workshop.opened_at)
    for organisation in came:
        level_field.note(
            workshop.programme,
            organisation,
            LevelFieldEntry.Kind.ATTENDED,
            f"The workshop “{workshop.title}” on {when}.",
        )
