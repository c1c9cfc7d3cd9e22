"""The write door of what people say about the money, and the discussion of it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Outcome, Programme
from places.spending import rules
from places.spending.models import Annotation, Payee, Reply, SpendingLine


@dataclass(frozen=True, slots=True)
class Subject:
    """What is spoken of: a line, a payee, an outcome, a service; or the money as a whole."""

    line: SpendingLine | None = None
    payee: Payee | None = None
    outcome: Outcome | None = None
    service: str = ""


@transaction.atomic
def write_note(
    user: User, programme: Programme, kind: str, words: str, about: Subject
) -> Annotation:
    """Say how money is or could be used."""
    require(rules.may_note(user, programme))
    if about.outcome is not None and about.outcome.programme_id != programme.pk:
        raise Invalid(_("Choose an outcome of this programme."), "outcome")
    note = Annotation.objects.create(
        programme=programme,
        kind=kind,
        words=words.strip(),
        by=user,
        line=about.line,
        payee=about.payee,
        outcome=about.outcome,
        service=about.service,
    )
    record(programme, user, _("said something about how money is used"), is_public=False)
    return note


@transaction.atomic
def reply(user: User, note: Annotation, words: str) -> Reply:
    """Answer in the discussion."""
    require(rules.may_note(user, note.programme))
    note = Annotation.objects.select_for_update().get(pk=note.pk)
    if note.hidden_at is not None:
        raise Invalid(_("This was hidden, so nobody can answer it any more."), "words")
    return Reply.objects.create(annotation=note, words=words.strip(), by=user)


@transaction.atomic
def hide_note(user: User, note: Annotation, because: str) -> None:
    """Hide what was said: its author, or those who run the programme, with a reason."""
    require(rules.may_hide(user, note, note.programme))
    note.hidden_at, note.hidden_because = timezone.now(), because.strip()
    note.save(update_fields=["hidden_at", "hidden_because"])
    record(note.programme, user, _("hid something said about money"), reason=because)
