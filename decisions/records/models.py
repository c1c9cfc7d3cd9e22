"""A decision: who has the power, what they were advised, what they decided, and its record."""

import hashlib
import json

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commissioning.documents.models import IssuedDocument
from commissioning.ground.tables import DatedTable, append_only
from decisions.questions.models import Question
from decisions.records import triggers
from places.directory.models import Organisation

# A grant to one named group, without a call: the form of it, and how it is planned and costed.
GRANT, NAMED, NAMED_GRANT = "grant", "named_recipient", "grant_named"


class Body(models.TextChoices):
    """Kinds of body or person that have the power to decide."""

    CABINET = "cabinet", _("Cabinet, or another executive of a council")
    COMMITTEE = "committee", _("A committee of a council")
    OFFICER = "officer", _("An officer, under delegated power")
    PARISH = "parish", _("A parish or town council")
    NHS_BOARD = "nhs_board", _("The board of an NHS body, or a committee of it")


class Exemption(models.TextChoices):
    """Grounds on which something is kept out of what the public reads."""

    INDIVIDUAL = "individual", _("Information about an individual (Schedule 12A, paragraph 1)")
    IDENTITY = "identity", _("Likely to reveal who somebody is (Schedule 12A, paragraph 2)")
    BUSINESS = "business", _("Somebody's financial or business affairs (Schedule 12A, paragraph 3)")
    LABOUR = (
        "labour",
        _("Consultations or negotiations on labour relations (Schedule 12A, paragraph 4)"),
    )
    LEGAL = "legal", _("Legal advice that is privileged (Schedule 12A, paragraph 5)")
    NOTICE = (
        "notice",
        _("A notice or order that is to be made (Schedule 12A, paragraph 6)"),
    )
    CRIME = "crime", _("Preventing, investigating or prosecuting crime (Schedule 12A, paragraph 7)")
    MEETINGS = (
        "meetings",
        _(
            "Confidential, or for another special reason "
            "(Public Bodies (Admission to Meetings) Act 1960, section 1)"
        ),
    )
    DATA_PROTECTION = "data_protection", _("Personal data (data protection law)")
    NHS_CONFIDENTIAL = "nhs", _("Confidential to patients or staff (NHS bodies)")


