"""What everyone is told: what is fixed and open, and what possible providers saw and said."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.actions.common import locked, refuse_money_talk
from commissioning.programmes.history import record
from commissioning.programmes.level_field import note, publish_level_field
from commissioning.programmes.models import Given, LevelFieldEntry, Programme
from commissioning.programmes.rules import may_draft, may_lead
from places.directory.models import Organisation

_SAID = {Given.Kind.FIXED: "is fixed", Given.Kind.OPEN: "is open"}


@transaction.atomic
def say_given(user: User, programme: Programme, kind: Given.Kind, words: str) -> Given:
    """Add a line of what is already decided, or of what is truly open."""
    require(may_draft(user, programme))
    programme = locked(programme)
    refuse_money_talk(programme, words=words)
    last = programme.givens.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0
    given = Given.objects.create(programme=programme, kind=kind, words=words, position=last + 1)
    record(programme, user, f"said what {_SAID[kind]}: {words}")
    return given


@transaction.atomic
def reword_given(user: User, programme: Programme, given_id: UUID, words: str) -> Given:
    """Say a line in other words; the history keeps both."""
    require(may_draft(user, programme))
    programme = locked(programme)
    refuse_money_talk(programme, words=words)
    given = _given(programme, given_id)
    before, given.words = given.words, words
    given.save(update_fields=["words"])
    if before != words:
        kind = Given.Kind(given.kind)
        record(programme, user, f"changed what {_SAID[kind]}, from “{before}” to “{words}”")
    return given


@transaction.atomic
def unsay_given(user: User, programme: Programme, given_id: UUID) -> None:
    """Take a line away; the history keeps it."""
    require(may_draft(user, programme))
    programme = locked(programme)
    given = _given(programme, given_id)
    given.delete()
    record(
        programme, user, f"no longer says that this {_SAID[Given.Kind(given.kind)]}: {given.words}"
    )


def _given(programme: Programme, given_id: UUID) -> Given:
    given = programme.givens.filter(pk=given_id).first()
    if given is None:
        raise Invalid(_("That line is not there any more."))
    return given


@transaction.atomic
def add_level_field_entry(
    user: User,
    programme: Programme,
    organisation: Organisation,
    kind: LevelFieldEntry.Kind,
    what: str,
) -> LevelFieldEntry:
    """Note by hand what a possible provider attended, saw or said outside the application."""
    require(may_draft(user, programme))
    refuse_money_talk(programme, what=what)
    entry = note(programme, organisation, kind, what)
    record(programme, user, f"noted what {organisation.name} {kind.label.lower()}", is_public=False)
    return entry


@transaction.atomic
def publish_file(user: User, programme: Programme, reason: str) -> None:
    """The lead publishes the level-playing-field file."""
    require(may_lead(user, programme))
    programme = locked(programme)
    if programme.level_field_published_at is not None:
        raise Invalid(_("The file is published already; new lines appear in it as they come."))
    publish_level_field(programme, reason, actor=user)
