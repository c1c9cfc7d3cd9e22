"""Paper notes, typed in by whoever helps: when the wi-fi fails, and for people without a phone."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.workshops import wording
from participation.workshops.actions.common import for_helper
from participation.workshops.actions.contributing import money_talk
from participation.workshops.live import tell
from participation.workshops.models import Activity, Contribution

MOST_LINES = 200
PARKED, SHOWN = Contribution.State.PARKED, Contribution.State.SHOWN


@transaction.atomic
def type_in(
    user: User, activity: Activity, lines: Sequence[str], details: Mapping[str, Any] | None = None
) -> int:
    """Keep each line as somebody's words; whoever types has read them, so they are shown at once.

    What talks of money goes to the car park, since nobody is there to be asked.
    """
    workshop = activity.workshop
    for_helper(user, workshop)
    kept = [text for text in (wording.tidy(line) for line in lines) if text]
    if len(kept) > MOST_LINES:
        raise Invalid(_("At most %d lines at a time.") % MOST_LINES, "lines")
    for text in kept:
        if len(text) > wording.LONGEST:
            raise Invalid(_("One of the lines is longer than 5,000 characters."), "lines")
    Contribution.objects.bulk_create(
        Contribution(
            workshop=workshop,
            activity=activity,
            op=uuid.uuid4(),
            text=text,
            state=PARKED if money_talk(workshop, text) else SHOWN,
            decided_by=user,
            details=dict(details or {}),
        )
        for text in kept
    )
    tell(workshop.pk)
    return len(kept)
