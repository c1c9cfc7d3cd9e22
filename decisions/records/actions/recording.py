"""The record: passages left out of the public edition, versions, issuing."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from commissioning.documents.actions import request_document
from commissioning.documents.models import Rendering
from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.history import record
from decisions.records import rules
from decisions.records.actions.common import locked
from decisions.records.models import Decision, Exemption, Removal, Version
from decisions.records.public import remover_of
from decisions.records.story import story

PAPER = "records.paper"
RECORD = "records.decision"
PUBLIC_RECORD = "records.public"


@transaction.atomic
def mark_removal(
    user: User, decision: Decision, passage: str, ground: str, public_interest: str
) -> Removal:
    """Leave a passage out of the public edition, wherever it stands: on a ground, for a reason."""
    decision = locked(decision)
    require(rules.may_mark(user, decision))
    passage = " ".join(passage.split())
    if not passage:
        raise Invalid(_("Type the words that are left out."), "passage")
    if not (fits := rules.ground_fits(decision, ground)):
        raise Invalid(fits.reason, "ground")
    if not public_interest.strip():
        raise Invalid(_("Say why leaving it out serves the public better."), "public_interest")
    if remover_of([Removal(passage=passage, ground=ground)]).counts(decision.title)[0]:
        raise Invalid(
            _("Those words stand in the title, which lists and the history show to everyone."),
            "passage",
        )
    removal = Removal(
        decision=decision,
        passage=passage,
        ground=Exemption(ground),
        public_interest=public_interest.strip(),
        by=user,
    )
    if not remover_of([removal]).counts(story(decision))[0]:
        raise Invalid(_("Those words stand nowhere in the record as it is now."), "passage")
    try:
        with transaction.atomic():
            removal.save()
    except IntegrityError as error:
        raise Invalid(_("That passage is left out already."), "passage") from error
    record(
        decision.question.programme,
        user,
        f"marked a passage of “{decision.title}” to be left out of the public edition",
        reason=f"{Exemption(ground).label}: {removal.public_interest}",
        is_public=False,
    )
    return removal


@transaction.atomic
def unmark_removal(user: User, decision: Decision, removal_id: UUID) -> None:
    """Let the public edition have the passage again."""
    decision = locked(decision)
    require(rules.may_mark(user, decision))
    if decision.removals.filter(pk=removal_id).delete()[0]:
        record(
            decision.question.programme,
            user,
            f"took the mark off a passage of “{decision.title}”",
            is_public=False,
        )


def ask_for_paper(user: User, decision: Decision) -> Rendering:
    """The paper for the meeting that decides: the story so far, marked as a draft."""
    return request_document(user, PAPER, decision.pk)


@transaction.atomic
def issue_record(user: User, decision: Decision, why: str = "") -> list[Rendering]:
    """Issue the record: a first version, or a new one that says why and shows what changed.

    Where passages are left out, the public edition is issued beside it under its own number. The
    same facts asked for twice make no second version.
    """
    decision = locked(decision)
    require(rules.may_issue(user, decision))
    _keep_version(user, decision, why)
    wanted = [RECORD, *([PUBLIC_RECORD] if decision.removals.exists() else [])]
    return [request_document(user, name, decision.pk, issue=True) for name in wanted]


@dataclass(frozen=True, slots=True)
class Issued:
    """What was asked for; and what to say where that is what was issued before."""

    asked: list[Rendering]
    nothing_new: list[str]


def issue_or_find(user: User, decision: Decision, why: str = "") -> Issued:
    """Issue the record; where nothing has changed since it was issued last, say so."""
    before = decision.versions.count()
    asked = issue_record(user, decision, why)
    newest = decision.versions.first()
    if newest is None or newest.number != before or _marked_since(decision, newest):
        return Issued(asked, [])
    said = _("Nothing has changed since version %d, so nothing new was issued: here it is again.")
    return Issued(asked, [said % newest.number])


def _marked_since(decision: Decision, newest: Version) -> bool:
    return decision.removals.filter(created_at__gt=newest.at).exists()


def _nothing_changed(decision: Decision, newest: Version, why: str) -> None:
    """Say so to whoever gives a reason for a new version that would be the same as the last."""
    if why.strip() and decision.record_id is not None and not _marked_since(decision, newest):
        raise Invalid(
            _(
                "Nothing of the record has changed since version %d, so there is no new version. "
                "Your reason is not kept."
            )
            % newest.number,
            "why",
        )


def _keep_version(user: User, decision: Decision, why: str) -> Version:
    newest = decision.versions.first()
    now = story(decision)
    if newest is not None and newest.data == now:
        _nothing_changed(decision, newest, why)
        return newest
    if newest is not None and not why.strip():
        raise Invalid(_("Say why there is a new version."), "why")
    number = newest.number + 1 if newest else 1
    version = Version.objects.create(
        decision=decision, number=number, why=why if newest else "", data=now, by=user
    )
    record(
        decision.question.programme,
        user,
        f"issued version {number} of the record of “{decision.title}”",
        reason=version.why,
    )
    return version
