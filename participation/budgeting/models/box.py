"""The ballot box: sealed ballots while voting is open, anonymous ones afterwards.

None of these tables has a time, a sequence, a person's id or a session, and none is tracked:
``docs/security.md`` says what each could give away. Their triggers are in migration 0002.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import Table
from participation.budgeting.models.register import Elector
from participation.budgeting.models.rounds import Round


class Sealed(models.Model):
    """One elector's ballot while voting is open, encrypted under a key that is not in here."""

    elector = models.OneToOneField(Elector, models.PROTECT, primary_key=True, related_name="sealed")
    rev = models.PositiveIntegerField()
    # The last whole ballot: what is counted. Sealed anew with each revision.
    counted = models.BinaryField(null=True)
    draft = models.BinaryField()
    last_op = models.UUIDField()

    def __str__(self) -> str:
        return "a sealed ballot"


class Slip(Table):
    """A paper ballot, under a number that has nothing to do with the elector's."""

    class State(models.TextChoices):
        ISSUED = "issued", _("Handed out")
        AGREED = "agreed", _("Keyed twice alike")
        SPOILT = "spoilt", _("Spoilt")
        UNRETURNED = "unreturned", _("Not returned")

    round = models.ForeignKey(Round, models.PROTECT, related_name="slips")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ISSUED)
    agreed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("round", "number", name="slip_number_once"),
            models.CheckConstraint(
                name="slip_agreed_has_a_ballot",
                condition=models.Q(agreed__isnull=True) | models.Q(state="agreed"),
            ),
        ]


class SlipEntry(Table):
    """What one person keyed from a slip, sealed. Two different people key each."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="entries")
    keyer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entry = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint("slip", "keyer", name="slip_keyed_once_a_person")]


class Ballot(models.Model):
    """An anonymous ballot of a closed round. Numbered in the order of its content."""

    pk = models.CompositePrimaryKey("round_id", "n")
    round = models.ForeignKey(Round, models.PROTECT, related_name="ballots")
    n = models.PositiveIntegerField()
    # Canonical JSON of (project number, value) pairs; [] is a blank ballot.
    choices = models.TextField()

    class Meta:
        ordering = ("n",)

    def __str__(self) -> str:
        return f"ballot {self.n}"


class Closing(models.Model):
    """The numbers of a close, which the database recounts when they are written."""

    round = models.OneToOneField(Round, models.PROTECT, primary_key=True, related_name="closing")
    electors = models.PositiveIntegerField(_("cards printed"))
    used = models.PositiveIntegerField(_("cards that voted"))
    slips = models.PositiveIntegerField(_("agreed paper slips"))
    ballots = models.PositiveIntegerField()
    blank = models.PositiveIntegerField()
    # The rest of the reconciliation, which outlives the register's own marks.
    handed_out = models.PositiveIntegerField()
    spare_void = models.PositiveIntegerField()
    called_in = models.PositiveIntegerField(_("handed out, then void"))
    paper = models.PositiveIntegerField()
    unused = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="used_and_slips_are_the_ballots",
                condition=models.Q(ballots=models.F("used") + models.F("slips")),
            ),
            models.CheckConstraint(
                name="blank_are_of_the_ballots",
                condition=models.Q(blank__lte=models.F("ballots")),
            ),
            models.CheckConstraint(
                name="printed_are_handed_out_or_spare",
                condition=models.Q(electors=models.F("handed_out") + models.F("spare_void")),
            ),
            models.CheckConstraint(
                name="handed_out_are_accounted_for",
                condition=models.Q(
                    handed_out=models.F("used")
                    + models.F("unused")
                    + models.F("called_in")
                    + models.F("paper")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballots} ballots"
