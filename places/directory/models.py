"""Places, their areas, organisations and the people who act for them."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse

from commissioning.ground.tables import DatedTable, Table
from commissioning.people.models import User
from places.directory.names import SearchTextField, SortKeyField, folded


@pghistory.track()
class Place(DatedTable):
    """A council area, a neighbourhood or an integrated care system."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council area"
        NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"
        CARE_SYSTEM = "care_system", "Integrated care system"

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    sort_key = SortKeyField(db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COUNCIL)
    # Begins the number of every document issued here: RIV-2027-014.
    prefix = models.CharField("letters that its records begin with", max_length=6, unique=True)
    about = models.TextField("about the place", blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("sort_key", "name")
        constraints = [
            models.CheckConstraint(
                name="place_prefix_is_capitals", condition=models.Q(prefix__regex=r"^[A-Z]{2,6}$")
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The place's page."""
        return reverse("directory:place", args=[self.slug])


@pghistory.track()
class Area(Table):
    """A ward, estate or village of a place, with its boundary as GeoJSON (WGS 84) if known."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="areas")
    name = models.CharField(max_length=120)
    sort_key = SortKeyField()
    boundary = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("sort_key", "name")
        constraints = [models.UniqueConstraint("place", "name", name="area_name_in_place")]

    def __str__(self) -> str:
        return self.name


class BoundaryUpload(DatedTable):
    """A file of boundaries, read and mended, shown before it is used, and undone if it was wrong.

    ``features`` holds ``[{"properties": {..}, "geometry": {..}, "mended": bool}]``; ``before``
    what an undo puts back: ``[{"name": .., "boundary": ..}]``.
    """

    place = models.ForeignKey(Place, models.CASCADE, related_name="boundary_uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    features = models.JSONField()
    name_property = models.CharField(max_length=80, blank=True)
    replaces = models.BooleanField(default=False)
    before = models.JSONField(null=True)
    used_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                name="boundaries_undone_only_after_use",
                condition=models.Q(undone_at__isnull=True) | models.Q(used_at__isnull=False),
            )
        ]


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Organisations, found by who acts for them and by words."""

    def acted_for_by(self, user: object) -> "OrganisationQuerySet":
        """Those that the person acts for."""
        if not isinstance(user, User):
            return self.none()
        return self.filter(members__user=user)

    def matching(self, words: str) -> "OrganisationQuerySet":
        """Those whose name, description or identifier holds every word, or a word begun so."""
        terms = folded(words).split()[:8]
        if not terms:
            return self
        query = SearchQuery(
            " & ".join(f"'{term}':*" for term in terms), config="simple", search_type="raw"
        )
        # A union, not an "or": each half then has its index.
        spoken = Organisation.objects.filter(search=query).order_by().values("pk")
        numbered = Identifier.objects.filter(value__in=_numbers(words)).order_by()
        return self.filter(pk__in=spoken.union(numbered.values("organisation_id")))


def _numbers(words: str) -> list[str]:
    """What a register's number may be among what was typed: GB-CHC-1234567 is 1234567 there."""
    typed = "".join(words.upper().split()).replace("\x00", "")[:60]
    return [typed, typed.rpartition("-")[2]]


@pghistory.track(exclude=["search", "search_text"])
class Organisation(DatedTable):
    """A body that takes part: council, NHS body, charity, company, group without a form."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council or other public body"
        HEALTH = "health", "NHS body"
        CHARITY = "charity", "Charity"
        SOCIAL_ENTERPRISE = "social_enterprise", "Social enterprise"
        COMMUNITY_GROUP = "community_group", "Community group without a legal form"
        INTERMEDIARY = "intermediary", "Support body (such as a council for voluntary service)"
        BUSINESS = "business", "Business"
        OTHER = "other", "Other"

    # The kinds of body that may lead a programme, once they are confirmed to be what they say.
    LEADING_KINDS: ClassVar[frozenset[str]] = frozenset({"council", "health", "intermediary"})

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=160)
    sort_key = SortKeyField(db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="organisations", null=True, blank=True
    )
    about = models.TextField("what it does", blank=True)
    email = models.EmailField("public e-mail address", blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    website = models.URLField(blank=True)
    address = models.TextField(blank=True)
    # Kind is what an organisation says of itself. Somebody who runs the installation confirms it
    # before the organisation can lead a programme, or a stranger could found "the council".
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)
    search_text = SearchTextField(sources=("name", "about"))
    search = models.GeneratedField(
        expression=SearchVector("search_text", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "name")
        indexes = [GinIndex(fields=["search"], name="organisation_search")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organisation's public profile."""
        return reverse("directory:organisation", args=[self.slug])


@pghistory.track()
class Identifier(Table):
    """A registered identifier, by org-id.guide prefix: GB-CHC 1234567."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ("scheme", "value")
        constraints = [models.UniqueConstraint("scheme", "value", name="identifier_stands_once")]
        indexes = [models.Index(fields=["value"], name="identifier_by_value")]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


@pghistory.track()
class OrganisationMember(DatedTable):
    """A person who acts for an organisation."""

    class Role(models.TextChoices):
        KEEPER = "keeper", "Keeper: looks after the profile and who acts for it"
        EDITOR = "editor", "Editor: writes for it"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acts_for")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EDITOR)

    class Meta:
        ordering = ("-role", "created_at")
        constraints = [
            models.UniqueConstraint("organisation", "user", name="acts_once_for_an_organisation")
        ]


@pghistory.track(exclude=["token_digest"])
class OrganisationInvitation(DatedTable):
    """An invitation by e-mail to act for an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address")
    role = models.CharField(max_length=10, choices=OrganisationMember.Role.choices)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "organisation",
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_an_address",
            ),
            models.CheckConstraint(
                name="organisation_invitation_one_end",
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
        ]


@pghistory.track()
class JoinRequest(DatedTable):
    """Somebody says that they act for an organisation; one of its keepers answers."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    words = models.CharField("who you are there", max_length=280)
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    accepted = models.BooleanField(null=True, editable=False)

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(answered_at__isnull=True),
                name="one_open_request_to_join",
            ),
            models.CheckConstraint(
                name="join_request_answered_whole",
                condition=models.Q(
                    answered_at__isnull=True, answered_by__isnull=True, accepted__isnull=True
                )
                | models.Q(
                    answered_at__isnull=False, answered_by__isnull=False, accepted__isnull=False
                ),
            ),
        ]


class MeasureQuerySet(models.QuerySet["Measure"]):
    """What organisations say that they measure."""

    def standing(self) -> "MeasureQuerySet":
        """Those that their organisation has not taken away."""
        return self.filter(withdrawn_at__isnull=True)


@pghistory.track()
class Measure(DatedTable):
    """Something that an organisation measures of its own work, in its own words.

    Nobody checks it, so every page that shows it says whose word it is. One that was taken away
    stays as a row: what was once public can be found out later.
    """

    # The longest that each part may be. The columns, the action and the form all read it here.
    LONGEST: ClassVar[dict[str, int]] = {
        "what": 120,
        "figure": 40,
        "unit": 60,
        "period": 80,
        "how_known": 400,
    }

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="measures")
    what = models.CharField("what is measured", max_length=LONGEST["what"])
    # A number as it is written, or words: "about half" is an honest figure too.
    figure = models.CharField(max_length=LONGEST["figure"])
    unit = models.CharField(max_length=LONGEST["unit"], blank=True)
    period = models.CharField("when it was measured", max_length=LONGEST["period"])
    how_known = models.CharField("how it is known", max_length=LONGEST["how_known"])
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(
                name="measure_said_whole",
                condition=~models.Q(what="")
                & ~models.Q(figure="")
                & ~models.Q(period="")
                & ~models.Q(how_known=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.figure} {self.unit}".rstrip()
