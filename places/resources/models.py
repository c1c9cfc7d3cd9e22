"""Resources: everything that a place has towards its outcomes, before anybody speaks of money."""

from datetime import date

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Outcome, Programme
from places.directory.models import Area, Organisation, Place
from places.directory.names import SearchTextField, SortKeyField, folded
from places.imports.models import Import


class Kind(models.TextChoices):
    """What sort of thing it is. There is no amount of money among them, and none in a row."""

    PEOPLE = "people", _("People and skills")
    TIME = "time", _("Volunteers' time")
    GROUPS = "groups", _("Groups and networks")
    BUILDINGS = "buildings", _("Buildings and space")
    EQUIPMENT = "equipment", _("Equipment")
    KNOWLEDGE = "knowledge", _("Knowledge and data")
    SERVICES = "services", _("Services")
    MONEY_IN_KIND = "in_kind", _("Money in kind")


class Where(models.TextChoices):
    """Where it is to be had."""

    POINT = "point", _("At one spot")
    AREA = "area", _("In one area")
    EVERYWHERE = "everywhere", _("Everywhere in the place")
    UNPLACED = "unplaced", _("Somewhere here, no spot known")


class State(models.TextChoices):
    """How far it has come."""

    SUGGESTED = "suggested", _("Suggested")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    MERGED = "merged", _("Merged into another")


PUBLISHED = models.Q(state="published")


class Source(models.TextChoices):
    """How it came here."""

    HAND = "hand", _("Added by hand")
    OFFER = "offer", _("Offered at a workshop")
    IMPORT = "import", _("Brought in from a file")


class ResourceQuerySet(models.QuerySet["Resource"]):
    """Resources, as somebody may see them, found by words."""

    def published(self) -> "ResourceQuerySet":
        """Those that anybody may read, wherever they read them."""
        return self.filter(state=State.PUBLISHED).filter(
            models.Q(programme__isnull=True) | models.Q(programme__is_public=True)
        )

    def visible_to(self, user: object) -> "ResourceQuerySet":
        """Published ones; those of a private programme for its members only."""
        found = self.filter(state=State.PUBLISHED)
        if isinstance(user, User):
            mine = Membership.objects.in_force().filter(user=user).values("programme_id")
            private = Programme.objects.filter(is_public=False).exclude(pk__in=mine)
        else:
            private = Programme.objects.filter(is_public=False)
        return found.filter(
            models.Q(programme__isnull=True)
            | ~models.Exists(private.filter(pk=models.OuterRef("programme_id")))
        )

    def matching(self, words: str) -> "ResourceQuerySet":
        """Those that hold every word, or a word begun so."""
        terms = folded(words).split()[:8]
        if not terms:
            return self
        query = SearchQuery(
            " & ".join(f"'{term}':*" for term in terms), config="simple", search_type="raw"
        )
        return self.filter(search=query)


