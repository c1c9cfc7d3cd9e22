"""Approved expressions as they will stand on a ballot; the budgeting room reads from here."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from commissioning.design.fields import count_words
from commissioning.ground.answers import Invalid, require
from commissioning.ground.uploads import PICTURES, check_upload
from commissioning.people.models import User
from commissioning.programmes.models import Outcome, Programme
from participation.calls import rules
from participation.calls.forms.sections import SUMMARY_WORDS
from participation.calls.models import BallotEntry, Call, Decision, Expression
from participation.calls.odds import usual_hours
from places.directory.models import Area

# Enough for a phone or a projector, small enough to send to a hall of 500.
PICTURE_SIDE = 1200


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What a ballot entry says."""

    title: str
    summary: str
    cost: Decimal
    area: Area | None
    outcome: Outcome | None
    picture_alt: str
    ready: bool


@transaction.atomic
def prepare_entry(
    user: User,
    expression: Expression,
    words: EntryWords,
    *,
    picture: "UploadedFile[bytes] | None" = None,
    remove_picture: bool = False,
    base: int = 0,
) -> BallotEntry:
    """Write how the project stands on the ballot. ``base`` is the revision the form showed."""
    expression = (
        Expression.objects.select_for_update(of=("self",))
        .select_related("call__programme__place", "organisation", "decision", "standing")
        .get(pk=expression.pk)
    )
    require(rules.may_prepare_entry(user, expression))
    _check_words(expression.call, words)
    entry = BallotEntry.objects.filter(expression=expression).first()
    if entry is None:
        entry = BallotEntry(expression=expression)
    if entry.revision != base:
        raise Invalid(_("Somebody else saved this meanwhile. Look at what they wrote, then save."))
    entry.title, entry.summary, entry.cost = words.title, words.summary, words.cost
    entry.area, entry.outcome, entry.ready = words.area, words.outcome, words.ready
    entry.picture_alt, entry.changed_by = words.picture_alt, user
    entry.revision += 1
    _set_picture(entry, picture, remove=remove_picture)
    if entry.picture and not entry.picture_alt:
        raise Invalid(_("Say what the picture shows, for people who can't see it."), "picture_alt")
    entry.save()
    return entry


def _check_words(call: Call, words: EntryWords) -> None:
    if count_words(words.summary) > SUMMARY_WORDS:
        raise Invalid(_("The summary may have at most 140 words."), "summary")
    most = call.largest_ask()
    if words.cost <= 0 or (most is not None and words.cost > most):
        raise Invalid(_("The cost must be within what the call gives to one project."), "cost")
    if words.area and words.area.place_id != call.programme.place_id:
        raise Invalid(_("Choose an area of this place."), "area")
    if words.outcome and words.outcome.programme_id != call.programme_id:
        raise Invalid(_("Choose an outcome of this programme."), "outcome")


def _set_picture(
    entry: BallotEntry, picture: "UploadedFile[bytes] | None", *, remove: bool
) -> None:
    if picture is None and not remove:
        return
    if entry.picture:
        storage, name = entry.picture.storage, str(entry.picture.name)
        transaction.on_commit(lambda: storage.delete(name))
    entry.picture, entry.picture_kind = "", ""
    if picture is not None:
        clean = check_upload(picture, kinds=PICTURES, longest_side=PICTURE_SIDE)
        entry.picture.save("picture", ContentFile(clean.content), save=False)
        entry.picture_kind = clean.kind


def ballot_entries(programme: Programme) -> QuerySet[BallotEntry]:
    """The entries that are ready, of every released call of the programme, in a steady order."""
    return (
        BallotEntry.objects.filter(
            ready=True,
            expression__call__programme=programme,
            expression__call__status=Call.Status.RELEASED,
            expression__decision__outcome=Decision.Outcome.APPROVED,
            expression__standing__isnull=False,
        )
        .select_related("expression__organisation", "expression__call", "area", "outcome")
        .order_by("expression__call__released_at", "expression__call_id", "expression__number")
    )


def hours_reported(call: Call) -> list[Decimal]:
    """The hours that applying took, as reported; without who said so, sorted."""
    reports = call.expressions.filter(hours__isnull=False, submissions__isnull=False).distinct()
    return sorted(hours for hours in reports.values_list("hours", flat=True) if hours is not None)


def hours_before(call: Call) -> Decimal | None:
    """What the programme's last decided call took, where enough people said so."""
    before = (
        Call.objects.filter(programme=call.programme_id, status=Call.Status.RELEASED)
        .exclude(pk=call.pk)
        .order_by("-released_at")
        .first()
    )
    return usual_hours(hours_reported(before)) if before else None
