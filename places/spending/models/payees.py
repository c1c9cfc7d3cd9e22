"""Who pays and who is paid, as the files name them, and which organisations they are."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.ground.tables import DatedTable, Table
from places.directory.models import Organisation, Place
from places.spending import triggers


class How(models.TextChoices):
    """How it is known which organisation a name stands for."""

    EXACT = "exact", _("The same name")
    NORMALISED = "normalised", _("The same name, spelt another way")
    CONFIRMED = "confirmed", _("Confirmed by a person")


def matched_whole(name: str) -> models.CheckConstraint:
    """An organisation and how it was matched come and go together."""
    return models.CheckConstraint(
        name=name,
        condition=Q(organisation__isnull=True, how="")
        | (Q(organisation__isnull=False) & ~Q(how="")),
    )


class Payer(Table):
    """Who paid, as the files name it: several names may be one organisation's.

    Which one is matched as a payee's is: the same name, else a person says so and can undo it.
    """

    How = How

    place = models.ForeignKey(Place, models.PROTECT, related_name="payers")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    # Somebody said no, or took the match away: it is neither made nor suggested again.
    leave_unmatched = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint("place", "key", name="payer_once_in_a_place"),
            matched_whole("payer_matched_whole"),
        ]
        triggers = [triggers.keep_while_named("payer")]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Payee(DatedTable):
    """Who was paid: every spelling of one name in a place.

    Which organisation it is is never guessed silently: ``how`` says whether the name was the same,
    the same spelt another way, or confirmed by a person. A name that was held back stands for
    nobody: it has no organisation and is never counted as one provider.
    """

    class Kind(models.TextChoices):
        PUBLIC = "public", _("Public body")
        BUSINESS = "business", _("Business")
        VCSE = "vcse", _("Voluntary, community or social enterprise")
        PERSON = "person", _("A person")
        REDACTED = "redacted", _("Name held back")
        UNKNOWN = "unknown", _("Not known yet")

    How = How

    place = models.ForeignKey(Place, models.PROTECT, related_name="payees")
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    match_key = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UNKNOWN)
    # Whether a person (or the organisation's own profile) said so; else nobody has yet.
    kind_is_said = models.BooleanField(default=False)
    is_local = models.BooleanField(_("local"), null=True)
    local_is_said = models.BooleanField(default=False)
    is_small = models.BooleanField(_("small"), null=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="payees"
    )
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    # Somebody took the match away: it is not made again by itself.
    leave_unmatched = models.BooleanField(default=False, editable=False)
    first_source = models.ForeignKey(
        "spending.Source", models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("key",)
        triggers = [triggers.keep_while_named("payee")]
        constraints = [
            models.UniqueConstraint("place", "key", name="payee_once_in_a_place"),
            matched_whole("payee_matched_whole"),
            models.CheckConstraint(
                name="held_back_is_nobody",
                condition=~Q(kind="redacted") | Q(organisation__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["place", "match_key"], name="payee_by_match_key"),
            models.Index(fields=["place", "kind"], name="payee_by_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_private(self) -> bool:
        """A person's name is shown to nobody but those who sort payees."""
        return self.kind in {Payee.Kind.PERSON, Payee.Kind.REDACTED}


class Suggestion(DatedTable):
    """An organisation that a payee may be: it waits for a person, and a refusal is remembered."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")

    payee = models.ForeignKey(Payee, models.CASCADE, related_name="suggestions")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    # How alike the names are, 0 to 100.
    score = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("-score", "organisation_id")
        constraints = [
            models.UniqueConstraint("payee", "organisation", name="suggested_once"),
            models.CheckConstraint(
                name="suggestion_decided_by_somebody",
                condition=Q(state="waiting", decided_by__isnull=True)
                | (~Q(state="waiting") & Q(decided_by__isnull=False)),
            ),
        ]
