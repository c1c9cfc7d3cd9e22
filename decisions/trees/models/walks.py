"""A walk of a tree (an appraisal): who answered what from which seat, and what was settled."""

from typing import Final

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, append_only
from commissioning.programmes.models import Membership, Role
from decisions.questions.models import Question
from decisions.trees import triggers
from decisions.trees.models.versions import RulesSheet, TreeVersion

# The stated limit for a reason, in characters: about three pages.
LONGEST_REASON: Final = 10_000


class Seat(models.TextChoices):
    """Where somebody answers from."""

    COMMISSIONER = "commissioner", _("Commissioner")
    PRACTITIONER = "practitioner", _("Voluntary sector practitioner")
    CITIZEN = "citizen", _("Citizen commissioner")

    @classmethod
    def of(cls, role: str) -> "Seat":
        """The seat that goes with a role in the programme."""
        if role == Role.CITIZEN:
            return cls.CITIZEN
        return cls.PRACTITIONER if role == Role.PARTNER else cls.COMMISSIONER


@pghistory.track(exclude=["moves"])
class Appraisal(DatedTable):
    """One walk of one version of a tree for one question, by the law of the day it begins.

    A what-if begins from a walk as it stood: ``given`` holds those answers, and only who made it
    answers further.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="appraisals")
    tree = models.ForeignKey(TreeVersion, models.PROTECT, related_name="appraisals")
    sheet = models.ForeignKey(RulesSheet, models.PROTECT, null=True, related_name="appraisals")
    title = models.CharField(max_length=160)
    begins_on = models.DateField()
    what_if_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="what_ifs")
    given = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Counts everything that was ever said in it, under its lock: which of two came later.
    moves = models.PositiveIntegerField(default=0, editable=False)
    locked_at = models.DateTimeField(null=True, editable=False)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    # The result as it stood when it was locked, with and without those who could gain.
    result = models.JSONField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(
                name="appraisal_locked_with_its_result",
                condition=Q(locked_at__isnull=True, result__isnull=True, locked_by__isnull=True)
                | Q(locked_at__isnull=False, result__isnull=False, locked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="appraisal_what_if_is_not_locked",
                condition=Q(what_if_of__isnull=True) | Q(locked_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="locked_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
            ),
            # The tree, the rules sheet and the day that it began with are its own for good.
            pgtrigger.Protect(
                name="begun_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "question", "tree", "sheet", "begins_on", "what_if_of", "given", "made_by"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The walk's page."""
        return reverse("trees:walk", args=[self.question.programme.slug, self.question_id, self.pk])

    @property
    def is_locked(self) -> bool:
        """Whether it stands for good."""
        return self.locked_at is not None

    @property
    def is_what_if(self) -> bool:
        """Whether it only tries something."""
        return self.what_if_of_id is not None


class Said(DatedTable):
    """Something a member said in a walk; ``number`` is its place among all that was said."""

    number = models.PositiveIntegerField()
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    # One press is one row, however often the button or the network sent it.
    op = models.UUIDField(unique=True)

    class Meta:
        abstract = True
        ordering = ("number",)


class SeatAnswer(Said):
    """An answer from a seat. The latest of each member counts; none is erased.

    ``value`` is as the engine writes answers: an id, ids with commas, a plain number, a date.
    """

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="answers")
    key = models.CharField(max_length=80)
    seat = models.CharField(max_length=12, choices=Seat.choices)
    value = models.CharField(max_length=500, blank=True)
    reason = models.TextField(blank=True)
    # What the member had declared when they answered.
    could_gain = models.BooleanField()

    class Meta(Said.Meta):
        constraints = [
            models.UniqueConstraint("appraisal", "number", name="seat_answer_number_once"),
            models.CheckConstraint(
                name="seat_answer_reason_within_limit",
                condition=LessThanOrEqual(Length("reason"), LONGEST_REASON),
            ),
        ]
        indexes = [models.Index(fields=["appraisal", "key"], name="answers_to_a_question")]
        triggers = [*append_only(), triggers.only_while_open()]


class Settlement(Said):
    """A difference settled with a reason, or carried into the record as it stands.

    ``reached_from`` is the question before it on the path: reached another way, it is open again.
    """

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="settlements")
    key = models.CharField(max_length=80)
    value = models.CharField(max_length=500, blank=True)
    carried = models.BooleanField()
    reason = models.TextField()
    reached_from = models.CharField(max_length=80, blank=True)

    class Meta(Said.Meta):
        constraints = [
            models.UniqueConstraint("appraisal", "number", name="settlement_number_once"),
            models.CheckConstraint(name="settlement_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = [*append_only(), triggers.only_while_open()]


class Recommendation(Said):
    """A route recommended, and why. It stands while the walk goes by the same answers."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="recommendations")
    option = models.CharField(max_length=80)
    reason = models.TextField()

    class Meta(Said.Meta):
        constraints = [
            models.UniqueConstraint("appraisal", "number", name="recommendation_number_once"),
            models.CheckConstraint(name="recommendation_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = [*append_only(), triggers.only_while_open()]


@pghistory.track()
class EvidencePick(DatedTable):
    """A piece of the programme's evidence laid beside an answer, in the words it had then."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="picks")
    key = models.CharField(max_length=80)
    source = models.CharField(max_length=60)
    item = models.CharField(max_length=120)
    words = models.TextField()
    url = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "key", "source", "item"],
                condition=Q(dropped_at__isnull=True),
                name="evidence_picked_once",
            )
        ]
        triggers = [*append_only(but=["dropped_at"]), triggers.only_while_open()]
