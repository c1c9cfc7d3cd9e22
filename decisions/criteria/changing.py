"""Criteria that come to be for something else: the five key criteria are put in, or let go."""

from decimal import Decimal
from typing import Final

from decisions.criteria.judging.health import health_library, suggestions_for
from decisions.criteria.judging.library import Standing, Suggestion, grant_suggestions, library
from decisions.criteria.models import (
    OF_THE_HEALTH_REGIME,
    WITHOUT_BIDS,
    CriteriaSet,
    Criterion,
    ScoreMeaning,
)
from decisions.criteria.said import BASICS, CONDITIONS

# Where there is nobody to choose among, a score says whether the standard is sufficient: "good".
SUFFICIENT: Final = 3
# Where no price is held against others, this is weighed in its place.
_MONEY: Final = "value_for_money"


def come_to_be_for(held: CriteriaSet, was: str) -> None:
    """What is written in a draft follows what it is for; nobody's own words are changed."""
    was_health = was in OF_THE_HEALTH_REGIME
    if held.is_health and not was_health:
        put_in_the_five(held)
    elif was_health and not held.is_health:
        _let_go_of_the_five(held)
    _word_anew(held, Standing(was))
    if not held.has_price:
        _no_price(held)
    elif was == CriteriaSet.For.GRANT:
        _a_price_again(held)
    if not held.has_bids or was in WITHOUT_BIDS:
        score_by_the_library(held)


def put_in_the_five(held: CriteriaSet) -> None:
    """The five key criteria, in the regulation's order, and conditions to begin from.

    What is written already becomes a part of the key criterion that the library has it under.
    """
    written = list(held.criteria.all())
    standing = Standing(held.what_for)
    whole: dict[str, Criterion] = {}
    for place, one in enumerate(health_library().key_criteria, start=1):
        whole[one.key] = Criterion.objects.create(
            criteria_set=held,
            position=place,
            key=one.key,
            title=str(Criterion.Key(one.key).label),
            asks=one.asks[standing],
            judged=one.judged,
            weight=Decimal(one.weight),
            words=one.words if held.has_bids else 0,
            minimum=None if held.chooses else SUFFICIENT,
        )
    _as_parts(held, written, whole)
    for name, words in health_library().conditions.items():
        if not getattr(held, name):
            setattr(held, name, words)
    held.save(update_fields=CONDITIONS)


def _as_parts(held: CriteriaSet, written: list[Criterion], whole: dict[str, Criterion]) -> None:
    """Each criterion or part stands under one of the five, which then weighs what its parts do."""
    had_parts = {row.parent_id for row in written if row.parent_id}
    for row in written:
        # A whole goes once its parts have left it; no weight is counted twice.
        if row.pk not in had_parts:
            row.parent = whole[_belongs_to(row)]
            row.position += len(whole)
            row.save()
    held.criteria.filter(pk__in=had_parts, key="").delete()
    for one in whole.values():
        if held.criteria.filter(parent=one).exists():
            _weigh_as_its_parts(one)


def _belongs_to(row: Criterion) -> str:
    """The key criterion that something written before is a part of; members may move it."""
    found = health_library().suggestions.get(row.suggestion)
    if found is not None:
        return found.part_of
    return Criterion.Key.VALUE if row.is_price else Criterion.Key.QUALITY


def _weigh_as_its_parts(whole: Criterion) -> None:
    whole.weight = sum((part.weight for part in whole.parts.all()), Decimal(0))
    whole.save(update_fields=["weight"])


def _let_go_of_the_five(held: CriteriaSet) -> None:
    """Another law binds: the five are criteria like any, and a price is no part of one."""
    price = held.criteria.filter(is_price=True).exclude(parent=None).first()
    if price is not None and price.parent is not None:
        whole, price.parent = price.parent, None
        price.save(update_fields=["parent"])
        if whole.parts.exists():
            _weigh_as_its_parts(whole)
        else:
            whole.delete()
    held.criteria.filter(weight=0).delete()
    held.criteria.exclude(key="").update(key="")
    for name in BASICS:
        setattr(held, name, "")
    held.save(update_fields=BASICS)


def _word_anew(held: CriteriaSet, was: Standing) -> None:
    """The library's own wording becomes that for what they are for now."""
    standing = Standing(held.what_for)
    before, now = suggestions_for(was), suggestions_for(standing)
    for row in held.criteria.exclude(suggestion=""):
        old, new = before.get(row.suggestion), now.get(row.suggestion)
        if old and new and row.asks == old.asks[was]:
            row.asks, row.judged = new.asks[standing], new.judged
            row.title = new.title if row.title == old.title else row.title
            row.save(update_fields=["asks", "judged", "title"])
    keys = {one.key: one.asks for one in health_library().key_criteria}
    for row in held.criteria.exclude(key=""):
        if row.asks == keys[row.key].get(was):
            row.asks = keys[row.key][standing]
            row.save(update_fields=["asks"])


def _no_price(held: CriteriaSet) -> None:
    """No price is held against others: what the money achieves is weighed in its place."""
    price = held.criteria.filter(is_price=True).first()
    if price is None:
        return
    there = held.criteria.filter(suggestion=_MONEY).first()
    if there is not None:
        there.weight += price.weight
        there.save(update_fields=["weight"])
        price.delete()
    else:
        _come_to_be(price, suggestions_for(Standing(held.what_for))[_MONEY], held)


def _a_price_again(held: CriteriaSet) -> None:
    """Where something is bought after all, what a grant's money was to do becomes the price."""
    asks = grant_suggestions()[_MONEY].asked(Standing.GRANT)
    alone = held.criteria.filter(parent=None, parts=None)
    row = alone.filter(suggestion=_MONEY, asks=asks).first()
    if row is not None and not held.criteria.filter(is_price=True).exists():
        row.minimum = None
        _come_to_be(row, suggestions_for(Standing(held.what_for))["price"], held)


def _come_to_be(row: Criterion, found: Suggestion, held: CriteriaSet) -> None:
    """What a criterion says becomes what a suggestion says; its weight stays."""
    row.title, row.judged, row.is_price = found.title, found.judged, found.is_price
    row.asks, row.suggestion = found.asked(Standing(held.what_for)), found.key
    row.save()


def score_by_the_library(held: CriteriaSet) -> None:
    """A scale to begin from; where nobody writes an offer, a score says what is found.

    A meaning that is nobody's own is put in; members' own words stay.
    """
    mine, other = library().scale, health_library().scale_without_bids
    if not held.has_bids:
        mine, other = other, mine
    there = {one.score: one.words for one in held.scale.all()}
    for meant, not_meant in zip(mine, other, strict=True):
        if there.get(meant.score, not_meant.words) == not_meant.words:
            ScoreMeaning.objects.update_or_create(
                criteria_set=held, score=meant.score, defaults={"words": meant.words}
            )
