"""Welcome: what is fixed and what is open, and what happens with what people say."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import Text
from commissioning.people.models import User
from commissioning.programmes.models import Given
from participation.workshops.activities.base import ActivityKind, Context
from participation.workshops.models import Activity, Participant

# Lines of each on the wall, where no script measures it.
SURELY_FIT: Final = 3


def fixed_and_open(activity: Activity) -> Context:
    """The programme's own words on what is decided already and what is truly open."""
    givens = list(activity.workshop.programme.givens.all())
    return {
        "fixed": [given for given in givens if given.kind == Given.Kind.FIXED],
        "open": [given for given in givens if given.kind == Given.Kind.OPEN],
        "pays": activity.workshop.programme.what_taking_part_pays,
    }


def _part(title: Text, givens: list[Given], nothing: Text) -> Context:
    more = len(givens) - SURELY_FIT
    return {"title": title, "givens": givens, "nothing": nothing, "more": more}


class Welcome(ActivityKind):
    """Nothing is collected; everybody sees the same."""

    kind = "welcome"
    title = _("Welcome, fixed and open")
    about = _("Says what is decided already, what is truly open, and what becomes of it all.")
    collects = False

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """Fixed and open."""
        return fixed_and_open(activity)

    def wall(self, activity: Activity) -> Context:
        """Fixed beside open; what does not fit is counted, and stands on the phones."""
        said = fixed_and_open(activity)
        return {
            "safe": SURELY_FIT,
            "parts": [
                _part(_("Fixed"), said["fixed"], _("Nothing is decided already.")),
                _part(_("Open"), said["open"], _("Everything else.")),
            ],
        }

    def desk(self, activity: Activity, user: User) -> Context:
        """Fixed and open, with the way to change it."""
        return fixed_and_open(activity)

    def report(self, activity: Activity) -> Context:
        """Fixed and open, as it was said."""
        said = fixed_and_open(activity)
        told = {name: [given.words for given in said[name]] for name in ("fixed", "open")}
        return told if any(told.values()) else {}
