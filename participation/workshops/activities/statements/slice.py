"""Statements: people write them, everybody agrees, disagrees or passes; the opinion map shows
what unites them and what divides them."""

import random
from collections import Counter, defaultdict
from typing import Any, Final
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.ground import memory
from commissioning.ground.answers import Invalid, Text
from commissioning.people.models import User
from commissioning.programmes.templatetags.programmes import moneyless
from participation.workshops import map_page, maps, wording
from participation.workshops.actions import answering, contributing, paper
from participation.workshops.activities import words_of_the_room
from participation.workshops.activities.base import ActivityKind, Context, Reply, Sheet, Typed
from participation.workshops.forms.paper import AnswersForm, LinesForm
from participation.workshops.models import Activity, Contribution, Participant, StatementVote
from participation.workshops.opinion.grouping import SMALLEST_GROUP
from participation.workshops.opinion.routing import Standing, drawn_next
from participation.workshops.opinion_map import ENOUGH_ANSWERS
from participation.workshops.presence import people_of
from participation.workshops.simulated import content_for
from participation.workshops.simulated.saying import half_of, unsaid
from participation.workshops.suppression import told

# One thought, short enough to answer at once.
LONGEST: Final = 200
# As many numbers as a blank form has circles for.
ON_PAPER: Final = 24
# How long a statement stays before somebody who does not answer it.
KEPT_SECONDS: Final = 6 * 3600
# With this many statements phones are no longer drawn anew for each.
MANY: Final = 20
ANSWERS: Final = {"agree": 1, "disagree": -1, "pass": 0}


def numbered_statements(activity: Activity) -> list[str]:
    """The statements as they are numbered on paper: those that everybody may see, oldest first."""
    return [one.text for one in activity.contributions.shown()]


def type_in_words(user: User, activity: Activity, typed: dict[str, Any]) -> Text:
    """Keep statements from paper: short ones, a line each."""
    for line in typed["lines"]:
        _short({"text": line}, "lines")
    return words_of_the_room.type_in(user, activity, typed)


def type_in_answers(user: User, activity: Activity, typed: dict[str, Any]) -> Text:
    """Keep the answers of a sheet."""
    shown = list(activity.contributions.shown())
    if len(typed["answers"]) > len(shown):
        known = len(shown)
        only = ngettext("There is only %d statement.", "There are only %d statements.", known)
        raise Invalid(only % known, "answers")
    answers = {one.pk: how for one, how in zip(shown, typed["answers"], strict=False) if how}
    number = paper.answer(user, activity, typed["sheet"], answers)
    said = ngettext("Sheet %(sheet)d: %(n)d answer.", "Sheet %(sheet)d: %(n)d answers.", number)
    return said % {"sheet": typed["sheet"], "n": number}


