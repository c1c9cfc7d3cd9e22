"""Preparing a workshop: from an agenda, changed, copied, kept for the place."""

from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.actions.common import refuse_money_talk
from commissioning.programmes.history import record
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import may_run, membership_of
from participation.workshops.actions.common import for_facilitator
from participation.workshops.actions.planning import copy_plan
from participation.workshops.activities.base import kinds
from participation.workshops.agendas import Agenda, content_of
from participation.workshops.codes import new_code
from participation.workshops.live import tell
from participation.workshops.models import Activity, Helper, PlaceAgenda, PlaceWords, Workshop
from participation.workshops.rules import may_facilitate

SETTINGS: Final = (
    "title",
    "purpose",
    "held_on",
    "venue",
    "is_sensitive",
    "is_young",
    "releases_by_hand",
    "is_closed_session",
    "safeguarding_lead",
    "help_lines",
    "controllers",
    "guardian_contact",
    "chaperones",
)
ACTIVITY_FIELDS: Final = ("title", "prompt", "minutes", "notes", "settings")
HELP_LINES: Final = """999: if somebody is in danger now
Childline: 0800 1111 (children and young people)
National Domestic Abuse Helpline: 0808 2000 247
Samaritans: 116 123"""
MOST_ACTIVITIES: Final = 30


@transaction.atomic
def make_workshop(user: User, programme: Programme, agenda: Agenda | None, title: str) -> Workshop:
    """A workshop from an agenda, or with nothing in it yet."""
    require(may_facilitate(user, programme))
    refuse_money_talk(programme, title=title)
    content = agenda.content if agenda else {}
    sensitive, young = bool(content.get("sensitive")), bool(content.get("young"))
    workshop = _with_a_code(
        programme=programme,
        title=title,
        purpose=str(content.get("purpose", "")),
        agenda=agenda.key if agenda else "",
        is_sensitive=sensitive,
        is_young=young,
        releases_by_hand=sensitive or young,
        help_lines=HELP_LINES,
        controllers=programme.led_by.name,
        led_by=user,
    )
    _fill(workshop, content.get("activities", ()))
    record(programme, user, f"began to prepare the workshop “{title}”", is_public=False)
    return workshop


def _with_a_code(**values: Any) -> Workshop:
    """A code that is free: another is taken where two came upon the same."""
    for _try in range(20):
        try:
            with transaction.atomic():
                return Workshop.objects.create(code=new_code(), **values)
        except IntegrityError:
            continue
    raise Invalid(_("No code could be found for the room. Try again."))


def _fill(workshop: Workshop, activities: Any) -> None:
    known = [content for content in activities if content["kind"] in kinds]
    Activity.objects.bulk_create(
        Activity(
            workshop=workshop,
            kind=content["kind"],
            position=position,
            title=content["title"],
            prompt=content.get("prompt", ""),
            minutes=content.get("minutes", 10),
            notes=content.get("notes", ""),
            settings=content.get("settings", {}),
        )
        for position, content in enumerate(known, start=1)
    )


@transaction.atomic
def copy_workshop(user: User, workshop: Workshop, title: str) -> Workshop:
    """The same again, with a code of its own, and without anything that people said."""
    copy = make_workshop(
        user, workshop.programme, Agenda(workshop.agenda, content_of(workshop, title)), title
    )
    carried = [name for name in SETTINGS if name not in ("title", "held_on")]
    for name in carried:
        setattr(copy, name, getattr(workshop, name))
    copy.save(update_fields=carried)
    copy_plan(workshop, copy)
    return copy


def twin_of(user: User, workshop: Workshop, title: str, **values: Any) -> Workshop:
    """The same session with a code of its own, without what people said and without history."""
    carried = {name: getattr(workshop, name) for name in SETTINGS} | {"title": title[:120]}
    twin = _with_a_code(
        programme=workshop.programme, agenda=workshop.agenda, led_by=user, **carried | values
    )
    _fill(twin, content_of(workshop, title)["activities"])
    copy_plan(workshop, twin)
    return twin


@transaction.atomic
def write_settings(user: User, workshop: Workshop, values: dict[str, Any]) -> Workshop:
    """What the session is for, when, how safe it is kept."""
    workshop = _preparing(user, workshop)
    refuse_money_talk(workshop.programme, title=values["title"], purpose=values["purpose"])
    lead = values.get("safeguarding_lead")
    if lead is not None and not membership_of(lead, workshop.programme):
        raise Invalid(_("Choose a member of the programme."), "safeguarding_lead")
    for name in SETTINGS:
        if name in values:
            setattr(workshop, name, values[name])
    workshop.save(update_fields=SETTINGS)
    tell(workshop.pk)
    return workshop


