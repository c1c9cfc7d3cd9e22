"""The answers behind a reason as people read them: the question's words and the answer's.

A reason names them by their ids (``small_provider_risk=high, payment_for=service``), also in a
result that was locked; the pinned tree has the words.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from commissioning.ground.money import money_text
from decisions.trees.cited import cited, rests_on
from decisions.trees.closed import is_of_the_case
from decisions.trees.engine import Tree
from decisions.trees.engine.words import day_text
from decisions.trees.results import said_in_words

Row = dict[str, Any]
Told = tuple[str, str]


def in_peoples_words(tree: Tree, row: Row) -> Row:
    """A route whose reasons say in ``told`` what was answered, and which are of no law."""
    reasons = [
        one
        | {"told": answers_told(tree, one["answer"]), "of_the_case": is_of_the_case(one)}
        | {"rests_on": rests_on(one), "cited": cited(one)}
        for one in row["because"]
    ]
    return row | {"because": reasons}


def answers_told(tree: Tree, answer: str) -> list[Told]:
    """Each as what was asked, and what was said ("" where nothing was)."""
    return [_told(tree, *one.partition("=")[::2]) for one in answer.split(", ") if one]


def _told(tree: Tree, key: str, value: str) -> Told:
    if key in tree.questions:
        return tree.questions[key].text, said_in_words(tree, key, value) if value else ""
    if key in tree.figures:
        return tree.figures[key].title, money_text(Decimal(value)) if value else ""
    return _outside(key), day_text(date.fromisoformat(value)) if value else ""


def _outside(key: str) -> str:
    """What no question asks: the day that it begins, and the place's own rules sheet."""
    return _("The day it begins") if key == "begins" else _("The place's own rules sheet of")
