"""A question: what a programme is deciding, for whom, towards which outcomes, and from when."""

from decimal import Decimal
from typing import Final

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, append_only
from commissioning.programmes.models import LevelFieldEntry, Membership, Outcome, Programme
from places.directory.models import Area, Organisation

PENCE: Final = Decimal("0.01")


class Vat(models.TextChoices):
    """Whether value added tax is really paid on top; the estimate of a contract includes it."""

    UNKNOWN = "unknown", _("We do not know yet")
    STANDARD = "standard", _("Yes, at the standard rate of 20%")
    REDUCED = "reduced", _("Yes, at the reduced rate of 5%")
    NONE = "none", _("No: exempt, zero-rated or outside VAT")

    @property
    def rate(self) -> Decimal:
        """The tax on one pound; an unknown counts as the standard rate, the cautious reading."""
        rates = {Vat.REDUCED: Decimal("0.05"), Vat.NONE: Decimal(0)}
        return rates.get(self, Decimal("0.20"))


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions, as people ask for them."""

    def of(self, programme: Programme, *, drafts: bool) -> "QuestionQuerySet":
        """A programme's questions; drafts are for those who run it."""
        found = self.filter(programme=programme).select_related("who_buys")
        return found if drafts else found.exclude(state=Question.State.DRAFT)


@pghistory.track()
class Question(DatedTable):
    """What is to be decided. Values are asked for only once the money gate is open."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPRAISING = "appraising", _("Being appraised")
        DECIDING = "deciding", _("Before the body that decides")
        DECIDED = "decided", _("Decided")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="questions")
    title = models.CharField(_("title"), max_length=160)
    what = models.TextField(_("what you are deciding"))
    for_whom = models.TextField(_("whom it is for"), blank=True)
    outcomes = models.ManyToManyField(Outcome, related_name="questions", blank=True)
    areas = models.ManyToManyField(Area, related_name="questions", blank=True)
    who_buys = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The whole life of what is first agreed, net of VAT; options and extensions beside it.
    net_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    options_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    vat = models.CharField(max_length=8, choices=Vat.choices, default=Vat.UNKNOWN)
    currency = models.CharField(max_length=3, default="GBP", editable=False)
    length_months = models.PositiveSmallIntegerField(null=True, blank=True)
    extension_months = models.PositiveSmallIntegerField(null=True, blank=True)
    present_ends_on = models.DateField(null=True, blank=True)
    # Who provides it now: an organisation of the directory, whose members could gain by that fact;
    # or, where the directory has it not, its name in words, by which nobody is known to be of it.
    present_provider = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    present_provider_words = models.CharField(max_length=200, blank=True)
    # The one group that a grant is meant for, without a call; in words where the directory has it
    # not. Its members could gain by that fact.
    goes_to = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    goes_to_words = models.CharField(max_length=200, blank=True)
    begins_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # When everybody could first read it. Null: a draft, or put before this was noted.
    put_at = models.DateTimeField(null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["programme", "state"], name="questions_of_a_programme")]
        constraints = [
            models.CheckConstraint(
                name="question_values_not_negative",
                condition=(Q(net_value__isnull=True) | Q(net_value__gte=0))
                & (Q(options_value__isnull=True) | Q(options_value__gte=0)),
            ),
            models.CheckConstraint(
                name="question_options_beside_a_value",
                condition=Q(options_value__isnull=True) | Q(net_value__isnull=False),
            ),
            models.CheckConstraint(
                name="question_provider_chosen_or_written",
                condition=Q(present_provider__isnull=True) | Q(present_provider_words=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="one_way",
                field="state",
                transitions=[
                    ("draft", "appraising"),
                    ("appraising", "deciding"),
                    # The body that decides sends it back.
                    ("deciding", "appraising"),
                    ("deciding", "decided"),
                ],
            ),
            pgtrigger.Protect(
                name="keep_asked",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The question's page."""
        return reverse("questions:question", args=[self.programme.slug, self.pk])

    @property
    def provides_now(self) -> str:
        """The name of who provides it now, chosen or written; "" where nobody is named."""
        return self.present_provider.name if self.present_provider else self.present_provider_words

    @property
    def one_group(self) -> str:
        """The one group that a grant is meant for; "" where everybody may be asked."""
        return self.goes_to.name if self.goes_to else self.goes_to_words

    @property
    def is_open(self) -> bool:
        """Whether its words, dates and values may still change."""
        return self.state in {self.State.DRAFT, self.State.APPRAISING}

    @property
    def net_of_everything(self) -> Decimal | None:
        """Net of VAT, with every option and extension."""
        if self.net_value is None:
            return None
        return self.net_value + (self.options_value or Decimal(0))

    @property
    def estimated_value(self) -> Decimal | None:
        """What thresholds are compared with: net, plus VAT payable, options and extensions."""
        net = self.net_of_everything
        return None if net is None else (net * (1 + Vat(self.vat).rate)).quantize(PENCE)

    @property
    def whole_length_months(self) -> int | None:
        """Months with every extension."""
        if self.length_months is None:
            return None
        return self.length_months + (self.extension_months or 0)


class QuestionDeclaration(DatedTable):
    """What a member could gain from how this question is decided. The latest one stands."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="declarations")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="question_declarations")
    could_gain = models.BooleanField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("-created_at",)
        triggers = append_only()


@pghistory.track()
class FieldChoice(DatedTable):
    """What somebody said of a line of the level-playing-field file: of this question, or not."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="field_choices")
    entry = models.ForeignKey(LevelFieldEntry, models.PROTECT, related_name="+")
    belongs = models.BooleanField()
    # Why a line that may have been an early talk is not about the question.
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("question", "entry", name="field_choice_once"),
            models.CheckConstraint(
                name="field_choice_reason_where_it_is_not",
                condition=Q(belongs=False) | Q(reason=""),
            ),
        ]


@pghistory.track()
class BackwardPlan(DatedTable):
    """How a question's backward plan is counted: the way, and the place's own lengths of steps."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="plan")
    way = models.CharField(_("way"), max_length=20, default="light_touch")
    key_decision = models.BooleanField(_("is it a key decision?"), default=True)
    # Key of a step to its length, in that step's own unit; a step that is absent is as assumed.
    lengths = models.JSONField(default=dict)
    changed_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.way
