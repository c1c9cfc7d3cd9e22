"""The write door of criteria: begun, written, weighed, judges chosen, made final."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.revisions import Stood, hold
from commissioning.ground.answers import Invalid, require
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.models import Membership
from decisions.criteria import rules
from decisions.criteria.base import fit_of, may_be_for
from decisions.criteria.changing import (
    SUFFICIENT,
    come_to_be_for,
    put_in_the_five,
    score_by_the_library,
)
from decisions.criteria.checks import check, not_too_many
from decisions.criteria.judging.health import spread, suggestions_for
from decisions.criteria.judging.library import Standing, Suggestion
from decisions.criteria.models import (
    TOP,
    CriteriaSet,
    Criterion,
    Judge,
    ScoreMeaning,
)
from decisions.criteria.reading import Reading
from decisions.criteria.said import (
    BASICS,
    CRITERION,
    DEMANDS,
    basics_of,
    demands_of,
    judges_of,
    said_of,
    scale_fields,
    scale_of,
)
from decisions.questions.capable import bidders_of
from decisions.questions.models import Question


def _locked(user: User, held: CriteriaSet) -> CriteriaSet:
    """The set as it is once nobody else is changing it, if this person may change it."""
    lock(f"criteria:{held.question_id}")
    held = CriteriaSet.objects.select_related(
        "question__programme__place", "question__programme__led_by"
    ).get(pk=held.pk)
    require(rules.may_change(user, held))
    return held


@transaction.atomic
def begin_criteria(
    user: User, question: Question, what_for: str, why_other: str = ""
) -> CriteriaSet:
    """A first draft with the library's scale; or a new version that begins as the last one was.

    ``why_other``: where another open way than the question's own is judged as ``what_for``.
    """
    require(rules.may_begin(user, question))
    lock(f"criteria:{question.pk}")
    last = CriteriaSet.objects.filter(question=question).first()
    if last and not last.is_final:
        raise Invalid(_("There is a draft already: go on with that."))
    _for_what_it_goes_by(user, question, what_for, why_other)
    bidders = bidders_of(question)
    held = CriteriaSet.objects.create(
        question=question,
        version=(last.version if last else 0) + 1,
        what_for=what_for,
        why_other=_kept_why(question, what_for, why_other),
        made_by=user,
        **({name: getattr(last, name) for name in (*DEMANDS, *BASICS)} if last else {}),
        **({"expected_bidders": bidders.likely} if bidders and not last else {}),
    )
    if last:
        _copy(last, held)
        if last.what_for != what_for:
            come_to_be_for(held, last.what_for)
    else:
        score_by_the_library(held)
        if held.is_health:
            put_in_the_five(held)
    return held


def _for_what_it_goes_by(user: User, question: Question, what_for: str, why: str) -> None:
    """Refused where the locked walk closed it; where it is another open way's, with the reason."""
    fit = fit_of(question)
    answer = may_be_for(fit, what_for, why)
    if not answer:
        raise Invalid(answer.reason, "why_other" if what_for in fit.others else "what_for")
    if what_for in fit.others:
        label = CriteriaSet.For(what_for).label
        sentence = f"wrote criteria of “{question.title}” for another way than its own: {label}"
        record(question.programme, user, sentence, reason=why.strip())


def _kept_why(question: Question, what_for: str, why: str) -> str:
    """The reason, where one was owed; nothing where they are for what the question goes by."""
    return why.strip() if what_for in fit_of(question).others else ""


def _copy(last: CriteriaSet, held: CriteriaSet) -> None:
    """The rows of the last version, as rows of the new one."""
    ScoreMeaning.objects.bulk_create(
        ScoreMeaning(criteria_set=held, score=one.score, words=one.words)
        for one in last.scale.all()
    )
    copies: dict[UUID, Criterion] = {}
    rows = sorted(last.criteria.all(), key=lambda one: one.parent_id is not None)
    for row in rows:
        old = row.pk
        row.pk, row.id = None, Criterion._meta.pk.get_default()
        row.criteria_set = held
        row.parent = copies.get(row.parent_id) if row.parent_id else None
        row._state.adding = True
        row.save(force_insert=True)
        copies[old] = row


@transaction.atomic
def discard_criteria(user: User, held: CriteriaSet) -> None:
    """Throw a draft away."""
    _locked(user, held).delete()


@transaction.atomic
def add_suggestions(user: User, held: CriteriaSet, keys: Sequence[str]) -> None:
    """Take suggestions over, in the wording for what the criteria are for.

    In the health regime each is a part of its key criterion. Where that had none yet, its weight
    is spread over them.
    """
    held = _locked(user, held)
    standing = Standing(held.what_for)
    there = {row.suggestion for row in held.criteria.all()}
    wholes = {row.key: row for row in held.criteria.exclude(key="").prefetch_related("parts")}
    taken = [
        one for key, one in suggestions_for(standing).items() if key in keys and key not in there
    ]
    for found in taken:
        whole = wholes.get(found.part_of)
        if whole and not whole.weight:
            raise Invalid(_("“%s” weighs nothing, so it has no parts.") % whole.title, "keys")
    weights = _weights(taken, wholes)
    for place, found in enumerate(taken, start=held.criteria.count() + 1):
        Criterion.objects.create(
            criteria_set=held,
            position=place,
            parent=wholes.get(found.part_of),
            title=found.title,
            asks=found.asked(standing),
            judged=found.judged,
            weight=Decimal(weights[found.key]),
            is_price=found.is_price,
            words=found.words if held.has_bids else 0,
            minimum=None if held.chooses else SUFFICIENT,
            suggestion=found.key,
        )
    not_too_many(held)


