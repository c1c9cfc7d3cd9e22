"""Programmes: one commissioning cycle in a place, who is in it, and what they have agreed."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from commissioning.ground.tables import DatedTable, Table, append_only
from places.directory.models import Organisation, Place


class Stage(models.TextChoices):
    """The five stages, in order."""

    VISION = "vision", "Vision"
    RESOURCES = "resources", "Resources"
    OPTIONS = "options", "Options"
    DELIVERY = "delivery", "Delivery"
    LEARNING = "learning", "Learning"


class Role(models.TextChoices):
    """What a member of a programme is."""

    LEAD = "lead", "Lead commissioner"
    COMMISSIONER = "commissioner", "Commissioner"
    FACILITATOR = "facilitator", "Facilitator"
    PARTNER = "partner", "Partner organisation"
    CITIZEN = "citizen", "Citizen commissioner"
    OBSERVER = "observer", "Observer"


@pghistory.track()
class Programme(DatedTable):
    """One commissioning cycle in a place."""

    slug = models.SlugField(unique=True, max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="programmes")
    title = models.CharField(max_length=160)
    about = models.TextField("what it is about")
    led_by = models.ForeignKey(Organisation, models.PROTECT, related_name="leads")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.VISION)
    is_public = models.BooleanField("anyone may read its journey", default=False)
    level_field_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ("-starts_on", "title")
        constraints = [
            models.CheckConstraint(
                name="programme_ends_after_it_starts",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Membership(DatedTable):
    """A person's role in a programme, and the organisation they speak for, if any."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("programme", "user", name="member_once")]


@pghistory.track(exclude=["token_digest"])
class Invitation(DatedTable):
    """An invitation by e-mail, to an address with or without an account."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)


class Declaration(DatedTable):
    """What a member or their organisation could gain. The latest one stands; none is erased."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="declarations")
    could_gain = models.BooleanField()
    words = models.TextField("what you or your organisation could gain", blank=True)

    class Meta:
        ordering = ("-created_at",)
        triggers = append_only()


@pghistory.track()
class Vision(DatedTable):
    """A version of the shared vision. At most one stands agreed; the newest agreed one counts."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="visions")
    version = models.PositiveSmallIntegerField()
    statement = models.TextField()
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    how_agreed = models.TextField("how it was agreed, and by whom", blank=True)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint("programme", "version", name="vision_version_once"),
            models.CheckConstraint(
                name="vision_agreed_by_somebody",
                condition=models.Q(agreed_at__isnull=True) | models.Q(agreed_by__isnull=False),
            ),
        ]


@pghistory.track()
class Outcome(DatedTable):
    """A thing that the place wants to be true, born in the vision."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"],
                name="outcome_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title


class Endorsement(DatedTable):
    """An organisation or a person standing behind an agreed vision."""

    vision = models.ForeignKey(Vision, models.PROTECT, related_name="endorsements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="endorsements")
    words = models.CharField("in your own words", max_length=280, blank=True)

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["vision", "organisation"],
                condition=models.Q(organisation__isnull=False),
                name="organisation_endorses_once",
            ),
            models.UniqueConstraint(
                fields=["vision", "user"],
                condition=models.Q(organisation__isnull=True),
                name="person_endorses_once",
            ),
        ]
        triggers = append_only()


class GateLift(DatedTable):
    """The lead opened the money gate before the vision was agreed, and why. Never erased."""

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="gate_lift")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        triggers = append_only()


class StageSignOff(DatedTable):
    """A stage left behind, by whom and why."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sign_offs")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("created_at",)
        constraints = [models.UniqueConstraint("programme", "stage", name="stage_signed_off_once")]
        triggers = append_only()


@pghistory.track()
class Given(Table):
    """One line of **fixed and open**: what is already decided, or what is truly open, in words."""

    class Kind(models.TextChoices):
        FIXED = "fixed", "Fixed"
        OPEN = "open", "Open"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="givens")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=0)
    words = models.TextField()

    class Meta:
        ordering = ("kind", "position")


class LevelFieldEntry(Table):
    """What an organisation attended, saw or said: the level-playing-field file."""

    class Kind(models.TextChoices):
        ATTENDED = "attended", "Attended"
        SAW = "saw", "Saw"
        SAID = "said", "Said"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="level_field")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    what = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("at",)
        triggers = append_only()


class HistoryEntry(Table):
    """One thing that happened, in plain words: "lifted the money gate early, because ..."."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="history")
    # None where the application itself acted (a clock ran out).
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sentence = models.TextField()
    reason = models.TextField(blank=True)
    is_public = models.BooleanField(default=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at",)
        triggers = append_only()
        indexes = [models.Index(fields=["programme", "-at"], name="history_by_time")]
