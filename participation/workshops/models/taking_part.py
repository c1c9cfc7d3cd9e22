"""People in the room, known by a token in a cookie and by nothing else; and worries."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table
from participation.workshops.models.sessions import Activity, Workshop, nothing_after_forgetting
from places.directory.models import Organisation


class Participant(DatedTable):
    """Somebody in the room. Of their token only a digest is kept, another in each workshop.

    No history follows them: what they do is nobody's business but the room's.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be let in")
        IN = "in", _("In the room")
        REMOVED = "removed", _("Asked to leave")

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="participants")
    token_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.IN)
    name = models.CharField(_("your name"), max_length=60, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("why they were asked to leave"), blank=True)
    # That an address was left from this phone, once; which one is not kept beside it.
    left_address = models.BooleanField(default=False)
    is_simulated = models.BooleanField(default=False)
    last_seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["workshop", "state"], name="participants_in_the_room")]
        triggers = [nothing_after_forgetting("nobody_after_forgetting")]

    @property
    def is_in(self) -> bool:
        """Whether they are in the room."""
        return self.state == self.State.IN


class Invited(Table):
    """A name on the list of a closed session; whoever gives it is let in."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="invited")
    name = models.CharField(max_length=60)
    taken_by = models.OneToOneField(
        Participant, models.SET_NULL, null=True, blank=True, related_name="invited"
    )

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint("workshop", "name", name="invited_name_once")]


class Worry(DatedTable):
    """ "I am worried about someone": for the safeguarding lead, and for nobody else."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="worries")
    # During which activity; not who raised it, unless they say so in words.
    activity = models.ForeignKey(Activity, models.SET_NULL, null=True, related_name="+")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("what worries you"), blank=True)
    contact = models.CharField(_("how we can reach you, if you want us to"), max_length=200)
    op = models.UUIDField(unique=True)
    read_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    what_was_done = models.TextField(_("what you did"), blank=True)

    class Meta:
        ordering = ("-created_at",)
