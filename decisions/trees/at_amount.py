"""The law of a locked walk once more, at another sum than the one that it was walked with.

A route rests on limits. Whoever decides another sum than was estimated may step over one, so each
need of the route, the law that it is under and its notices are asked again for the new sum. The
whole of the other answers stays as it was locked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.money import money_text
from decisions.trees.engine import Fact, PlaceRules, Tree
from decisions.trees.engine.answers import Value, read_answer
from decisions.trees.engine.conditions import Case, Compare, Condition, everything_in
from decisions.trees.engine.sheet_notes import rules_notes
from decisions.trees.engine.tree import Need, NoteRule, Option, Term
from decisions.trees.engine.words import filled
from decisions.trees.models import Appraisal
from decisions.trees.pinned import rules_of, tree_of
from decisions.trees.regime import LAW_OF_ITS_OWN, TESTS, regime_in

NET, OPTIONS, VAT, NEXT, ONE = (
    *("net_value", "options_value", "vat_amount"),
    *("proposed_lifetime_value", "award_to_one"),
)
BY_AUTHORITY: Final = "change_by_authority"
NEAR: Final = Decimal("0.05")  # of a limit, below it
PENNY: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class AtAmount:
    """What another sum changes. Each is a sentence with its source.

    closed: why the route is not open any more. crossed: limits that were stepped over, and what
    follows. near: limits that it comes close to. figures: what was worked out with the old sum and
    is otherwise now.
    """

    walked: Decimal
    closed: tuple[str, ...] = ()
    crossed: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    figures: tuple[Decimal, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the walk carries the sum."""
        return not self.closed and not self.crossed


def at_amount(
    walk: Appraisal, route: str, amount: Decimal, *, to_one: bool = False
) -> AtAmount | None:
    """A locked walk's route at another sum, without VAT and for the whole of it.

    ``to_one``: all of it goes to one. None where the walk holds no sum, or that very one.
    """
    tree = tree_of(walk.tree)
    option, answers = tree.options.get(route), _answers(tree, walk)
    walked = _sum(answers)
    if option is None or walked is None or walked == amount:
        return None
    before = _case(tree, walk, answers)
    now = _case(tree, walk, _with(answers, walked, amount, to_one=to_one))
    unmet, due = _unmet(option, before, now), _newly_due(option, before, now)
    rest_on = [one.that for one in unmet] + [one.when for one in due]
    if regime_in(before, option.family) != regime_in(now, option.family):
        rest_on += _tests(tree)
    turned = (one for one in _limits(rest_on) if one.holds(before) != one.holds(now))
    return AtAmount(
        walked=walked,
        closed=tuple(_sourced(filled(one.fails, now), _law(one, tree)) for one in unmet),
        crossed=tuple(
            dict.fromkeys([*(_limit(one, now) for one in turned), *(_due(one, now) for one in due)])
        ),
        near=tuple(dict.fromkeys(_near(option, before, now))),
        figures=tuple(_other_figures(before, now)),
    )


def key_by_own_sum(walk: Appraisal, amount: Decimal) -> str:
    """What the body's own sheet notes where the sum makes it a key decision; "" where not."""
    tree, rules = tree_of(walk.tree), rules_of(walk.sheet)
    answers = _answers(tree, walk)
    walked = _sum(answers)
    if rules is None or walked is None:
        return ""
    return _key_note(_case(tree, walk, _with(answers, walked, amount, to_one=False)), rules)


def _key_note(case: Case, rules: PlaceRules) -> str:
    return next((one.words for one in rules_notes(case, rules) if one.id == "key_decision"), "")


def _answers(tree: Tree, walk: Appraisal) -> dict[str, Value]:
    path = (walk.result or {}).get("path", [])
    return {
        row["question"]: read_answer(tree.questions[row["question"]], row["answer"])
        for row in path
        if row["question"] in tree.questions
    }


def _case(tree: Tree, walk: Appraisal, answers: Mapping[str, Value]) -> Case:
    case = Case(tree, walk.begins_on, tree.facts.on(walk.begins_on))
    case.visible.update(answers)
    return case


def _sum(answers: Mapping[str, Value]) -> Decimal | None:
    """The sum that a walk went by: the next lifetime value, or the net value with its options."""
    parts = [answers[key] for key in (NEXT,) if key in answers]
    parts = parts or [answers[key] for key in (NET, OPTIONS) if key in answers]
    known = [one for one in parts if isinstance(one, Decimal)]
    return sum(known, Decimal(0)) if known else None


