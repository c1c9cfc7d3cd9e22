"""What an answer speaks for, before the walk is at its end: counted, never scored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from decisions.trees.engine import Tree, Walk
from decisions.trees.engine.answers import Value, read_answer
from decisions.trees.engine.conditions import Case
from decisions.trees.engine.tree import Question
from decisions.trees.engine.walk import Step


@dataclass(frozen=True, slots=True)
class Effect:
    """Routes that one answer raises and lowers, by title."""

    raises: tuple[str, ...] = ()
    lowers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.raises or self.lowers)


def case_before(walked: Walk, key: str) -> Case:
    """What was known when the question was asked."""
    case = Case(walked.tree, walked.begins, walked.tree.facts.on(walked.begins))
    for step in walked.path:
        if step.question == key:
            break
        case.visible[step.question] = step.answer
    return case


def effect_of(walked: Walk, key: str, value: Value) -> Effect:
    """What this answer to this question would raise and lower, with the answers before it."""
    case = case_before(walked, key)
    case.answer(key, value)
    raises: dict[str, None] = {}
    lowers: dict[str, None] = {}
    for weight in walked.tree.weights:
        if not weight.when.holds(case) or key not in weight.when.witness(case):
            continue
        option = walked.tree.options.get(weight.target)
        if option is not None and option.may_win:
            (raises if weight.raises else lowers)[option.title] = None
    return Effect(tuple(raises), tuple(lowers))


def effects(walked: Walk, question: Question) -> dict[str, Effect]:
    """For each answer of a question with answers to choose from."""
    if question.kind not in ("choice", "yes_no"):
        return {}
    return {answer: effect_of(walked, question.id, answer) for answer in question.answers}


def spoken_for(
    tree: Tree, begins: date, steps: Sequence[Step], trying: Mapping[str, str]
) -> list[tuple[str, int]]:
    """Routes by title, with how many answers so far speak for each less those against."""
    case = Case(tree, begins, tree.facts.on(begins))
    for step in steps:
        case.visible[step.question] = step.answer
    for key, value in trying.items():
        case.visible[key] = read_answer(tree.questions[key], value)
    counted: Counter[str] = Counter()
    for weight in tree.weights:
        option = tree.options.get(weight.target)
        if option is not None and option.may_win and weight.when.holds(case):
            counted[weight.target] += 1 if weight.raises else -1
    order = list(tree.options)
    found = sorted(counted.items(), key=lambda one: (-one[1], order.index(one[0])))
    return [(tree.options[option].title, count) for option, count in found if count]
