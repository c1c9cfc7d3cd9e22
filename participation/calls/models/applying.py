"""An expression of interest: drafts saved as typed, files, and what was submitted."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table, append_only
from commissioning.ground.uploads import FileKind, random_path
from participation.calls.models.calls import Call, WantedDocument
from places.directory.models import Area, Organisation

# What is left of the person to ask about an expression, once they are forgotten. JSON.
NO_CONTACT = '{"name": "", "email": "", "telephone": ""}'


def attachment_path(_instance: models.Model, _name: str) -> str:
    """Where an attachment lies: its own name never becomes an address."""
    return random_path("calls/attachments")


@pghistory.track(exclude=["hours", "forgotten_at"])
class Expression(DatedTable):
    """An organisation's expression of interest (EOI) in a call."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SUBMITTED = "submitted", _("Submitted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    call = models.ForeignKey(Call, models.PROTECT, related_name="expressions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="expressions")
    # Counted from 1 in each call: people quote "EOI 7" on the telephone.
    number = models.PositiveIntegerField(editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    # Copied from the call when it is begun, so that the database itself keeps it to one.
    only_one = models.BooleanField(editable=False)
    # The submission that counts. While an expression is being amended, the earlier one stands.
    standing = models.OneToOneField(
        "calls.Submission", models.PROTECT, null=True, related_name="stands_for", editable=False
    )
    # Hours that applying took; no assessor sees it.
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    # When its contact and its files were forgotten: see ``participation/calls/retention.py``.
    forgotten_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("number",)
        indexes = [models.Index(fields=["organisation", "-created_at"], name="expressions_of_ours")]
        constraints = [
            models.UniqueConstraint("call", "number", name="expression_number_once"),
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=Q(only_one=True),
                name="one_expression_an_organisation",
            ),
            models.CheckConstraint(
                name="submitted_stands",
                condition=(~Q(state="submitted") | Q(standing__isnull=False))
                & (~Q(state="withdrawn") | Q(standing__isnull=True)),
            ),
            models.CheckConstraint(
                name="hours_are_believable",
                condition=Q(hours__isnull=True) | Q(hours__gte=0, hours__lte=2000),
            ),
        ]

    def __str__(self) -> str:
        return f"EOI {self.number}"

    @property
    def is_being_amended(self) -> bool:
        """A draft while an earlier submission stands."""
        return self.state == self.State.DRAFT and self.standing_id is not None


class SectionDraft(Table):
    """One section as it was typed, right or not: nothing that somebody typed is refused here."""

    expression = models.ForeignKey(Expression, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=60)
    raw = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(db_default=Now())
    # The open page that saved last, and the revision before its run of saves: a page whose
    # answer from us was lost is not stale against itself.
    page = models.UUIDField(null=True)
    page_since = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("expression", "key", name="section_saved_once")]


class LateAllowance(DatedTable):
    """The lead allowed one organisation to submit once after the close, and why. Never erased."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="late_allowances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()
    until = models.DateTimeField()

    class Meta:
        ordering = ("-created_at",)
        triggers = append_only()


class Submission(DatedTable):
    """An expression as it was submitted: exactly what assessors see. Never changed."""

    expression = models.ForeignKey(Expression, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The press of the button: pressed twice or sent again, it is one submission.
    op = models.UUIDField(unique=True)
    # By the database's clock, read after the lock.
    at = models.DateTimeField()
    late = models.OneToOneField(
        LateAllowance, models.PROTECT, null=True, related_name="used_for", editable=False
    )
    title = models.CharField(max_length=160)
    summary = models.TextField()
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    asked = models.DecimalField(max_digits=12, decimal_places=2)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("expression", "number", name="submission_number_once"),
            models.CheckConstraint(name="asks_for_something", condition=Q(asked__gt=0)),
        ]
        triggers = [
            *append_only(but=["content"]),
            pgtrigger.Trigger(
                name="only_the_contact_is_forgotten",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("content"),
                func=f"""
                    IF NEW.content IS DISTINCT FROM
                        jsonb_set(OLD.content, '{{organisation,contact}}', '{NO_CONTACT}')
                    THEN RAISE EXCEPTION 'a submission is kept as written, but for its contact';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]


class Attachment(DatedTable):
    """A file of an expression, checked and stored under a random name."""

    expression = models.ForeignKey(Expression, models.CASCADE, related_name="attachments")
    wanted = models.ForeignKey(WantedDocument, models.PROTECT, null=True, related_name="+")
    file = models.FileField(upload_to=attachment_path, max_length=120)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=[(kind.value, kind.name) for kind in FileKind])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Taken out of the draft; kept while a submission still holds it.
    removed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)
        triggers = [
            pgtrigger.Protect(
                name="keep_as_uploaded",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["removed_at"]),
            )
        ]

    def __str__(self) -> str:
        return self.name
