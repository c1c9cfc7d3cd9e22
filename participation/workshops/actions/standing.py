"""Where people stand on a version, once a why of theirs is answered: they are asked again.

A why stays with its answer in writing for as long as its author leaves it as it is, wherever they
stand then; so the room and the record can read both.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.workshops.live import tell
from participation.workshops.models import Activity, Consent, DraftVersion, Participant

Answer = Consent.Answer
# What a new why begins with: nobody has answered it.
UNANSWERED: Final[dict[str, Any]] = {
    "reply": "",
    "replied_at": None,
    "replied_by": None,
    "is_shown": False,
    "answered_as": "",
    "stood_again_at": None,
}
# Of a session's many versions the room can read so many answers.
MOST_ANSWERS: Final = 40


def keep_standing(draft: DraftVersion, participant: Participant, answer: str, why: str) -> Consent:
    """Keep where somebody stands; the caller holds the room and has looked at what was sent."""
    before = Consent.objects.filter(draft=draft, participant=participant).first()
    if before is not None and before.why == why:
        return _stand_again(before, answer, participant)
    consent, _made = Consent.objects.update_or_create(
        draft=draft,
        participant=participant,
        defaults={"answer": answer, "why": why} | UNANSWERED,
    )
    tell(participant.workshop_id)
    return consent


def _stand_again(consent: Consent, answer: str, participant: Participant) -> Consent:
    if consent.answer == answer and not consent.waits_to_stand_again:
        return consent
    consent.answer = answer
    if consent.reply:
        consent.stood_again_at = timezone.now()
    consent.save(update_fields=["answer", "stood_again_at"])
    tell(participant.workshop_id)
    return consent


def answered_whys(activity: Activity) -> list[Consent]:
    """Whys with their answers, of every version: the newest version's first. One query.

    In the order of their words within a version: nobody's own place tells them.
    """
    found = Consent.objects.filter(draft__activity=activity, is_shown=True).exclude(reply="")
    return list(found.select_related("draft").order_by("-draft__number", "why")[:MOST_ANSWERS])


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """Of those answered who objected or wanted to talk: who said again where they stand."""

    answered: int
    stood_again: int
    changed: int

    @property
    def waiting(self) -> int:
        """Who was answered and has not said since where they stand."""
        return self.answered - self.stood_again


def asked_again(draft: DraftVersion) -> AskedAgain:
    """How far the room has come since its objections were answered. One query."""
    asked = draft.consents.exclude(reply="").filter(answered_as__in=(Answer.OBJECT, Answer.TALK))
    again = Q(stood_again_at__isnull=False)
    return AskedAgain(
        **asked.aggregate(
            answered=Count("pk"),
            stood_again=Count("pk", filter=again),
            changed=Count("pk", filter=again & ~Q(answer=F("answered_as"))),
        )
    )


def agreed_in_the_room(objections: int) -> str:
    """That a version is agreed, as the room is told it: with how many objections standing."""
    if not objections:
        return _("Agreed by the room. Nobody objects.")
    return (
        ngettext(
            "Agreed, with %d objection standing and answered in writing.",
            "Agreed, with %d objections standing and answered in writing.",
            objections,
        )
        % objections
    )
