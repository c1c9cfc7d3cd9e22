"""A workshop session, its running order, who helps to run it, and what a place keeps for others."""

from datetime import datetime, timedelta
from typing import Final

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.documents.models import IssuedDocument
from commissioning.ground.tables import DatedTable, Table
from commissioning.programmes.models import Programme
from places.directory.models import Place

# Long enough for a programme to come to its decision; then what people wrote goes by itself, and
# so do the addresses that they left.
WORDS_KEPT_FOR: Final = timedelta(days=548)


def nothing_after_forgetting(name: str) -> pgtrigger.Trigger:
    """Nobody comes in and nothing is said once a session is forgotten, from paper neither."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF EXISTS (
                SELECT 1 FROM workshops_workshop
                WHERE id = NEW.workshop_id AND forgotten_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'what was said in this session is forgotten, and stays so'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class Workshop(DatedTable):
    """A session: prepared, opened, perhaps paused, and closed for good."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        OPEN = "open", _("Open")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Closed")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="workshops")
    title = models.CharField(_("name of the session"), max_length=120)
    purpose = models.TextField(_("what it is for, in a sentence or two"), blank=True)
    agenda = models.CharField(max_length=60, blank=True, editable=False)
    # What people type to come in. It finds the room and is no secret.
    code = models.CharField(max_length=10, unique=True, editable=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PREPARED)
    held_on = models.DateTimeField(_("when it is held"), null=True, blank=True)
    venue = models.CharField(_("where"), max_length=200, blank=True)
    is_sensitive = models.BooleanField(_("this may hurt or divide people"), default=False)
    is_young = models.BooleanField(_("people under 18 take part"), default=False)
    releases_by_hand = models.BooleanField(
        _("you release what people write before others see it"), default=False
    )
    is_closed_session = models.BooleanField(_("you let each person in"), default=False)
    # Who hears of worries. Nobody else ever reads them.
    safeguarding_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    help_lines = models.TextField(_("help-lines shown to everybody"), blank=True)
    controllers = models.TextField(_("who answers for people's data"), blank=True)
    guardian_contact = models.CharField(
        _("how parents and carers reach you on the day"), max_length=200, blank=True
    )
    chaperones = models.TextField(_("chaperones, one on a line"), blank=True)
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    current = models.ForeignKey(
        "Activity", models.SET_NULL, null=True, related_name="+", editable=False
    )
    # One control clears every screen; what is written meanwhile waits to be released.
    cleared_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    # An officer has read what people wrote: from then on it may leave the room.
    words_read_at = models.DateTimeField(null=True, editable=False)
    words_read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    record = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, related_name="+", editable=False
    )
    # What people wrote was forgotten, and what stays of it: who took part, in numbers as anybody
    # could read them (``presence``). The vision, the drafts and the issued record are elsewhere.
    forgotten_at = models.DateTimeField(null=True, editable=False)
    remembered = models.JSONField(null=True, editable=False)
    # A rehearsal has simulated people in it and is wiped afterwards.
    rehearses = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="rehearsals", editable=False
    )

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                name="workshop_runs_once_opened",
                condition=Q(status="prepared") | Q(opened_at__isnull=False),
            ),
            models.CheckConstraint(
                name="workshop_closed_has_a_time",
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="workshop_words_read_once_closed",
                condition=Q(words_read_at__isnull=True, words_read_by__isnull=True)
                | Q(status="closed", words_read_at__isnull=False, words_read_by__isnull=False),
            ),
            models.CheckConstraint(
                name="workshop_record_after_words_read",
                condition=Q(record__isnull=True) | Q(words_read_at__isnull=False),
            ),
            models.CheckConstraint(
                name="workshop_forgotten_in_time_and_not_before",
                condition=Q(forgotten_at__isnull=True, remembered__isnull=True)
                | Q(
                    forgotten_at__gte=models.F("closed_at") + WORDS_KEPT_FOR,
                    remembered__isnull=False,
                    guardian_contact="",
                    chaperones="",
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="closed_stays_closed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__status="closed") & ~pgtrigger.Q(new__status="closed"),
            ),
            pgtrigger.Protect(
                name="what_is_forgotten_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__forgotten_at__isnull=False)
                & (
                    pgtrigger.Q(old__forgotten_at__df=pgtrigger.F("new__forgotten_at"))
                    | pgtrigger.Q(old__remembered__df=pgtrigger.F("new__remembered"))
                    | pgtrigger.Q(old__record__df=pgtrigger.F("new__record"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_rehearsal(self) -> bool:
        """Whether the people in it are simulated."""
        return self.rehearses_id is not None

    @property
    def is_on(self) -> datetime | None:
        """When it is to be held; once it is over, when it was."""
        return self.opened_at if self.status == self.Status.CLOSED else self.held_on

    @property
    def runs(self) -> bool:
        """Whether people are in the room now."""
        return self.status in (self.Status.OPEN, self.Status.PAUSED)

    @property
    def words_kept_until(self) -> datetime | None:
        """When what people wrote is forgotten; None while the session is not over."""
        return self.closed_at + WORDS_KEPT_FOR if self.closed_at else None

    @property
    def holds(self) -> bool:
        """Whether what people write waits until somebody releases it."""
        return self.releases_by_hand or self.cleared_at is not None

    def get_absolute_url(self) -> str:
        """The page where it is prepared."""
        return reverse("workshops:workshop", args=[self.programme.slug, self.pk])

    def room_url(self) -> str:
        """Where people come in."""
        return reverse("workshops:room", args=[self.code])


@pghistory.track()
class Activity(Table):
    """One step of the running order. ``kind`` names the slice in ``activities/`` that runs it."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    prompt = models.TextField(_("what people are asked"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    notes = models.TextField(_("notes for you"), blank=True)
    settings = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    # While it runs one of these is set: when time is up, or (paused) how many seconds are left.
    time_up_at = models.DateTimeField(null=True, editable=False)
    seconds_left = models.IntegerField(null=True, editable=False)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "position"],
                name="activity_position_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_started(self) -> bool:
        """Whether the room has come to it at all."""
        return self.started_at is not None

    @property
    def clock(self) -> str:
        """What the clock was set to, by which a page that was sent twice is known."""
        return str(self.time_up_at.timestamp() if self.time_up_at else self.seconds_left)


class Helper(DatedTable):
    """Somebody of the programme who groups and releases in one workshop."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="helpers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("workshop", "user", name="helper_once")]


@pghistory.track()
class PlaceAgenda(DatedTable):
    """A running order that a place keeps: the same content as a ready agenda's file."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="agendas")
    title = models.CharField(_("name of the agenda"), max_length=120)
    content = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("title",)
        constraints = [models.UniqueConstraint("place", "title", name="place_agenda_title_once")]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class PlaceWords(DatedTable):
    """Words that a place adds to our list of money words, or takes from it; one on a line."""

    place = models.OneToOneField(Place, models.CASCADE, related_name="money_words")
    added = models.TextField(_("words that mean money here"), blank=True)
    dropped = models.TextField(_("words of our list that do not"), blank=True)
