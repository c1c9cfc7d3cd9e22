"""Tables of trees: the place's rules sheet, versions of trees, and walks of them."""

from decisions.trees.models.versions import RulesSheet, TreeVersion
from decisions.trees.models.walks import (
    LONGEST_REASON,
    Appraisal,
    EvidencePick,
    Recommendation,
    Seat,
    SeatAnswer,
    Settlement,
)

__all__ = [
    "LONGEST_REASON",
    "Appraisal",
    "EvidencePick",
    "Recommendation",
    "RulesSheet",
    "Seat",
    "SeatAnswer",
    "Settlement",
    "TreeVersion",
]
