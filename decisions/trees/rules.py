"""Who may do what in walks, trees and rules sheets, each with the reason people are shown."""

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme, Role
from commissioning.programmes.rules import (
    Person,
    has_role,
    is_member,
    may_run,
    membership_of,
    money_gate,
    standing_declaration,
)
from decisions.questions.conflicts import may_decide_on
from decisions.questions.models import Question
from decisions.trees.models import Appraisal
from places.directory.rules import may_edit_place


def may_see_walks(user: Person, question: Question) -> Answer:
    """The members of the programme; others read a walk once it is locked."""
    return money_gate(question.programme) & is_member(user, question.programme)


def may_read(user: Person, walk: Appraisal) -> Answer:
    """A locked walk is for everybody who sees the programme; an open one for its members."""
    if walk.is_locked:
        return money_gate(walk.question.programme)
    return may_see_walks(user, walk.question)


def may_begin(user: Person, question: Question) -> Answer:
    """Those who run the programme begin walks, of a question that has been put."""
    may = money_gate(question.programme) & may_run(user, question.programme)
    if may and question.state == Question.State.DRAFT:
        return no(_("Put the question first: then members can answer from their own seats."))
    if may and not question.is_open:
        return no(_("This question is before the body that decides, or decided."))
    return may


def is_open(walk: Appraisal) -> Answer:
    """A locked walk stands; so does one whose question is before the body that decides."""
    if walk.is_locked:
        return no(_("This walk is locked, so it stays as it is. Try a what-if instead."))
    if not walk.question.is_open:
        return no(_("The question is before the body that decides, so its walks stay as they are."))
    return YES


def seat_of(user: Person, programme: Programme) -> Membership | None:
    """The membership somebody answers from: in force, and not an observer's."""
    member = membership_of(user, programme)
    return member if member and member.role != Role.OBSERVER else None


def may_answer(user: Person, walk: Appraisal) -> Answer:
    """Every seat answers once it has declared; a what-if is answered by who made it."""
    member = seat_of(user, walk.question.programme)
    if member is None:
        return no(_("Members of the programme answer, from their own seats; observers watch."))
    if standing_declaration(member) is None:
        return no(
            _("Say first whether you or your organisation could gain: make your declaration.")
        )
    if walk.is_what_if and walk.made_by_id != member.user_id:
        return no(_("This what-if is answered by who made it. Make your own from the walk."))
    return is_open(walk)


def may_settle(user: Person, walk: Appraisal) -> Answer:
    """Those who run or facilitate the programme and could not gain settle differences."""
    if walk.is_what_if:
        return no(_("A what-if has one voice: there is nothing to settle."))
    programme = walk.question.programme
    may = has_role(user, programme, Role.LEAD, Role.COMMISSIONER, Role.FACILITATOR)
    return may & may_decide_on(user, walk.question) & is_open(walk) if may else may


def may_recommend(user: Person, walk: Appraisal) -> Answer:
    """Every seat that could not gain, each with its own recommendation."""
    if walk.is_what_if:
        return no(_("A what-if is not recommended from: it only tries something."))
    may = may_decide_on(user, walk.question)
    return may & is_open(walk) if may else may


def may_lock(user: Person, walk: Appraisal) -> Answer:
    """Those who run the programme and could not gain."""
    if walk.is_what_if:
        return no(_("A what-if is never locked: it only tries something."))
    programme = walk.question.programme
    may = may_run(user, programme)
    return may & may_decide_on(user, walk.question) & is_open(walk) if may else may


def may_try(user: Person, walk: Appraisal) -> Answer:
    """Any seat tries a what-if, locked walk or not."""
    if seat_of(user, walk.question.programme) is None:
        return no(_("What-ifs are for the members of the programme."))
    return money_gate(walk.question.programme)


def may_keep_rules(user: Person, programme: Programme) -> Answer:
    """The place's rules and trees: for those who look after the place and run this programme."""
    may = money_gate(programme) & may_run(user, programme)
    return may & may_edit_place(user, programme.place) if may else may


def acting(user: User, walk: Appraisal) -> Membership:
    """The membership that acts, after a rule has said yes."""
    member = seat_of(user, walk.question.programme)
    assert member is not None
    return member
