"""What people in the room say: new words, a change, words taken back.

Nobody is refused for what they talk about: money is offered a place in the car park (and people may
insist), a name makes words wait until somebody has looked.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, Text
from commissioning.programmes.money_talk import amounts_in
from commissioning.programmes.rules import money_gate
from participation.workshops import wording
from participation.workshops.actions.common import speaking
from participation.workshops.actions.naming import unname
from participation.workshops.activities.base import Reply
from participation.workshops.live import tell
from participation.workshops.models import Activity, Contribution, Participant, PlaceWords, Workshop
from participation.workshops.names import names_in

State = Contribution.State
# More than anybody has; fewer than a phone that a joker holds would like.
MOST_FROM_ONE: Final = 60
SAYINGS: Final[dict[str, Text]] = {
    "shown": _("It is in. Thank you."),
    "held": _("It is in. Somebody reads it before everybody sees it."),
    "released": _("It is in, and everybody can see it now."),
    "parked": _("It is in the car park. It is opened when we come to money, and not forgotten."),
    "back": _("You took it back. Nobody sees it any more."),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What came of it: what is kept, or (nothing is kept yet) the words that talk of money."""

    contribution: Contribution | None
    money: tuple[str, ...] = ()


@transaction.atomic
def say(
    participant: Participant,
    activity: Activity,
    text: str,
    *,
    op: UUID | None = None,
    money: str = "insist",
    named: bool = False,
    details: Mapping[str, Any] | None = None,
) -> Said:
    """Keep somebody's words. ``op`` names the attempt: the same one again gives what was kept.

    ``money`` is what to do where the words talk of money before the gate is open: ``ask`` keeps
    nothing yet, ``park`` puts them into the car park, ``insist`` leaves them here.
    """
    text = _worded(text)
    participant, activity = speaking(participant, activity)
    workshop = participant.workshop
    before = Contribution.objects.filter(op=op, participant=participant).first() if op else None
    if before is not None:
        return Said(before)
    found = money_talk(workshop, text)
    if found and money == "ask":
        return Said(None, tuple(found))
    _not_too_many(participant, activity)
    names = names_in(text, known_names(workshop))
    said = Contribution.objects.create(
        workshop=workshop,
        activity=activity,
        participant=participant,
        op=op or uuid.uuid4(),
        text=text,
        name=participant.name if named else "",
        state=_state(workshop, names, parked=bool(found) and money == "park"),
        names_found=names,
        insisted=bool(found) and money == "insist",
        details=dict(details or {}),
    )
    _seen(participant)
    tell(workshop.pk)
    return Said(said)


@transaction.atomic
def change(
    participant: Participant, contribution: Contribution, text: str, *, money: str = "insist"
) -> Said:
    """Reword one's own, as long as it was not taken down. It is looked at again like a new one."""
    text = _worded(text)
    participant, _activity = speaking(participant, contribution.activity)
    own = _own(participant, contribution.pk)
    if own.state in (State.HIDDEN, State.REMOVED):
        raise Invalid(_("This was taken down, so it cannot be changed. Write a new one."))
    workshop = participant.workshop
    found = money_talk(workshop, text) if text != own.text else []
    if found and money == "ask":
        return Said(None, tuple(found))
    own.names_found = names_in(text, known_names(workshop))
    own.state = _state(
        workshop,
        own.names_found,
        parked=own.state == State.PARKED or (bool(found) and money == "park"),
    )
    before, own.text, own.edited_at = own.text, text, timezone.now()
    own.insisted = own.insisted or (bool(found) and money == "insist")
    own.save(update_fields=["text", "state", "names_found", "edited_at", "insisted"])
    unname(workshop, before, own)
    tell(workshop.pk)
    return Said(own)


@transaction.atomic
def take_back(participant: Participant, contribution: Contribution) -> None:
    """Take one's own words back: they are gone, not hidden."""
    participant, _activity = speaking(participant, contribution.activity)
    own = _own(participant, contribution.pk)
    unname(participant.workshop, own.text, own)
    own.delete()
    tell(participant.workshop_id)