class Statements(ActivityKind):
    """Short statements, and how everybody stands to them."""

    kind = "statements"
    title = _("Statements")
    about = _("People write statements; everybody agrees, disagrees or passes. A map follows.")
    minutes = 15
    sayings = contributing.SAYINGS | {"answered": _("Your answer is in.")}
    sheets = (
        Sheet("answers", _("Answers on paper"), AnswersForm, type_in_answers, numbered_statements),
        Sheet("words", _("Statements on paper"), LinesForm, type_in_words),
    )

    def phone(self, activity: Activity, participant: Participant) -> Context:
        """The next statement for this person, their answers, their own statements."""
        shown = list(activity.contributions.shown())
        mine = _answers_of(participant, shown)
        left = [one for one in shown if one.pk not in mine]
        return words_of_the_room.own(activity, participant) | {
            "next": _next(activity, left, participant, len(mine)),
            "answered": [
                {"statement": one, "value": mine[one.pk]} for one in shown if one.pk in mine
            ],
            "total": len(shown),
            "longest": LONGEST,
            "map_shown": map_is_shown(activity),
        }

    def wall(self, activity: Activity) -> Context:
        """The newest statements; the map, once a facilitator lets everybody see it."""
        drawn = map_page.page(activity) if map_is_shown(activity) else None
        if drawn:
            return {"map": drawn, "total": None}
        votes = StatementVote.objects.filter(statement__activity=activity).count()
        return words_of_the_room.wall(activity) | {"votes": votes, "map": None}

    def desk(self, activity: Activity, user: User) -> Context:
        """The statements, how many answers there are, and the switch for the map."""
        votes = StatementVote.objects.filter(statement__activity=activity).count()
        shown = map_is_shown(activity)
        return words_of_the_room.desk(activity) | {
            "votes": votes,
            "map_shown": shown,
            "map_waits": waits_for(activity) if shown else "",
            "longest": LONGEST,
        }

    def marks(self, activity: Activity) -> dict[str, int]:
        """How many statements everybody can answer."""
        return {"statements": _how_many(activity)}

    def step(self, activity: Activity) -> str:
        """Phones look again when there are new statements (in steps, once there are many)."""
        many = _how_many(activity)
        return f"{map_is_shown(activity)}:{many if many < MANY else many - many % 5}"

    def quiet(self, activity: Activity) -> set[object] | None:
        """Who has answered or written something."""
        answered = StatementVote.objects.filter(statement__activity=activity)
        return words_of_the_room.who_spoke(activity) | set(
            answered.values_list("participant_id", flat=True)
        )

    def take(self, participant: Participant, activity: Activity, typed: Typed) -> Reply:
        """An answer; or a statement, like any words, but short."""
        if "answer" in typed:
            answering.answer(participant, activity, typed.get("statement", ""), typed["answer"])
            return Reply("answered")
        _short(typed)
        reply = contributing.take(participant, activity, typed)
        if not reply.again:
            answering.agree_with_own(participant, activity)
        return reply

    def run(self, user: User, activity: Activity, typed: Typed) -> Text:
        """Show the map to everybody, or keep it to the desk; or statements to start with."""
        if typed.get("press", "") == "write":
            return type_in_words(user, activity, {"lines": typed.get("lines", "").splitlines()})
        shown = typed.get("map", "") == "show"
        answering.show_map(user, activity, shown=shown)
        if shown:
            return waits_for(activity) or _("The wall and the phones show the map.")
        return _("The wall and the phones show the statements again.")

    def report(self, activity: Activity) -> Context:
        """The map and its table, as they stand at the end; every statement where there is none."""
        texts = sorted(
            activity.contributions.told().values_list("text", flat=True), key=str.casefold
        )
        if not texts:
            return {}
        maps.draw(activity)
        drawn = map_page.page(activity)
        return {"map": drawn.as_values() if drawn else None, "statements": texts}

    def blank(self, activity: Activity) -> Context:
        """The statements there are with three circles each, then numbers for those to come."""
        there = [
            moneyless(text, activity.workshop.programme) for text in numbered_statements(activity)
        ][:ON_PAPER]
        return {
            "lines": 2,
            "longest": LONGEST,
            "statements": there,
            "to_come": list(range(len(there) + 1, ON_PAPER + 1)),
        }

    def export(self, activity: Activity) -> list[dict[str, Any]]:
        """One row a statement; counts under five are left out, and what they would follow from."""
        shown = activity.contributions.told()
        counts: defaultdict[UUID, Counter[int]] = defaultdict(Counter)
        for statement, value, number in (
            StatementVote.objects.filter(statement__in=shown)
            .values_list("statement_id", "value")
            .annotate(Count("pk"))
        ):
            counts[statement][value] = number
        took_part = people_of(activity.workshop)
        return [_exported(one, counts[one.pk], took_part) for one in shown]

    def rehearse(self, participant: Participant, activity: Activity, chance: random.Random) -> None:
        """Write a statement now and then; mostly answer, leaning like one half of the room."""
        known = {one["words"]: one["agree"] for one in content_for(activity.workshop)["statements"]}
        shown = list(activity.contributions.shown())
        mine = _answers_of(participant, shown)
        left = [one for one in shown if one.pk not in mine]
        fresh = unsaid(activity, known)
        if fresh and (not left or chance.random() < 0.1):
            contributing.say(participant, activity, chance.choice(fresh))
            answering.agree_with_own(participant, activity)
        elif left:
            one = chance.choice(left)
            agrees = known.get(one.text, (0.7, 0.4))[half_of(participant)]
            how = "agree" if chance.random() < agrees else "disagree"
            how = "pass" if chance.random() < 0.08 else how
            answering.answer(participant, activity, str(one.pk), how)


