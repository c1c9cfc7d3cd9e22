"""The engine of decision trees: pure, quick, and without Django.

    tree = shipped_trees()["england-general"]
    walked = walk(tree, {"buyer": "council", ...}, begins=date(2026, 3, 1))
    walked.next_question        # the question that has no answer yet, or None
    walked.ranked               # every route: recommended, possible or excluded, and why

Law excludes; place ranks. `docs/trees.md` says how, and lists every id of the trees that ship.
"""

from .answers import AnswerError, Problem
from .facts import Fact, Facts, FactsOn
from .load import load_tree, shipped_facts, shipped_trees
from .rules_sheet import Delegation, PlaceRules, QuotationLevel
from .tree import Tree, TreeError
from .walk import FormFit, Note, Reason, Standing, Step, Walk, walk
from .what_if import Change, with_what_ifs

__all__ = [
    "AnswerError",
    "Change",
    "Delegation",
    "Fact",
    "Facts",
    "FactsOn",
    "FormFit",
    "Note",
    "PlaceRules",
    "Problem",
    "QuotationLevel",
    "Reason",
    "Standing",
    "Step",
    "Tree",
    "TreeError",
    "Walk",
    "load_tree",
    "shipped_facts",
    "shipped_trees",
    "walk",
    "with_what_ifs",
]