def take(
    participant: Participant,
    activity: Activity,
    typed: Mapping[str, str],
    details: Mapping[str, Any] | None = None,
) -> Reply:
    """A phone's form, as every kind of activity with words has it.

    Fields: ``text``, ``op``, ``named``, ``money``; ``change`` or ``back`` with an id of one's own.
    """
    money = typed.get("money", "ask")
    if typed.get("back"):
        take_back(participant, own_or_gone(participant, typed["back"]))
        return Reply("back")
    if typed.get("change"):
        own = own_or_gone(participant, typed["change"])
        said = change(participant, own, typed.get("text", ""), money=money)
    else:
        said = say(
            participant,
            activity,
            typed.get("text", ""),
            op=op_of(typed),
            money=money,
            named=bool(typed.get("named")),
            details=details,
        )
    if said.contribution is None:
        return Reply(again={"offer": said.money, "typed": typed}, status=200)
    return Reply(str(said.contribution.state))


def saying(participant: Participant, activity: Activity, said: str) -> str:
    """Which of the sayings is true now of what this person said last in the activity.

    The address of a page keeps what it was told once: looked at again later, it tells the truth.
    What was taken down meanwhile is told beside one's own words, with the reason.
    """
    if said not in State.values:
        return said
    last = (
        Contribution.objects.filter(participant=participant, activity=activity)
        .order_by(Coalesce("edited_at", "created_at").desc())
        .first()
    )
    if last is None or last.state in (State.HIDDEN, State.REMOVED):
        return ""
    return "released" if said == State.HELD and last.state == State.SHOWN else str(last.state)


def op_of(typed: Mapping[str, str]) -> UUID:
    """What a browser calls its attempt; a new name for a browser that gave none."""
    try:
        return UUID(typed.get("op", ""))
    except ValueError:
        return uuid.uuid4()


def own_or_gone(participant: Participant, contribution_id: str) -> Contribution:
    """One's own contribution, or a sentence that it is not there."""
    try:
        wanted = UUID(contribution_id)
    except ValueError:
        wanted = uuid.uuid4()
    found = (
        Contribution.objects.filter(participant=participant, pk=wanted)
        .select_related("activity")
        .first()
    )
    if found is None:
        raise Invalid(_("This is not there any more."))
    return found


def money_talk(workshop: Workshop, text: str) -> list[str]:
    """The words that talk of money, while the programme's gate is closed."""
    if money_gate(workshop.programme):
        return []
    return [*amounts_in(text), *wording.money_talk_in(text, words_of(workshop))]


def words_of(workshop: Workshop) -> frozenset[str]:
    """The place's list of money words."""
    place = PlaceWords.objects.filter(place=workshop.programme.place_id).first()
    if place is None:
        return wording.money_words()
    return wording.money_words(place.added.splitlines(), place.dropped.splitlines())


def known_names(workshop: Workshop) -> list[str]:
    """Names of the place and its areas, which are no people."""
    place = workshop.programme.place
    return [place.name, *place.areas.values_list("name", flat=True)]


def _worded(text: str) -> str:
    text = wording.tidy(text)
    if not text:
        raise Invalid(_("Write something first, even a few words."), "text")
    if len(text) > wording.LONGEST:
        raise Invalid(
            _(
                "This is too long by %(over)d: we can take %(most)d characters at once. "
                "Send its heart, or send it in parts."
            )
            % {"over": len(text) - wording.LONGEST, "most": wording.LONGEST},
            "text",
        )
    return text


def _state(workshop: Workshop, names: list[str], *, parked: bool) -> Contribution.State:
    if parked:
        return State.PARKED
    return State.HELD if workshop.holds or names else State.SHOWN


def _not_too_many(participant: Participant, activity: Activity) -> None:
    """The phone's own row is held, so that no number of presses at once gets past this."""
    if Contribution.objects.filter(participant=participant, activity=activity).count() >= (
        MOST_FROM_ONE
    ):
        raise Invalid(
            _(
                "You have given %d here, more than anybody. Thank you! Change or take back some of "
                "them, or tell the rest to somebody beside you."
            )
            % MOST_FROM_ONE,
            "text",
        )


def _own(participant: Participant, contribution_id: UUID | str) -> Contribution:
    own = (
        Contribution.objects.select_for_update()
        .filter(participant=participant, pk=contribution_id)
        .first()
    )
    if own is None:
        raise Invalid(_("This is not there any more."))
    return own


def _seen(participant: Participant) -> None:
    Participant.objects.filter(pk=participant.pk).update(last_seen_at=timezone.now())
