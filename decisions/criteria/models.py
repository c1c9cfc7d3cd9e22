"""Criteria: what bids or applications are judged by, by whom, and on what scale."""

from typing import Final

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.documents.models import IssuedDocument
from commissioning.ground.tables import DatedTable, Table
from commissioning.programmes.models import Membership
from decisions.questions.models import Question

TOP: Final = 5

_FINAL: Final = "a final set of criteria stands"
# The rows of a set that is final stay as they are; a new version is a new set. A draft question
# that is thrown away takes its criteria with it, so that its set is gone when its rows go.
_STANDS: Final = f"""
    judged := CASE WHEN TG_OP = 'DELETE' THEN OLD.criteria_set_id ELSE NEW.criteria_set_id END;
    IF EXISTS (
        SELECT 1 FROM criteria_criteriaset held
        WHERE held.id = judged AND held.finalised_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION '{_FINAL}' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
"""  # noqa: S608 (our own words alone)
# Leaves make 100; the parts of a criterion make its own weight; nothing is lost in between.
_MAKE_100: Final = """
    IF NEW.finalised_at IS NOT NULL AND OLD.finalised_at IS NULL THEN
        IF COALESCE((
            SELECT sum(weight) FROM criteria_criterion
            WHERE criteria_set_id = NEW.id AND parent_id IS NULL
        ), 0) <> 100 THEN
            RAISE EXCEPTION 'weights do not make 100' USING ERRCODE = 'check_violation';
        END IF;
        IF EXISTS (
            SELECT 1 FROM criteria_criterion whole
            JOIN criteria_criterion part ON part.parent_id = whole.id
            WHERE whole.criteria_set_id = NEW.id
            GROUP BY whole.id, whole.weight HAVING sum(part.weight) <> whole.weight
        ) THEN
            RAISE EXCEPTION 'parts do not make the weight of their criterion'
                USING ERRCODE = 'check_violation';
        END IF;
        IF left(NEW.what_for, 6) = 'health' AND (
            SELECT count(*) FROM criteria_criterion
            WHERE criteria_set_id = NEW.id AND key <> ''
        ) <> 5 THEN
            RAISE EXCEPTION 'a key criterion is missing' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
"""


def _stands(table: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"{table}_stands_once_final",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("judged", "uuid")],
        func=_STANDS,
    )


