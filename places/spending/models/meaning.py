"""What lines are about, the rules that say so, and how people say money could be used better."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table
from commissioning.programmes.models import Outcome, Programme
from places.spending.models.lines import SpendingLine
from places.spending.models.payees import Payee


def outcome_of_programme() -> pgtrigger.Trigger:
    """An outcome of another programme is refused."""
    return pgtrigger.Trigger(
        name="outcome_of_programme",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF NEW.outcome_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM programmes_outcome
                WHERE id = NEW.outcome_id AND programme_id = NEW.programme_id
            ) THEN
                RAISE EXCEPTION 'the outcome is of another programme';
            END IF;
            RETURN NEW;
        """,
    )


def says_something() -> Q:
    """Either an outcome or the words of a service."""
    return Q(outcome__isnull=False) | ~Q(service="")


@pghistory.track()
class ClassificationRule(DatedTable):
    """Lines whose payee, purpose or service area hold these words are about this.

    Applied by a person after a preview; undone as a whole.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="spending_rules")
    payee_contains = models.CharField(max_length=120, blank=True)
    purpose_contains = models.CharField(max_length=120, blank=True)
    service_contains = models.CharField(max_length=120, blank=True)
    outcome = models.ForeignKey(
        Outcome, models.PROTECT, null=True, blank=True, related_name="spending_rules"
    )
    service = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, editable=False)
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)
        triggers = [outcome_of_programme()]
        constraints = [
            models.CheckConstraint(
                name="rule_asks_something",
                condition=~Q(payee_contains="", purpose_contains="", service_contains=""),
            ),
            models.CheckConstraint(name="rule_says_something", condition=says_something()),
        ]


class LineAbout(Table):
    """What a line is about in one programme: one outcome at most, so that no sum counts it twice.

    Said by a person (no rule) or by a rule that a person applied.
    """

    line = models.ForeignKey(SpendingLine, models.CASCADE, related_name="about")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    outcome = models.ForeignKey(
        Outcome, models.PROTECT, null=True, blank=True, related_name="spending"
    )
    service = models.CharField(max_length=120, blank=True)
    rule = models.ForeignKey(
        ClassificationRule, models.CASCADE, null=True, related_name="lines", editable=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = [outcome_of_programme()]
        constraints = [
            models.UniqueConstraint("line", "programme", name="about_once_in_a_programme"),
            models.CheckConstraint(name="about_says_something", condition=says_something()),
        ]
        indexes = [models.Index(fields=["programme", "outcome"], name="about_by_outcome")]


@pghistory.track()
class Annotation(DatedTable):
    """What somebody says about how money is spent now; others answer; the options stage sees it."""

    class Kind(models.TextChoices):
        BETTER = "better", _("Could be used better")
        WELL = "well", _("Works well")
        QUESTION = "question", _("A question")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="spending_notes")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.BETTER)
    line = models.ForeignKey(SpendingLine, models.SET_NULL, null=True, related_name="notes")
    payee = models.ForeignKey(Payee, models.SET_NULL, null=True, related_name="notes")
    outcome = models.ForeignKey(
        Outcome, models.PROTECT, null=True, blank=True, related_name="spending_notes"
    )
    service = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField(null=True, editable=False)
    hidden_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-created_at",)
        triggers = [outcome_of_programme()]


@pghistory.track()
class Reply(DatedTable):
    """One answer in the discussion of an annotation."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="replies")
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    hidden_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)
