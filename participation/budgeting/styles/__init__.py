"""Ballot styles: each one module behind this registry."""

from participation.budgeting.styles.approval import Approval
from participation.budgeting.styles.base import Option, Style
from participation.budgeting.styles.budget import WithinBudget
from participation.budgeting.styles.points import Points
from participation.budgeting.styles.ranking import Ranking
from participation.budgeting.styles.registry import styles
from participation.budgeting.styles.score import ScoreEvery

for _style in (Approval(), WithinBudget(), ScoreEvery(), Points(), Ranking()):
    styles.register(_style.name, _style)

__all__ = ["Option", "Style", "styles"]
