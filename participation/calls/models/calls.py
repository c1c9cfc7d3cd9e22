"""A call: what is funded, who may apply, what is asked, and by when."""

from datetime import datetime
from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table, append_only
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Organisation

OPEN_STATUSES = ("published", "assessing", "released")


class CallQuerySet(models.QuerySet["Call"]):
    """Calls, as people ask for them."""

    def published(self) -> "CallQuerySet":
        """Every call that the public may read."""
        return self.filter(status__in=OPEN_STATUSES)


@pghistory.track()
class Call(DatedTable):
    """A call for expressions of interest. Whether it is open is asked of the database's clock."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        ASSESSING = "assessing", _("Being assessed")
        RELEASED = "released", _("Decided")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="calls")
    title = models.CharField(_("title"), max_length=160)
    about = models.TextField(_("what it is for"), blank=True)
    outcomes = models.ManyToManyField(Outcome, related_name="calls", blank=True)
    funded = models.TextField(_("what is funded"), blank=True)
    not_funded = models.TextField(_("what is not funded"), blank=True)
    who_may_apply = models.TextField(_("who may apply"), blank=True)
    already_done = models.TextField(_("whether someone already does it"), blank=True)
    amount_available = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    project_minimum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    project_maximum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP", editable=False)
    expected_applications = models.PositiveSmallIntegerField(null=True, blank=True)
    can_fund = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_others_took = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    decided_by = models.CharField(_("who decides"), max_length=200, blank=True)
    decision_on = models.DateField(null=True, blank=True)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    several_per_organisation = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, editable=False)
    # When the opening was acted on: the level-playing-field file is published with it.
    opened_at = models.DateTimeField(null=True, editable=False)
    assessing_at = models.DateTimeField(null=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["programme", "status"], name="calls_of_a_programme")]
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("It must close after it opens."),
            ),
            models.CheckConstraint(
                name="call_limits_in_order",
                condition=(Q(project_minimum__isnull=True) | Q(project_minimum__gte=0))
                & (
                    Q(project_minimum__isnull=True)
                    | Q(project_maximum__isnull=True)
                    | Q(project_maximum__gte=F("project_minimum"))
                )
                & (
                    Q(project_maximum__isnull=True)
                    | Q(amount_available__isnull=True)
                    | Q(project_maximum__lte=F("amount_available"))
                ),
            ),
            models.CheckConstraint(
                name="call_published_whole",
                condition=Q(status="draft")
                | Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    amount_available__gt=0,
                    decision_on__isnull=False,
                    published_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="call_released_when_it_says",
                condition=Q(status="released", released_at__isnull=False)
                | (~Q(status="released") & Q(released_at__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="one_way",
                field="status",
                transitions=[
                    ("draft", "published"),
                    ("published", "assessing"),
                    ("assessing", "released"),
                ],
            ),
            pgtrigger.Protect(
                name="closes_only_later",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closes_at__gt=pgtrigger.F("new__closes_at"))
                & ~pgtrigger.Q(old__status="draft"),
            ),
            pgtrigger.Protect(
                name="keep_published",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__status="draft"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Whether the public may read it."""
        return self.status != self.Status.DRAFT

    def is_open_at(self, moment: datetime) -> bool:
        """Whether an expression could be sent at that moment."""
        return bool(
            self.status == self.Status.PUBLISHED
            and self.opens_at
            and self.closes_at
            and self.opens_at <= moment < self.closes_at
        )

    def has_closed_at(self, moment: datetime) -> bool:
        """Whether the close had passed at that moment."""
        return bool(self.is_published and self.closes_at and moment >= self.closes_at)

    def days_to_decide(self) -> int | None:
        """Days from the close to the decision, both as they stand now."""
        if self.closes_at is None or self.decision_on is None:
            return None
        return (self.decision_on - self.closes_at.date()).days

    def largest_ask(self) -> Decimal | None:
        """The most that one project may ask for."""
        return self.project_maximum or self.amount_available


class CallChange(DatedTable):
    """A change to a published call, for everybody to read. Never erased."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    reason = models.TextField()

    class Meta:
        ordering = ("-created_at",)
        triggers = append_only()


def _frozen_once_begun(name: str) -> pgtrigger.Trigger:
    """Refuse any change to what a call asks for, once somebody has begun to answer it."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("asked", "uuid")],
        func="""
            asked := CASE WHEN TG_OP = 'DELETE' THEN OLD.call_id ELSE NEW.call_id END;
            IF EXISTS (SELECT 1 FROM calls_expression WHERE call_id = asked) THEN
                RAISE EXCEPTION 'what a call asks is frozen once an expression is begun'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        """,
    )


@pghistory.track()
class Question(Table):
    """One question of a call."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short answer")
        LONG = "long", _("Longer answer with a word limit")
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("Choose one")
        NUMBER = "number", _("Number")

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    section = models.CharField(_("section it stands in"), max_length=60)
    words = models.CharField(_("the question"), max_length=300)
    help = models.TextField(_("help beside it"), blank=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    word_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    choices = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="question_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="long_answers_have_a_limit",
                condition=(Q(kind="long") & Q(word_limit__gt=0)) | (~Q(kind="long")),
            ),
        ]
        triggers = [_frozen_once_begun("questions_frozen")]

    def __str__(self) -> str:
        return self.words


@pghistory.track()
class WantedDocument(Table):
    """A document that a call asks for."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="wanted_documents")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    help = models.TextField(blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="wanted_document_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        triggers = [_frozen_once_begun("documents_frozen")]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class EligibilityCheck(Table):
    """A thing that assessors check of every expression, said to applicants beforehand."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="checks")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=240)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["call", "position"],
                name="check_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        triggers = [_frozen_once_begun("checks_frozen")]

    def __str__(self) -> str:
        return self.words


@pghistory.track()
class PublicQuestion(DatedTable):
    """A question about the call, answered on its page for everybody, without who asked."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="public_questions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()
    # What the page shows: the officer may leave out what would tell who asked.
    shown_as = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(
                name="answered_by_somebody",
                condition=Q(answered_at__isnull=True)
                | (Q(answered_by__isnull=False) & ~Q(answer="")),
            )
        ]
