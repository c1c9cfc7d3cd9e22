"""The write door of walks: begun, answered from seats, settled, recommended, tried, locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid, require
from commissioning.people.models import User
from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.history import record
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry, Membership
from decisions.questions.actions import lock_question
from decisions.questions.conflicts import member_could_gain
from decisions.questions.models import Question
from decisions.trees import rules
from decisions.trees.actions_common import Stale, lock_walk, next_number
from decisions.trees.clock import database_now
from decisions.trees.engine import AnswerError
from decisions.trees.engine.answers import answer_text, read_answer
from decisions.trees.live import tell
from decisions.trees.models import (
    LONGEST_REASON,
    Appraisal,
    EvidencePick,
    Recommendation,
    Seat,
    SeatAnswer,
    Settlement,
)
from decisions.trees.notices import standing_now, tell_overtaken
from decisions.trees.pinned import tree_of
from decisions.trees.results import result_of
from decisions.trees.seats import Working
from decisions.trees.seen import last_said, last_that_counts
from decisions.trees.standpoint import Standing
from decisions.trees.versions import sheet_in_force, version_to_begin


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as a page sends it.

    ``seen``: the number of the member's own latest answer that the page showed (0 for none);
    ``op`` names the press, so that a second one of it does nothing.
    """

    value: str
    reason: str
    seen: int
    op: UUID


@transaction.atomic
def begin_walk(
    user: User, question: Question, tree: str, begins_on: date, title: str = ""
) -> Appraisal:
    """Begin a walk of a tree that ships (its id) or of a version that the place published."""
    question = lock_question(question.pk)
    require(rules.may_begin(user, question))
    version = version_to_begin(question.programme.place, tree)
    number = question.appraisals.filter(what_if_of__isnull=True).count() + 1
    walk = Appraisal.objects.create(
        question=question,
        tree=version,
        sheet=sheet_in_force(question, begins_on),
        title=title.strip() or _("Walk %d") % number,
        begins_on=begins_on,
        made_by=user,
    )
    record(question.programme, user, f"began to appraise “{question.title}”: {walk.title}")
    return walk


@transaction.atomic
def answer(user: User, walk: Appraisal, key: str, said: Said) -> SeatAnswer:
    """Answer a question of the path from one's own seat.

    Raises :class:`Stale` where the same member has answered it since the page was opened.
    """
    walk = lock_walk(walk.pk)
    done = SeatAnswer.objects.filter(op=said.op).first()
    if done is not None:
        return done
    require(rules.may_answer(user, walk))
    member = rules.acting(user, walk)
    standing = Standing(walk)
    if key not in standing.working.path:
        raise Invalid(_("The walk does not ask this question: an answer before it has changed."))
    own = standing.own(key, member)
    if (own.number if own else 0) != said.seen:
        raise Stale
    value = _value(walk, key, said.value)
    _check_reason(walk, key, said.value, said.reason)
    recommended = standing_now(standing)
    made = keep_answer(walk, standing, member, key, (value, said.reason, said.op))
    tell_overtaken(user, recommended, Standing(walk))
    tell(walk)
    return made


def keep_answer(
    walk: Appraisal, standing: Standing, member: Membership, key: str, said: tuple[str, str, UUID]
) -> SeatAnswer:
    """Write one answer (value, reason, press), marked where the member could gain; after a rule."""
    value, reason, op = said
    gains = member_could_gain(walk.question, member)
    made = SeatAnswer.objects.create(
        appraisal=walk,
        number=next_number(walk),
        membership=member,
        op=op,
        key=key,
        seat=Seat.of(member.role),
        value=value,
        reason=reason,
        could_gain=gains,
    )
    if gains and member.organisation and member.pk not in standing.gaining:
        standing.gaining.add(member.pk)
        note(
            walk.question.programme,
            member.organisation,
            LevelFieldEntry.Kind.SAID,
            _("Answered in “%(walk)s” of “%(question)s”, and could read what other seats said.")
            % {"walk": walk.title, "question": walk.question.title},
        )
    return made


