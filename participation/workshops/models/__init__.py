"""Tables of workshops: sessions, who takes part, what they say, and what is drafted from it."""

from participation.workshops.models.drafting import Consent, DraftVersion
from participation.workshops.models.sessions import (
    Activity,
    Helper,
    PlaceAgenda,
    PlaceWords,
    Workshop,
)
from participation.workshops.models.taking_part import Invited, Participant, Worry
from participation.workshops.models.voicing import (
    Contribution,
    Dot,
    StatementVote,
    Theme,
    ThemeStep,
)

__all__ = [
    "Activity",
    "Consent",
    "Contribution",
    "Dot",
    "DraftVersion",
    "Helper",
    "Invited",
    "Participant",
    "PlaceAgenda",
    "PlaceWords",
    "StatementVote",
    "Theme",
    "ThemeStep",
    "Workshop",
    "Worry",
]
