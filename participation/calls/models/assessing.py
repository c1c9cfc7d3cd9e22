"""What assessors do: conflicts, checks, questions back, decisions, feedback, ballot entries."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, append_only
from commissioning.ground.uploads import random_path
from commissioning.programmes.models import Membership, Outcome
from participation.calls.models.applying import Expression
from participation.calls.models.calls import Call, EligibilityCheck
from places.directory.models import Area


def picture_path(_instance: models.Model, _name: str) -> str:
    """Where a ballot picture lies."""
    return random_path("calls/pictures")


@pghistory.track()
class Assessor(DatedTable):
    """A member of the programme who assesses a call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="assessors")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("call", "membership", name="assessor_once")]


class Conflict(DatedTable):
    """Somebody says that they cannot judge one expression fairly. Never taken back."""

    expression = models.ForeignKey(Expression, models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint("expression", "user", name="conflict_once")]
        triggers = append_only()


@pghistory.track()
class CheckAnswer(DatedTable):
    """Whether an expression meets one eligibility check."""

    expression = models.ForeignKey(Expression, models.PROTECT, related_name="check_answers")
    check_of = models.ForeignKey(EligibilityCheck, models.PROTECT, related_name="answers")
    met = models.BooleanField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("expression", "check_of", name="checked_once")]


@pghistory.track()
class Clarification(DatedTable):
    """A question from the assessors back to one applicant, with the day to answer by."""

    expression = models.ForeignKey(Expression, models.PROTECT, related_name="clarifications")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)


def _sealed_by_release(table: str) -> pgtrigger.Trigger:
    """Refuse to change or remove a row of an expression whose call has been released."""
    return pgtrigger.Trigger(
        name=f"{table}_stands_once_released",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("judged", "uuid")],
        func="""
            judged := CASE WHEN TG_OP = 'DELETE' THEN OLD.expression_id ELSE NEW.expression_id END;
            IF EXISTS (
                SELECT 1 FROM calls_expression JOIN calls_call ON calls_call.id = call_id
                WHERE calls_expression.id = judged AND calls_call.status = 'released'
            ) THEN
                RAISE EXCEPTION 'a released decision stands'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        """,
    )


@pghistory.track()
class Decision(DatedTable):
    """Approved or not, and why. Sealed until the call is released; after that it stands."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("Approved: goes on")
        NOT_APPROVED = "not_approved", _("Not approved")

    expression = models.OneToOneField(Expression, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = [_sealed_by_release("decision")]


class Feedback(DatedTable):
    """What would have made it stronger: for each that was not approved. Never changed."""

    expression = models.OneToOneField(Expression, models.PROTECT, related_name="feedback")
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        triggers = append_only()


@pghistory.track()
class BallotEntry(DatedTable):
    """How an approved expression stands on the ballot: the budgeting room reads this."""

    expression = models.OneToOneField(Expression, models.PROTECT, related_name="ballot_entry")
    title = models.CharField(max_length=160)
    # At most 140 words, in plain English.
    summary = models.TextField()
    picture = models.FileField(upload_to=picture_path, max_length=120, blank=True)
    picture_kind = models.CharField(max_length=4, blank=True)
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    cost = models.DecimalField(max_digits=12, decimal_places=2)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="+")
    ready = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_costs_something",
                condition=Q(cost__gt=0),
                violation_error_message=_("The cost must be more than nothing."),
            ),
            models.CheckConstraint(
                name="picture_has_words", condition=Q(picture="") | ~Q(picture_alt="")
            ),
        ]

    def __str__(self) -> str:
        return self.title
