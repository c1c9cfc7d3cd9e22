"""Forms of a decision: the sections of its draft, what people say, what was decided."""

from decisions.records.forms.decided import (
    CallInAnswerForm,
    CorrectionForm,
    IssueForm,
    MinuteForm,
    RemovalForm,
)
from decisions.records.forms.draft import LONGEST, SECTION_FORMS, BeginForm, heading_of
from decisions.records.forms.said import (
    AdviceForm,
    AdviserForm,
    CommentForm,
    ConsultForm,
    DutiesForm,
    InterestForm,
    OwnWordsForm,
    ReasonForm,
)

__all__ = [
    "LONGEST",
    "SECTION_FORMS",
    "AdviceForm",
    "AdviserForm",
    "BeginForm",
    "CallInAnswerForm",
    "CommentForm",
    "ConsultForm",
    "CorrectionForm",
    "DutiesForm",
    "InterestForm",
    "IssueForm",
    "MinuteForm",
    "OwnWordsForm",
    "ReasonForm",
    "RemovalForm",
    "heading_of",
]
