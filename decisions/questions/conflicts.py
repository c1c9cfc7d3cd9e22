"""Who could gain from a question: by fact, by what they declared of it, or of the programme.

A member of the organisation that provides the thing now, or of the one group that a grant is meant
for, could gain by fact, whatever they declared.
Whoever declared, of the programme or of this question, that they could gain does: no second
declaration takes the first away. Who has not declared about this question is shown as that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.programmes.models import Declaration, Membership, Programme
from commissioning.programmes.rules import Person, may_decide, membership_of
from commissioning.programmes.voices import standing, voices_of
from decisions.questions.models import Question, QuestionDeclaration


@dataclass(frozen=True, slots=True)
class Stake:
    """What one member could gain from a question, and how that is known."""

    question: Question
    member: Membership
    own: QuestionDeclaration | None
    general: Declaration | None

    @property
    def by_fact(self) -> bool:
        """Whether the member speaks for who provides it now, or for who is named to get it."""
        return bool(why_by_fact(self.question, self.member))

    @property
    def could_gain(self) -> bool:
        """By fact, or by either declaration."""
        return self.by_fact or any(one.could_gain for one in (self.own, self.general) if one)

    @property
    def only_at_large(self) -> bool:
        """Whether all that is known is what they declared for the programme as a whole."""
        mine = self.by_fact or (self.own is not None and self.own.could_gain)
        return self.could_gain and not mine

    @property
    def declared(self) -> str:
        """How it is known, in a few words."""
        if speaks_for_provider(self.question, self.member):
            return _("Could gain, by fact: speaks for the present provider")
        if self.by_fact:
            return _("Could gain, by fact: speaks for the group that is named to get the grant")
        if self.own is not None and self.own.could_gain:
            return _("Could gain: declared for this question")
        gains = self.general is not None and self.general.could_gain
        if self.own is not None:
            return (
                _("Could not gain from this question; could gain: declared for the programme")
                if gains
                else _("Could not gain: declared for this question")
            )
        if self.general is None:
            return _("Has not declared, neither for the programme nor for this question")
        return (
            _("Could gain: declared for the programme. Not declared for this question")
            if gains
            else _("Could not gain: declared for the programme. Not declared for this question")
        )

    @property
    def words(self) -> str:
        """What they could gain: the fact first, then what they say of this question.

        What somebody said of the programme as a whole stands here only as that.
        """
        said = []
        if speaks_for_provider(self.question, self.member) and self.question.present_provider:
            said.append(_("%s provides it now.") % self.question.present_provider.name)
        if speaks_for_group(self.question, self.member) and self.question.goes_to:
            said.append(_("%s is named to get the grant.") % self.question.goes_to.name)
        if self.own is not None and self.own.words:
            said.append(self.own.words)
        elif self.general is not None and self.general.words:
            said.append(_("Of the programme as a whole: %s") % self.general.words)
        return " ".join(said)


def stakes(
    question: Question,
    viewer: Person | None = None,
    own: dict[UUID, QuestionDeclaration] | None = None,
) -> list[Stake]:
    """Every member in force, by role and name: a query beside the viewer's voices."""
    known = declared_about(question) if own is None else own
    everybody = voices_of(question.programme, viewer or AnonymousUser()).all()
    return [
        stake_of(question, voice.membership, known)
        for voice in everybody
        if voice.membership is not None
    ]


def stake_of(question: Question, member: Membership, own: dict[UUID, QuestionDeclaration]) -> Stake:
    """One member's stake; their declarations come prefetched."""
    mine = own.get(member.pk)
    return Stake(
        question,
        member,
        mine if mine and mine.created_at >= member.since else None,
        standing(member),
    )


def speaks_for_provider(question: Question, member: Membership) -> bool:
    """Whether the member speaks for the organisation that provides it now."""
    provider = question.present_provider_id
    return provider is not None and member.organisation_id == provider


def speaks_for_group(question: Question, member: Membership) -> bool:
    """Whether the member speaks for the one group that a grant is meant for."""
    group = question.goes_to_id
    return group is not None and member.organisation_id == group


def unknown_bodies(question: Question) -> list[str]:
    """Who gains by fact and is named in words only: a sentence each, on what that leaves open."""
    named = [
        (question.present_provider_words, _("“%s” provides it now.")),
        (question.goes_to_words, _("“%s” is named to get the grant.")),
    ]
    open_ = _(
        "It is not in the directory, so nothing here knows who belongs to it: each who decides or "
        "advises is to say whether they do."
    )
    return [f"{said % words} {open_}" for words, said in named if words]


def why_by_fact(question: Question, member: Membership) -> str:
    """Why a member could gain whatever they declared, as they are told; "" where not."""
    if speaks_for_provider(question, member):
        return _("You speak for the organisation that provides it now, so you do not decide.")
    if speaks_for_group(question, member):
        return _("You speak for the group that is named to get the grant, so you do not decide.")
    return ""


def declared_about(question: Question) -> dict[UUID, QuestionDeclaration]:
    """By membership: the latest declaration about the question. One query."""
    rows: Iterable[QuestionDeclaration] = question.declarations.order_by("created_at")
    return {row.membership_id: row for row in rows}


def member_could_gain(question: Question, member: Membership) -> bool:
    """Whether one member could gain from it."""
    return stake_of(question, member, declared_about(question)).could_gain


def may_decide_on(user: Person, question: Question) -> Answer:
    """As for the programme; and nobody who could gain from this very question."""
    programme: Programme = question.programme
    may = may_decide(user, programme)
    member = membership_of(user, programme)
    if not may or member is None:
        return may
    if why := why_by_fact(question, member):
        return no(why)
    own = declared_about(question).get(member.pk)
    if own is not None and own.created_at >= member.since and own.could_gain:
        return no(_("You declared that you could gain from this question, so you do not decide."))
    return YES