def map_is_shown(activity: Activity) -> bool:
    """Whether a facilitator lets everybody see the map."""
    return bool(activity.settings.get("map"))


def waits_for(activity: Activity) -> Text:
    """What is missing for a map that everybody may see; nothing where there is one."""
    if map_page.page(activity) is not None:
        return ""
    figures = maps.last_figures(activity)
    mapped = figures["mapped"] if figures else 0
    return _now(
        "There is no map yet. The wall and the phones show it by themselves as soon as %(needed)d "
        "people have answered %(enough)d statements, or all where there are fewer. "
        "So far: %(mapped)d."
    ) % {"needed": SMALLEST_GROUP, "enough": ENOUGH_ANSWERS, "mapped": mapped}


def _how_many(activity: Activity) -> int:
    """Counted once for each activity that was loaded: two figures of one event need it."""
    known = activity.__dict__.get("statements_shown")
    if known is None:
        known = activity.__dict__["statements_shown"] = activity.contributions.shown().count()
    return int(known)


def _answers_of(participant: Participant, shown: list[Contribution]) -> dict[UUID, int]:
    return dict(
        StatementVote.objects.filter(participant=participant, statement__in=shown).values_list(
            "statement_id", "value"
        )
    )


def _next(
    activity: Activity, left: list[Contribution], participant: Participant, answered: int
) -> Contribution | None:
    """The next statement for somebody, drawn with Polis's weights; one's own counts as answered.

    Once drawn it stays until it is answered or taken down: whatever others do meanwhile, and though
    the map changes the weights, it does not change under a finger.
    """
    key = f"statement-before:{activity.pk}:{participant.pk}"
    kept = memory.recall(key)
    there = next((one for one in left if str(one.pk) == kept), None)
    if there is not None or not left:
        return there
    drawn = _drawn(activity, left, who=f"{participant.pk}:{answered}")
    if drawn is not None:
        memory.keep(key, str(drawn.pk), KEPT_SECONDS)
    return drawn


def _drawn(activity: Activity, left: list[Contribution], *, who: str) -> Contribution | None:
    seen: defaultdict[UUID, Counter[int]] = defaultdict(Counter)
    for statement, value, number in (
        StatementVote.objects.filter(statement__in=left)
        .values_list("statement_id", "value")
        .annotate(Count("pk"))
    ):
        seen[statement][value] = number
    figures = maps.last_figures(activity) or {"extremity": {}}
    place = drawn_next(
        [
            Standing(
                agreed=seen[one.pk][1],
                passed=seen[one.pk][0],
                seen=seen[one.pk].total(),
                extremity=figures["extremity"].get(str(one.pk), 0.0),
            )
            for one in left
        ],
        who,
    )
    return None if place is None else left[place]


def _short(typed: Typed, field: str = "text") -> None:
    over = len(wording.tidy(typed.get("text", ""))) - LONGEST
    if over > 0:
        raise Invalid(
            _(
                "A statement is one short thought, so that people can answer it at once. "
                "This is too long by %(over)d: it may have %(most)d characters. "
                "Shorten it, or make two of it."
            )
            % {"over": over, "most": LONGEST},
            field,
        )


def _exported(one: Contribution, counts: Counter[int], took_part: int | None) -> dict[str, Any]:
    row = {name: counts[value] for name, value in ANSWERS.items()}
    said = told(row, noughts=True, took_part=took_part)
    return {"words": one.text} | {name: said.of(name) for name in ANSWERS}
