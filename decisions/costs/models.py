"""What a place says about its own costs: inputs, kept versions, and what bidders reported."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table, append_only
from decisions.questions.models import Question


def _locked_with_the_question(table: str, where: str) -> pgtrigger.Trigger:
    """Refuse a change once the question is before the body that decides.

    Taking rows away stays possible: only a draft question can be thrown away, with all it has.
    """
    return pgtrigger.Trigger(
        name=f"{table}_locked_with_the_question",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        # Our own words alone are put in.
        func=f"""
            IF EXISTS (
                SELECT 1 FROM questions_question asked
                WHERE asked.id = {where} AND asked.state NOT IN ('draft', 'appraising')
            ) THEN
                RAISE EXCEPTION 'the costs of this question are locked'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608
    )


_OF_MODEL = "(SELECT question_id FROM costs_costmodel WHERE id = NEW.model_id)"


@pghistory.track()
class CostModel(DatedTable):
    """The costs of the ways to answer one question: which routes, and what cash would buy instead.

    Inputs that nobody has changed are the content files' defaults and have no row.
    """

    question = models.OneToOneField(Question, models.CASCADE, related_name="cost_model")
    routes = ArrayField(models.CharField(max_length=60), default=list)
    facilitation_day = models.DecimalField(max_digits=9, decimal_places=2)
    citizen_hour = models.DecimalField(max_digits=9, decimal_places=2)
    small_grant = models.DecimalField(max_digits=9, decimal_places=2)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="good_uses_cost_something",
                condition=Q(facilitation_day__gt=0, citizen_hour__gt=0, small_grant__gt=0),
            )
        ]
        triggers = [_locked_with_the_question("model", "NEW.question_id")]


@pghistory.track()
class CostInput(DatedTable):
    """An input that the place says differently from the default, and why.

    ``route`` is empty for what all routes share. The input ``price_share`` holds what the price
    pays of a provider's true cost: one number three times.
    """

    model = models.ForeignKey(CostModel, models.CASCADE, related_name="inputs")
    route = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=40)
    low = models.DecimalField(max_digits=16, decimal_places=4)
    likely = models.DecimalField(max_digits=16, decimal_places=4)
    high = models.DecimalField(max_digits=16, decimal_places=4)
    why = models.TextField(_("where it comes from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("model", "route", "key", name="cost_input_once"),
            models.CheckConstraint(
                name="three_points_in_order",
                condition=Q(low__gte=0, likely__gte=F("low"), high__gte=F("likely")),
            ),
        ]
        triggers = [_locked_with_the_question("input", _OF_MODEL)]


class CostVersion(DatedTable):
    """The whole model with its figures as somebody kept it. Never changed."""

    model = models.ForeignKey(CostModel, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what_changed = models.TextField(_("what changed, and why"))
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("model", "number", name="cost_version_once"),
        ]
        triggers = [
            trigger for trigger in append_only() if trigger.name != "keep"
        ]  # a draft question is thrown away with all it has


@pghistory.track()
class BidSurvey(DatedTable):
    """A short survey of everybody who bid or applied, those who lost first of all."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="bid_surveys")
    route = models.CharField(_("way of choosing"), max_length=60)
    title = models.CharField(_("what they bid or applied for"), max_length=160)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.title


class BidLink(DatedTable):
    """One link for one bidder, used once. What was answered through it is not kept with it."""

    survey = models.ForeignKey(BidSurvey, models.CASCADE, related_name="links")
    number = models.PositiveSmallIntegerField()
    token_digest = models.CharField(max_length=64, unique=True)
    used_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint("survey", "number", name="bid_link_number_once")]
        triggers = [
            pgtrigger.Protect(
                name="used_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__used_on__isnull=False),
            )
        ]


class BidReport(Table):
    """What one bidder said that bidding took. Holds no link, name, order or time of day."""

    class Result(models.TextChoices):
        LOST = "lost", _("We were not chosen")
        WON = "won", _("We were chosen")
        STOPPED = "stopped", _("We began and stopped")
        WAITING = "waiting", _("We do not know yet")

    survey = models.ForeignKey(BidSurvey, models.CASCADE, related_name="reports")
    result = models.CharField(max_length=7, choices=Result.choices)
    hours = models.DecimalField(max_digits=6, decimal_places=1)
    outlay = models.DecimalField(max_digits=9, decimal_places=2, default=0)
    # Which five it came in with: figures move by whole fives.
    five = models.PositiveIntegerField(editable=False)
    on = models.DateField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bid_hours_are_believable",
                condition=Q(hours__gt=0, hours__lte=5000, outlay__gte=0),
            )
        ]
        triggers = [trigger for trigger in append_only() if trigger.name != "keep"]