@pghistory.track(exclude=["search", "search_text"])
class Resource(DatedTable):
    """One thing that a place has.

    ``programme`` is the one that it came through, if any: a private programme's stay its members'.
    ``area`` is chosen where it is in one area, and worked out from the boundaries where it is a
    point: None then means that it lies in no area that we know.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="resources")
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.CharField(max_length=160)
    sort_key = SortKeyField("what")
    about = models.TextField("more about it", blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="resources"
    )
    whose = models.CharField("whose it is, in words", max_length=160, blank=True)
    where = models.CharField(max_length=10, choices=Where.choices, default=Where.EVERYWHERE)
    longitude = models.FloatField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    area = models.ForeignKey(Area, models.SET_NULL, null=True, blank=True, related_name="resources")
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    when = models.CharField("when it can be had", max_length=200, blank=True)
    for_whom = models.CharField("who it is for", max_length=200, blank=True)
    website = models.URLField(max_length=500, blank=True)
    email = models.EmailField("public e-mail address", blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    checked_on = models.DateField("last checked", null=True, blank=True)
    review_on = models.DateField("look at it again on", null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="looks_after"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    why_hidden = models.CharField(max_length=280, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.HAND)
    source_words = models.CharField("where we have it from", max_length=280, blank=True)
    # The file that it came in, and what tells it from every other thing there: the same thing
    # never comes twice.
    brought_in = models.ForeignKey(
        Import, models.PROTECT, null=True, related_name="+", editable=False
    )
    import_key = models.UUIDField(null=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True, db_default=Now(), editable=False)
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="merged")
    search_text = SearchTextField(
        sources=("what", "about", "whose_name", "for_whom", "when", "address", "postcode")
    )
    search = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "id")
        constraints = [
            models.CheckConstraint(
                name="resource_point_has_both_coordinates",
                condition=models.Q(
                    where="point",
                    # Said apart: to the database, nothing is within every range.
                    longitude__isnull=False,
                    latitude__isnull=False,
                    longitude__range=(-180, 180),
                    latitude__range=(-90, 90),
                )
                | (
                    ~models.Q(where="point")
                    & models.Q(longitude__isnull=True, latitude__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="resource_in_an_area_names_it",
                condition=~models.Q(where="area") | models.Q(area__isnull=False),
            ),
            models.CheckConstraint(
                name="resource_everywhere_is_in_no_one_area",
                condition=~models.Q(where="everywhere") | models.Q(area__isnull=True),
            ),
            models.CheckConstraint(
                name="resource_merged_says_into_which",
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="resource_not_merged_into_itself",
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
            ),
            models.UniqueConstraint(
                fields=["place", "import_key"],
                name="resource_imported_once",
            ),
        ]
        # Each filter of the list, in the order in which the list stands.
        indexes = [
            models.Index(
                fields=["place", "sort_key", "id"], name="resource_by_name", condition=PUBLISHED
            ),
            models.Index(
                fields=["place", "kind", "sort_key", "id"],
                name="resource_by_kind",
                condition=PUBLISHED,
            ),
            models.Index(
                fields=["area", "sort_key", "id"], name="resource_by_area", condition=PUBLISHED
            ),
            models.Index(
                fields=["place", "latitude", "longitude"],
                name="resource_by_spot",
                condition=PUBLISHED,
            ),
            models.Index(fields=["place", "state"], name="resource_by_state"),
            models.Index(fields=["review_on"], name="resource_by_review", condition=PUBLISHED),
            GinIndex(fields=["search"], name="resource_search"),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Its own page, on its place's map."""
        return reverse("resources:resource", args=[self.place.slug, self.pk])

    @property
    def whose_name(self) -> str:
        """Whose it is: the organisation's name, or the words that were given."""
        return self.organisation.name if self.organisation else self.whose

    @property
    def is_due(self) -> bool:
        """Whether somebody should look at it again."""
        return self.review_on is not None and self.review_on <= timezone.localdate()


@pghistory.track()
class OutcomeLink(DatedTable):
    """What a resource does for an outcome: how, how sure we are, and who said so."""

    class Sure(models.TextChoices):
        SEEN = "seen", _("We have seen it")
        TOLD = "told", _("Somebody told us")
        GUESS = "guess", _("We think so")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="links")
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="resource_links")
    how = models.CharField("how it helps", max_length=280)
    sure = models.CharField("how sure are we?", max_length=5, choices=Sure.choices)
    said_by = models.CharField("who said so", max_length=160)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint("outcome", "resource", name="resource_helps_an_outcome_once")
        ]


class Merge(DatedTable):
    """Two rows that were one thing. ``moved`` is what an undo gives back to the merged one."""

    kept = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    merged = models.ForeignKey(Resource, models.CASCADE, related_name="merges")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    before = models.CharField(max_length=10, choices=State.choices)
    moved = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=models.Q(undone_at__isnull=True),
                name="resource_merged_once_at_a_time",
            ),
            models.CheckConstraint(
                name="merge_undone_by_somebody",
                condition=models.Q(undone_at__isnull=True, undone_by__isnull=True)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]


class Different(Table):
    """Somebody looked at two that seemed alike and said that they are not the same."""

    one = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    other = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        constraints = [models.UniqueConstraint("one", "other", name="different_said_once")]


class SavedView(DatedTable):
    """Filters that a person keeps under a name: the query string of a list."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint("user", "place", "name", name="saved_view_named_once")
        ]


def a_year_from(day: date) -> date:
    """When something checked on that day is looked at again, unless somebody says otherwise."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


class BroughtOrganisation(DatedTable):
    """An organisation that a file named: found in the directory, or put there by the import."""

    brought_in = models.ForeignKey(Import, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    import_key = models.UUIDField()
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    is_new = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint("place", "import_key", name="organisation_brought_in_once")
        ]
