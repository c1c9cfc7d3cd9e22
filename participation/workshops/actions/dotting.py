"""Dots: so many a person, on themes, changeable until the activity ends."""

from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.workshops.actions.common import for_facilitator, speaking
from participation.workshops.live import tell
from participation.workshops.models import Activity, Dot, Participant


@transaction.atomic
def show_dots(user: User, activity: Activity, *, shows: bool) -> Activity:
    """Show the room how the dots stand, or hide it again while people go on giving them."""
    workshop = for_facilitator(user, activity.workshop)
    step = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk, workshop=workshop)
    step.settings = step.settings | {"shows": shows}
    step.save(update_fields=["settings"])
    tell(workshop.pk)
    return step


def dots_each(activity: Activity) -> int:
    """How many dots each person has."""
    return int(activity.settings.get("dots", 5))


@transaction.atomic
def set_dots(participant: Participant, activity: Activity, theme_id: UUID, number: int) -> int:
    """Have exactly ``number`` dots on a theme; sent twice, nothing more happens. How many are left.

    The phone's row is held meanwhile, so that presses at once cannot give more than there are.
    """
    participant, activity = speaking(participant, activity)
    if activity.ended_at is not None:
        raise Invalid(_("The dots are counted now."))
    theme = participant.workshop.themes.filter(pk=theme_id).first()
    if theme is None:
        raise Invalid(_("This theme is not there any more."))
    mine = Dot.objects.filter(activity=activity, participant=participant)
    elsewhere = mine.exclude(theme=theme).aggregate(total=Sum("number"))["total"] or 0
    most = dots_each(activity)
    if not number >= 0 or elsewhere + number > most:
        raise Invalid(
            ngettext(
                "You have %d dot. Take one off somewhere first.",
                "You have %d dots. Take one off somewhere first.",
                most,
            )
            % most
        )
    if number:
        mine.update_or_create(
            activity=activity, participant=participant, theme=theme, defaults={"number": number}
        )
    else:
        mine.filter(theme=theme).delete()
    tell(participant.workshop_id)
    return most - elsewhere - number
