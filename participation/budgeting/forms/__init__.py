"""Forms of rounds. What a rule or an action refuses is said by them, not here."""

from participation.budgeting.forms.after import (
    AdoptAllForm,
    AdoptForm,
    BackupForm,
    CloseForm,
    MoveCloseForm,
    ReasonForm,
)
from participation.budgeting.forms.cards import (
    CardReasonForm,
    MakeCardsForm,
    RangeForm,
    RollForm,
    VoterCodeForm,
)
from participation.budgeting.forms.prepare import (
    BeginForm,
    CountingForm,
    LotForm,
    ProjectForm,
    PromiseForm,
    VotingForm,
    WhenForm,
)

__all__ = [
    "AdoptAllForm",
    "AdoptForm",
    "BackupForm",
    "BeginForm",
    "CardReasonForm",
    "CloseForm",
    "CountingForm",
    "LotForm",
    "MakeCardsForm",
    "MoveCloseForm",
    "ProjectForm",
    "PromiseForm",
    "RangeForm",
    "ReasonForm",
    "RollForm",
    "VoterCodeForm",
    "VotingForm",
    "WhenForm",
]
