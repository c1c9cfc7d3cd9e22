"""Everything that was said in a walk, loaded with a few queries and worked out once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from commissioning.programmes.models import Membership
from decisions.questions.conflicts import declared_about, stake_of
from decisions.questions.models import QuestionDeclaration
from decisions.trees.ending import as_it_ends
from decisions.trees.engine import Tree, Walk, with_what_ifs
from decisions.trees.engine.tree import Question
from decisions.trees.models import Appraisal, SeatAnswer, Settlement
from decisions.trees.pinned import rules_of, tree_of
from decisions.trees.seats import SeatVoice, Settled, Standpoint, Working, work_out
from decisions.trees.whose import binds

MOST_KNOWN: Final = 64
_what_ifs: dict[tuple[bool, str, UUID | None, date, tuple[tuple[str, str], ...]], Walk] = {}


@dataclass(frozen=True, slots=True)
class SaidHere:
    """One member's latest answer to one question, as pages show it."""

    answer: SeatAnswer
    gains: bool

    @property
    def member(self) -> Membership:
        """Who said it."""
        return self.answer.membership


class Standing:
    """A walk as it stands now: two queries, and two for what members declare today.

    A member counts as one who could gain if they could when they answered, or could now - by fact,
    or as declared of the programme or of the question: a change of mind never hides it.
    """

    def __init__(self, walk: Appraisal) -> None:
        self.walk = walk
        self.ends = walk.question.present_ends_on is not None
        tree = tree_of(walk.tree)
        self.tree: Tree = as_it_ends(tree) if self.ends else tree
        # Rules bind the body whose they are: where another buys now, the sheet says nothing.
        self.rules = rules_of(walk.sheet) if binds(walk.sheet, walk.question) else None
        self.answers = list(
            walk.answers.select_related("membership__user", "membership__organisation")
            .prefetch_related("membership__declarations")
            .order_by("number")
        )
        self.settlements = list(walk.settlements.select_related("membership__user"))

    @cached_property
    def declared(self) -> dict[UUID, QuestionDeclaration]:
        """What members declared of the question, by membership."""
        return declared_about(self.walk.question)

    @cached_property
    def gaining(self) -> set[object]:
        """Memberships that could gain."""
        members = {one.membership_id: one.membership for one in [*self.settlements, *self.answers]}
        return {answer.membership_id for answer in self.answers if answer.could_gain} | {
            key
            for key, member in members.items()
            if stake_of(self.walk.question, member, self.declared).could_gain
        }

    @cached_property
    def latest(self) -> dict[str, dict[object, SaidHere]]:
        """By question and member: the answer that counts."""
        found: dict[str, dict[object, SaidHere]] = {}
        for answer in self.answers:
            gains = answer.membership_id in self.gaining
            found.setdefault(answer.key, {})[answer.membership_id] = SaidHere(answer, gains)
        return found

    @cached_property
    def last_settlement(self) -> dict[str, Settlement]:
        """By question: the settlement that was made last."""
        return {one.key: one for one in self.settlements}

    @cached_property
    def said(self) -> Standpoint:
        """The same for the pure module."""
        voices = {
            key: [
                SeatVoice(
                    str(one.answer.membership_id),
                    one.answer.seat,
                    one.answer.value,
                    one.answer.number,
                    one.gains,
                    one.answer.reason,
                )
                for one in by_member.values()
            ]
            for key, by_member in self.latest.items()
        }
        settled = {
            key: Settled(
                one.value,
                one.number,
                one.reached_from,
                one.carried,
                one.reason,
                one.membership_id in self.gaining,
            )
            for key, one in self.last_settlement.items()
        }
        once: dict[str, set[str]] = {}
        for answer in self.answers:
            if answer.membership_id in self.gaining:
                once.setdefault(answer.key, set()).add(answer.value)
        return Standpoint(voices, settled, self.walk.given, once)

    @cached_property
    def working(self) -> Working:
        """With every seat."""
        return work_out(self.tree, self.said, self.walk.begins_on, self.rules)

    @cached_property
    def without(self) -> Working:
        """Without the seats that could gain."""
        return work_out(self.tree, self.said, self.walk.begins_on, self.rules, without_gain=True)

    @property
    def waits_without(self) -> Question | None:
        """The question that only who could gain has answered.

        One that only a walk without them would ask cannot be answered here, and is none.
        """
        waiting = self.without.walked.next_question
        return waiting if waiting and waiting.id in self.working.path else None

    @cached_property
    def walked(self) -> Walk:
        """The engine's walk, each route with what would have to be different for it to win.

        Found by walking some hundred times, so this process remembers the last few: the same tree,
        rules, day and answers always give the same.
        """
        said = tuple(sorted(self.working.answers.items()))
        sheet = self.walk.sheet_id if self.rules else None
        key = (self.ends, self.walk.tree.digest, sheet, self.walk.begins_on, said)
        known = _what_ifs.get(key)
        if known is None:
            known = with_what_ifs(self.working.walked, self.working.answers, self.rules)
            if len(_what_ifs) >= MOST_KNOWN:
                _what_ifs.clear()
            _what_ifs[key] = known
        return known

    def as_it_was(self, number: int) -> "Standing":
        """The walk as it stood when the move of that number had been made; no query."""
        then = Standing.__new__(Standing)
        then.walk, then.tree, then.rules = self.walk, self.tree, self.rules
        then.ends = self.ends
        then.__dict__["declared"] = self.declared
        then.answers = [one for one in self.answers if one.number <= number]
        then.settlements = [one for one in self.settlements if one.number <= number]
        return then

    @property
    def anybody_gains(self) -> bool:
        """Whether the two rankings could differ at all."""
        return bool(self.gaining)

    @property
    def last_change(self) -> int:
        """The number of the last answer or settlement."""
        return max((row.number for row in [*self.answers, *self.settlements]), default=0)

    def own(self, key: str, member: Membership | None) -> SeatAnswer | None:
        """What this member last answered."""
        found = self.latest.get(key, {}).get(member.pk) if member else None
        return found.answer if found else None

    def first_unanswered_by(self, member: Membership | None) -> str | None:
        """The first question of the path that this member has not answered; else the waiting one.

        In a what-if, whatever it began with is answered already.
        """
        for key in self.working.path:
            if key in self.walk.given or self.own(key, member):
                continue
            if key not in self.working.settled:
                return key
        waiting = self.working.walked.next_question
        return waiting.id if waiting else None