@pghistory.track()
class Decision(DatedTable):
    """One decision on a question: drafted, consulted on, recommended, decided, in effect."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being drafted")
        CONSULTING = "consulting", _("Out for comment")
        RECOMMENDED = "recommended", _("Recommended")
        DECIDED = "decided", _("Decided")
        CALLED_IN = "called_in", _("Called in")
        EFFECTIVE = "effective", _("In effect")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("Agreed as recommended")
        CHANGED = "changed", _("Agreed with changes")
        REFUSED = "refused", _("Not agreed")

    question = models.ForeignKey(Question, models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(max_length=200)

    body_kind = models.CharField(max_length=12, choices=Body.choices, blank=True)
    body_name = models.CharField(max_length=200, blank=True)
    power = models.TextField("the power, and the paragraph of the constitution", blank=True)

    route = models.CharField("the route that is recommended", max_length=60, blank=True)
    route_name = models.CharField(max_length=200, blank=True)
    # A form that the route takes, by the id that trees give it; why nobody else is asked, if so.
    form = models.CharField("the form that the route takes", max_length=60, blank=True)
    no_call = models.TextField("why nobody else is asked", blank=True)
    summary = models.TextField("the decision in plain words", blank=True)
    reasons = models.TextField("why this way", blank=True)
    why_other = models.TextField("why not what the walk recommends", blank=True)
    next_steps = models.TextField("what happens next, and when", blank=True)

    is_key = models.BooleanField("a key decision", null=True)
    why_not_key = models.TextField("why it is not a key decision", blank=True)
    notice_on = models.DateField("notice published on", null=True, blank=True)
    urgency = models.TextField("why it cannot wait for 28 clear days", blank=True)
    is_exempt = models.BooleanField("parts are exempt from publication", default=False)
    exemption = models.CharField(max_length=16, choices=Exemption.choices, blank=True)
    public_interest = models.TextField("why keeping it back serves the public", blank=True)

    consult_until = models.DateField(null=True, blank=True)
    consult_words = models.TextField("why people have less time than they were told", blank=True)
    recommended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    recommended_at = models.DateTimeField(null=True, editable=False)

    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField("who decided", max_length=300, blank=True)
    decision_words = models.TextField("what was decided, in the words of the minute", blank=True)
    amount = models.DecimalField(
        "the amount decided", max_digits=14, decimal_places=2, null=True, blank=True
    )
    change_words = models.TextField("what was changed, and why", blank=True)
    minute = models.CharField("reference of the minute", max_length=120, blank=True)
    # How long the report lay open before the meeting, and whether interests were asked for; null
    # where it was decided before that was asked.
    report_on = models.DateField("the report was published on", null=True, blank=True)
    report_why = models.TextField("why for fewer clear days", blank=True)
    had_interest = models.BooleanField("anybody had an interest", null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    call_in_until = models.DateField("can be called in until", null=True, blank=True)
    no_call_in = models.TextField("why it cannot be called in", blank=True)
    called_in_for = models.TextField("why it was called in", blank=True)
    call_in_words = models.TextField("what came of the call-in", blank=True)
    effective_on = models.DateField(null=True, editable=False)

    record = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, related_name="+", editable=False
    )
    public_record = models.ForeignKey(
        IssuedDocument, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.UniqueConstraint(
                "question",
                condition=~Q(status="withdrawn") & ~Q(outcome="refused"),
                name="one_decision_at_a_time",
            ),
            models.CheckConstraint(
                name="recommended_by_somebody",
                condition=Q(status__in=["draft", "consulting", "withdrawn"])
                | Q(recommended_by__isnull=False, recommended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decided_by_somebody_on_a_day",
                condition=~Q(status__in=["decided", "called_in", "effective"])
                | (Q(decided_on__isnull=False) & ~Q(decided_by="") & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="effective_after_call_in",
                condition=~Q(status="effective")
                | Q(call_in_until__isnull=True, effective_on__gte=models.F("decided_on"))
                | Q(effective_on__gt=models.F("call_in_until")),
            ),
            models.CheckConstraint(
                name="exempt_on_a_ground_for_a_reason",
                condition=Q(status__in=["draft", "consulting", "withdrawn"])
                | Q(is_exempt=False)
                | (~Q(exemption="") & ~Q(public_interest="")),
            ),
            models.CheckConstraint(
                name="call_in_or_why_not",
                condition=~Q(status__in=["decided", "called_in", "effective"])
                | ~Q(body_kind="cabinet")
                | Q(outcome="refused")
                | Q(call_in_until__isnull=False)
                | ~Q(no_call_in=""),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="steps",
                field="status",
                transitions=[
                    ("draft", "consulting"),
                    ("draft", "recommended"),
                    ("consulting", "recommended"),
                    ("recommended", "draft"),
                    ("recommended", "decided"),
                    ("decided", "called_in"),
                    ("called_in", "decided"),
                    ("called_in", "draft"),
                    ("decided", "effective"),
                    ("draft", "withdrawn"),
                    ("consulting", "withdrawn"),
                    ("recommended", "withdrawn"),
                ],
            ),
            triggers.begins_as_a_draft(),
            triggers.decided_words_stay(),
            triggers.corrected_in_the_open(),
            triggers.less_time_for_a_reason(),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The decision's page."""
        return reverse("records:decision", args=[self.question.programme.slug, self.pk])

    @property
    def way_chosen(self) -> str:
        """The route as it is planned and costed: one form of a grant has a plan of its own."""
        return NAMED_GRANT if (self.route, self.form) == (GRANT, NAMED) else self.route

    @property
    def is_decided(self) -> bool:
        """Whether who has the power has spoken."""
        return self.status in {self.Status.DECIDED, self.Status.CALLED_IN, self.Status.EFFECTIVE}

    @property
    def is_open_to_change(self) -> bool:
        """Whether its words may still be written."""
        return self.status in {self.Status.DRAFT, self.Status.CONSULTING}


class Correction(DatedTable):
    """A slip of the pen in what was written down: what stood there, what stands there now, why.

    The next version of the record prints it. Nothing else about a decision is ever reworded.
    """

    class Field(models.TextChoices):
        AMOUNT = "amount", _("Amount decided")
        DECIDED_BY = "decided_by", _("Decided by")
        BODY_NAME = "body_name", _("Name of the body or post")
        WORDS = "decision_words", _("In the words of the minute")
        MINUTE = "minute", _("Reference of the minute")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=16, choices=Field.choices)
    before = models.TextField(blank=True)
    now = models.TextField(blank=True)
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(name="corrected_for_a_reason", condition=~Q(why="")),
        ]
        triggers = append_only()


