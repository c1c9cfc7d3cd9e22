"""Paper, typed in by whoever helps: when the wi-fi fails, and for people without a phone.

Words on paper are nobody's in particular. Answers, dots and standings belong to the number on the
sheet: typed in once more, a sheet takes the place of what was typed of it before.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from participation.workshops import wording
from participation.workshops.actions.answering import ANSWERS
from participation.workshops.actions.common import for_helper
from participation.workshops.actions.contributing import known_names, money_talk
from participation.workshops.actions.dotting import dots_each
from participation.workshops.actions.drafting import newest_draft
from participation.workshops.actions.standing import keep_standing
from participation.workshops.live import tell
from participation.workshops.models import (
    Activity,
    Consent,
    Contribution,
    Dot,
    Participant,
    StatementVote,
    Theme,
    Workshop,
)
from participation.workshops.names import names_in

MOST_LINES: Final = 200
MOST_SHEETS: Final = 999
State = Contribution.State


@transaction.atomic
def type_in(
    user: User, activity: Activity, lines: Sequence[str], details: Mapping[str, Any] | None = None
) -> int:
    """Keep each line as somebody's words; whoever types has read them, so they are shown at once.

    What talks of money goes to the car park, since nobody is there to be asked; what may name
    somebody waits on the desk, as it would from a phone.
    """
    workshop = _typing(user, activity)
    kept = [text for text in (wording.tidy(line) for line in lines) if text]
    if not kept:
        raise Invalid(_("Write something first, even a few words."), "lines")
    if len(kept) > MOST_LINES:
        raise Invalid(_("At most %d lines at a time.") % MOST_LINES, "lines")
    if any(len(text) > wording.LONGEST for text in kept):
        raise Invalid(_("One of the lines is longer than 5,000 characters."), "lines")
    known = known_names(workshop)
    Contribution.objects.bulk_create(
        _from_paper(user, activity, text, names_in(text, known), details or {}) for text in kept
    )
    tell(workshop.pk)
    return len(kept)


@transaction.atomic
def take_back(user: User, activity: Activity, contribution_id: UUID) -> None:
    """Erase a line that was typed in by mistake; only of paper, never what a phone sent."""
    workshop = _typing(user, activity)
    typed = activity.contributions.filter(pk=contribution_id, participant__isnull=True)
    if not typed.delete()[0]:
        raise Invalid(_("This is not there any more."))
    tell(workshop.pk)


@transaction.atomic
def answer(user: User, activity: Activity, sheet: int, answers: Mapping[UUID, str]) -> int:
    """What one sheet answers to statements; how many answers are kept."""
    workshop = _typing(user, activity)
    person = _person(workshop, sheet)
    there = set(activity.contributions.shown().filter(pk__in=answers).values_list("pk", flat=True))
    if len(there) < len(answers):
        raise Invalid(_("A statement was taken down meanwhile. Look at the numbers once more."))
    StatementVote.objects.filter(participant=person, statement__activity=activity).delete()
    StatementVote.objects.bulk_create(
        StatementVote(statement_id=statement, participant=person, value=ANSWERS[how])
        for statement, how in answers.items()
    )
    tell(workshop.pk)
    return len(answers)


@transaction.atomic
def give_dots(user: User, activity: Activity, sheet: int, themes: Sequence[Theme]) -> int:
    """The dots of one sheet: a theme as often as it has dots. Also after the dots were counted."""
    workshop = _typing(user, activity)
    most = dots_each(activity)
    if len(themes) > most:
        raise Invalid(
            _("That are %(n)d dots, and each person has %(most)d. Ask, or take the first ones.")
            % {"n": len(themes), "most": most},
            "dots",
        )
    person = _person(workshop, sheet)
    Dot.objects.filter(activity=activity, participant=person).delete()
    Dot.objects.bulk_create(
        Dot(activity=activity, participant=person, theme=theme, number=themes.count(theme))
        for theme in dict.fromkeys(themes)
    )
    tell(workshop.pk)
    return len(themes)


@transaction.atomic
def stand(user: User, activity: Activity, sheet: int, answer: str, why: str) -> Consent:
    """How one sheet stands to the newest version."""
    workshop = _typing(user, activity)
    draft = newest_draft(activity)
    if draft is None:
        raise Invalid(_("There is no draft yet."))
    if draft.agreed_at:
        raise Invalid(_("The room agreed this version."))
    why = wording.tidy(why)[:2000]
    if answer == Consent.Answer.OBJECT and not why:
        raise Invalid(_("An objection has a why, so that it can be answered."), "why")
    return keep_standing(draft, _person(workshop, sheet), answer, why)


def _from_paper(
    user: User, activity: Activity, text: str, names: list[str], details: Mapping[str, Any]
) -> Contribution:
    state = State.HELD if names else State.SHOWN
    return Contribution(
        workshop=activity.workshop,
        activity=activity,
        op=uuid.uuid4(),
        text=text,
        state=State.PARKED if money_talk(activity.workshop, text) else state,
        names_found=names,
        decided_by=user,
        details=dict(details),
    )


def _typing(user: User, activity: Activity) -> Workshop:
    """The workshop, for a helper: while people are in the room, and afterwards."""
    workshop = activity.workshop
    for_helper(user, workshop)
    if workshop.status == Workshop.Status.PREPARED:
        raise Invalid(_("Open the session first."))
    if workshop.forgotten_at is not None:
        raise Invalid(_("What was said in this session is forgotten, so nothing is added to it."))
    return workshop


def _person(workshop: Workshop, sheet: int) -> Participant:
    """Who holds the sheet of this number: no phone can be them, since their token is no token."""
    if not 1 <= sheet <= MOST_SHEETS:
        raise Invalid(_("Sheets have numbers from 1 to %d.") % MOST_SHEETS, "sheet")
    digest = salted_hmac(
        "workshops.paper", f"{workshop.pk}:{sheet}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
    person, _made = Participant.objects.get_or_create(
        token_digest=digest,
        defaults={
            "workshop": workshop,
            "name": _now("Paper sheet %d") % sheet,
            "last_seen_at": timezone.now(),
        },
    )
    return person
