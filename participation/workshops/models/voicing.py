"""What people say, how it is grouped and weighed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable
from participation.workshops.models.sessions import Activity, Workshop, nothing_after_forgetting
from participation.workshops.models.taking_part import Participant


class Theme(DatedTable):
    """A group of ideas, with the name that the room gave it."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="themes")
    title = models.CharField(_("name of the theme"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    # Where it was not a person who made it, until somebody names or changes it.
    is_suggested = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "created_at")

    def __str__(self) -> str:
        return self.title


class ThemeStep(DatedTable):
    """One step of grouping, with what an undo puts back.

    ``before`` holds ``{"themes": [{"id", "title", "position", "is_suggested"}], "cards":
    {contribution id: theme id or null}}`` of everything the step touched; ``made`` the ids of
    themes that it made.
    """

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="theme_steps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    before = models.JSONField()
    made = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at",)


class Review(models.TextChoices):
    """What an officer who read some words decided before they leave the room."""

    UNREAD = "", _("Not read yet")
    TOLD = "told", _("May be told")
    LEFT_OUT = "left_out", _("Left out")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Contributions, as the room may see them."""

    def shown(self) -> "ContributionQuerySet":
        """What everybody in the room may see."""
        return self.filter(state=Contribution.State.SHOWN)

    def told(self) -> "ContributionQuerySet":
        """What goes into the record and the exports: shown, and told by who read it.

        Until everything was read that is all that is shown; what is brought back later waits.
        """
        unread = Q(workshop__words_read_at__isnull=True, review=Review.UNREAD)
        return self.shown().filter(Q(review=Review.TOLD) | unread)


class Contribution(DatedTable):
    """Something that somebody in the room wrote, in any activity.

    No history follows it: what was hidden or taken back must not live on elsewhere.
    """

    class State(models.TextChoices):
        HELD = "held", _("Waiting to be released")
        SHOWN = "shown", _("On the wall")
        HIDDEN = "hidden", _("Hidden")
        PARKED = "parked", _("In the car park")
        REMOVED = "removed", _("Removed")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="contributions")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="contributions")
    # None for paper notes that were typed in afterwards.
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="contributions"
    )
    # What a browser calls this one attempt: sent twice, it is kept once.
    op = models.UUIDField(unique=True)
    text = models.TextField(_("your words"))
    # The name as given at joining, where its author wants it said; a first name for young people.
    name = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SHOWN)
    reason = models.TextField(_("why it was taken down"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # What the word check found, said to whoever releases: ["Mrs Patel"].
    names_found = models.JSONField(default=list, blank=True)
    insisted = models.BooleanField(default=False)
    review = models.CharField(max_length=8, choices=Review.choices, blank=True, default="")
    edited_at = models.DateTimeField(null=True)
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    # What a kind of activity keeps beside the words: {"what": "space"} of an offer.
    details = models.JSONField(default=dict, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        ordering = ("created_at",)
        indexes = [
            models.Index(fields=["activity", "state", "created_at"], name="said_in_an_activity"),
            models.Index(fields=["participant", "activity"], name="said_by_somebody"),
        ]
        constraints = [
            models.CheckConstraint(name="contribution_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="taken_down_with_a_reason",
                condition=~Q(state__in=("hidden", "removed")) | ~Q(reason=""),
            ),
        ]
        triggers = [nothing_after_forgetting("nothing_after_forgetting")]

    def __str__(self) -> str:
        return self.text


class Dot(DatedTable):
    """How many dots somebody gave a theme (or a single contribution) in a priorities activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="dots")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="dots")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="dots")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("activity", "participant", "theme", name="dots_once"),
            models.CheckConstraint(name="dots_are_some", condition=Q(number__gte=1)),
        ]


class StatementVote(DatedTable):
    """What somebody answered to a statement: agree 1, disagree -1, pass 0; changeable."""

    statement = models.ForeignKey(Contribution, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="statement_votes")
    value = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint("statement", "participant", name="statement_answered_once"),
            models.CheckConstraint(
                name="statement_answer_is_known", condition=Q(value__in=(-1, 0, 1))
            ),
        ]
