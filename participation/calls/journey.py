"""How calls show themselves on a programme's map."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.design.when import moment
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, may_run, money_gate
from participation.calls.clock import database_now
from participation.calls.models import Call
from participation.calls.rules import Phase, assesses, may_release, phase_of


def calls_page(programme: Programme) -> str:
    """The page of a programme's calls."""
    return reverse("calls:calls", args=[programme.slug])


def summary(programme: Programme, user: Person) -> PartSummary:
    """What the public may know: how many calls, and how the latest stands. Two queries."""
    published = list(Call.objects.published().filter(programme=programme))
    if not published:
        return PartSummary(_("No call has been published yet."))
    now = database_now()
    phases = [phase_of(call, now) for call in published]
    text = ngettext("%d call published.", "%d calls published.", len(published)) % len(published)
    if Phase.OPEN in phases:
        return PartSummary(text, _("Open now"), "wait")
    if Phase.CLOSED in phases or Phase.ASSESSING in phases:
        return PartSummary(text, _("Being assessed"), "talk")
    if Phase.UPCOMING in phases:
        return PartSummary(text, _("Opens soon"), "wait")
    return PartSummary(text, _("Decided"))


def next_step(programme: Programme, user: Person) -> NextStep | None:
    """What waits for this person: a draft, what came in, or a call to apply to."""
    now = database_now()
    phases = [(call, phase_of(call, now)) for call in programme.calls.all()]
    waiting = [found for found in phases if found[1] not in {Phase.UPCOMING, Phase.RELEASED}]
    if not waiting:
        return None
    runs = bool(may_run(user, programme))
    steps = (_step(call, phase, user, runs=runs) for call, phase in waiting)
    return next((step for step in steps if step), None)


def _step(call: Call, phase: Phase, user: Person, *, runs: bool) -> NextStep | None:
    where = [call.programme.slug, call.pk]
    if phase == Phase.DRAFT and runs:
        return NextStep(
            _("Go on with the call “%s”") % call.title,
            _("It is a draft that nobody else sees. The list says what is still missing."),
            _("Go on building it"),
            reverse("calls:build", args=where),
        )
    if phase == Phase.OPEN and not runs:
        return NextStep(
            _("Groups can apply now: %s") % call.title,
            _("It closes %s. Read the odds and what is asked before you begin.")
            % moment(call.closes_at),
            _("Read the call"),
            reverse("calls:call", args=where),
        )
    if phase in {Phase.CLOSED, Phase.ASSESSING} and (
        assesses(user, call) or may_release(user, call)
    ):
        return NextStep(
            _("See what came in for “%s”") % call.title,
            _("The call has closed. Everybody who applied waits for an answer."),
            _("What came in"),
            reverse("calls:assess", args=where),
        )
    return None


def register() -> None:
    """Fill the registry; called when the application is ready."""
    stage_parts.register(
        "calls",
        StagePart(
            stage=Stage.DELIVERY,
            title=_("Calls for expressions of interest"),
            url=calls_page,
            summary=summary,
            gate=money_gate,
            next_step=next_step,
        ),
    )