def _weights(taken: Sequence[Suggestion], wholes: Mapping[str, Criterion]) -> dict[str, int]:
    """The library's own; spread over a key criterion's weight where these are its first parts."""
    weights = {one.key: one.weight for one in taken}
    for key, whole in wholes.items():
        parts = {one.key: one.weight for one in taken if one.part_of == key}
        is_whole = whole.weight == int(whole.weight) and whole.weight >= len(parts)
        if parts and is_whole and not whole.parts.all():
            weights |= spread(int(whole.weight), parts)
    return weights


@transaction.atomic
def save_criterion(
    user: User,
    held: CriteriaSet,
    criterion: Criterion | None,
    values: Mapping[str, Any],
    *,
    stood: Stood = None,
) -> Criterion:
    """Add or change a criterion; ``parent`` None or another criterion of this set.

    ``stood``: what the form behind it was held against.
    """
    held = _locked(user, held)
    row = Criterion(criteria_set=held, position=held.criteria.count() + 1)
    if criterion:
        if criterion.criteria_set_id != held.pk:
            raise Invalid(_("That criterion belongs to other criteria."))
        row = _as_it_stands(held, criterion)
        hold(stood, said_of(row))
    for name in (*CRITERION, "parent"):
        if name in values:
            setattr(row, name, values[name])
    if row.key:
        row.title, row.parent, row.is_price = str(Criterion.Key(row.key).label), None, False
        if row.weight:
            row.why_nothing = ""
    check(held, row)
    row.save()
    not_too_many(held)
    return row


def _as_it_stands(held: CriteriaSet, criterion: Criterion) -> Criterion:
    row = held.criteria.filter(pk=criterion.pk).first()
    if row is None:
        raise Invalid(_("Somebody took this criterion out meanwhile."))
    return row


@transaction.atomic
def remove_criterion(user: User, held: CriteriaSet, criterion: Criterion) -> None:
    """Take a criterion out, with its parts. The five key criteria of the health regime stay."""
    held = _locked(user, held)
    require(rules.may_take_out(criterion))
    held.criteria.filter(pk=criterion.pk).delete()


@transaction.atomic
def set_scale(
    user: User, held: CriteriaSet, meanings: Mapping[int, str], *, stood: Stood = None
) -> None:
    """What each score means. ``stood``: what the form behind it was held against."""
    held = _locked(user, held)
    hold(stood, scale_fields(scale_of(held)))
    for score in range(TOP + 1):
        words = meanings.get(score, "").strip()
        if not words:
            raise Invalid(_("Say what each score means."), f"score_{score}")
        ScoreMeaning.objects.update_or_create(
            criteria_set=held, score=score, defaults={"words": words}
        )


@transaction.atomic
def set_demands(
    user: User, held: CriteriaSet, values: Mapping[str, Any], *, stood: Stood = None
) -> None:
    """What they are for, what else bidders are asked for, how price is judged, what breaks a tie.

    ``stood``: what the form behind it was held against.
    """
    held = _locked(user, held)
    hold(stood, demands_of(held))
    if "what_for" in values:
        was, held.what_for = held.what_for, values["what_for"]
        why = values.get("why_other", "")
        _for_what_it_goes_by(user, held.question, held.what_for, why)
        held.why_other = _kept_why(held.question, held.what_for, why)
        if held.what_for != was:
            come_to_be_for(held, was)
    for name in DEMANDS:
        if name in values:
            setattr(held, name, values[name])
    held.save()


@transaction.atomic
def set_basics(
    user: User, held: CriteriaSet, values: Mapping[str, str], *, stood: Stood = None
) -> None:
    """Of the health regime: why the five weigh what they weigh, and what is met or not met."""
    held = _locked(user, held)
    require(rules.has_basics(held))
    hold(stood, basics_of(held))
    for name in BASICS:
        if name in values:
            setattr(held, name, values[name])
    held.save(update_fields=BASICS)


@transaction.atomic
def choose_judges(
    user: User, held: CriteriaSet, members: Sequence[Membership], *, stood: Stood = None
) -> None:
    """Who will judge. Refused for whoever could gain or has not declared."""
    held = _locked(user, held)
    hold(stood, {"judges": judges_of(held)})
    if any(member.programme_id != held.question.programme_id for member in members):
        raise Invalid(_("Judges are members of the programme."), "judges")
    for member in members:
        answer = rules.may_judge(member)
        if not answer:
            raise Invalid(answer.reason, "judges")
    held.judges.exclude(membership__in=members).delete()
    for member in members:
        Judge.objects.get_or_create(criteria_set=held, membership=member)


@transaction.atomic
def finalise(user: User, held: CriteriaSet) -> CriteriaSet:
    """Make it final: everybody reads it, nothing in it changes. The database counts to 100 too."""
    held = _locked(user, held)
    if held.question.state == Question.State.DRAFT:
        raise Invalid(_("Put the question first: final criteria are for everybody to read."))
    missing = Reading(held).missing()
    if missing:
        raise Invalid(" ".join(str(words) for words in missing))
    for judge in held.judges.select_related("membership__user"):
        answer = rules.may_judge(judge.membership)
        if not answer:
            raise Invalid(answer.reason)
    held.finalised_at = timezone.now()
    held.finalised_by = user
    held.save(update_fields=["finalised_at", "finalised_by"])
    record(
        held.question.programme,
        user,
        f"made the criteria of “{held.question.title}” final, version {held.version}",
    )
    return held
