"""Coming in: by a code or a list, with or without a name; let in, asked to leave."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.ground.digests import new_token, token_digest
from commissioning.ground.locks import lock
from commissioning.people.models import User
from participation.workshops import wording
from participation.workshops.actions.common import for_facilitator, for_helper
from participation.workshops.actions.planning import count_answers
from participation.workshops.live import end_streams_of_those_who_left, tell
from participation.workshops.models import Invited, Participant, Workshop
from participation.workshops.rules import may_come_in
from places.directory.models import Organisation

State = Participant.State
MOST_PEOPLE = 2_000


@transaction.atomic
def come_in(
    workshop: Workshop,
    *,
    name: str = "",
    organisation: Organisation | None = None,
    simulated: bool = False,
    answers: dict[UUID, int] | None = None,
) -> tuple[Participant, str]:
    """A place in the room, and the token that holds it; the token is kept nowhere here.

    In a closed session whoever gives a name of the list is in; others wait to be let in.
    ``answers`` to the questions at the door (question to number of the choice) are only counted.
    """
    lock(f"workshop:{workshop.pk}", shared=True)
    workshop = Workshop.objects.get(pk=workshop.pk)
    require(may_come_in(workshop))
    if simulated and not workshop.is_rehearsal:
        raise Invalid(_("Simulated people come to rehearsals only."))
    if workshop.participants.count() >= MOST_PEOPLE:
        raise Invalid(_("The room is full."))
    name = name_for_the_room(workshop, name)
    token = new_token()
    participant = Participant.objects.create(
        workshop=workshop,
        token_digest=token_digest(token),
        name=name,
        organisation=None if workshop.is_young else organisation,
        state=State.WAITING if workshop.is_closed_session else State.IN,
        is_simulated=simulated,
        last_seen_at=timezone.now(),
    )
    if workshop.is_closed_session and name and _takes_a_seat(workshop, participant):
        participant.state = State.IN
        participant.save(update_fields=["state"])
    count_answers(participant, answers or {})
    tell(workshop.pk)
    return participant, token


def name_for_the_room(workshop: Workshop, name: str) -> str:
    """A name as it may be shown: one line; of young people never more than the first name."""
    name = " ".join(wording.tidy(name).split())[:60]
    return name.split(" ")[0] if workshop.is_young and not workshop.is_closed_session else name


def _takes_a_seat(workshop: Workshop, participant: Participant) -> bool:
    """Whether the name is on the list and nobody came with it before."""
    seat = (
        Invited.objects.select_for_update()
        .filter(workshop=workshop, name__iexact=participant.name, taken_by__isnull=True)
        .first()
    )
    if seat is None:
        return False
    seat.taken_by = participant
    seat.save(update_fields=["taken_by"])
    if workshop.is_young:
        participant.name = participant.name.split(" ")[0]
        participant.save(update_fields=["name"])
    return True


@transaction.atomic
def let_in(user: User, workshop: Workshop, participant_id: UUID | str) -> None:
    """Let somebody in who waits."""
    for_helper(user, workshop)
    Participant.objects.filter(
        workshop=workshop, pk=participant_id, state__in=(State.WAITING, State.REMOVED)
    ).update(state=State.IN, reason="")
    tell(workshop.pk, authors=True)


@transaction.atomic
def ask_to_leave(user: User, workshop: Workshop, participant_id: UUID | str, reason: str) -> None:
    """Take somebody out of the room: nothing more is taken from their phone or shown to it."""
    workshop = for_facilitator(user, workshop)
    if not reason.strip():
        raise Invalid(_("Say why: they are shown your reason."), "reason")
    changed = Participant.objects.filter(workshop=workshop, pk=participant_id).update(
        state=State.REMOVED, reason=reason.strip()
    )
    if not changed:
        raise Invalid(_("This person is not there any more."))
    tell(workshop.pk)
    end_streams_of_those_who_left()


@transaction.atomic
def write_list(user: User, workshop: Workshop, names: list[str]) -> int:
    """The list of a closed session: these names, once each; seats taken already stay."""
    workshop = for_facilitator(user, workshop)
    wanted = {" ".join(wording.tidy(name).split())[:60] for name in names} - {""}
    workshop.invited.filter(taken_by__isnull=True).exclude(name__in=wanted).delete()
    there = set(workshop.invited.values_list("name", flat=True))
    try:
        Invited.objects.bulk_create(
            Invited(workshop=workshop, name=name) for name in sorted(wanted - there)
        )
    except IntegrityError as error:
        raise Invalid(_("Two of the names are the same.")) from error
    return workshop.invited.count()
