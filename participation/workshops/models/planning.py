"""Who must be in the room, what stops them, and who came: the participation plan of a session."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table
from participation.workshops.models.sessions import Workshop


class PlanLine(DatedTable):
    """People without whom the room is not the place; what stops them, and what is done about it.

    ``stops`` holds keys of :class:`Barrier`.
    """

    class Barrier(models.TextChoices):
        CHILDCARE = "childcare", _("Childcare, or somebody they care for")
        TRAVEL = "travel", _("Getting there and back")
        INTERPRETER = "interpreter", _("Language: an interpreter, or plain words")
        PAY = "pay", _("Their time: they lose a shift, or are never paid for it")
        ACCESS = "access", _("Steps, hearing, sight, quiet, a place to rest")
        DIGITAL = "digital", _("No phone or data to take part with")
        TRUST = "trust", _("They have been asked before and nothing came of it")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="plan_lines")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(_("who must be in the room"), max_length=160)
    why = models.TextField(_("why the room needs them"), blank=True)
    stops = models.JSONField(_("what stops them"), default=list, blank=True)
    what_we_do = models.TextField(_("what we do about it"), blank=True)
    # Ours and our partners': what it takes to bring them in and have them heard.
    hours = models.DecimalField(
        _("hours of work that it takes"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta:
        ordering = ("position", "created_at")
        constraints = [
            models.CheckConstraint(
                name="plan_hours_not_below_nought",
                condition=models.Q(hours__isnull=True) | models.Q(hours__gte=0),
            )
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def barriers(self) -> list[str]:
        """What stops them, in words."""
        known = dict(self.Barrier.choices)
        return [str(known[key]) for key in self.stops if key in known]


class JoinQuestion(DatedTable):
    """A question at the door that nobody need answer, beside the place's own figures.

    ``choices`` holds ``[{"words": "Under 25", "percent": 22}]``; the percentage is the place's,
    from ``source``, and may be null.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="join_questions")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(_("the question"), max_length=160)
    choices = models.JSONField()
    source = models.CharField(_("where the place's figures come from"), max_length=200, blank=True)

    class Meta:
        ordering = ("position", "created_at")

    def __str__(self) -> str:
        return self.words


class JoinCount(Table):
    """How many gave an answer. A counter, so that nobody's answers are kept anywhere: not with
    a person, not with each other, not in an order."""

    question = models.ForeignKey(JoinQuestion, models.CASCADE, related_name="counts")
    choice = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("choice",)
        constraints = [models.UniqueConstraint("question", "choice", name="join_count_once")]
