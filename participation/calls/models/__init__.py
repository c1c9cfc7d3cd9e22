"""Calls, expressions of interest and what assessors do with them, in that order."""

from participation.calls.models.applying import (
    Attachment,
    Expression,
    LateAllowance,
    SectionDraft,
    Submission,
)
from participation.calls.models.assessing import (
    Assessor,
    BallotEntry,
    CheckAnswer,
    Clarification,
    Conflict,
    Decision,
    Feedback,
)
from participation.calls.models.calls import (
    Call,
    CallChange,
    EligibilityCheck,
    PublicQuestion,
    Question,
    WantedDocument,
)

__all__ = [
    "Assessor",
    "Attachment",
    "BallotEntry",
    "Call",
    "CallChange",
    "CheckAnswer",
    "Clarification",
    "Conflict",
    "Decision",
    "EligibilityCheck",
    "Expression",
    "Feedback",
    "LateAllowance",
    "PublicQuestion",
    "Question",
    "SectionDraft",
    "Submission",
    "WantedDocument",
]
