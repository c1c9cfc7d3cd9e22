"""Drafting: the vision in versions, spoken of phrase by phrase, and a consent check."""

import random
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Invalid, Text
from commissioning.people.models import User
from commissioning.programmes.actions.stages import agreed_in_words
from commissioning.programmes.models import Stage
from commissioning.programmes.parts import wanting_beside_agreement
from commissioning.programmes.rules import may_decide, may_lead
from participation.workshops.actions import contributing, drafting, paper, standing
from participation.workshops.activities import words_of_the_room
from participation.workshops.activities.base import ActivityKind, Context, Reply, Sheet, Typed
from participation.workshops.activities.drafting import agreeing
from participation.workshops.forms.paper import STANDS, StandsForm
from participation.workshops.models import (
    Activity,
    Consent,
    DraftVersion,
    Participant,
    Review,
    Workshop,
)
from participation.workshops.presence import people_of
from participation.workshops.simulated import content_for
from participation.workshops.simulated.saying import unsaid
from participation.workshops.wordings import difference, phrases

OUTCOMES_SURELY_FIT = 4
# How simulated people stand to a first version, and to later ones: support, live, talk, object.
STANCES = ((5, 3, 1, 1), (7, 3, 0, 0))


def _number(typed: str) -> int:
    return int(typed) if typed.isdigit() else 0


def _id(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise Invalid(_("This is not there any more.")) from None


def versions(activity: Activity) -> tuple[DraftVersion | None, DraftVersion | None]:
    """The newest version and the one before it. One query."""
    found = list(activity.drafts.all()[:2])
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)


def _shared(activity: Activity) -> Context:
    """What phones, wall and desk have alike: the version, what changed, answered objections."""
    newest, before = versions(activity)
    return {
        "draft": newest,
        "before": before,
        "changes": difference(before.statement, newest.statement) if newest and before else [],
        "phrases": phrases(newest.statement) if newest else [],
        "answered": standing.answered_whys(activity) if newest else [],
        "agreed_words": _agreed_words(newest),
    }


def _agreed_words(draft: DraftVersion | None) -> str:
    if draft is None or draft.agreed_at is None:
        return ""
    return standing.agreed_in_the_room(drafting.tally(draft)["object"])


def stands(draft: DraftVersion | None) -> list[dict[str, Any]]:
    """Rows of a bar chart: how many stand how."""
    if draft is None:
        return []
    return [
        {"label": Consent.Answer(answer).label, "value": number, "answer": answer}
        for answer, number in drafting.tally(draft).items()
    ]


def type_in_standing(user: User, activity: Activity, typed: dict[str, Any]) -> Text:
    """Keep how a sheet stands to the newest version."""
    consent = paper.stand(user, activity, typed["sheet"], typed["answer"], typed["why"])
    return _("Sheet %(sheet)d: %(answer)s.") % {
        "sheet": typed["sheet"],
        "answer": consent.get_answer_display(),
    }


