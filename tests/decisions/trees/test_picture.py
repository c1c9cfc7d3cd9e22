"""The picture of a tree: every question once, nothing on top of anything, the path marked."""

from itertools import pairwise

import pytest

from decisions.trees.engine import shipped_trees, walk
from decisions.trees.engine.picture import outline, picture
from tests.decisions.trees.base import SPRING, general, place_not_known


@pytest.mark.parametrize("name", ["england-general", "england-health"])
def test_every_question_has_its_own_place(name: str) -> None:
    tree = shipped_trees()[name]
    drawn = picture(tree)
    assert {node.question for node in drawn.nodes} == set(tree.questions)
    boxes = {(node.x, node.y) for node in drawn.nodes}
    assert len(boxes) == len(drawn.nodes)
    assert all(n.x >= 0 and n.x + n.width <= drawn.width for n in drawn.nodes)
    assert all(n.y >= 0 and n.y + n.height <= drawn.height for n in drawn.nodes)
    assert all(edge.path.startswith("M") for edge in drawn.edges)


@pytest.mark.parametrize("name", ["england-general", "england-health"])
def test_no_line_runs_behind_a_box_or_out_of_the_picture(name: str) -> None:
    drawn = picture(shipped_trees()[name])
    for edge in drawn.edges:
        for (x, y), (to_x, to_y) in pairwise(edge.points):
            left, right, top, bottom = min(x, to_x), max(x, to_x), min(y, to_y), max(y, to_y)
            assert left >= 0
            assert right <= drawn.width
            assert top > 40, "a heading stands above the first row"
            assert bottom <= drawn.height
            for box in drawn.nodes:
                beside = right <= box.x or left >= box.x + box.width
                apart = bottom <= box.y or top >= box.y + box.height
                assert beside or apart, (edge.start, edge.end, box.question)


@pytest.mark.parametrize("name", ["england-general", "england-health"])
def test_the_picture_is_not_wider_than_a_wall_reads(name: str) -> None:
    assert picture(shipped_trees()[name]).width <= 3000


def test_the_path_walked_is_marked_and_the_next_question_too() -> None:
    walked = general()
    drawn = picture(walked.tree, walked)
    asked = {node.question for node in drawn.nodes if node.state == "asked"}
    assert asked == {step.question for step in walked.path}
    assert sum(edge.walked for edge in drawn.edges) == len(walked.path) - 1
    tree = walked.tree
    half = walk(tree, place_not_known(tree), SPRING)
    assert [n.question for n in picture(tree, half).nodes if n.state == "next"] == ["label"]


def test_the_outline_says_the_same_in_words() -> None:
    walked = general(buyer="council")
    lines = [line for _, section in outline(walked.tree, walked) for line in section]
    assert {line.question.id for line in lines} == set(walked.tree.questions)
    buyer = next(line for line in lines if line.question.id == "buyer")
    assert (buyer.state, buyer.answer) == ("asked", "A council")
    assert buyer.leads[0][0] == "A council"
