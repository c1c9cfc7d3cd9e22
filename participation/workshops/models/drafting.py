"""The vision as it is drafted in the room, and how the room stands to it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable
from participation.workshops.models.sessions import Activity
from participation.workshops.models.taking_part import Participant
from participation.workshops.models.voicing import Review


class DraftVersion(DatedTable):
    """A version of the vision, as the room has it before it. Phrases are its sentences' parts.

    ``outcomes`` holds a list of titles.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    statement = models.TextField(_("the vision, in one or two sentences"))
    outcomes = models.JSONField(default=list)
    what_changed = models.TextField(_("what changed, and why"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint("activity", "number", name="draft_number_once")]
        triggers = [
            pgtrigger.Protect(
                name="what_the_room_agreed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__agreed_at__isnull=False),
            )
        ]


class Consent(DatedTable):
    """How somebody stands to a version; an objection is answered in writing before agreement."""

    class Answer(models.TextChoices):
        SUPPORT = "support", _("I support it")
        LIVE = "live", _("I can live with it")
        TALK = "talk", _("We need to talk")
        OBJECT = "object", _("I object")

    draft = models.ForeignKey(DraftVersion, models.CASCADE, related_name="consents")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    answer = models.CharField(max_length=7, choices=Answer.choices)
    why = models.TextField(_("why"), blank=True)
    # A why is shown to the room only once it is released.
    is_shown = models.BooleanField(default=False)
    reply = models.TextField(_("your answer, in writing"), blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True)
    # How they stood when they were answered, and when they said again where they stand.
    answered_as = models.CharField(max_length=7, choices=Answer.choices, blank=True, default="")
    stood_again_at = models.DateTimeField(null=True)
    review = models.CharField(max_length=8, choices=Review.choices, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint("draft", "participant", name="consent_once_a_version"),
            models.CheckConstraint(
                name="objection_says_why",
                condition=~models.Q(answer="object") | ~models.Q(why=""),
            ),
        ]

    @property
    def waits_to_stand_again(self) -> bool:
        """Whether they were answered, and have not said since where they stand."""
        asked = self.answered_as in (self.Answer.OBJECT, self.Answer.TALK)
        return asked and bool(self.reply) and self.stood_again_at is None
