"""Where everything stands in the picture of a tree; templates draw it, and this only measures.

Units are those of the SVG's viewBox. A section is a column; in it, questions stand in rows, each
below the last question of its section that can lead to it. Boxes stand on one grid, and lines run
only in the gaps between its rows and lanes, so that none passes behind a box. A narrow screen gets
`outline` instead: the same as a list in a list.
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
HEAD, MARGIN = 64, 28
HEAD_LETTER = 9  # how wide a letter of a heading is, at most on average
LANES = 3  # of a section; what is more than that stands a row lower
TALL = 10  # rows; a longer section in which one question follows another goes on beside itself
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

    def line_at(self) -> list[tuple[int, int, str]]:
        """Each line of the heading with its place: none is wider than its section."""
        lines = textwrap.wrap(self.title, self.width // HEAD_LETTER)[:2]
        return [(self.x, 20 + number * LINE, each) for number, each in enumerate(lines)]


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
    steps = _steps(tree)
    full: dict[str, list[int]] = {}
    for name, step in steps.items():
        held = full.setdefault(tree.questions[name].section, [])
        held.extend([0] * (step + 1 - len(held)))
        held[step] += 1
    taken: dict[tuple[str, int], int] = {}
    cells: dict[str, tuple[int, int]] = {}
    for name, step in steps.items():
        section = tree.questions[name].section
        place = taken.get((section, step), 0)
        taken[section, step] = place + 1
        above = sum(-(-count // LANES) for count in full[section][:step])
        lane, row = place % LANES, above + place // LANES
        alone = max(full[section]) == 1
        cells[name] = (row // TALL, row % TALL) if alone else (lane, row)
    return cells


def _steps(tree: Tree) -> dict[str, int]:
    """How many questions of its own section must stand above each question."""
    graph = edges(tree)
    steps: dict[str, int] = {}
    told: dict[str, int] = {}
    for name in _in_order(graph, tree.start):
        step = told[name] = steps.setdefault(name, 0)
        for after in graph[name]:
            if tree.questions[after].section == tree.questions[name].section:
                steps[after] = max(steps.get(after, 0), step + 1)
    return told


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
    """Out below the one box, along the gaps between rows and lanes, and in above the other."""
    out, into = start.x + start.width // 2, end.x + end.width // 2
    below, above = start.y + start.height + GAP // 2, end.y - GAP // 2
    beside = end.x - GAP // 2
    turns = [(out, start.y + start.height), (out, below)]
    if below != above:
        turns += [(beside, below), (beside, above)]
    turns += [(into, above), (into, end.y)]
    return tuple(turn for turn, _ in itertools.groupby(turns))


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
