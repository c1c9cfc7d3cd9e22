"""Imports: one file brought into a place, from its arrival to its result or its undoing."""

from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable
from commissioning.programmes.models import Programme
from places.directory.models import Place


@pghistory.track(fields=["state", "trouble", "imported", "undone_by"])
class Import(DatedTable):
    """One file, how it is read, and what became of its rows.

    ``read = imported + rejected + already_there``; blank rows and rows of totals are ``skipped``
    and are not among those read.
    """

    class State(models.TextChoices):
        FETCHING = "fetching", _("Being fetched")
        MATCHING = "matching", _("Waiting for you")
        QUEUED = "queued", _("Waiting to start")
        WORKING = "working", _("Being read in")
        DONE = "done", _("Finished")
        FAILED = "failed", _("Stopped")
        UNDONE = "undone", _("Undone")

    UNFINISHED: ClassVar[frozenset[str]] = frozenset({"fetching", "queued", "working"})

    place = models.ForeignKey(Place, models.PROTECT, related_name="imports")
    # Money is brought in from a programme whose gate is open; a command has no programme.
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="imports", null=True, editable=False
    )
    # Nobody: the command on the server.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    importer = models.CharField(_("kind of file"), max_length=40)
    publisher = models.CharField(_("who published it"), max_length=160, blank=True)
    file_name = models.CharField(max_length=160)
    file = models.FileField(max_length=120, blank=True, editable=False)
    file_digest = models.CharField(max_length=64, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(default=0, editable=False)
    url = models.URLField(_("address"), max_length=500, blank=True)
    # How the file is made: {"kind", "encoding", "delimiter", "sheet", "header_row", "headings"}.
    detected = models.JSONField(default=dict, editable=False)
    # What each of our columns is called there: {"supplier": 2}: positions from 0.
    matching = models.JSONField(default=dict, editable=False)
    # {"period": "2011-10"}: what the file does not say itself.
    choices = models.JSONField(default=dict, editable=False)

    state = models.CharField(max_length=8, choices=State.choices, default=State.MATCHING)
    trouble = models.TextField(blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    queued_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    read = models.PositiveIntegerField(default=0, editable=False)
    imported = models.PositiveIntegerField(default=0, editable=False)
    rejected = models.PositiveIntegerField(default=0, editable=False)
    already_there = models.PositiveIntegerField(default=0, editable=False)
    skipped = models.PositiveIntegerField(default=0, editable=False)
    total = models.DecimalField(max_digits=18, decimal_places=2, default=0, editable=False)
    # Sentences about the whole file: what was mended, skipped, left out.
    notes = models.JSONField(default=list, editable=False)
    # The first errors as [row, sentence]; all of them are in ``errors_file``, to mend.
    errors = models.JSONField(default=list, editable=False)
    errors_file = models.FileField(max_length=120, blank=True, editable=False)

    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )

    class Meta:
        ordering = ("-created_at",)
        indexes = [
            models.Index(fields=["place", "-created_at"], name="imports_of_a_place"),
            models.Index(
                fields=["queued_at"],
                name="imports_unfinished",
                condition=Q(state__in=["fetching", "queued", "working"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="import_rows_add_up",
                condition=Q(read=F("imported") + F("rejected") + F("already_there")),
            ),
            models.CheckConstraint(
                name="import_finished_has_a_time",
                condition=~Q(state__in=["done", "undone"]) | Q(finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_undone_has_a_time",
                condition=Q(state="undone", undone_at__isnull=False)
                | (~Q(state="undone") & Q(undone_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="import_brings_in_only_when_done",
                condition=Q(state__in=["done", "undone"]) | Q(imported=0),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_unfinished(self) -> bool:
        """Whether the worker still has something to do with it."""
        return self.state in self.UNFINISHED

    def counts(self) -> dict[str, Any]:
        """The figures by name."""
        names = ("read", "imported", "rejected", "already_there", "skipped", "total")
        return {name: getattr(self, name) for name in names}


class RememberedMatching(DatedTable):
    """Which column is which in the files of one publisher, so that nobody matches them twice."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    importer = models.CharField(max_length=40)
    # The publisher's name, folded; and the digest of the headings in their order.
    publisher = models.CharField(max_length=160)
    headings = models.CharField(max_length=64)
    matching = models.JSONField()
    used = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "place", "importer", "publisher", "headings", name="matching_remembered_once"
            )
        ]
