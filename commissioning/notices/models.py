"""The outbox: one row for each notice to each person, written with what it tells."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now

from commissioning.ground.tables import DatedTable, Table
from commissioning.notices.kinds import Group


class Notice(DatedTable):
    """One thing to tell one person. It holds ids only: no code, no link, no words of anybody."""

    class Status(models.TextChoices):
        PENDING = "pending", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Given up after many tries"
        DROPPED = "dropped", "No longer true, or not wanted"

    kind = models.CharField(max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices"
    )
    # For somebody without an account; empty where there is a user.
    email = models.EmailField(blank=True)
    about = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key", "user"],
                condition=models.Q(user__isnull=False),
                name="notice_once_a_person",
            ),
            models.UniqueConstraint(
                "kind",
                "key",
                Lower("email"),
                condition=models.Q(user__isnull=True),
                name="notice_once_an_address",
            ),
            models.CheckConstraint(
                name="notice_to_a_person_or_an_address",
                condition=models.Q(user__isnull=False, email="")
                | (models.Q(user__isnull=True) & ~models.Q(email="")),
            ),
            models.CheckConstraint(
                name="notice_sent_has_a_time",
                condition=models.Q(status="sent", sent_at__isnull=False)
                | (~models.Q(status="sent") & models.Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(status__in=["pending", "sending"]),
                name="notice_due",
            ),
            models.Index(fields=["created_at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_status_display()})"


class Preference(Table):
    """That a person does or does not want a group of notices. No row: they want it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences"
    )
    group = models.CharField(max_length=12, choices=Group.choices)
    wants = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="preference_once"),
            models.CheckConstraint(
                name="essential_notices_stay_on",
                condition=~models.Q(group=Group.ESSENTIAL) | models.Q(wants=True),
            ),
        ]


class OptOut(DatedTable):
    """That an address without an account does not want a group. Only a keyed digest is kept."""

    address_digest = models.CharField(max_length=64)
    group = models.CharField(max_length=12, choices=Group.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint("address_digest", "group", name="opt_out_once"),
            models.CheckConstraint(
                name="no_opt_out_of_essentials", condition=~models.Q(group=Group.ESSENTIAL)
            ),
        ]
