"""Programmes: one commissioning cycle in a place, who is in it, and what they have agreed."""

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table, append_only
from commissioning.programmes import triggers
from places.directory.models import Organisation, Place


class Stage(models.TextChoices):
    """The five stages, in order."""

    VISION = "vision", _("Vision")
    RESOURCES = "resources", _("Resources")
    OPTIONS = "options", _("Options")
    DELIVERY = "delivery", _("Delivery")
    LEARNING = "learning", _("Learning")

    @property
    def number(self) -> int:
        """1 for vision to 5 for learning."""
        return list(Stage).index(self) + 1

    @property
    def following(self) -> "Stage | None":
        """The stage after this one; None after learning."""
        stages = list(Stage)
        return stages[self.number] if self.number < len(stages) else None


class Role(models.TextChoices):
    """What a member of a programme is."""

    LEAD = "lead", _("Lead commissioner")
    COMMISSIONER = "commissioner", _("Commissioner")
    FACILITATOR = "facilitator", _("Facilitator")
    PARTNER = "partner", _("Partner organisation")
    CITIZEN = "citizen", _("Citizen commissioner")
    OBSERVER = "observer", _("Observer")


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
    # Said from the first page on, whatever the money gate says: it hides no one's own pay.
    what_taking_part_pays = models.TextField("what taking part pays or refunds", blank=True)
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
        triggers = [triggers.begins_with_vision(), triggers.stage_by_sign_off()]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The journey page."""
        return reverse("programmes:journey", args=[self.slug])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def in_force(self) -> "MembershipQuerySet":
        """Not removed, and not past their last day."""
        today = timezone.localdate()
        return self.filter(removed_at__isnull=True).filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=today)
        )


@pghistory.track()
class Membership(DatedTable):
    """A person's role in a programme, and the organisation they speak for, if any.

    One row for a person, whose role may change; ``since`` is when the present role and
    organisation began, and a declaration of interest older than that no longer counts.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    since = models.DateTimeField(db_default=Now(), editable=False)
    ends_on = models.DateField("until", null=True, blank=True)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("programme", "user", name="member_once"),
            models.CheckConstraint(
                name="partner_speaks_for_an_organisation",
                condition=~models.Q(role="partner") | models.Q(organisation__isnull=False),
            ),
        ]


@pghistory.track(exclude=["token_digest"])
class Invitation(DatedTable):
    """An invitation by e-mail, to an address with or without an account."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address")
    role = models.CharField(max_length=12, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
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
                "programme",
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_a_person",
            ),
            models.CheckConstraint(
                name="invitation_accepted_or_withdrawn",
                condition=models.Q(accepted_at__isnull=True) | models.Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invited_partner_has_organisation",
                condition=~models.Q(role="partner") | models.Q(organisation__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="accepted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_at__isnull=False),
            )
        ]


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
    """A version of the shared vision. The newest agreed one counts; an agreed one never changes."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="visions")
    version = models.PositiveSmallIntegerField()
    statement = models.TextField("the vision, in one or two sentences")
    what_changed = models.TextField("what changed, and why", blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    how_agreed = models.TextField("how it was agreed", blank=True)
    who_was_there = models.TextField("who was there", blank=True)

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint("programme", "version", name="vision_version_once"),
            models.CheckConstraint(
                name="vision_agreed_by_somebody",
                condition=models.Q(agreed_at__isnull=True) | models.Q(agreed_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="agreed_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__agreed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.statement


class CurrentOutcomes(models.Manager["Outcome"]):
    """The outcomes of the vision that counts; those that a later version dropped are left out."""

    def get_queryset(self) -> models.QuerySet["Outcome"]:
        """In their order."""
        return super().get_queryset().filter(position__isnull=False)


@pghistory.track()
class Outcome(DatedTable):
    """A thing that the place wants to be true, born in the agreed vision.

    Everything else links to it, so an outcome that a later version of the vision drops is kept
    without a position: ``programme.outcomes`` no longer lists it, links to it still hold.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="outcomes")
    position = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=200)
    about = models.TextField(blank=True)

    objects = CurrentOutcomes()
    ever: ClassVar[models.Manager["Outcome"]] = models.Manager()

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


class VisionOutcome(Table):
    """An outcome as one version of the vision words it; frozen when that version is agreed."""

    vision = models.ForeignKey(Vision, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    title = models.CharField("a thing you want to be true", max_length=200)
    about = models.TextField("more about it", blank=True)
    # The outcome that this line becomes, or already is.
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, editable=False)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["vision", "position"],
                name="vision_line_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]
        triggers = [triggers.agreed_lines_stay()]


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
        triggers = [*append_only(), triggers.current_stage_only()]


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
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="did"
    )
    sentence = models.TextField()
    reason = models.TextField(blank=True)
    is_public = models.BooleanField(default=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-at",)
        triggers = append_only()
        indexes = [models.Index(fields=["programme", "-at"], name="history_by_time")]
