"""A round, the projects on its ballot, and what is declared before it opens."""

from datetime import datetime
from decimal import Decimal

import pghistory
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commissioning.documents.models import IssuedDocument
from commissioning.ground.tables import DatedTable, Table, append_only
from commissioning.programmes.models import Outcome, Programme
from participation.calls.models import BallotEntry
from places.directory.models import Area, Organisation

PENNY = Decimal("0.01")


class RoundQuerySet(models.QuerySet["Round"]):
    """Verbs for lists of rounds."""

    def public(self) -> "RoundQuerySet":
        """Rounds that have opened, of programmes that anyone may read."""
        return self.exclude(status=Round.Status.DRAFT).filter(programme__is_public=True)


@pghistory.track()
class Round(DatedTable):
    """A participatory budget. What it declares is frozen when it opens (migration 0002)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Voting is open")
        CLOSING = "closing", _("Closing")
        COUNTED = "counted", _("Counted")
        SEALED = "sealed", _("Sealed: nobody can open a ballot again")

    class PartFit(models.TextChoices):
        SKIP = "skip", _("Pass over it, and fund the next that fits")
        STOP = "stop", _("Stop there, and keep the rest")
        OFFER = "offer", _("Offer its group the money that is left, and stop there")

    class OwnProjects(models.TextChoices):
        ALLOWED = "allowed", _("Everyone may vote for any idea, their own too")
        ASKED_NOT = "asked_not", _("People are asked not to vote for their own idea")

    class EarlyLeavers(models.TextChoices):
        ALL = "all", _("A vote counts only once every idea has a score")
        AS_FAR = "as_far", _("A vote counts as far as it goes")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds")
    title = models.CharField(max_length=160)
    about = models.TextField(_("what it is about"), blank=True)
    hall = models.CharField(
        _("hall"),
        max_length=160,
        blank=True,
        help_text=_("Where people vote together. Leave empty when they vote at home."),
    )
    status = models.CharField(
        max_length=7, choices=Status.choices, default=Status.DRAFT, editable=False
    )

    # Declared beforehand, shown to everybody, frozen on opening.
    style = models.CharField(_("ballot style"), max_length=20, default="approval")
    style_options = models.JSONField(default=dict, blank=True)
    rule = models.CharField(_("counting rule"), max_length=20, default="greedy")
    rule_options = models.JSONField(default=dict, blank=True)
    budget = models.DecimalField(
        _("budget"), max_digits=12, decimal_places=2, validators=[MinValueValidator(PENNY)]
    )
    currency = models.CharField(max_length=3, default="GBP")
    eligibility = models.TextField(_("who may vote"))
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), default=16)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    expected_cards = models.PositiveIntegerField(_("voting cards at most"), default=500)
    code_symbols = models.PositiveSmallIntegerField(null=True, editable=False)
    tie_seed = models.CharField(_("seed of the lot"), max_length=200, blank=True, editable=False)
    tie_order = models.JSONField(_("order of the lot"), default=list, blank=True, editable=False)
    part_fit = models.CharField(
        _("when the next idea only partly fits"),
        max_length=5,
        choices=PartFit.choices,
        default=PartFit.SKIP,
    )
    reserves = models.PositiveSmallIntegerField(_("ideas on the reserve list"), default=3)
    own_projects = models.CharField(
        _("voting for one's own idea"),
        max_length=9,
        choices=OwnProjects.choices,
        default=OwnProjects.ALLOWED,
    )
    early_leavers = models.CharField(
        _("people who leave early"),
        max_length=6,
        choices=EarlyLeavers.choices,
        default=EarlyLeavers.ALL,
    )
    adopting_body = models.CharField(_("who adopts the result"), max_length=200)
    adopting_power = models.CharField(_("under which power"), max_length=300)
    publish_full_from = models.PositiveIntegerField(
        _("publish every ballot if at least so many voted"), default=100
    )
    publish_area_from = models.PositiveIntegerField(
        _("show no figures of areas with fewer ballots than"), default=10
    )

    # Where an imported round comes from: country, unit, and the like, as its file says.
    source = models.JSONField(default=dict, blank=True, editable=False)

    # Written on opening.
    config = models.TextField(blank=True, editable=False)
    config_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    sealed_len = models.PositiveIntegerField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    # Written on the way to the seal, each once.
    verified_at = models.DateTimeField(null=True, editable=False)
    backup_confirmed_at = models.DateTimeField(null=True, editable=False)
    backup_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    backup_note = models.TextField(blank=True, editable=False)
    key_destroyed_at = models.DateTimeField(null=True, editable=False)
    reviewed_at = models.DateTimeField(null=True, editable=False)
    owners_told_at = models.DateTimeField(null=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    record = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-opens_at", "title")
        constraints = [
            models.CheckConstraint(
                name="round_closes_after_it_opens",
                condition=models.Q(closes_at__gt=models.F("opens_at")),
            ),
            models.CheckConstraint(name="round_budget_is_money", condition=models.Q(budget__gt=0)),
            models.CheckConstraint(
                name="round_code_length",
                condition=models.Q(code_symbols__isnull=True)
                | models.Q(code_symbols__in=[8, 12, 15]),
            ),
            # Fewer would let anybody recognise a ballot that they were told to cast.
            models.CheckConstraint(
                name="round_hides_its_ballots",
                condition=models.Q(publish_full_from__gte=100, publish_area_from__gte=10),
            ),
            models.CheckConstraint(
                name="round_owners_told_before_anybody",
                condition=models.Q(published_at__isnull=True)
                | models.Q(owners_told_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        """Whether anything about it may still change."""
        return self.status == self.Status.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether it takes votes, as far as its status goes (the clock is asked when casting)."""
        return self.status == self.Status.OPEN

    @property
    def is_over(self) -> bool:
        """Whether no vote is taken any more."""
        return self.status not in {self.Status.DRAFT, self.Status.OPEN}

    @property
    def closed_at(self) -> datetime:
        """When it really closed: earlier than announced if the lead said why."""
        early = getattr(self, "closed_early", None)
        return early.created_at if early else self.closes_at