class Drafting(ActivityKind):
    """Comments are contributions like others, with the phrase they speak of beside them."""

    kind = "drafting"
    title = gettext_lazy("Drafting the vision")
    about = gettext_lazy("The vision in versions, comments on each phrase, and a consent check.")
    minutes = 20
    sayings = contributing.SAYINGS | {
        "stood": gettext_lazy("It is in. You can change it until the room agrees a version.")
    }
    sheets = (
        Sheet("stands", gettext_lazy("Where people stand, on paper"), StandsForm, type_in_standing),
        words_of_the_room.lines_sheet(gettext_lazy("Comments on paper")),
    )

    def step(self, activity: Activity) -> str:
        """Phones are drawn anew for a new version, and when it is agreed."""
        newest, _before = versions(activity)
        return f"{newest.number}{'a' if newest.agreed_at else ''}" if newest else ""

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """The version before the room, and how I stand to it."""
        shared = _shared(activity)
        draft = shared["draft"]
        mine = draft.consents.filter(participant=participant).first() if draft else None
        own = words_of_the_room.own(activity, participant)
        return shared | own | {"mine": mine, "answers": Consent.Answer.choices}

    def wall(self, activity: Activity) -> Context:
        """The version, large, and how the room stands to it."""
        shared = _shared(activity)
        draft = shared["draft"]
        words = len(draft.statement) + sum(map(len, draft.outcomes)) if draft else 0
        return shared | {
            "standing": stands(draft),
            # Where no script measures it: type that is small enough, and outcomes that surely fit.
            "type": min(6, 1 + words // 120),
            "safe": OUTCOMES_SURELY_FIT,
            "more": len(draft.outcomes) - OUTCOMES_SURELY_FIT if draft else 0,
        }

    def desk(self, activity: Activity, user: User) -> Context:
        """Everything, the whys that need an answer first; in a rehearsal words to begin from."""
        shared, workshop = _shared(activity), activity.workshop
        draft = shared["draft"]
        comments = list(activity.contributions.shown().order_by("-created_at")[:200])
        whys = list(draft.consents.exclude(why="").order_by("answer")) if draft else []
        whys.sort(key=lambda one: (bool(one.reply), one.answer != Consent.Answer.OBJECT))
        return shared | {
            "standing": stands(draft),
            "again": standing.asked_again(draft) if draft else None,
            "comments": comments,
            "whys": whys,
            "unanswered": drafting.unanswered(draft) if draft else 0,
            **_who_agrees(user, workshop),
            "themes": list(workshop.themes.all()),
            "example": content_for(workshop)["draft"] if workshop.is_rehearsal else None,
            "total": None,
        }

    def marks(self, activity: Activity) -> dict[str, int]:
        """How many said how they stand to the newest version."""
        newest = drafting.newest_draft(activity)
        return {"stood": newest.consents.count() if newest else 0}

    def quiet(self, activity: Activity) -> set[object] | None:
        """Who has said how they stand to the newest version."""
        newest = drafting.newest_draft(activity)
        return set(newest.consents.values_list("participant_id", flat=True)) if newest else None

    def take(self, participant: Participant, activity: Activity, typed: Typed) -> Reply:
        """How somebody stands, or a word on a phrase."""
        if "answer" in typed:
            drafting.stand(
                participant,
                activity,
                _number(typed.get("version", "")),
                typed["answer"],
                typed.get("why", ""),
            )
            return Reply("stood")
        details = {
            "draft": _number(typed.get("version", "")),
            "quote": typed.get("quote", "")[:300],
        }
        return contributing.take(participant, activity, typed, details)

    def run(self, user: User, activity: Activity, data: QueryDict) -> Text:
        """Write a version, answer an objection, propose, agree."""
        press = data.get("press", "")
        if press == "write":
            draft = drafting.write_version(
                user,
                activity,
                data.get("statement", ""),
                data.get("outcomes", "").splitlines(),
                data.get("what_changed", ""),
                seen=_number(data.get("version", "")),
            )
            return _("Version %d is on every phone.") % draft.number
        if press == "answer":
            drafting.answer_objection(
                user, activity, _id(data.get("consent", "")), data.get("reply", "")
            )
            return _("Answered. The room reads both.")
        return _settle(user, activity, press, data)

    def confirm(self, user: User, activity: Activity, data: QueryDict) -> Context | None:
        """Before the vision is agreed: what will happen, how the room stands, what was answered.

        A rehearsal has the same page, so that nobody meets it first before a full room.
        """
        draft, agrees = drafting.newest_draft(activity), _who_agrees(user, activity.workshop)
        if draft is None or data.get("press") != "agree" or not agrees["may_agree"]:
            return None
        if drafting.unanswered(draft) or str(draft.number) != data.get("version"):
            return None
        return agreeing.page(draft, activity.workshop, data)

    def report(self, activity: Activity) -> Context:
        """Every version with what changed, how the room stood, objections and their answers."""
        drafts = list(activity.drafts.order_by("number"))
        if not drafts:
            return {}
        took_part = people_of(activity.workshop)
        return {
            "versions": [
                {
                    "number": draft.number,
                    "statement": draft.statement,
                    "outcomes": draft.outcomes,
                    "what_changed": draft.what_changed,
                    "standing": drafting.stood_in_words(drafting.tally(draft), took_part),
                    "agreed": draft.agreed_at is not None,
                    "agreed_over": _agreed_over(draft),
                    "objections": sorted(
                        draft.consents.filter(is_shown=True)
                        .exclude(reply="")
                        .exclude(review=Review.LEFT_OUT)
                        .values("why", "reply"),
                        key=lambda row: row["why"].casefold(),
                    ),
                }
                for draft in drafts
            ],
            "comments": sorted(
                (
                    {"quote": said.details.get("quote", ""), "words": said.text}
                    for said in activity.contributions.told()
                ),
                key=lambda row: (str(row["quote"]), row["words"].casefold()),
            ),
        }

    def blank(self, activity: Activity) -> Context:
        """The four answers by the letters that are typed in, and lines for why."""
        return {
            "lines": 3,
            "answers": [
                {"letter": letter.upper(), "words": str(Consent.Answer(answer).label)}
                for letter, answer in STANDS.items()
            ],
        }

    def export(self, activity: Activity) -> list[dict[str, Any]]:
        """One row a comment."""
        return [
            {"theme": str(said.details.get("quote", "")), "words": said.text}
            for said in activity.contributions.told()
        ]

    def rehearse(self, participant: Participant, activity: Activity, chance: random.Random) -> None:
        """Say how one stands, once a version; then perhaps a word on a part of it.

        Of a first version one in ten objects and one in ten wants to talk; later ones fare better.
        """
        draft = drafting.newest_draft(activity)
        if draft is None or draft.agreed_at:
            return
        here = content_for(activity.workshop)
        mine = draft.consents.filter(participant=participant).first()
        if mine is not None and mine.waits_to_stand_again:
            # Two in three of those who were answered can live with it then.
            answer = chance.choices([Consent.Answer.LIVE, mine.answer], [2, 1])[0]
            drafting.stand(participant, activity, draft.number, answer, mine.why)
        elif mine is None:
            answer = chance.choices(Consent.Answer.values, STANCES[min(draft.number, 2) - 1])[0]
            why = chance.choice(here["whys"].get(answer, [""]))
            drafting.stand(participant, activity, draft.number, answer, why)
        elif chance.random() < 0.1 and (fresh := unsaid(activity, here["comments"])):
            quote = chance.choice(phrases(draft.statement))
            details = {"draft": draft.number, "quote": quote[:300]}
            contributing.say(participant, activity, chance.choice(fresh), details=details)


def _who_agrees(user: User, workshop: Workshop) -> Context:
    """Whether this person records the agreement, and what follows from it for the programme."""
    programme = workshop.programme
    may = may_lead(user, programme) & may_decide(user, programme)
    return {
        "may_agree": workshop.is_rehearsal or bool(may),
        "why_not": "" if workshop.is_rehearsal else may.reason,
        "in_vision_stage": programme.stage == Stage.VISION,
        "wanting": wanting_beside_agreement(programme) if programme.stage == Stage.VISION else [],
    }


def _agreed_over(draft: DraftVersion) -> str:
    """For the record: that it was agreed with objections standing, without a small number."""
    objections = drafting.tally(draft)["object"] if draft.agreed_at else 0
    return drafting.agreed_with(objections) if objections else ""


def _settle(user: User, activity: Activity, press: str, data: QueryDict) -> Text:
    number = _number(data.get("version", ""))
    if press == "propose":
        drafting.propose(user, activity, number)
        return _("It is the programme's draft now. Its lead can agree it.")
    if press == "agree":
        over = drafting.Over(data.get("why", ""), _number(data.get("standing", "")))
        agreed = drafting.agree(user, activity, number, data.get("who_was_there", ""), over)
        return agreed_in_words(agreed.programme) if agreed else _("Agreed, by simulated people.")
    raise Invalid(_("There is no such button."))