@transaction.atomic
def add_activity(user: User, workshop: Workshop, kind: str, values: dict[str, Any]) -> Activity:
    """Add a step at the end."""
    workshop = _preparing(user, workshop)
    if kind not in kinds:
        raise Invalid(_("There is no such kind of activity."), "kind")
    if workshop.activities.count() >= MOST_ACTIVITIES:
        raise Invalid(_("%d steps are more than an evening holds.") % MOST_ACTIVITIES)
    refuse_money_talk(workshop.programme, title=values["title"], prompt=values["prompt"])
    last = workshop.activities.aggregate(last=Max("position"))["last"] or 0
    return Activity.objects.create(workshop=workshop, kind=kind, position=last + 1, **values)


@transaction.atomic
def write_activity(
    user: User, workshop: Workshop, activity_id: UUID, values: dict[str, Any]
) -> Activity:
    """Reword a step, or give it another length; also while the session runs."""
    workshop = _preparing(user, workshop)
    activity = _step(workshop, activity_id)
    refuse_money_talk(workshop.programme, title=values["title"], prompt=values["prompt"])
    for name in ACTIVITY_FIELDS:
        setattr(activity, name, values[name])
    activity.save(update_fields=ACTIVITY_FIELDS)
    tell(workshop.pk)
    return activity


@transaction.atomic
def move_activity(user: User, workshop: Workshop, activity_id: UUID, *, up: bool) -> None:
    """Swap a step with the one above or below it."""
    workshop = _preparing(user, workshop)
    activity = _step(workshop, activity_id)
    others = workshop.activities
    other = (
        others.filter(position__lt=activity.position).order_by("-position").first()
        if up
        else others.filter(position__gt=activity.position).order_by("position").first()
    )
    if other is None:
        return
    activity.position, other.position = other.position, activity.position
    Activity.objects.bulk_update([activity, other], ["position"])
    tell(workshop.pk)


@transaction.atomic
def drop_activity(user: User, workshop: Workshop, activity_id: UUID) -> None:
    """Take a step out that the room has not come to."""
    workshop = _preparing(user, workshop)
    activity = _step(workshop, activity_id)
    if activity.has_started:
        raise Invalid(_("The room has been there already, so it stays in the running order."))
    activity.delete()
    workshop.activities.filter(position__gt=activity.position).update(position=F("position") - 1)
    tell(workshop.pk)


@transaction.atomic
def keep_agenda(user: User, workshop: Workshop, title: str) -> PlaceAgenda:
    """Keep the running order for everybody who prepares workshops in this place."""
    require(may_facilitate(user, workshop.programme))
    try:
        with transaction.atomic():
            return PlaceAgenda.objects.create(
                place=workshop.programme.place,
                title=title,
                content=content_of(workshop, title),
                saved_by=user,
            )
    except IntegrityError as error:
        raise Invalid(_("The place has an agenda of that name already."), "title") from error


@transaction.atomic
def choose_helpers(user: User, workshop: Workshop, people: list[User]) -> None:
    """Who groups and releases, beside those who run it. Members of the programme only."""
    workshop = for_facilitator(user, workshop)
    for person in people:
        if not membership_of(person, workshop.programme):
            raise Invalid(_("Choose members of the programme."), "helpers")
    workshop.helpers.exclude(user__in=people).delete()
    Helper.objects.bulk_create(
        [Helper(workshop=workshop, user=person) for person in people], ignore_conflicts=True
    )


@transaction.atomic
def write_money_words(user: User, programme: Programme, added: str, dropped: str) -> PlaceWords:
    """The place's own money words: everybody can read what the check looks for."""
    require(may_run(user, programme))
    words, _made = PlaceWords.objects.update_or_create(
        place=programme.place, defaults={"added": added, "dropped": dropped}
    )
    return words


def _preparing(user: User, workshop: Workshop) -> Workshop:
    workshop = for_facilitator(user, workshop)
    if workshop.status == Workshop.Status.CLOSED:
        raise Invalid(_("This workshop is closed, and stays as it was."))
    return workshop


def _step(workshop: Workshop, activity_id: UUID) -> Activity:
    activity = workshop.activities.filter(pk=activity_id).first()
    if activity is None:
        raise Invalid(_("That step is not in the running order any more."))
    return activity
