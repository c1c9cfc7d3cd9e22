"""The vision drafted in the room: versions, comments, how everybody stands, agreement.

The room proposes; agreeing is one act in ``programmes.actions.vision``, by its lead. No version is
agreed while an objection to it has no written answer.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.ground.answers import Invalid
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.actions import vision
from commissioning.programmes.actions.common import refuse_money_talk
from commissioning.programmes.models import Vision
from participation.workshops import wording
from participation.workshops.actions.common import for_facilitator, for_helper, speaking
from participation.workshops.actions.standing import keep_standing
from participation.workshops.live import tell
from participation.workshops.models import Activity, Consent, DraftVersion, Participant
from participation.workshops.models import Workshop as WorkshopRow
from participation.workshops.presence import people_of
from participation.workshops.suppression import people, told

Answer = Consent.Answer
MOST_OUTCOMES: Final = vision.MOST_OUTCOMES
LONGEST_STATEMENT: Final = 1_000
# As it is said of others: "12 support it, 3 can live with it".
STOOD: Final = {
    "support": "support it",
    "live": "can live with it",
    "talk": "want to talk",
    "object": "object",
}


def newest_draft(activity: Activity) -> DraftVersion | None:
    """The version that the room has before it."""
    return activity.drafts.first()


@transaction.atomic
def write_version(
    user: User,
    activity: Activity,
    statement: str,
    outcomes: Sequence[str],
    what_changed: str,
    *,
    seen: int,
) -> DraftVersion:
    """A new version. ``seen`` is the number of the one that was changed: another came meanwhile?"""
    workshop = activity.workshop
    for_helper(user, workshop)
    lock(f"drafts:{activity.pk}")
    statement = wording.tidy(statement)
    titles = [" ".join(title.split())[:200] for title in outcomes if title.strip()]
    refuse_money_talk(
        workshop.programme,
        statement=statement,
        outcomes="\n".join(titles),
        what_changed=what_changed,
    )
    newest = newest_draft(activity)
    number = newest.number if newest else 0
    _may_follow(newest, number, seen, statement, titles, what_changed)
    draft = DraftVersion.objects.create(
        activity=activity,
        number=number + 1,
        statement=statement,
        outcomes=titles,
        what_changed=what_changed.strip(),
        written_by=user,
    )
    tell(workshop.pk)
    return draft


def _may_follow(
    newest: DraftVersion | None,
    number: int,
    seen: int,
    statement: str,
    titles: Sequence[str],
    what_changed: str,
) -> None:
    """Raise where a version cannot be written as asked."""
    if number != seen:
        raise Invalid(_("Version %d was written meanwhile. Read it before you change it.") % number)
    if newest and newest.agreed_at:
        raise Invalid(_("The room agreed version %d, so it stays as it is.") % number)
    if not statement:
        raise Invalid(_("Write the vision, in one or two sentences."), "statement")
    if len(statement) > LONGEST_STATEMENT:
        raise Invalid(_("Make it shorter: people should know it by heart."), "statement")
    if len(titles) > MOST_OUTCOMES:
        raise Invalid(
            _("%d outcomes are the most that people can hold on to. Join some.") % MOST_OUTCOMES,
            "outcomes",
        )
    if newest and not what_changed.strip():
        raise Invalid(_("Say what changed since version %d, and why.") % number, "what_changed")


@transaction.atomic
def stand(
    participant: Participant, activity: Activity, number: int, answer: str, why: str
) -> Consent:
    """How somebody stands to the version that they read; changed as often as they like."""
    participant, activity = speaking(participant, activity)
    draft = newest_draft(activity)
    if draft is None:
        raise Invalid(_("There is no draft yet."))
    if draft.number != number:
        raise Invalid(
            _("There is a newer version, number %d. Please read it first.") % draft.number
        )
    if draft.agreed_at:
        raise Invalid(_("The room agreed this version."))
    if answer not in Answer.values:
        raise Invalid(_("Choose where you stand on it."), "answer")
    why = wording.tidy(why)[:2000]
    if answer in (Answer.OBJECT, Answer.TALK) and not why:
        raise Invalid(_("Say why, in a few words: it is answered in writing."), "why")
    return keep_standing(draft, participant, answer, why)


@transaction.atomic
def answer_objection(user: User, activity: Activity, consent_id: UUID, words: str) -> Consent:
    """Answer in writing why somebody objects or wants to talk; both are read by the room then."""
    workshop = activity.workshop
    for_helper(user, workshop)
    refuse_money_talk(workshop.programme, reply=words)
    consent = (
        Consent.objects.select_for_update()
        .filter(pk=consent_id, draft__activity=activity, why__gt="")
        .first()
    )
    if consent is None:
        raise Invalid(_("They changed their mind meanwhile."))
    if not words.strip():
        raise Invalid(_("Write an answer, even a short one."), "reply")
    consent.reply, consent.replied_by, consent.replied_at = words.strip(), user, timezone.now()
    consent.is_shown = True
    if consent.answer in (Answer.OBJECT, Answer.TALK):
        consent.stood_again_at = None
    consent.answered_as = consent.answered_as or consent.answer
    consent.save()
    tell(workshop.pk, authors=True)
    return consent


def tally(draft: DraftVersion) -> dict[str, int]:
    """How many stand how to a version, in the order of the four answers."""
    counted = Counter(draft.consents.values_list("answer", flat=True))
    return {answer: counted[answer] for answer in Answer.values}


def unanswered(draft: DraftVersion) -> int:
    """Objections to the version that have no written answer yet."""
    return draft.consents.filter(answer=Answer.OBJECT, reply="").count()


@transaction.atomic
def propose(user: User, activity: Activity, number: int) -> Vision:
    """Make the version the programme's draft of its vision, with its outcomes."""
    workshop = for_facilitator(user, activity.workshop)
    if workshop.is_rehearsal:
        raise Invalid(_("This is a rehearsal: nothing of it becomes the programme's vision."))
    return _proposed(user, workshop, _version(activity, number))


