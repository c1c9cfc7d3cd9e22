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
from decisions.criteria.judging.library import Standing, library
from decisions.criteria.models import (
    TOP,
    CriteriaSet,
    Criterion,
    Judge,
    ScoreMeaning,
)
from decisions.criteria.reading import Reading
from decisions.criteria.said import (
    CRITERION,
    DEMANDS,
    demands_of,
    said_of,
    scale_fields,
    scale_of,
)
from decisions.questions.capable import bidders_of
from decisions.questions.models import Question

MOST_CRITERIA = 30


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
        made_by=user,
        **({name: getattr(last, name) for name in DEMANDS} if last else {}),
        **({"expected_bidders": bidders.likely} if bidders and not last else {}),
    )
    if last:
        _copy(last, held)
    else:
        ScoreMeaning.objects.bulk_create(
            ScoreMeaning(criteria_set=held, score=one.score, words=one.words)
            for one in library().scale
        )
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
    """Take suggestions over, in the wording for what the criteria are for."""
    held = _locked(user, held)
    known = library().suggestions
    there = set(held.criteria.values_list("suggestion", flat=True))
    position = held.criteria.count()
    for key in known:
        if key not in keys or key in there:
            continue
        position += 1
        found = known[key]
        Criterion.objects.create(
            criteria_set=held,
            position=position,
            title=found.title,
            asks=found.asked(Standing(held.what_for)),
            judged=found.judged,
            weight=Decimal(found.weight),
            is_price=found.is_price,
            words=found.words,
            suggestion=key,
        )
    _not_too_many(held)


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
    _check(held, row)
    row.save()
    _not_too_many(held)
    return row


def _as_it_stands(held: CriteriaSet, criterion: Criterion) -> Criterion:
    row = held.criteria.filter(pk=criterion.pk).first()
    if row is None:
        raise Invalid(_("Somebody took this criterion out meanwhile."))
    return row


def _check(held: CriteriaSet, row: Criterion) -> None:
    parent = row.parent
    if parent and (parent.criteria_set_id != held.pk or parent.pk == row.pk or parent.parent_id):
        raise Invalid(_("A part belongs to a criterion that is no part itself."), "parent")
    if parent and row.pk and held.criteria.filter(parent=row).exists():
        raise Invalid(_("This criterion has parts of its own."), "parent")
    if row.is_price and parent:
        raise Invalid(_("The price is no part of another criterion."), "is_price")
    if row.is_price and row.minimum:
        raise Invalid(_("A price has no least score."), "minimum")
    others = held.criteria.filter(is_price=True).exclude(pk=row.pk)
    if row.is_price and others.exists():
        raise Invalid(_("There is a price criterion already."), "is_price")
    if not 0 < row.weight <= 100:
        raise Invalid(_("A weight is more than nothing and at most 100."), "weight")


def _not_too_many(held: CriteriaSet) -> None:
    if held.criteria.count() > MOST_CRITERIA:
        raise Invalid(_("More than %d criteria: nobody could weigh them.") % MOST_CRITERIA)


@transaction.atomic
def remove_criterion(user: User, held: CriteriaSet, criterion: Criterion) -> None:
    """Take a criterion out, with its parts."""
    held = _locked(user, held)
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
        held.what_for = values["what_for"]
        _for_what_it_goes_by(user, held.question, held.what_for, values.get("why_other", ""))
    for name in DEMANDS:
        if name in values:
            setattr(held, name, values[name])
    held.save()


@transaction.atomic
def choose_judges(user: User, held: CriteriaSet, members: Sequence[Membership]) -> None:
    """Who will judge. Refused for whoever could gain or has not declared."""
    held = _locked(user, held)
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
