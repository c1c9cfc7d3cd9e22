"""The part of docs/trees.md that lists every id: written from the trees, so that it cannot drift.

python -m decisions.trees.engine.manual > /dev/null   # rewrites docs/trees.md in place
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .answers import plain
from .conditions import (
    All,
    AnyOf,
    Begins,
    Compare,
    Condition,
    Has,
    Is,
    Named,
    Not,
)
from .facts import Facts
from .load import shipped_facts, shipped_trees
from .tree import NoteRule, Question, Tree

MANUAL = Path(__file__).parent.parent.parent.parent / "docs" / "trees.md"
START, STOP = "<!-- ids: start -->", "<!-- ids: end -->"


def said(condition: Condition) -> str:
    """A condition in a few words."""
    if isinstance(condition, Named):
        return said(condition.condition)
    if isinstance(condition, Is):
        return (
            f"`{condition.question}` is {' or '.join(f'`{w}`' for w in sorted(condition.wanted))}"
        )
    if isinstance(condition, Has):
        return f"`{condition.question}` has `{condition.wanted}`"
    if isinstance(condition, Not):
        return f"not ({said(condition.condition)})"
    if isinstance(condition, All | AnyOf):
        word = " and " if isinstance(condition, All) else " or "
        return word.join(_inside(each, condition) for each in condition.conditions) or "always"
    return _bound(condition)


def _inside(condition: Condition, around: Condition) -> str:
    """A part of a condition; in brackets where "and" and "or" would run together."""
    while isinstance(condition, Named):
        condition = condition.condition
    mixed = isinstance(condition, All | AnyOf) and type(condition) is not type(around)
    return f"({said(condition)})" if mixed else said(condition)


def _bound(condition: Condition) -> str:
    if isinstance(condition, Begins):
        day = f"the first day of `{condition.fact}`" if condition.fact else str(condition.day)
        return f"it begins {'on or after' if condition.how == 'from' else 'before'} {day}"
    assert isinstance(condition, Compare)
    named = condition.fact or condition.right
    bound = f"`{named}`" if named else str(condition.number)
    return f"`{condition.left}` is {condition.how.replace('_', ' ')} {bound}"


def asked(tree: Tree, question: Question) -> str:
    """When a question is asked, by what leads to it."""
    ways = []
    for other in tree.questions.values():
        for number, branch in enumerate(other.next):
            if branch.go == question.id:
                whole = said(branch.when)
                rest = "otherwise" if number else "always"
                ways.append(f"after `{other.id}`: {rest if whole == 'always' else whole}")
    return "; ".join(ways) or "first"


def questions(tree: Tree) -> Iterator[str]:
    """Every question of a tree with its kind, when it is asked, and its answers."""
    section = ""
    for question in tree.questions.values():
        if question.section != section:
            section = question.section
            yield f"\n**{tree.sections.get(section, section)}**\n"
        kind = question.kind + (f", {question.unit}" if question.unit else "")
        yield f"- `{question.id}` ({kind}; {question.group}): {question.text}"
        if question.help:
            yield f"  {question.help}"
        yield f"  Asked {asked(tree, question)}."
        for answer in question.answers.values():
            more = f" ({answer.help})" if answer.help else ""
            yield f"  - `{answer.id}`: {answer.text}{more}"


def routes(tree: Tree) -> Iterator[str]:
    """Every route, and what the law needs for it."""
    for option in tree.options.values():
        yield f"- `{option.id}`: {option.title}. {option.summary}"
        for need in option.needs:
            condition = said(need.that)
            when = said(need.when)
            where = "" if when == "always" else f"where {when}, "
            yield f"  - needs: {where}{condition} ({tree.laws[need.law].source})"


def notes(tree: Tree) -> Iterator[str]:
    """Every notice, check, warning and stop: its id, its routes, when it is told, its words."""
    for kind, title in (("notice", "Notices"), ("check", "Checks"), ("warning", "Warnings")):
        rules = [note for note in tree.notes if note.kind == kind]
        yield from (f"\n**{title}**\n",) if rules else ()
        yield from (_note(rule) for rule in rules)
    if tree.contradictions:
        yield "\n**Contradictions, told among the warnings as soon as both answers are given**\n"
        yield from (f"- `{c.id}` where {said(c.when)}: {c.words}" for c in tree.contradictions)
    doubtful = [law for law in tree.laws.values() if law.doubtful]
    if doubtful:
        yield "\n**Checks of doubtful law, when the standing of a route rests on it**\n"
        yield from (f"- `check_{law.id}`: {law.words} ({law.source})" for law in doubtful)
    if tree.stops:
        yield "\n**Stops, told among the warnings**\n"
        yield from (f"- `{stop.id}`: where {said(stop.when)}. {stop.words}" for stop in tree.stops)


def _note(rule: NoteRule) -> str:
    when = said(rule.when)
    routes = ", ".join(f"`{option}`" for option in rule.options)
    where = f" (with {routes})" if routes else ""
    told = "" if when == "always" else f" where {when}"
    return f"- `{rule.id}`{where}{told}: {rule.words}"


def weights(tree: Tree) -> Iterator[str]:
    """What each place answer speaks for and against, and how strongly."""
    told: dict[tuple[str, str], dict[str, list[str]]] = {}
    for weight in tree.weights:
        side = "for" if weight.raises else "against"
        effect = f"{'strongly' if weight.strong else 'somewhat'} {side}"
        found = told.setdefault((said(weight.when), weight.words), {})
        found.setdefault(effect, []).append(f"`{weight.target}`")
    for (when, words), effects in told.items():
        sides = "; ".join(f"{effect} {', '.join(targets)}" for effect, targets in effects.items())
        yield f"- {when}: {sides}. {words}"


def figures(tree: Tree) -> Iterator[str]:
    """Every worked-out figure."""
    yield from (f"- `{figure.id}`: {figure.title}" for figure in tree.figures.values())


def facts_table(facts: Facts) -> Iterator[str]:
    """Every dated fact."""
    yield "| fact | from | to | amount | source | standing |"
    yield "|---|---|---|---|---|---|"
    for fact in facts.entries:
        amount = "" if fact.amount is None else f"{plain(fact.amount)} {fact.unit}"
        standing = "read" if fact.seen == "true" else "check before relying on it"
        yield (
            f"| `{fact.key}` {fact.title} | {fact.starts or ''} | {fact.ends or ''} | {amount}"
            f" | {fact.source} | {standing} |"
        )


def text() -> str:
    """The whole generated part."""
    lines: list[str] = []
    for tree in shipped_trees().values():
        lines += [f"\n## `{tree.id}`: {tree.title}\n", tree.summary]
        if tree.kind == "tree":
            lines += ["\n### Questions", *questions(tree), "\n### Routes\n", *routes(tree)]
            lines += ["\n### What the place's answers speak for\n", *weights(tree)]
            lines += ["\n### Figures\n", *figures(tree)]
        lines += ["\n### Notices, checks and warnings", *notes(tree)]
    lines += ["\n## Facts for England\n", *facts_table(shipped_facts("england"))]
    return "\n".join(lines).strip() + "\n"


def with_ids(manual: str) -> str:
    """The manual with its generated part written anew."""
    before, rest = manual.split(START)
    after = rest.split(STOP)[1]
    return f"{before}{START}\n{text()}{STOP}{after}"


if __name__ == "__main__":
    MANUAL.write_text(with_ids(MANUAL.read_text("utf-8")), "utf-8")
