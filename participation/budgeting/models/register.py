"""The register: who may vote, with which card. It never says how anybody voted.

No history is tracked here: a row's versions would tell when its person voted. What officers do
with cards is in :class:`RegisterEvent`.
"""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table, append_only
from participation.budgeting.models.rounds import Round


class Batch(DatedTable):
    """Cards made together: printed as one sheet, or sent as one e-mail roll."""

    class Kind(models.TextChoices):
        PRINTED = "printed", _("Printed cards")
        EMAIL = "email", _("Personal links by e-mail")

    round = models.ForeignKey(Round, models.PROTECT, related_name="batches")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    first_serial = models.PositiveIntegerField()
    last_serial = models.PositiveIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    label = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("first_serial",)
        constraints = [
            models.CheckConstraint(
                name="batch_is_a_range",
                condition=models.Q(last_serial__gte=models.F("first_serial"), first_serial__gte=1),
            ),
            models.UniqueConstraint("round", "first_serial", name="batch_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_serial}–{self.last_serial}"

    @property
    def size(self) -> int:
        """How many cards."""
        return self.last_serial - self.first_serial + 1


class Elector(Table):
    """One entry of the register: one person's right to one ballot."""

    class State(models.TextChoices):
        PRINTED = "printed", _("Not handed out")
        ACTIVE = "active", _("Handed out")
        PAPER = "paper", _("Votes on paper")
        VOID = "void", _("Void")

    round = models.ForeignKey(Round, models.PROTECT, related_name="electors")
    serial = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.PRINTED)
    # Whether it ever left the officers' hands: tells a spare from a card that was called in.
    handed_out = models.BooleanField(default=False)
    # Set for everybody at once when the round closes; forgotten 90 days later.
    used = models.BooleanField(null=True)

    class Meta:
        ordering = ("serial",)
        constraints = [
            models.UniqueConstraint("round", "serial", name="elector_serial_once"),
            # For the foreign key of credentials, which keeps round and elector together.
            models.UniqueConstraint("id", "round", name="elector_in_its_round"),
            models.CheckConstraint(
                name="elector_handed_out",
                condition=models.Q(state="void")
                | models.Q(state="printed", handed_out=False)
                | models.Q(state__in=["active", "paper"], handed_out=True),
            ),
        ]


class Credential(Table):
    """A card's code as a keyed digest. One is active per elector; a reissue adds another."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="credentials")
    issue_no = models.PositiveSmallIntegerField(default=1)
    lookup = models.BinaryField(max_length=32)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("round", "lookup", name="code_stands_once"),
            models.UniqueConstraint("elector", "issue_no", name="issue_once"),
            models.UniqueConstraint(
                fields=["elector"],
                condition=models.Q(active=True),
                name="one_active_code_an_elector",
            ),
        ]


class CardSheet(DatedTable):
    """A batch's sheet of cards being printed: an encrypted temporary file, handed over once."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be made")
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready to download")
        HANDED_OVER = "handed_over", _("Downloaded")
        EXPIRED = "expired", _("Thrown away unread")
        FAILED = "failed", _("Could not be made")

    batch = models.OneToOneField(Batch, models.PROTECT, related_name="sheet")
    state = models.CharField(max_length=11, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    @property
    def percent(self) -> int:
        """How far it is."""
        return min(100, 100 * self.done // max(1, self.batch.size))

    @property
    def in_hand(self) -> bool:
        """Whether a worker is expected to finish it."""
        return self.state in {self.State.WAITING, self.State.MAKING}


class RollEntry(Table):
    """An address of the e-mail roll, for as long as the round needs it."""

    class State(models.TextChoices):
        LOADED = "loaded", _("Not sent yet")
        SENT = "sent", _("Sent")
        BOUNCED = "bounced", _("Came back")

    round = models.ForeignKey(Round, models.PROTECT, related_name="roll")
    elector = models.OneToOneField(Elector, models.PROTECT, related_name="roll_entry")
    email = models.EmailField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.LOADED)
    sendings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("elector__serial",)
        constraints = [models.UniqueConstraint("round", Lower("email"), name="one_link_an_address")]


class RegisterEvent(Table):
    """What an officer did with cards: never anything that a voter did."""

    class Kind(models.TextChoices):
        MADE = "made", _("made cards")
        HANDED_OUT = "handed_out", _("handed out cards")
        VOIDED = "voided", _("voided a card")
        SPARES_VOIDED = "spares_voided", _("voided spare cards")
        REISSUED = "reissued", _("replaced a card")
        SENT = "sent", _("sent personal links")
        BOUNCED = "bounced", _("noted that a link came back")
        READDRESSED = "readdressed", _("changed the address of a link")
        SHEET_TAKEN = "sheet_taken", _("downloaded a sheet of cards")

    round = models.ForeignKey(Round, models.PROTECT, related_name="register_events")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    first_serial = models.PositiveIntegerField(null=True)
    last_serial = models.PositiveIntegerField(null=True)
    number = models.PositiveIntegerField(default=1)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at",)
        triggers = append_only()
        indexes = [models.Index(fields=["round", "-at"], name="register_event_by_time")]
