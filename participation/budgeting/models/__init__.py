"""The tables of a participatory budget: the round, the register, the ballot box, the result."""

from participation.budgeting.models.box import Ballot, Closing, Sealed, Slip, SlipEntry
from participation.budgeting.models.register import (
    Batch,
    CardSheet,
    Credential,
    Elector,
    RegisterEvent,
    RollEntry,
)
from participation.budgeting.models.results import Adoption, Award, Count, OwnerTold
from participation.budgeting.models.rounds import (
    AreaBudget,
    ClosedEarly,
    ClosesMoved,
    Project,
    Round,
)

__all__ = [
    "Adoption",
    "AreaBudget",
    "Award",
    "Ballot",
    "Batch",
    "CardSheet",
    "ClosedEarly",
    "ClosesMoved",
    "Closing",
    "Count",
    "Credential",
    "Elector",
    "OwnerTold",
    "Project",
    "RegisterEvent",
    "RollEntry",
    "Round",
    "Sealed",
    "Slip",
    "SlipEntry",
]
