"""The days on which the demo's decision was prepared and made, counted back from the day it loads.

The demo cannot wait seven weeks, so what was done today is dated to the day of the story. Only here
are the database's guards of dates set aside, by name.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

import pgtrigger
from django.utils import timezone

from commissioning.design.when import day as day_text
from commissioning.programmes.models import LevelFieldEntry, Programme, Vision
from decisions.questions.plan.working_days import after, before, on_or_before
from decisions.records.models import Advice, Decision
from decisions.trees.models import Appraisal

WORKSHOP: Final = 42  # days ago: the evening in the library
CABINET: Final = 8  # days ago at least: a cabinet that met on a working day


class Days:
    """Each day of the story; ``words`` for texts that name them."""

    def __init__(self) -> None:
        today = timezone.localdate()
        self.workshop = today - timedelta(days=WORKSHOP)
        self.decided = on_or_before(today - timedelta(days=CABINET))
        self.call_in_until = after(self.decided, 5)
        # 28 clear days: neither the day of the notice nor that of the meeting counts.
        self.notice = on_or_before(self.decided - timedelta(days=29))
        self.market = on_or_before(self.decided - timedelta(days=28))
        self.walked = self.decided - timedelta(days=27)
        self.consulted = self.walked + timedelta(days=1)
        # Five clear days before the meeting, over whichever bank holidays the demo loads.
        self.recommended = before(self.decided, 6)
        self.advised = before(self.recommended, 1)
        self.consult_until = before(self.recommended, 3)

    @property
    def words(self) -> dict[str, str]:
        """Every day as people read it."""
        return {name: day_text(one) for name, one in vars(self).items()}


def at(day: date, hour: int = 10) -> datetime:
    """An hour of that day, in this place's time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def date_vision(programme: Programme, days: Days) -> None:
    """The vision was agreed in the room, on the evening of the workshop."""
    today, then = day_text(timezone.localdate()), day_text(days.workshop)
    with pgtrigger.ignore("programmes.Vision:agreed_stays"):
        for vision in Vision.objects.filter(programme=programme, agreed_at__isnull=False):
            vision.agreed_at = at(days.workshop, 20)
            vision.how_agreed = vision.how_agreed.replace(today, then)
            vision.save(update_fields=["agreed_at", "how_agreed"])
    date_level_field(programme, "The workshop", days.workshop)


def date_level_field(programme: Programme, begins: str, day: date) -> None:
    """Lines of the level-playing-field file were written on the day that they tell of."""
    with pgtrigger.ignore("programmes.LevelFieldEntry:keep_as_written"):
        for hour, kind in enumerate(LevelFieldEntry.Kind.values, start=17):
            LevelFieldEntry.objects.filter(
                programme=programme, what__startswith=begins, kind=kind
            ).update(at=at(day, hour))


def date_walk(walk: Appraisal, day: date) -> None:
    """The walk was locked before the draft went out for comment."""
    with pgtrigger.ignore("trees.Appraisal:locked_stays"):
        Appraisal.objects.filter(pk=walk.pk).update(locked_at=at(day, 15))
    date_level_field(walk.question.programme, "Answered in", day)


def date_advice(decision: Decision, days: Days) -> None:
    """The officers signed on the day that they gave their advice."""
    Advice.objects.filter(decision=decision, confirmed_at__isnull=False).update(
        confirmed_at=at(days.advised)
    )


def end_of_comments(decision: Decision, days: Days) -> None:
    """The last day for comments, of which everybody was told, has passed."""
    with pgtrigger.ignore("records.Decision:less_time_for_a_reason"):
        Decision.objects.filter(pk=decision.pk).update(consult_until=days.consult_until)


def date_recommendation(decision: Decision, days: Days) -> Decision:
    """It was put before the cabinet with the agenda, five clear working days before it met."""
    Decision.objects.filter(pk=decision.pk).update(recommended_at=at(days.recommended))
    decision.refresh_from_db()
    return decision