@pghistory.track()
class AreaBudget(Table):
    """An area's own part of the budget; its projects are counted by themselves."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="area_budgets")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    budget = models.DecimalField(
        max_digits=12, decimal_places=2, validators=[MinValueValidator(PENNY)]
    )

    class Meta:
        ordering = ("area__sort_key", "area__name")
        constraints = [
            models.UniqueConstraint("round", "area", name="area_budget_once"),
            models.CheckConstraint(name="area_budget_is_money", condition=models.Q(budget__gt=0)),
        ]


@pghistory.track()
class Project(DatedTable):
    """What stands on the ballot, under a number that never changes."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="projects")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    summary = models.TextField(_("in plain words"), blank=True)
    picture = models.FileField(upload_to="projects", blank=True, max_length=200)
    picture_alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    cost = models.DecimalField(
        max_digits=12, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    ballot_entry = models.ForeignKey(
        BallotEntry, models.PROTECT, null=True, blank=True, related_name="projects", editable=False
    )
    # Its name in the file that a round was imported from.
    reference = models.CharField(max_length=80, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="project_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint("round", "ballot_entry", name="entry_stands_once_in_a_round"),
            models.CheckConstraint(name="project_cost", condition=models.Q(cost__gte=0)),
            models.CheckConstraint(name="project_number", condition=models.Q(number__gte=1)),
            models.CheckConstraint(
                name="project_withdrawn_with_a_reason",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it left after voting opened. Ballots stay as they are; it cannot be funded."""
        return self.withdrawn_at is not None


class ClosesMoved(DatedTable):
    """The close was moved to later while voting was open, and why. Published, never erased."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="closes_moved")
    moved_from = models.DateTimeField()
    moved_to = models.DateTimeField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("moved_to",)
        constraints = [
            models.UniqueConstraint("round", "moved_to", name="close_moved_once"),
            models.CheckConstraint(
                name="close_moves_later", condition=models.Q(moved_to__gt=models.F("moved_from"))
            ),
            models.CheckConstraint(
                name="close_moved_with_a_reason", condition=~models.Q(reason="")
            ),
        ]
        triggers = append_only()


class ClosedEarly(DatedTable):
    """The lead closed before the announced time, when and why. Published, never erased."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="closed_early")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="closed_early_with_a_reason", condition=~models.Q(reason="")
            ),
        ]
        triggers = append_only()
