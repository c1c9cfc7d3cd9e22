"""The vision: drafted in versions, agreed, endorsed. An agreed version never changes."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.actions.common import locked, refuse_money_talk
from commissioning.programmes.actions.stages import leave_with_vision
from commissioning.programmes.history import record
from commissioning.programmes.models import (
    Endorsement,
    Outcome,
    Programme,
    Vision,
    VisionOutcome,
)
from commissioning.programmes.rules import may_decide, may_draft, may_endorse, may_lead
from places.directory.models import Organisation

MOST_OUTCOMES = 12


def newest_vision(programme: Programme) -> Vision | None:
    """The newest version, draft or agreed."""
    return programme.visions.select_related("drafted_by", "agreed_by").first()


def agreed_vision(programme: Programme) -> Vision | None:
    """The newest agreed version: the one that counts."""
    return programme.visions.filter(agreed_at__isnull=False).first()


@transaction.atomic
def write_draft(
    user: User,
    programme: Programme,
    statement: str,
    *,
    what_changed: str = "",
    as_new_version: bool = False,
) -> Vision:
    """Keep the draft's words: in the draft there is, or as a new version that says what changed.

    After an agreed version, and for the very first, a new version is always made.
    """
    require(may_draft(user, programme))
    programme = locked(programme)
    refuse_money_talk(programme, statement=statement, what_changed=what_changed)
    newest = newest_vision(programme)
    if newest and newest.agreed_at is None and not as_new_version:
        return _reword(user, newest, statement, what_changed)
    if newest and not what_changed.strip():
        raise Invalid(
            _("Say what changed since version %d, and why.") % newest.version, "what_changed"
        )
    return _new_version(user, programme, newest, statement, what_changed)


def _reword(user: User, draft: Vision, statement: str, what_changed: str) -> Vision:
    draft.statement, draft.drafted_by = statement, user
    draft.what_changed = what_changed or draft.what_changed
    draft.save(update_fields=["statement", "drafted_by", "what_changed"])
    record(draft.programme, user, f"reworded version {draft.version} of the vision")
    return draft


def _new_version(
    user: User, programme: Programme, before: Vision | None, statement: str, what_changed: str
) -> Vision:
    """The next version, with the outcomes of the one before."""
    draft = Vision.objects.create(
        programme=programme,
        version=before.version + 1 if before else 1,
        statement=statement,
        what_changed=what_changed,
        drafted_by=user,
    )
    lines = before.lines.all() if before else []
    VisionOutcome.objects.bulk_create(
        VisionOutcome(
            vision=draft,
            position=line.position,
            title=line.title,
            about=line.about,
            outcome_id=line.outcome_id,
        )
        for line in lines
    )
    record(programme, user, f"wrote version {draft.version} of the vision", reason=what_changed)
    return draft


def _draft_of(programme: Programme) -> Vision:
    draft = newest_vision(programme)
    if draft is None:
        raise Invalid(_("Write the first draft of the vision before its outcomes."))
    if draft.agreed_at is not None:
        raise Invalid(
            _("Version %d is agreed and stays as it is. Start a new version to change it.")
            % draft.version
        )
    return draft


@transaction.atomic
def add_outcome(user: User, programme: Programme, title: str, about: str = "") -> VisionOutcome:
    """Add an outcome to the end of the draft."""
    require(may_draft(user, programme))
    programme = locked(programme)
    refuse_money_talk(programme, title=title, about=about)
    draft = _draft_of(programme)
    if draft.lines.count() >= MOST_OUTCOMES:
        raise Invalid(
            _("%d outcomes are the most that people can hold on to. Join some.") % MOST_OUTCOMES
        )
    last = draft.lines.aggregate(last=Max("position"))["last"] or 0
    line = VisionOutcome.objects.create(vision=draft, position=last + 1, title=title, about=about)
    record(programme, user, f"added the outcome “{title}” to the draft vision")
    return line


@transaction.atomic
def edit_outcome(
    user: User, programme: Programme, line_id: UUID, title: str, about: str
) -> VisionOutcome:
    """Reword an outcome of the draft."""
    require(may_draft(user, programme))
    programme = locked(programme)
    refuse_money_talk(programme, title=title, about=about)
    line = _line(_draft_of(programme), line_id)
    line.title, line.about = title, about
    line.save(update_fields=["title", "about"])
    record(programme, user, f"reworded the outcome “{title}” in the draft vision")
    return line


@transaction.atomic
def drop_outcome(user: User, programme: Programme, line_id: UUID) -> None:
    """Take an outcome out of the draft; those below it move up."""
    require(may_draft(user, programme))
    programme = locked(programme)
    draft = _draft_of(programme)
    line = _line(draft, line_id)
    line.delete()
    draft.lines.filter(position__gt=line.position).update(position=F("position") - 1)
    record(programme, user, f"took the outcome “{line.title}” out of the draft vision")


@transaction.atomic
def move_outcome(user: User, programme: Programme, line_id: UUID, *, up: bool) -> None:
    """Swap an outcome of the draft with the one above or below it."""
    require(may_draft(user, programme))
    draft = _draft_of(locked(programme))
    line = _line(draft, line_id)
    other = draft.lines.filter(position=line.position + (-1 if up else 1)).first()
    if other is None:
        return
    line.position, other.position = other.position, line.position
    VisionOutcome.objects.bulk_update([line, other], ["position"])


def _line(draft: Vision, line_id: UUID) -> VisionOutcome:
    line = draft.lines.filter(pk=line_id).first()
    if line is None:
        raise Invalid(_("That outcome is not in the draft any more."))
    return line


@transaction.atomic
def agree_vision(
    user: User, programme: Programme, version: int, *, how_agreed: str, who_was_there: str
) -> Vision:
    """Agree the version that was read: it, and its outcomes, are frozen and become the vision.

    Where the stage asks for nothing more it is signed off in the same act: amounts open, and the
    programme goes on to resources.
    """
    require(may_lead(user, programme))
    require(may_decide(user, programme))
    programme = locked(programme)
    refuse_money_talk(programme, how_agreed=how_agreed, who_was_there=who_was_there)
    draft = _draft_of(programme)
    if draft.version != version:
        raise Invalid(
            _("There is a newer draft, version %d. Read it before you agree it.") % draft.version
        )
    lines = list(draft.lines.all())
    if not lines:
        raise Invalid(_("Add at least one outcome: a thing that people want to be true."))
    _become_outcomes(programme, lines)
    draft.agreed_at, draft.agreed_by = timezone.now(), user
    draft.how_agreed, draft.who_was_there = how_agreed, who_was_there
    draft.save()
    record(programme, user, f"agreed version {draft.version} of the vision", reason=how_agreed)
    leave_with_vision(user, programme, how_agreed)
    return draft


def _become_outcomes(programme: Programme, lines: list[VisionOutcome]) -> None:
    """The programme's outcomes become what the lines say; dropped ones are kept aside."""
    kept = [line.outcome_id for line in lines if line.outcome_id]
    programme.outcomes.exclude(pk__in=kept).update(position=None)
    programme.outcomes.update(position=F("position") + 1000)
    for line in lines:
        values = {"position": line.position, "title": line.title, "about": line.about}
        if line.outcome_id:
            Outcome.ever.filter(pk=line.outcome_id).update(**values)
        else:
            line.outcome = Outcome.objects.create(programme=programme, **values)
            line.save(update_fields=["outcome"])


@transaction.atomic
def endorse(
    user: User, programme: Programme, organisation: Organisation | None, words: str
) -> Endorsement:
    """Stand behind the agreed vision, for an organisation or as yourself. It is not taken back."""
    require(may_endorse(user, programme, organisation))
    refuse_money_talk(programme, words=words)
    vision = agreed_vision(programme)
    if vision is None:
        raise Invalid(_("The vision is not agreed yet. It can be endorsed once it is."))
    try:
        with transaction.atomic():
            endorsement = Endorsement.objects.create(
                vision=vision, organisation=organisation, user=user, words=words
            )
    except IntegrityError as error:
        raise Invalid(_("This version of the vision is endorsed already by you.")) from error
    who = f"for {organisation.name}" if organisation else "as themselves"
    record(programme, user, f"endorsed the vision, {who}")
    return endorsement
