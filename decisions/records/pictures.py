"""The pictures of a record as JSON values: drawn by the same templates as those of the pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from commissioning.ground.answers import Text
from decisions.costs import picture as cost_picture
from decisions.costs.rows import RouteCost
from decisions.questions.plan.backward import Plan
from decisions.questions.plan.picture import draw
from decisions.questions.plan_drawn import drawn_as_json
from decisions.records import blocks
from decisions.records.blocks import Block
from decisions.trees.engine.picture import picture as tree_picture
from decisions.trees.models import Appraisal
from decisions.trees.path_picture import path_picture
from decisions.trees.standpoint import Standing


def path(result: Mapping[str, Any]) -> Block | None:
    """The path that was walked; nothing for a walk without a step."""
    if not result["path"]:
        return None
    return blocks.picture(
        "decisions/trees/_path_picture.html",
        _("The path that was walked: each question in its box, the answer in bold."),
        path_picture(result["path"]),
        whole=[
            word for row in result["path"] for word in (row["section"], row["text"], row["said"])
        ],
    )


def tree(walk: Appraisal) -> Block:
    """The whole tree with the path walked, for a wall."""
    standing = Standing(walk)
    drawn = tree_picture(standing.tree, standing.working.walked)
    return blocks.picture(
        "decisions/trees/_tree_on_paper.html",
        _("The whole tree: the boxes and lines of the path that was walked are green."),
        {
            # Whole, so that what is left out of a public edition is found in it.
            "words": [one.text for one in standing.tree.questions.values()],
            "width": drawn.width,
            "height": drawn.height,
            "columns": [
                {"title": one.title, "x": one.x, "line_at": [list(line) for line in one.line_at()]}
                for one in drawn.columns
            ],
            "edges": [{"path": one.path, "walked": one.walked} for one in drawn.edges],
            "nodes": [
                {
                    "x": one.x,
                    "y": one.y,
                    "width": one.width,
                    "height": one.height,
                    "state": one.state,
                    "line_at": [list(line) for line in one.line_at()],
                }
                for one in drawn.nodes
            ],
        },
        "wall",
    )


def bars(compared: list[RouteCost], marks: Mapping[str, Text]) -> Block:
    """What each route costs, to one scale."""
    return blocks.picture(
        "decisions/costs/bars_on_paper.html",
        _(
            "Solid: the authority's cash and staff time. Striped: other people's time. The two lie "
            "end to end to be compared; nobody pays both. Lines run from low to high."
        ),
        cost_picture.as_json(cost_picture.bars(compared, marks)),
    )


def plan(found: Plan) -> Block:
    """The backward plan as bars on a line of months."""
    return blocks.picture(
        "decisions/questions/plan_picture.html",
        _("Bars on a line of months: dashed ones run beside the line, diamonds are single days."),
        drawn_as_json(draw(found, None)),
    )