def _value(walk: Appraisal, key: str, raw: str) -> str:
    try:
        return answer_text(read_answer(tree_of(walk.tree).questions[key], raw))
    except AnswerError as error:
        raise Invalid(error.problems[0].words, "value") from error


def _check_length(reason: str) -> None:
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            _("A reason has at most %(most)s characters; this one has %(now)s.")
            % {"most": f"{LONGEST_REASON:,}", "now": f"{len(reason):,}"},
            "reason",
        )


def _check_reason(walk: Appraisal, key: str, value: str, reason: str) -> None:
    """Some questions need a reason; some answers claim so much that they need one, or evidence."""
    _check_length(reason)
    question = tree_of(walk.tree).questions[key]
    if reason.strip():
        return
    if question.reason:
        raise Invalid(_("Say why: this answer matters, and people will ask."), "reason")
    claims = question.answers.get(value)
    if claims and claims.reason and not walk.picks.filter(key=key, dropped_at=None).exists():
        raise Invalid(
            _("Say why, or lay evidence beside it: “%s” says much, and people will ask.")
            % claims.text,
            "reason",
        )


@dataclass(frozen=True, slots=True)
class Settling:
    """How a difference is settled; ``seen``: the number of the last thing said that was shown."""

    value: str
    reason: str
    carried: bool
    seen: int
    op: UUID


@transaction.atomic
def settle(user: User, walk: Appraisal, key: str, settling: Settling) -> Settlement:
    """Settle a question with a reason, or carry the difference into the record.

    Raises :class:`Stale` where somebody has said something on this question since.
    """
    walk = lock_walk(walk.pk)
    done = Settlement.objects.filter(op=settling.op).first()
    if done is not None:
        return done
    require(rules.may_settle(user, walk))
    standing = Standing(walk)
    if key not in standing.working.path:
        raise Invalid(_("The walk does not ask this question: an answer before it has changed."))
    if last_said(standing, key) != settling.seen:
        raise Stale
    if not settling.reason.strip():
        raise Invalid(_("Say why. The reason stands in the record."), "reason")
    _check_length(settling.reason)
    recommended = standing_now(standing)
    made = Settlement.objects.create(
        appraisal=walk,
        number=next_number(walk),
        membership=rules.acting(user, walk),
        op=settling.op,
        key=key,
        value=_value(walk, key, settling.value),
        carried=settling.carried,
        reason=settling.reason,
        reached_from=standing.working.before[key],
    )
    tell_overtaken(user, recommended, Standing(walk))
    tell(walk)
    return made


@transaction.atomic
def recommend(
    user: User, walk: Appraisal, option: str, reason: str, op: UUID, seen: int | None = None
) -> Recommendation:
    """Recommend a route that the law leaves open, with a reason.

    ``seen``: the last move that the page showed (:func:`last_that_counts`); raises :class:`Stale`
    where there has been another since.
    """
    walk = lock_walk(walk.pk)
    done = Recommendation.objects.filter(op=op).first()
    if done is not None:
        return done
    require(rules.may_recommend(user, walk))
    standing, member = Standing(walk), rules.acting(user, walk)
    if seen is not None and last_that_counts(standing, member) != seen:
        raise Stale
    walked = standing.working.walked
    if not walked.complete:
        raise Invalid(_("Answer every question first: half a walk recommends nothing."))
    if option not in {one.option for one in walked.ranked if one.standing != "excluded"}:
        raise Invalid(_("The law closes that route here, so nobody can recommend it."), "option")
    if not reason.strip():
        raise Invalid(_("Say why. The reason stands in the record."), "reason")
    made = Recommendation.objects.create(
        appraisal=walk,
        number=next_number(walk),
        membership=member,
        op=op,
        option=option,
        reason=reason,
    )
    title = walked.tree.options[option].title
    record(
        walk.question.programme,
        user,
        f"recommended “{title}” for “{walk.question.title}”",
        reason=reason,
        is_public=False,
    )
    return made


