"""Answers to statements, and whether everybody may see the map of them."""

from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.workshops.actions.common import for_helper, speaking
from participation.workshops.live import tell
from participation.workshops.models import Activity, Contribution, Participant, StatementVote

# What a phone's buttons send, and what is kept.
ANSWERS: Final = {"agree": 1, "disagree": -1, "pass": 0}


@transaction.atomic
def answer(participant: Participant, activity: Activity, statement_id: str, how: str) -> None:
    """Agree with a statement, disagree, or pass; may be changed for as long as the room is open."""
    if how not in ANSWERS:
        raise Invalid(_("Choose agree, disagree or pass."))
    participant, activity = speaking(participant, activity)
    statement = _shown(activity, statement_id)
    StatementVote.objects.update_or_create(
        statement=statement, participant=participant, defaults={"value": ANSWERS[how]}
    )
    tell(activity.workshop_id)


@transaction.atomic
def agree_with_own(participant: Participant, activity: Activity) -> None:
    """Whoever writes a statement agrees with it, until they say otherwise."""
    own = Contribution.objects.filter(participant=participant, activity=activity)
    StatementVote.objects.bulk_create(
        (
            StatementVote(statement=one, participant=participant, value=ANSWERS["agree"])
            for one in own.exclude(votes__participant=participant)
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def show_map(user: User, activity: Activity, *, shown: bool) -> None:
    """Let the wall and the phones show the map, or keep it to the desk again."""
    for_helper(user, activity.workshop)
    step = Activity.objects.select_for_update().get(pk=activity.pk)
    step.settings = step.settings | {"map": shown}
    step.save(update_fields=["settings"])
    tell(activity.workshop_id)


def _shown(activity: Activity, statement_id: str) -> Contribution:
    try:
        wanted = UUID(statement_id)
    except ValueError:
        raise Invalid(_("This is not there any more.")) from None
    found = Contribution.objects.shown().filter(activity=activity, pk=wanted).first()
    if found is None:
        raise Invalid(_("This statement was taken down meanwhile. Here is another."))
    return found