@pghistory.track()
class CriteriaSet(DatedTable):
    """The criteria of one question, in one version."""

    class For(models.TextChoices):
        ABOVE = "above", _("A competition at or above the threshold")
        BELOW = "below", _("A competition below the threshold")
        GRANT = "grant", _("Grants that are assessed")
        # The three processes of the provider selection regime that go by its five key criteria.
        HEALTH_COMPETE = "health_compete", _("A competitive process for health services")
        HEALTH_SUITABLE = (
            "health_suitable",
            _("The most suitable provider process for health services"),
        )
        HEALTH_EXISTING = (
            "health_existing",
            _("Direct award process C for health services: the existing provider"),
        )

    class PriceMethod(models.TextChoices):
        LOWEST_OVER = "lowest_over", _("The lowest price divided by this price")
        LINEAR = "linear", _("All marks for the lowest, none at twice the lowest")
        FIXED = "fixed", _("The price is given: only quality is judged")

    question = models.ForeignKey(Question, models.CASCADE, related_name="criteria_sets")
    version = models.PositiveSmallIntegerField(editable=False)
    what_for = models.CharField(_("what they are for"), max_length=15, choices=For.choices)
    why_other = models.TextField(
        _("why they are for another open way than the question's own"), blank=True
    )
    # Of the health regime alone: why each key criterion weighs what it weighs, and what is met or
    # not met before anything is weighed, one condition a line.
    importance = models.TextField(_("why each key criterion weighs what it weighs"), blank=True)
    suitability = models.TextField(_("suitability to pursue the activity"), blank=True)
    standing = models.TextField(_("economic and financial standing"), blank=True)
    ability = models.TextField(_("technical and professional ability"), blank=True)
    price_method = models.CharField(
        _("how price or value is judged"),
        max_length=11,
        choices=PriceMethod.choices,
        default=PriceMethod.LOWEST_OVER,
    )
    expected_bidders = models.PositiveSmallIntegerField(_("how many may bid or apply"), default=5)
    more_pages = models.PositiveSmallIntegerField(_("pages asked beside the answers"), default=0)
    documents = models.PositiveSmallIntegerField(_("documents to send"), default=0)
    presentation = models.BooleanField(_("bidders present in person"), default=False)
    accounts_years = models.PositiveSmallIntegerField(_("years of accounts"), default=0)
    audited_accounts = models.BooleanField(_("the accounts must be audited"), default=False)
    insurance_before_award = models.BooleanField(
        _("insurance must be in place before the award"), default=False
    )
    tie_break = models.CharField(_("what breaks a tie"), max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    finalised_at = models.DateTimeField(null=True, editable=False)
    finalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    paper = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint("question", "version", name="criteria_version_once"),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(finalised_at__isnull=True),
                name="one_draft_of_criteria",
            ),
            models.CheckConstraint(
                name="criteria_final_by_somebody",
                condition=Q(finalised_at__isnull=True) | Q(finalised_by__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="weights_make_100",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_MAKE_100,
            ),
            pgtrigger.Protect(
                name="not_born_final",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__finalised_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="final_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["paper"]),
                func=f"""
                    IF OLD.finalised_at IS NOT NULL THEN
                        RAISE EXCEPTION '{_FINAL}' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return _("Criteria, version %d") % self.version

    @property
    def is_final(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.finalised_at is not None

    @property
    def is_health(self) -> bool:
        """Whether the five key criteria of the provider selection regime bind."""
        return self.what_for in OF_THE_HEALTH_REGIME

    @property
    def has_bids(self) -> bool:
        """Whether anybody is invited to bid or apply."""
        return self.what_for not in WITHOUT_BIDS

    @property
    def is_grant(self) -> bool:
        """Whether money is given for others' projects: nothing is bought, so nobody bids."""
        return self.what_for == CriteriaSet.For.GRANT

    @property
    def has_price(self) -> bool:
        """Whether a price may be held against others."""
        return self.has_bids and not self.is_grant

    @property
    def chooses(self) -> bool:
        """Whether there is more than one to choose among; of the existing provider there is not."""
        return self.what_for != CriteriaSet.For.HEALTH_EXISTING


WITHOUT_BIDS: Final = frozenset({CriteriaSet.For.HEALTH_SUITABLE, CriteriaSet.For.HEALTH_EXISTING})
OF_THE_HEALTH_REGIME: Final = WITHOUT_BIDS | {CriteriaSet.For.HEALTH_COMPETE}


@pghistory.track()
class Criterion(DatedTable):
    """One criterion, or a part of one: its weight is out of the whole 100.

    The five key criteria of the health regime carry their ``key``: they stay, by their statutory
    names; one weighs nothing only with the reason.
    """

    class Key(models.TextChoices):
        QUALITY = "quality", _("Quality and innovation")
        VALUE = "value", _("Value")
        INTEGRATION = "integration", _("Integration, collaboration and service sustainability")
        ACCESS = (
            "access",
            _("Improving access, reducing health inequalities and facilitating choice"),
        )
        SOCIAL_VALUE = "social_value", _("Social value")

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=160)
    asks = models.TextField(_("what bidders are asked"))
    judged = models.TextField(_("how it is judged"), blank=True)
    weight = models.DecimalField(_("weight out of 100"), max_digits=5, decimal_places=2)
    is_price = models.BooleanField(_("this is the price"), default=False)
    minimum = models.PositiveSmallIntegerField(
        _("the least score it may have"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(TOP)],
    )
    words = models.PositiveSmallIntegerField(_("most words of the answer"), default=0)
    suggestion = models.CharField(max_length=60, blank=True, editable=False)
    key = models.CharField(max_length=12, choices=Key.choices, blank=True, editable=False)
    why_nothing = models.TextField(_("why it weighs nothing, where it does"), blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.CheckConstraint(
                name="weight_between_0_and_100",
                condition=Q(weight__gt=0, weight__lte=100)
                | (Q(weight=0) & ~Q(key="") & ~Q(why_nothing="")),
            ),
            models.CheckConstraint(
                name="a_key_criterion_is_no_part", condition=Q(key="") | Q(parent__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["criteria_set", "key"], condition=~Q(key=""), name="key_criterion_once"
            ),
            models.CheckConstraint(
                name="minimum_on_the_scale",
                condition=Q(minimum__isnull=True) | Q(minimum__gte=1, minimum__lte=TOP),
            ),
            models.CheckConstraint(
                name="a_price_has_no_minimum_score",
                condition=Q(is_price=False) | Q(minimum__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["criteria_set"], condition=Q(is_price=True), name="one_price_criterion"
            ),
        ]
        triggers = [_stands("criterion")]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class ScoreMeaning(Table):
    """What one score of the scale means, in words."""

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="scale")
    score = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=200)

    class Meta:
        ordering = ("score",)
        constraints = [
            models.UniqueConstraint("criteria_set", "score", name="score_means_one_thing"),
            models.CheckConstraint(name="score_on_the_scale", condition=Q(score__lte=TOP)),
        ]
        triggers = [_stands("scoremeaning")]


@pghistory.track()
class Judge(DatedTable):
    """A member of the programme who will judge. Conflicts are declared in the programme."""

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="judges")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("criteria_set", "membership", name="judge_once")]
        triggers = [_stands("judge")]
