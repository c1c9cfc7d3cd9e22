"""Every kind of activity, in the order in which a session usually has them."""

from participation.workshops.activities.base import kinds
from participation.workshops.activities.drafting.slice import Drafting
from participation.workshops.activities.ideas.slice import Ideas
from participation.workshops.activities.offers.slice import Offers
from participation.workshops.activities.priorities.slice import Priorities
from participation.workshops.activities.statements.slice import Statements
from participation.workshops.activities.talk.slice import Talk
from participation.workshops.activities.themes.slice import Themes
from participation.workshops.activities.welcome.slice import Welcome


def register() -> None:
    """Fill the registry; called when the application is ready."""
    for kind in (
        Welcome(),
        Talk(),
        Ideas(),
        Themes(),
        Priorities(),
        Statements(),
        Drafting(),
        Offers(),
    ):
        kinds.register(kind.kind, kind)