def standing_objections(draft: DraftVersion) -> list[Consent]:
    """Objections that still stand, in the order of their words: nobody's own place tells them."""
    return list(draft.consents.filter(answer=Answer.OBJECT).order_by("why"))


@dataclass(frozen=True, slots=True)
class Over:
    """Why a version is agreed although ``standing`` people still object, as they were read."""

    why: str
    standing: int


@transaction.atomic
def agree(
    user: User, activity: Activity, number: int, who_was_there: str, over: Over | None = None
) -> Vision | None:
    """Agree the version as the programme's vision: by its lead, once objections are answered.

    Whoever was answered may object still: then it is agreed ``over`` their objection, and why.
    In a rehearsal it is agreed among the simulated people alone, and None comes back.
    """
    workshop = for_facilitator(user, activity.workshop)
    lock(f"drafts:{activity.pk}")
    draft = _version(activity, number)
    counts = tally(draft)
    if not sum(counts.values()):
        raise Invalid(_("Ask the room first where it stands on this version."))
    if left := unanswered(draft):
        raise Invalid(_("Objections without a written answer: %d. Answer them first.") % left)
    agreed, over = None, _over(counts[Answer.OBJECT], over)
    if not workshop.is_rehearsal:
        proposed = _proposed(user, workshop, draft)
        agreed = vision.agree_vision(
            user,
            workshop.programme,
            proposed.version,
            how_agreed=_how_agreed(workshop, draft, counts, over),
            who_was_there=who_was_there.strip() or _who_was_there(workshop),
        )
    draft.agreed_at = timezone.now()
    draft.save(update_fields=["agreed_at"])
    tell(workshop.pk)
    return agreed


def _over(standing: int, over: Over | None) -> Over | None:
    """Raise where objections stand that nobody has confirmed, with why, as they stand now."""
    if not standing:
        return None
    if over is None or over.standing != standing:
        raise Invalid(
            ngettext(
                "%d person still objects. Read why, and confirm that it is agreed all the same.",
                "%d people still object. Read why, and confirm that it is agreed all the same.",
                standing,
            )
            % standing
        )
    if not over.why.strip():
        raise Invalid(_("Say why it is agreed all the same."), "why")
    return over


def _version(activity: Activity, number: int) -> DraftVersion:
    draft = newest_draft(activity)
    if draft is None:
        raise Invalid(_("There is no draft yet."))
    if draft.number != number:
        raise Invalid(
            _("There is a newer version, number %d. Please read it first.") % draft.number
        )
    return draft


def _proposed(user: User, workshop: WorkshopRow, draft: DraftVersion) -> Vision:
    """The programme's draft, with the words and outcomes of the room's version."""
    programme = workshop.programme
    if not draft.outcomes:
        raise Invalid(_("Add at least one outcome: a thing that people want to be true."))
    changed = draft.what_changed or _("Drafted in the workshop “%s”.") % workshop.title
    written = vision.write_draft(user, programme, draft.statement, what_changed=changed)
    lines = {line.title: line for line in written.lines.all()}
    for title, line in lines.items():
        if title not in draft.outcomes:
            vision.drop_outcome(user, programme, line.pk)
    for title in draft.outcomes:
        if title not in lines:
            vision.add_outcome(user, programme, title)
    return written


def stood_in_words(counts: dict[str, int], took_part: int | None) -> str:
    """How a room stood to a version, in a sentence; without a number where one is small.

    ``took_part`` is how many were in the room. Nought is told: that nobody objects points at nobody
    as long as no other number is left out.
    """
    if not sum(counts.values()):
        return ""
    said = told(counts, noughts=True, took_part=took_part)
    if not said.shown:
        return _(
            "Fewer than five people gave one of the answers, so we do not say how many gave each."
        )
    parts = [
        _("%(n)d %(stand)s") % {"n": number, "stand": STOOD[answer]}
        for answer, number in said.shown.items()
        if number
    ]
    nobody = "" if counts["object"] else _(" Nobody objects.")
    return f"{', '.join(parts)}.{nobody}"


def _how_agreed(
    workshop: WorkshopRow, draft: DraftVersion, counts: dict[str, int], over: Over | None
) -> str:
    """How the consent check stood, in a sentence; for the history and every record."""
    stood = stood_in_words(counts, people_of(workshop))
    # Not "version": the vision has versions of its own, and the two numbers differ.
    words = _("In the workshop “%(title)s” on %(day)s, draft %(n)d of that room: %(stood)s") % {
        "title": workshop.title,
        "day": day(workshop.opened_at),
        "n": draft.number,
        "stood": stood,
    }
    return f"{words} {_agreed_over(over)}" if over else words


def _agreed_over(over: Over) -> str:
    """That objections stood, and why it was agreed all the same; a small number is not told."""
    return _("%(agreed)s Why it was agreed all the same: %(why)s") % {
        "agreed": agreed_with(over.standing),
        "why": over.why.strip(),
    }


def agreed_with(objections: int) -> str:
    """That so many objections stood when it was agreed; a small number is not told."""
    return _("It was agreed with %s objections standing, after an answer in writing.") % (
        people(objections) or _("fewer than five")
    )


def _who_was_there(workshop: WorkshopRow) -> str:
    number = people(workshop.participants.filter(state=Participant.State.IN).count())
    return _("%s people in the room.") % (number or _("Fewer than 5"))
