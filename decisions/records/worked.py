"""Who worked on what is decided, and has not declared about this very question."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from commissioning.people.models import User
from commissioning.programmes.voices import voices_of
from decisions.questions.conflicts import Stake, stakes
from decisions.records.models import Decision, DutyAnswer
from decisions.records.sections.walk import rests_on

DUTY = "conflicts"


def silent(decision: Decision, *more: User) -> list[Stake]:
    """Who walked, settled, recommended or locked, and did not declare; ``more``: who is about to.

    Whoever could gain by fact is known already, whatever they declare.
    """
    members, users = _who_worked(decision)
    users |= {one.pk for one in more}
    return [
        one
        for one in stakes(decision.question)
        if _is_silent(one) and (one.member.pk in members or one.member.user_id in users)
    ]


def undeclared(decision: Decision) -> list[str]:
    """The same by name, as everybody may read it."""
    voices = voices_of(decision.question.programme, AnonymousUser())
    return [voices.voice(one.member).name for one in silent(decision)]


def _is_silent(one: Stake) -> bool:
    return one.own is None and not one.by_fact


def _who_worked(decision: Decision) -> tuple[set[UUID], set[UUID]]:
    """By membership, who said something in the walk; by person, who locked it or recommended."""
    users = {decision.recommended_by_id} if decision.recommended_by_id else set()
    found = rests_on(decision.question)
    if found is None:
        return set(), users
    said = (found.answers, found.settlements, found.recommendations)
    members = {key for rows in said for key in rows.values_list("membership", flat=True)}
    return members, users | {key for key in (found.made_by_id, found.locked_by_id) if key}


def not_met(decision: Decision, *more: User) -> str:
    """Why “Conflicts of interest” is not met yet, where it is said to be; "" where it may be.

    For those who run it, who have to ask each: by name, which nothing that is printed has.
    """
    duties = decision.duties.all()
    if not any(one.key == DUTY and one.standing == DutyAnswer.Standing.MET for one in duties):
        return ""
    return ask_them([one.member.user.short_name for one in silent(decision, *more)])


def ask_them(names: list[str]) -> str:
    """Who is to be asked before conflicts were looked for; "" where everybody has declared."""
    if not names:
        return ""
    return _(
        "Conflicts of interest are not met yet: %s must still declare for this question. They "
        "worked on it, and each does it themselves, signed in, on the page of the question: "
        "nobody can do it for them."
    ) % ", ".join(dict.fromkeys(names))
