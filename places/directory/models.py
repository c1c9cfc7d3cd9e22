"""Places, their areas, organisations and the people who act for them."""

import pghistory
from django.conf import settings
from django.db import models

from commissioning.ground.tables import DatedTable, Table


@pghistory.track()
class Place(DatedTable):
    """A council area, a neighbourhood or an integrated care system."""

    class Kind(models.TextChoices):
        COUNCIL = "council", "Council area"
        NEIGHBOURHOOD = "neighbourhood", "Neighbourhood"
        CARE_SYSTEM = "care_system", "Integrated care system"

    slug = models.SlugField(unique=True, max_length=60)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.COUNCIL)
    # Begins the number of every document issued here: RIV-2027-014.
    prefix = models.CharField(max_length=6, unique=True)
    about = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="place_prefix_is_capitals", condition=models.Q(prefix__regex=r"^[A-Z]{2,6}$")
            )
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Area(Table):
    """A ward, estate or village of a place, with its boundary as GeoJSON (WGS 84) if known."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="areas")
    name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=120, editable=False)
    boundary = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ("sort_key", "name")
        constraints = [models.UniqueConstraint("place", "name", name="area_name_in_place")]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
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

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=160)
    sort_key = models.CharField(max_length=160, editable=False, db_index=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.ForeignKey(
        Place, models.PROTECT, related_name="organisations", null=True, blank=True
    )
    about = models.TextField("what it does", blank=True)
    email = models.EmailField("public e-mail address", blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    website = models.URLField(blank=True)
    address = models.TextField(blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("sort_key", "name")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Identifier(Table):
    """A registered identifier, by org-id.guide prefix: GB-CHC 1234567."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ("scheme", "value")
        constraints = [models.UniqueConstraint("scheme", "value", name="identifier_stands_once")]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


@pghistory.track()
class OrganisationMember(DatedTable):
    """A person who acts for an organisation."""

    class Role(models.TextChoices):
        KEEPER = "keeper", "Looks after the profile and who acts for it"
        EDITOR = "editor", "Writes for it"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="acts_for")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EDITOR)

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", "user", name="acts_once_for_an_organisation")
        ]