class Comment(DatedTable):
    """What somebody said while the decision was out for comment. Kept as it was said."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField()

    class Meta:
        ordering = ("created_at",)
        triggers = append_only()


class Reply(DatedTable):
    """What became of a comment. One for each, kept as it was written."""

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="reply")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        triggers = append_only()


@pghistory.track()
class Adviser(DatedTable):
    """The member who is an officer with a duty to advise; somebody else names them."""

    class Kind(models.TextChoices):
        FINANCE = "finance", _("Finance officer")
        LEGAL = "legal", _("Legal officer")
        MONITORING = "monitoring", _("Monitoring officer")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="advisers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("decision", "kind", name="one_adviser_of_a_kind"),
            models.CheckConstraint(
                name="nobody_names_themselves", condition=~Q(user=models.F("named_by"))
            ),
        ]
        triggers = [triggers.adviser_asked()]


@pghistory.track()
class Advice(DatedTable):
    """The comments of the finance, legal or monitoring officer, and whose hand wrote them here."""

    Kind = Adviser.Kind

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="advice")
    kind = models.CharField(max_length=12, choices=Adviser.Kind.choices)
    officer = models.CharField("name or post", max_length=200)
    words = models.TextField("what they say")
    given_on = models.DateField()
    # Null: kept before it was noted who typed.
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("kind",)
        constraints = [
            models.UniqueConstraint("decision", "kind", name="advice_once"),
            models.CheckConstraint(
                name="confirmed_by_somebody_at_a_time",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
        ]
        triggers = [triggers.advice_stands(), triggers.signed_by_the_adviser()]

    @property
    def seal(self) -> str:
        """What names these words: who signs has read exactly them."""
        said = json.dumps([self.officer, self.words, self.given_on.isoformat()])
        return hashlib.sha256(said.encode()).hexdigest()


@pghistory.track()
class DutyAnswer(DatedTable):
    """How one duty was met, or what is still to do: each of :mod:`decisions.records.duties`."""

    class Standing(models.TextChoices):
        MET = "met", _("Met")
        TO_DO = "to_do", _("Still to be done")
        NOT_APPLY = "not_apply", _("Does not apply")
        DEPARTED = "departed", _("Departed from, for a reason")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="duties")
    key = models.CharField(max_length=40)
    standing = models.CharField(max_length=10, choices=Standing.choices)
    words = models.TextField("how, or why not")

    class Meta:
        constraints = [models.UniqueConstraint("decision", "key", name="duty_once")]
        triggers = [triggers.frozen_once_recommended()]


@pghistory.track()
class Interest(DatedTable):
    """A conflict of interest of somebody who decides or advises, and the dispensation if any."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="interests")
    who = models.CharField(max_length=200)
    what = models.TextField("the interest")
    dispensation = models.TextField("what was done about it: left the room, a dispensation")

    class Meta:
        ordering = ("created_at",)
        triggers = [triggers.frozen_once_decided()]


class Dissent(DatedTable):
    """Who disagrees, in their own words. Nobody edits them."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="dissents")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField()

    class Meta:
        ordering = ("created_at",)
        constraints = [models.UniqueConstraint("decision", "by", name="dissents_once")]
        triggers = append_only()


@pghistory.track()
class Removal(DatedTable):
    """A passage that the public edition leaves out, wherever it stands, and on which ground."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="removals")
    passage = models.CharField(max_length=2000)
    ground = models.CharField(max_length=16, choices=Exemption.choices)
    public_interest = models.TextField("why leaving it out serves the public better")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.UniqueConstraint("decision", "passage", name="removed_once"),
            models.CheckConstraint(name="passage_says_something", condition=~Q(passage="")),
            models.CheckConstraint(
                name="left_out_for_a_reason", condition=~Q(ground="") & ~Q(public_interest="")
            ),
        ]


class Version(DatedTable):
    """The whole of what one version of the record says. A later version says what changed."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    why = models.TextField("why there is a new version", blank=True)
    data = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint("decision", "number", name="record_version_once"),
            models.CheckConstraint(
                name="a_new_version_says_why", condition=Q(number=1) | ~Q(why="")
            ),
        ]
        triggers = append_only()
