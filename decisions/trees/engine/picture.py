"""Where everything stands in the picture of a tree; templates draw it, and this only measures.

Units are those of the SVG's viewBox. A section is a column; in it, questions stand in rows, each
below the last question of its section that can lead to it. A narrow screen gets `outline`
instead: the same as a list in a list.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from .conditions import ALWAYS, Is, everything_in
from .flow import edges
from .tree import END, Branch, Question, Tree
from .walk import Walk

BOX, GAP, ROW = 200, 24, 96
LINE, LETTERS, LINES = 18, 27, 3
HEAD, MARGIN = 48, 16
ASKED, NEXT, OTHER = "asked", "next", "other"


@dataclass(frozen=True, slots=True)
class Node:
    """A question's box. state: asked (on the path walked), next, or other. answer: as given."""

    question: str
    lines: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int
    state: str
    answer: str = ""

    def line_at(self) -> list[tuple[int, int, str]]:
        """Each line of text with its place."""
        top = self.y + 22
        return [(self.x + 10, top + number * LINE, each) for number, each in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one box to another. walked: whether the walk went along it."""

    start: str
    end: str
    points: tuple[tuple[int, int], ...]
    walked: bool

    @property
    def path(self) -> str:
        """For an SVG path's d attribute."""
        return "M" + " L".join(f"{x} {y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Column:
    """A section's heading."""

    title: str
    x: int
    width: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the SVG draws."""

    width: int
    height: int
    columns: tuple[Column, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the outline: a question under its section, with where its answers lead."""

    question: Question
    state: str
    answer: str
    leads: tuple[tuple[str, str], ...]


def picture(tree: Tree, walked: Walk | None = None) -> Picture:
    """The whole tree, with the path walked marked where there is one."""
    cells = _cells(tree)
    lefts, columns = _columns(tree, cells)
    nodes = {
        name: _node(tree.questions[name], lefts[tree.questions[name].section], cell, walked)
        for name, cell in cells.items()
    }
    right = max((column.x + column.width for column in columns), default=0)
    bottom = max((node.y + node.height for node in nodes.values()), default=0)
    return Picture(
        right + MARGIN,
        bottom + MARGIN,
        tuple(columns),
        tuple(nodes.values()),
        tuple(_edges(tree, nodes, walked)),
    )


def _cells(tree: Tree) -> dict[str, tuple[int, int]]:
    """(lane, row) of each question in its section."""
    graph = edges(tree)
    rows: dict[str, int] = {}
    taken: dict[tuple[str, int], int] = {}
    cells: dict[str, tuple[int, int]] = {}
    for name in _in_order(graph, tree.start):
        section = tree.questions[name].section
        row = rows.setdefault(name, 0)
        lane = taken.get((section, row), 0)
        taken[section, row] = lane + 1
        cells[name] = (lane, row)
        for after in graph[name]:
            if tree.questions[after].section == section:
                rows[after] = max(rows.get(after, 0), row + 1)
    return cells


def _in_order(graph: dict[str, tuple[str, ...]], start: str) -> Iterator[str]:
    """Every question after all those that lead to it."""
    done: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        seen.add(name)
        for after in reversed(graph[name]):
            if after not in seen:
                visit(after)
        done.append(name)

    if start in graph:
        visit(start)
    yield from reversed(done)


def _columns(tree: Tree, cells: dict[str, tuple[int, int]]) -> tuple[dict[str, int], list[Column]]:
    lanes: dict[str, int] = {}
    for name, (lane, _) in cells.items():
        section = tree.questions[name].section
        lanes[section] = max(lanes.get(section, 0), lane + 1)
    lefts, columns, x = {}, [], MARGIN
    for section, count in lanes.items():
        width = count * (BOX + GAP) - GAP
        lefts[section] = x
        columns.append(Column(tree.sections.get(section, section), x, width))
        x += width + 2 * GAP
    return lefts, columns


def _node(question: Question, left: int, cell: tuple[int, int], walked: Walk | None) -> Node:
    lane, row = cell
    state, answer = state_of(question, walked)
    lines = textwrap.wrap(question.text, LETTERS, max_lines=LINES, placeholder=" …")
    x, y = left + lane * (BOX + GAP), HEAD + row * ROW
    return Node(question.id, tuple(lines), x, y, BOX, ROW - GAP, state, answer)


def state_of(question: Question, walked: Walk | None) -> tuple[str, str]:
    """(state, answer in words) of a question in a walk."""
    if walked is None:
        return OTHER, ""
    for step in walked.path:
        if step.question == question.id:
            choice = question.answers.get(step.text)
            return ASKED, choice.text if choice else step.text
    return (NEXT if walked.next_question is question else OTHER), ""


def _edges(tree: Tree, nodes: dict[str, Node], walked: Walk | None) -> Iterator[Edge]:
    steps = [step.question for step in walked.path] if walked else []
    if walked and walked.next_question:
        steps.append(walked.next_question.id)
    along = set(itertools.pairwise(steps))
    for name, following in edges(tree).items():
        for after in following:
            if name in nodes and after in nodes:
                points = _line(nodes[name], nodes[after])
                yield Edge(name, after, points, (name, after) in along)


def _line(start: Node, end: Node) -> tuple[tuple[int, int], ...]:
    """Down to the next row, or across the gap to the next column."""
    half = start.width // 2
    if end.x + end.width >= start.x and end.y > start.y:
        middle = end.y - GAP // 2
        from_x, to_x = start.x + half, end.x + half
        return ((from_x, start.y + start.height), (from_x, middle), (to_x, middle), (to_x, end.y))
    right, gap = start.x + start.width, end.x - GAP
    y, to_y = start.y + start.height // 2, end.y + end.height // 2
    return ((right, y), (gap, y), (gap, to_y), (end.x, to_y))


def outline(tree: Tree, walked: Walk | None = None) -> list[tuple[str, list[Line]]]:
    """The same as the picture, as sections with their questions and where answers lead."""
    sections: dict[str, list[Line]] = {}
    for question in tree.questions.values():
        state, answer = state_of(question, walked)
        line = Line(question, state, answer, tuple(_leads(tree, question)))
        sections.setdefault(tree.sections.get(question.section, question.section), []).append(line)
    return list(sections.items())


def _leads(tree: Tree, question: Question) -> Iterator[tuple[str, str]]:
    """(answers, where they lead) for each branch; an empty first word where all others go."""
    for branch in question.next:
        following = tree.questions.get(branch.go)
        words = following.text if following else "" if branch.go == END else branch.go
        yield _answers_of(branch, question), words


def _answers_of(branch: Branch, question: Question) -> str:
    if branch.when == ALWAYS:
        return ""
    told = [
        question.answers[answer].text
        for atom in everything_in(branch.when)
        if isinstance(atom, Is) and atom.question == question.id
        for answer in question.answers
        if answer in atom.wanted
    ]
    return ", ".join(told)
