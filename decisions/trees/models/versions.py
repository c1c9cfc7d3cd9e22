"""What a walk keeps for good: the version of its tree, and of the place's own rules."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commissioning.design.when import day
from commissioning.ground.tables import DatedTable, append_only
from places.directory.models import Place


class RulesSheet(DatedTable):
    """A body's own rules as they stood from a day on; each version stays as it was written.

    ``content`` is what ``PlaceRules.from_mapping`` reads, without place and day; and whose they
    are: ``body`` (the id of an organisation) and ``body_name``.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="rules_sheets")
    version = models.PositiveSmallIntegerField()
    dated = models.DateField()
    content = models.JSONField()
    what_changed = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-dated", "-version")
        constraints = [models.UniqueConstraint("place", "version", name="rules_sheet_version_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.body_name}, version {self.version}, from {day(self.dated)}"

    @property
    def body_name(self) -> str:
        """Whose rules they are, as a walk cites them; the place, for a sheet that names no body."""
        return str(self.content.get("body_name") or self.place.name)


class TreeVersion(DatedTable):
    """One version of a tree, whole: with the parts it includes and the facts it rests on.

    A tree that ships is kept when the first walk of it begins, so that a later release of this
    application changes no walk. A place publishes its own by file. A version can be withdrawn:
    nobody begins with it any more, and walks that began with it go on and say so.
    """

    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="trees")
    tree_id = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    text = models.TextField()
    what_changed = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_reason = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("tree_id", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "tree_id", "version"],
                nulls_distinct=False,
                name="tree_version_once",
            ),
            models.UniqueConstraint(
                fields=["place", "tree_id", "digest"],
                nulls_distinct=False,
                name="tree_text_once",
            ),
            models.CheckConstraint(
                name="tree_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True)
                | (Q(withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
            ),
            models.CheckConstraint(
                name="tree_of_a_place_published_by_somebody",
                condition=Q(place__isnull=True) | Q(by__isnull=False),
            ),
        ]
        triggers = append_only(but=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"
