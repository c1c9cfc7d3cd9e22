"""After a session: what was written is read by an officer, told, and followed up.

Free text is not anonymous by itself, so nothing that people wrote leaves the room, on paper or as
data, before an officer has read all of it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.documents.models import IssuedDocument
from commissioning.ground.answers import Invalid, require
from commissioning.ground.digests import canonical_json, sha256_hex
from commissioning.people.models import User
from commissioning.programmes.actions.common import refuse_money_talk
from commissioning.programmes.history import record
from commissioning.programmes.rules import may_run
from participation.workshops.actions.common import held_still
from participation.workshops.actions.hearing import tell_hearer
from participation.workshops.models import (
    Consent,
    Contribution,
    News,
    Review,
    Workshop,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that somebody wrote and everybody in the room could see, to be read once more."""

    key: str
    where: str
    text: str
    name: str
    names_found: tuple[str, ...]
    left_out: bool


def to_read(workshop: Workshop) -> list[Passage]:
    """Everything people wrote that is to leave the room, by activity. Two queries."""
    found = [*_contributions(workshop), *_reasons(workshop)]
    first = {one.where: place for place, one in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda one: first[one.where])


def seen_digest(passages: Collection[Passage]) -> str:
    """What names exactly these words: what is released is what was read."""
    read = sorted([one.key, one.text] for one in passages)
    return sha256_hex(canonical_json(read))


@transaction.atomic
def release_words(
    user: User, workshop: Workshop, left_out: Collection[str], *, seen: str
) -> Workshop:
    """An officer has read all of it: what is not in ``left_out`` may leave the room."""
    require(may_run(user, workshop.programme))
    workshop = held_still(workshop)
    _over(workshop)
    if workshop.forgotten_at is not None:
        raise Invalid(_("What people wrote is forgotten. The record that was issued stays."))
    passages = to_read(workshop)
    if seen_digest(passages) != seen:
        raise Invalid(_("Something was taken down or brought back meanwhile. Read it once more."))
    for model, letter in ((Contribution, "c"), (Consent, "w")):
        _mark(model, letter, passages, left_out)
    workshop.words_read_at, workshop.words_read_by = timezone.now(), user
    workshop.save(update_fields=["words_read_at", "words_read_by"])
    record(workshop.programme, user, f"released what was said in the workshop “{workshop.title}”")
    return workshop


@transaction.atomic
def write_news(user: User, workshop: Workshop, words: str) -> News:
    """Say what happens next, or what became of it. Whoever left an address hears of it.

    Before the record is issued nobody is written to: the record itself brings it.
    """
    require(may_run(user, workshop.programme))
    workshop = held_still(workshop)
    _over(workshop)
    words = words.strip()
    if not words:
        raise Invalid(_("Say what happens next, and when."), "words")
    refuse_money_talk(workshop.programme, words=words)
    news = News.objects.create(workshop=workshop, words=words, by=user)
    if workshop.record_id is not None:
        for hearer in workshop.hearers.all():
            tell_hearer(hearer, "workshops.news", f"news:{news.pk}", news=str(news.pk))
    record(workshop.programme, user, f"said what became of the workshop “{workshop.title}”")
    return news


@transaction.atomic
def keep_record(workshop: Workshop, issued: IssuedDocument) -> None:
    """The session points to its newest record; its first brings it to whoever left an address."""
    Workshop.objects.filter(pk=workshop.pk).update(record=issued)
    if issued.version == 1:
        for hearer in workshop.hearers.all():
            tell_hearer(hearer, "workshops.record", f"record:{workshop.pk}")


def _over(workshop: Workshop) -> None:
    if workshop.status != Workshop.Status.CLOSED:
        raise Invalid(_("Close the session first."))
    if workshop.is_rehearsal:
        raise Invalid(_("This is a rehearsal: nothing of it leaves the room."))


def _contributions(workshop: Workshop) -> list[Passage]:
    said = workshop.contributions.shown().select_related("activity", "theme")
    return [
        Passage(
            key=f"c:{one.pk}",
            where=one.activity.title,
            text=one.text,
            name=one.name,
            names_found=tuple(one.names_found),
            left_out=one.review == Review.LEFT_OUT,
        )
        for one in sorted(said, key=lambda one: (one.activity.position, one.text.casefold()))
    ]


def _reasons(workshop: Workshop) -> list[Passage]:
    """Reasons that were answered in writing, with their answers."""
    found = Consent.objects.filter(draft__activity__workshop=workshop, is_shown=True)
    return [
        Passage(
            key=f"w:{one.pk}",
            where=one.draft.activity.title,
            text=f"{one.why}\n→ {one.reply}",
            name="",
            names_found=(),
            left_out=one.review == Review.LEFT_OUT,
        )
        for one in found.exclude(reply="").select_related("draft__activity").order_by("why")
    ]


def _mark(
    model: type[Contribution] | type[Consent],
    letter: str,
    passages: Collection[Passage],
    left_out: Collection[str],
) -> None:
    keys = {one.key for one in passages if one.key.startswith(f"{letter}:")}
    gone = [key[2:] for key in keys if key in left_out]
    kept = [key[2:] for key in keys if key not in left_out]
    model.objects.filter(pk__in=gone).update(review=Review.LEFT_OUT)
    model.objects.filter(pk__in=kept).update(review=Review.TOLD)
