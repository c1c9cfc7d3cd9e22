"""What came of a round: the count, what the body with the power decided, and the awards."""

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table, append_only
from participation.budgeting.models.rounds import PENNY, Project, Round


class Count(DatedTable):
    """The count of a closed round by its declared rule. Written once, never changed."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="count")
    # The digest of the ballots that were counted, as in the closing; what the numbers say.
    digest = models.CharField(max_length=64)
    # Project numbers in the order funded.
    winners = models.JSONField()
    # What is told of it: totals, each project's why, reserves, part offers, the other rule.
    result = models.JSONField()
    spent = models.DecimalField(max_digits=12, decimal_places=2)
    seconds = models.FloatField()

    class Meta:
        triggers = append_only()


class OwnerTold(DatedTable):
    """That a project's owner was told how it did, before the result was published."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="owner_told")

    class Meta:
        triggers = append_only()


class Adoption(Table):
    """What the body with the power decided about one project. The latest stands."""

    class Decision(models.TextChoices):
        ADOPTED = "adopted", _("Adopted: it is funded")
        DECLINED = "declined", _("Declined")
        PART_OFFERED = "part_offered", _("Offered a part of its cost")
        PART_ACCEPTED = "part_accepted", _("Accepted a part of its cost")
        PART_REFUSED = "part_refused", _("Could not do it for less")
        RESERVE_CALLED = "reserve_called", _("Called from the reserve list")
        WITHDRAWN = "withdrawn", _("Withdrawn by its group")

    project = models.ForeignKey(Project, models.PROTECT, related_name="adoptions")
    decision = models.CharField(max_length=14, choices=Decision.choices)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    body = models.CharField(max_length=200)
    power = models.CharField(max_length=300)
    reason = models.TextField()
    decided_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at",)
        triggers = append_only()
        constraints = [
            models.CheckConstraint(name="adoption_has_a_reason", condition=~models.Q(reason="")),
            models.CheckConstraint(
                name="adoption_with_money_says_how_much",
                condition=models.Q(
                    decision__in=["declined", "part_refused", "withdrawn"], amount__isnull=True
                )
                | models.Q(
                    decision__in=["adopted", "part_offered", "part_accepted", "reserve_called"],
                    amount__gte=0,
                ),
            ),
        ]


@pghistory.track()
class Award(DatedTable):
    """Money that a project gets, from an adoption that stands."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="award")
    adoption = models.OneToOneField(Adoption, models.PROTECT, related_name="award")
    amount = models.DecimalField(
        max_digits=12, decimal_places=2, validators=[MinValueValidator(PENNY)]
    )
    currency = models.CharField(max_length=3)