def _with(
    answers: Mapping[str, Value], walked: Decimal, amount: Decimal, *, to_one: bool
) -> dict[str, Value]:
    """The answers with the sum in place of the one that was walked."""
    changed = dict(answers)
    if NET in answers:
        changed[NET] = amount
        if OPTIONS in answers:
            changed[OPTIONS] = Decimal(0)
    tax = answers.get(VAT)
    if isinstance(tax, Decimal) and walked:
        changed[VAT] = (tax * amount / walked).quantize(PENNY)
    if NEXT in answers:
        changed[NEXT] = amount
        if amount > walked and BY_AUTHORITY in answers:
            # What the table that decides adds is the authority's own decision.
            changed[BY_AUTHORITY] = "yes"
    award = answers.get(ONE)
    if isinstance(award, Decimal) and (to_one or award in {walked, answers.get(NET)}):
        changed[ONE] = amount
    return changed


def _unmet(option: Option, before: Case, now: Case) -> list[Need]:
    """Needs of the law that were met at the old sum and are not at the new one."""
    return [
        need
        for need in option.needs
        if need.when.holds(now)
        and not need.that.holds(now)
        and (not need.when.holds(before) or need.that.holds(before))
    ]


def _newly_due(option: Option, before: Case, now: Case) -> list[NoteRule]:
    """Notices that are due at the new sum and were not at the old one."""
    return [
        one
        for one in now.tree.notes
        if one.kind == "notice"
        and (not one.options or option.id in one.options)
        and one.when.holds(now)
        and not one.when.holds(before)
    ]


def _due(one: NoteRule, case: Case) -> str:
    said = _sourced(filled(one.words, case), _law(one, case.tree) or one.source)
    return _("This has to be published then: %s") % said


def _law(one: Need | NoteRule, tree: Tree) -> str:
    return tree.laws[one.law].source if one.law else ""


def _tests(tree: Tree) -> list[Condition]:
    """What decides which law a purchase is under."""
    return [tree.tests[name] for name, _regime in TESTS if name in tree.tests]


def _limits(conditions: Iterable[Condition]) -> Iterator[Compare]:
    """Every comparison of a number in these."""
    for condition in conditions:
        yield from (one for one in everything_in(condition) if isinstance(one, Compare))


def _limit(one: Compare, case: Case) -> str:
    """That a figure is on the other side of its limit, and where the limit is written."""
    left, bound = case.number(one.left), one.bound(case)
    assert left is not None
    assert bound is not None
    words = (
        _("%(sum)s is less than %(limit)s")
        if left < bound
        else _("%(sum)s is more than %(limit)s")
        if one.how in {"more_than", "at_most"}
        else _("%(sum)s is not less than %(limit)s")
    )
    told = words % {"sum": money_text(left), "limit": money_text(bound)}
    return _sourced(f"{told}: {_what_of(one, case)}.", _source_of(one, case))


def _near(option: Option, before: Case, now: Case) -> Iterator[str]:
    """Limits that the new sum comes close to from below, without stepping over them."""
    rests_on = [each for need in option.needs for each in (need.that, need.when)]
    if option.family not in LAW_OF_ITS_OWN:
        rests_on += _tests(now.tree)
    for one in _limits(rests_on):
        left, bound = now.number(one.left), one.bound(now)
        if left is None or bound is None or one.holds(before) != one.holds(now):
            continue
        if 0 <= bound - left <= bound * NEAR and left != before.number(one.left):
            words = _("%(sum)s is close to %(limit)s: %(what)s.") % {
                "sum": money_text(left),
                "limit": money_text(bound),
                "what": _what_of(one, now),
            }
            yield _sourced(words, _source_of(one, now))


def _what_of(one: Compare, case: Case) -> str:
    """What is compared, and with which limit."""
    tree = case.tree
    figure = tree.figures.get(one.left)
    left = figure.title if figure else tree.questions[one.left].text
    fact = case.facts.get(one.fact) if one.fact else None
    bound = fact.title if fact else tree.figures[one.right].title if one.right else ""
    return " / ".join(part.rstrip(".?") for part in (left, bound) if part)


def _source_of(one: Compare, case: Case) -> str:
    if one.fact:
        fact = case.facts.get(one.fact)
        return fact.source if fact else ""
    figure = case.tree.figures.get(one.right or "")
    facts = (_fact_of(term, case) for term in figure.terms) if figure else ()
    return "; ".join(dict.fromkeys(fact.source for fact in facts if fact))


def _fact_of(term: Term, case: Case) -> Fact | None:
    key = term.fact or term.percent_fact
    return case.facts.get(key) if key and term.when.holds(case) else None


def _other_figures(before: Case, now: Case) -> Iterator[Decimal]:
    for key in before.tree.figures:
        was = before.figure(key)
        if was is not None and was != now.figure(key):
            yield was


def _sourced(words: str, source: str) -> str:
    return f"{words} ({source})" if source else words
