"""Offers: what can we bring? Each can become a resource of the place by one press."""

import random
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Invalid, Text
from commissioning.people.models import User
from participation.workshops.actions import contributing, offering, paper
from participation.workshops.activities import words_of_the_room
from participation.workshops.activities.base import ActivityKind, Context, Reply, Sheet, Typed
from participation.workshops.forms.paper import LinesForm
from participation.workshops.models import Activity, Contribution, Participant
from participation.workshops.simulated import content_for
from participation.workshops.simulated.saying import has_said, unsaid

WHAT: Final[dict[str, Text]] = {
    "people": gettext_lazy("People and skills"),
    "time": gettext_lazy("Time"),
    "space": gettext_lazy("Space"),
    "networks": gettext_lazy("Networks"),
    "knowledge": gettext_lazy("Knowledge"),
    "services": gettext_lazy("Services"),
}


class OffersPaperForm(LinesForm):
    """Offers of one sort."""

    what = forms.ChoiceField(label=gettext_lazy("What sort of thing is it?"), choices=WHAT.items())
    field_order = ("what", "lines")


def type_in(user: User, activity: Activity, typed: dict[str, Any]) -> Text:
    """Keep offers from paper."""
    return words_of_the_room.kept(
        paper.type_in(user, activity, typed["lines"], {"what": typed["what"]})
    )


class Offers(ActivityKind):
    """Words with a kind of thing beside them."""

    kind = "offers"
    title = gettext_lazy("Offers")
    about = gettext_lazy("What people can bring: time, a room, whom and what they know.")
    minutes = 8
    sayings = contributing.SAYINGS
    sheets = (Sheet("words", gettext_lazy("Offers on paper"), OffersPaperForm, type_in),)

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """What I offered."""
        return words_of_the_room.own(activity, participant) | {"what": list(WHAT.items())}

    def wall(self, activity: Activity) -> Context:
        """What can be brought, newest first."""
        found = words_of_the_room.wall(activity)
        return found | {"cards": [_with_kind(card) for card in found["cards"]]}

    def desk(self, activity: Activity, user: User) -> Context:
        """Each with the button that makes it a resource of the place."""
        found = words_of_the_room.desk(activity)
        return found | {"cards": [_with_kind(card) for card in found["cards"]]}

    def marks(self, activity: Activity) -> dict[str, int]:
        """How many offers everybody can see."""
        return {"offers": activity.contributions.shown().count()}

    def quiet(self, activity: Activity) -> set[object] | None:
        """Who has offered something."""
        return words_of_the_room.who_spoke(activity)

    def take(self, participant: Participant, activity: Activity, typed: Typed) -> Reply:
        """A new offer, a change, one taken back."""
        chosen = typed.get("what", "")
        plain = not (typed.get("back") or typed.get("change"))
        if plain and chosen not in WHAT:
            raise Invalid(_("Choose what sort of thing it is."), "what")
        return contributing.take(participant, activity, typed, {"what": chosen} if plain else None)

    def run(self, user: User, activity: Activity, data: QueryDict) -> Text:
        """Make an offer a resource of the place."""
        try:
            wanted = UUID(data.get("resource", ""))
        except ValueError:
            raise Invalid(_("There is no such button.")) from None
        offering.make_resource(user, activity, wanted)
        return _("It is among what the place has now.")

    def report(self, activity: Activity) -> Context:
        """Offers by kind."""
        by_kind: dict[str, list[Contribution]] = {}
        for said in activity.contributions.told():
            by_kind.setdefault(str(said.details.get("what", "")), []).append(said)
        young = activity.workshop.is_young
        groups = [
            {
                "theme": str(WHAT.get(kind, "")),
                "words": words_of_the_room.words_of(by_kind[kind], young=young),
            }
            for kind in (*WHAT, "")
            if kind in by_kind
        ]
        return {"groups": groups} if groups else {}

    def blank(self, activity: Activity) -> Context:
        """A line for each sort of thing, since each sort is typed in by itself."""
        return {"sorts": [str(label) for label in WHAT.values()]}

    def export(self, activity: Activity) -> list[dict[str, Any]]:
        """One row an offer."""
        return [
            {"theme": str(WHAT.get(str(said.details.get("what")), "")), "words": said.text}
            for said in activity.contributions.told()
        ]

    def rehearse(self, participant: Participant, activity: Activity, chance: random.Random) -> None:
        """Something that people in such rooms bring: one thing each."""
        offers = content_for(activity.workshop)["offers"]
        kind_of_words = {words: kind for kind, some in offers.items() for words in some}
        fresh = unsaid(activity, kind_of_words)
        if fresh and not has_said(participant, activity):
            words = chance.choice(fresh)
            contributing.say(
                participant,
                activity,
                words,
                named=chance.random() < 0.4,
                details={"what": kind_of_words[words]},
            )


def _with_kind(card: Any) -> Any:
    card.kind_of_thing = WHAT.get(str(card.details.get("what")), "")
    return card
