"""How calls show themselves on a programme's map."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.programmes.journey import PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, money_gate
from participation.calls.clock import database_now
from participation.calls.models import Call
from participation.calls.rules import Phase, phase_of


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
        ),
    )
