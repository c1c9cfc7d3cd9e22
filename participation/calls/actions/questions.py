"""The write door of questions about a call: asked by some, answered for all."""

from django.db import transaction
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid, require
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from commissioning.programmes.rules import money_gate
from participation.calls import rules
from participation.calls.actions.calls import lock_call
from participation.calls.clock import database_now
from participation.calls.models import (
    Call,
    PublicQuestion,
)
from places.directory.models import Organisation
from places.directory.rules import acts_for


@transaction.atomic
def ask_publicly(user: User, call: Call, organisation: Organisation, words: str) -> PublicQuestion:
    """Ask about an open call for an organisation; the page never shows which."""
    call = lock_call(call.pk, shared=True)
    require(money_gate(call.programme))
    require(acts_for(user, organisation))
    now = database_now()
    if not call.is_published or call.has_closed_at(now):
        raise Invalid(_("Questions about the call are taken until it closes."))
    question = PublicQuestion.objects.create(
        call=call, organisation=organisation, asked_by=user, words=words, shown_as=words
    )
    # What was asked stands on the call's page for everybody, so the file need not tie it to them.
    note(
        call.programme,
        organisation,
        LevelFieldEntry.Kind.SAID,
        _("Asked a question about the call “%s”; the answer is on its page.") % call.title,
    )
    for officer in runners_of(call):
        tell(
            "calls.public_question",
            officer,
            about={"question": str(question.pk)},
            key=f"asked:{question.pk}",
        )
    return question


@transaction.atomic
def answer_publicly(user: User, question: PublicQuestion, shown_as: str, answer: str) -> None:
    """Answer for everybody, on the call's page."""
    call = lock_call(question.call_id)
    require(rules.may_build(user, call.programme))
    if call.status not in (Call.Status.PUBLISHED, Call.Status.ASSESSING):
        raise Invalid(_("Answers are given until the decisions are released."))
    question.refresh_from_db()
    question.shown_as, question.answer = shown_as, answer
    question.answered_by, question.answered_at = user, database_now()
    question.save(update_fields=["shown_as", "answer", "answered_by", "answered_at"])
    tell(
        "calls.public_answer",
        question.asked_by,
        about={"question": str(question.pk)},
        key=f"answered:{question.pk}",
    )


def runners_of(call: Call) -> list[User]:
    """The lead and commissioners of the call's programme."""
    members = call.programme.memberships.in_force().filter(role__in=("lead", "commissioner"))
    return [member.user for member in members.select_related("user")]
