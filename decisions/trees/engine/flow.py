"""The questions as a graph: where they lead, in circles or nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from .conditions import ALWAYS, names_in
from .tree import END, Tree

Found = Iterator[tuple[str, str]]


def edges(tree: Tree) -> dict[str, tuple[str, ...]]:
    """For each question, those that may follow it."""
    return {
        question.id: tuple(
            dict.fromkeys(branch.go for branch in question.next if branch.go in tree.questions)
        )
        for question in tree.questions.values()
    }


def reached_from(tree: Tree, start: str) -> frozenset[str]:
    """Every question that may still be asked from one on, whatever is answered."""
    graph, found, waiting = edges(tree), {start}, [start]
    while waiting:
        new = set(graph[waiting.pop()]) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def flow_problems(tree: Tree) -> Found:
    """Questions that lead nowhere, in a circle, or that nothing leads to."""
    if not tree.questions or not tree.options:
        yield "tree", "a tree needs questions and routes"
        return
    if tree.start not in tree.questions:
        yield "start", f"there is no question “{tree.start}”"
        return
    yield from _dead_ends(tree)
    circle = find_circle(edges(tree))
    if circle:
        yield f"questions.{circle[0]}", f"goes round in a circle: {' > '.join(circle)}"
        return
    yield from _unreachable(tree)
    yield from _looking_ahead(tree)


def _dead_ends(tree: Tree) -> Found:
    for question in tree.questions.values():
        where = f"questions.{question.id}.next"
        for branch in question.next:
            if branch.go != END and branch.go not in tree.questions:
                yield where, f"there is no question “{branch.go}”"
        if question.next and question.next[-1].when != ALWAYS:
            yield where, "does not say where to go when none of these is so"
        for branch in question.next[:-1]:
            if branch.when == ALWAYS:
                yield where, f"nothing after “{branch.go}” can be reached, as it is always taken"


def find_circle(graph: dict[str, tuple[str, ...]]) -> list[str]:
    """A circle, from a question back to itself; empty where there is none."""
    done: set[str] = set()
    for start, nexts in graph.items():
        trail: list[str] = []
        stack = [(start, iter(nexts))] if start not in done else []
        trail.extend(name for name, _ in stack)
        while stack:
            name, following = stack[-1]
            after = next((each for each in following if each not in done), None)
            if after is None:
                done.add(name)
                stack.pop()
                trail.pop()
            elif after in trail:
                return [*trail[trail.index(after) :], after]
            else:
                trail.append(after)
                stack.append((after, iter(graph[after])))
    return []


def reachable(graph: dict[str, tuple[str, ...]], start: str) -> set[str]:
    """Every question that some path asks."""
    found, waiting = {start}, [start]
    while waiting:
        for name in graph[waiting.pop()]:
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found


def _unreachable(tree: Tree) -> Found:
    found = reachable(edges(tree), tree.start)
    for name in tree.questions:
        if name not in found:
            yield f"questions.{name}", "no path leads to this question"


def _looking_ahead(tree: Tree) -> Found:
    """Branches that look at a question which is asked only later."""
    graph = edges(tree)
    for question in tree.questions.values():
        later = reachable(graph, question.id) - {question.id}
        for branch in question.next:
            for name in sorted(names_in(branch.when) & later):
                yield f"questions.{question.id}.next", f"looks at “{name}”, which is asked later"
