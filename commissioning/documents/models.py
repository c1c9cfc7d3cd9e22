"""Renderings, issued documents, and the manifest that seals them."""

import json
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table, append_only
from commissioning.ground.uploads import random_path


def random_name() -> str:
    """A storage name that nothing can be learnt from."""
    return random_path("documents")


class Rendering(DatedTable):
    """One request for a PDF, and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        WORKING = "working", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not made")

    type_name = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    issue = models.BooleanField(default=False)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Same type, subject and data: same request. A double click finds the first one's row.
    request_key = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=12)
    # What is to be printed, as canonical JSON, until the file is made; the file then holds it.
    data = models.TextField(editable=False)
    data_digest = models.CharField(max_length=64, editable=False)

    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    trouble = models.TextField(blank=True)
    # Settled with the request: a worker that is killed half-way leaves no file that nobody knows.
    file = models.FileField(default=random_name, max_length=80, editable=False)
    size = models.PositiveIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["queued_at"],
                condition=Q(state__in=["waiting", "working"]),
                name="rendering_queue",
            ),
            models.Index(fields=["type_name", "subject_id"], name="rendering_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="rendering_done_has_its_file_and_no_data",
                condition=~Q(state="done") | (Q(size__gt=0) & Q(data="")),
            ),
            models.CheckConstraint(
                name="rendering_unfinished_has_its_data",
                condition=Q(state="done") | ~Q(data=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The progress page, which becomes the download page."""
        return reverse("documents:rendering", args=[self.id])

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in (self.State.DONE, self.State.FAILED)


class IssuedDocument(Table):
    """A version of a numbered document. It can only be superseded, never changed or removed."""

    prefix = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    counter = models.PositiveIntegerField()
    number = models.CharField(max_length=24)
    version = models.PositiveSmallIntegerField()
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    type_name = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    rendering = models.OneToOneField(Rendering, models.PROTECT, related_name="issued")
    title = models.CharField(max_length=300)
    place_name = models.CharField(max_length=160)
    language = models.CharField(max_length=12)
    decision = models.TextField(blank=True)
    summary = models.JSONField(default=list)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(db_default=Now())
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.FileField(max_length=80)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    file_sha256 = models.CharField(max_length=64, unique=True)
    content_sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField(default=False)

    class Meta:
        ordering = ("-issued_on", "-number", "-version")
        triggers = [
            *append_only(but=["is_public"]),
            pgtrigger.Trigger(
                name="supersedes_the_version_before",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__supersedes__isnull=False),
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM documents_issueddocument
                        WHERE id = NEW.supersedes_id AND number = NEW.number
                        AND version = NEW.version - 1 AND subject_id = NEW.subject_id
                        AND type_name = NEW.type_name
                    ) THEN
                        RAISE EXCEPTION 'a version supersedes the one before it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        indexes = [
            models.Index(fields=["type_name", "subject_id"], name="issued_by_subject"),
            models.Index(fields=["prefix", "year", "counter"], name="issued_counter"),
        ]
        constraints = [
            models.UniqueConstraint("number", "version", name="issued_version_once"),
            models.UniqueConstraint(
                "prefix", "year", "counter", "version", name="issued_counter_once"
            ),
            models.CheckConstraint(
                name="issued_first_version_supersedes_none",
                condition=Q(version=1, supersedes__isnull=True)
                | Q(version__gt=1, supersedes__isnull=False),
            ),
            models.CheckConstraint(
                name="issued_counter_from_one", condition=Q(counter__gte=1, version__gte=1)
            ),
            models.CheckConstraint(
                name="issued_does_not_supersede_itself",
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}, version {self.version}"

    def get_absolute_url(self) -> str:
        """The page to compare a paper with."""
        return reverse("documents:issued", args=[self.number])

    @property
    def is_current(self) -> bool:
        """Whether no later version stands."""
        return not hasattr(self, "superseded_by")


class ManifestLine(Table):
    """One line of the published manifest, exactly as it is published."""

    class Kind(models.TextChoices):
        KEY = "key", _("Signing key")
        ISSUED = "issued", _("Issued document")

    position = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, related_name="manifest_line"
    )
    line = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    # Two lines can never follow the same one: the chain cannot fork.
    previous = models.CharField(max_length=64, unique=True)
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("position",)
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="follows",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.digest <> encode(sha256(convert_to(NEW.line, 'UTF8')), 'hex') THEN
                        RAISE EXCEPTION 'the digest is not that of the line';
                    END IF;
                    IF NEW.position > 1 AND NOT EXISTS (
                        SELECT 1 FROM documents_manifestline
                        WHERE position = NEW.position - 1 AND digest = NEW.previous
                    ) THEN
                        RAISE EXCEPTION 'the line does not follow the one before it';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="manifest_issued_line_has_its_document",
                condition=Q(kind="issued", document__isnull=False)
                | Q(kind="key", document__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"line {self.position}"

    def body(self) -> dict[str, Any]:
        """The line as values."""
        values: dict[str, Any] = json.loads(self.line)
        return values