@transaction.atomic
def try_what_if(
    user: User, walk: Appraisal, changes: Mapping[str, str], begins_on: date | None = None
) -> Appraisal:
    """Branch: the walk as it stands, with these answers instead, or begun on another day."""
    walk = lock_walk(walk.pk)
    require(rules.may_try(user, walk))
    standing = Standing(walk)
    given = {step.question: step.text for step in standing.working.walked.path}
    for key, value in changes.items():
        if key not in standing.tree.questions:
            raise Invalid(_("The tree has no such question."))
        given[key] = _value(walk, key, value)
    number = Appraisal.objects.filter(question=walk.question, what_if_of__isnull=False).count() + 1
    return Appraisal.objects.create(
        question=walk.question,
        tree=walk.tree,
        sheet=walk.sheet,
        title=_("What if %d") % number,
        begins_on=begins_on or walk.begins_on,
        what_if_of=walk,
        given=given,
        made_by=user,
    )


@transaction.atomic
def pick_evidence(user: User, walk: Appraisal, key: str, source: str, item: str) -> EvidencePick:
    """Lay a piece of the programme's evidence beside a question, in the words it has now."""
    walk = lock_walk(walk.pk)
    require(rules.may_answer(user, walk))
    if key not in tree_of(walk.tree).questions or source not in evidence_sources:
        raise Invalid(_("That is not there any more."))
    programme = walk.question.programme
    found = evidence_sources[source]
    require(found.gate(programme))
    chosen = next((one for one in found.all_items(programme, user) if one.key == item), None)
    if chosen is None:
        raise Invalid(_("That is not there any more."))
    pick, _made = EvidencePick.objects.get_or_create(
        appraisal=walk,
        key=key,
        source=source,
        item=item,
        dropped_at=None,
        defaults={"words": chosen.words, "url": chosen.url, "by": user},
    )
    return pick


@transaction.atomic
def drop_evidence(user: User, walk: Appraisal, pick_id: UUID) -> None:
    """Take a piece of evidence away again; the history keeps it."""
    walk = lock_walk(walk.pk)
    require(rules.may_answer(user, walk))
    pick = walk.picks.filter(pk=pick_id, dropped_at__isnull=True).first()
    if pick is None:
        return
    pick.dropped_at = database_now()
    pick.save(update_fields=["dropped_at"])


def stands_against_lock(standing: Standing) -> list[str]:
    """What has to happen before a walk can be locked."""
    working, without = standing.working, standing.without
    found = []
    if not working.walked.complete:
        found.append(_("Not every question has an answer yet."))
    if working.differing:
        found.append(_("Seats differ somewhere: settle it, or carry it into the record."))
    if standing.waits_without:
        found.append(
            _("Some answers come only from those who could gain. Somebody else has to answer too.")
        )
    if any(_is_open(working, key) for key in without.differing):
        found.append(_("Without those who could gain, seats still differ somewhere."))
    return list(dict.fromkeys(found))


def _is_open(working: Working, key: str) -> bool:
    """Whether a difference of this walk is settled by nobody, or by somebody who could gain.

    What only a walk without those who could gain would ask cannot be settled here.
    """
    settled = working.settled.get(key)
    return key in working.path and (settled is None or settled.gains)


@transaction.atomic
def lock_for_good(user: User, walk: Appraisal) -> Appraisal:
    """Lock a walk: its answers, reasons and result stand from here on, and anybody reads them."""
    walk = lock_walk(walk.pk)
    if walk.is_locked:
        return walk
    require(rules.may_lock(user, walk))
    standing = Standing(walk)
    against = stands_against_lock(standing)
    if against:
        raise Invalid(" ".join(against))
    walk.result = result_of(standing)
    walk.locked_at, walk.locked_by = database_now(), user
    walk.save(update_fields=["result", "locked_at", "locked_by"])
    record(walk.question.programme, user, f"locked “{walk.title}” of “{walk.question.title}”")
    return walk
