"""Tables of workshops: sessions, who takes part, what they say, and what is drafted from it."""

from participation.workshops.models.afterwards import Hearer, News
from participation.workshops.models.drafting import Consent, DraftVersion
from participation.workshops.models.planning import JoinCount, JoinQuestion, PlanLine
from participation.workshops.models.sessions import (
    WORDS_KEPT_FOR,
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
    Review,
    StatementVote,
    Theme,
    ThemeStep,
)

__all__ = [
    "WORDS_KEPT_FOR",
    "Activity",
    "Consent",
    "Contribution",
    "Dot",
    "DraftVersion",
    "Hearer",
    "Helper",
    "Invited",
    "JoinCount",
    "JoinQuestion",
    "News",
    "Participant",
    "PlaceAgenda",
    "PlaceWords",
    "PlanLine",
    "Review",
    "StatementVote",
    "Theme",
    "ThemeStep",
    "Workshop",
    "Worry",
]
