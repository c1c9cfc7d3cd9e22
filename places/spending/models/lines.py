"""Lines of spending, the files they come from, and what grants tell besides."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table
from places.directory.models import Area, Place
from places.imports.models import Import
from places.spending import triggers
from places.spending.models.payees import Payee, Payer
from places.spending.staging import Known

ISO_CURRENCY = r"^[A-Z]{3}$"


@pghistory.track()
class Source(DatedTable):
    """Where lines come from: a file that was read in, or what one person wrote by hand."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="spending_sources")
    title = models.CharField(max_length=200)
    # The file; None for what is written by hand.
    run = models.OneToOneField(Import, models.PROTECT, null=True, related_name="spending_source")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("-created_at",)
        triggers = [triggers.keep_while_named("source"), triggers.keep_while_seen("source")]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def known(self) -> Known:
        """Whom its lines name, as far as they were looked up while they are written."""
        return Known()


class SpendingLine(models.Model):
    """A sum that one body paid another: a payment, a supplier's total of a month, or a grant.

    Credit notes are negative. ``id`` is made from what the line says and how often its file says
    it (``places.imports.formats.keys``): the same line read twice is one line, and two identical
    payments of one file are two.
    """

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("Payment")
        TOTAL = "total", _("Total of a period")
        GRANT = "grant", _("Grant")

    id = models.UUIDField(primary_key=True, editable=False)
    # What these four name is checked for a whole statement at once (``triggers.py``), which is
    # several times as quick as a foreign key's look for each of 200,000 lines, and as strict.
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="spending_lines", db_constraint=False, db_index=False
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="lines", db_constraint=False)
    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.PAYMENT)
    payer = models.ForeignKey(
        Payer, models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    payee = models.ForeignKey(Payee, models.PROTECT, related_name="lines", db_constraint=False)
    # The recipient exactly as it was published.
    recipient = models.CharField(max_length=300)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    currency = models.CharField(max_length=3, default="GBP")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    purpose = models.TextField(blank=True)
    service = models.CharField("service area, as published", max_length=200, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    area = models.ForeignKey(
        Area, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ("-starts_on", "id")
        triggers = [*triggers.lines_stand(), triggers.keep_while_seen("line")]
        constraints = [
            models.CheckConstraint(
                name="line_currency_is_iso", condition=Q(currency__regex=ISO_CURRENCY)
            ),
            models.CheckConstraint(
                name="line_period_in_order",
                condition=Q(starts_on__isnull=True, ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-starts_on", "id"], name="line_by_date"),
        ]

    def __str__(self) -> str:
        return f"{self.payer_id} {self.recipient}"


class SeenAgain(Table):
    """A line that a later file holds too. It stays when the first file is undone.

    ``before`` is what that file replaced in a grant, to be put back when the file is undone.
    """

    # Both are checked for a whole statement, as a line's are.
    line = models.ForeignKey(
        SpendingLine,
        models.CASCADE,
        related_name="seen_again",
        db_constraint=False,
        db_index=False,
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="saw_again", db_constraint=False
    )
    before = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("line", "source", name="seen_again_once")]
        triggers = [triggers.lines_seen_are_there()]


class Grant(models.Model):
    """What a grant tells besides its line: what is needed to publish it again as 360Giving 1.4."""

    line = models.OneToOneField(
        SpendingLine, models.CASCADE, primary_key=True, related_name="grant"
    )
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    identifier = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    funder_identifier = models.CharField(max_length=200, blank=True)
    recipient_identifier = models.CharField(max_length=200, blank=True)
    charity_number = models.CharField(max_length=300, blank=True)
    company_number = models.CharField(max_length=300, blank=True)
    to_person = models.BooleanField(default=False)
    planned_start = models.DateField(null=True)
    planned_end = models.DateField(null=True)
    duration_months = models.PositiveIntegerField(null=True)
    programme_title = models.CharField(max_length=300, blank=True)
    beneficiary_area = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=500, blank=True)
    modified = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("place", "identifier", name="grant_once_in_a_place")]

    def __str__(self) -> str:
        return self.title
