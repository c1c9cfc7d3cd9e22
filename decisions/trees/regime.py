"""Which law the purchase or award of a walk is under, which decides the duties that bind.

Worked out from the walk's own answers and the tree's own tests, so that no second rule can say
otherwise. ``OPEN``: nothing is bought, or not enough has been answered to know.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from decisions.trees.engine import AnswerError, Tree, shipped_trees
from decisions.trees.engine.answers import read_answer
from decisions.trees.engine.conditions import Case
from decisions.trees.models import Appraisal
from decisions.trees.pinned import tree_of
from decisions.trees.standpoint import Standing


class Regime(StrEnum):
    """The law that a purchase or award is under."""

    ABOVE = "above"
    BELOW = "below"
    HEALTH = "health"
    GRANT = "grant"
    OPEN = "open"


# Tests that the trees for England name, in the order in which they are asked.
TESTS: Final = (
    ("in_health_regime", Regime.HEALTH),
    ("in_scope", Regime.HEALTH),
    ("a_grant", Regime.GRANT),
    ("at_or_above", Regime.ABOVE),
    ("below", Regime.BELOW),
)
# By these what there is now goes on: a grant that is extended is given, and is a grant still.
GOES_ON: Final = frozenset({"change_nothing", "extend_or_vary"})
# Families of routes whose law no value changes.
LAW_OF_ITS_OWN: Final = frozenset({"health", "grant"})


def regime_of(walk: Appraisal, route: str = "") -> Regime:
    """The law that a walk is under; of a route that is chosen, the law of that route."""
    case, answers = _case_of(walk)
    given = _holds("a_grant", case) or _holds("may_be_given", case)
    if route in GOES_ON and answers.get("present") == "grant" and given:
        return Regime.GRANT
    options = case.tree.options
    return regime_in(case, options[route].family if route in options else "")


def holds_in(walk: Appraisal, test: str) -> bool:
    """Whether a test of the tree's own holds for what the walk answered."""
    return _holds(test, _case_of(walk)[0])


def _case_of(walk: Appraisal) -> tuple[Case, Mapping[str, str]]:
    tree = tree_of(walk.tree)
    case = Case(tree, walk.begins_on, tree.facts.on(walk.begins_on))
    answers = answers_of(walk)
    for key, value in answers.items():
        _take_in(case, tree, key, value)
    return case, answers


def regime_in(case: Case, family: str = "") -> Regime:
    """The law of a case; of a route of that family, the law of that route."""
    if family in LAW_OF_ITS_OWN:
        return Regime(family)
    found = [regime for name, regime in TESTS if _holds(name, case)]
    if family:
        # A route that was chosen is bought, or it is not, whatever else the money could have paid.
        found = [one for one in found if one != Regime.GRANT and family not in NOT_BOUGHT]
    return found[0] if found else Regime.OPEN


def _holds(test: str, case: Case) -> bool:
    return test in case.tree.tests and case.tree.tests[test].holds(case)


def regime_of_route(route: str) -> Regime:
    """The law that a route is under where no walk says what it is worth: by its kind alone."""
    for tree in shipped_trees().values():
        if route in tree.options:
            return BY_FAMILY.get(tree.options[route].family, Regime.OPEN)
    return Regime.OPEN


BY_FAMILY: Final = {
    "health": Regime.HEALTH,
    "grant": Regime.GRANT,
    "below_threshold": Regime.BELOW,
}
NOT_BOUGHT: Final = frozenset({"as_is", "market", "community", "public", "individual", "stop"})


def answers_of(walk: Appraisal) -> Mapping[str, str]:
    """What a walk answered, by question: as it was locked, or as it stands."""
    if walk.result is not None:
        return {row["question"]: row["answer"] for row in walk.result["path"]}
    return Standing(walk).working.answers


def _take_in(case: Case, tree: Tree, key: str, value: Any) -> None:
    if key not in tree.questions:
        return
    try:
        case.answer(key, read_answer(tree.questions[key], value))
    except AnswerError:
        return
