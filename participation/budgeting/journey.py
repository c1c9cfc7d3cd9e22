"""How votes show themselves on a programme's map."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.programmes.journey import PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, money_gate
from participation.budgeting.models import Round


def rounds_page(programme: Programme) -> str:
    """The page of a programme's votes."""
    return reverse("budgeting:rounds", args=[programme.slug])


def summary(programme: Programme, user: Person) -> PartSummary:
    """What the public may know: how many votes, and how the latest stands. One query."""
    rounds = list(
        Round.objects.filter(programme=programme)
        .exclude(status=Round.Status.DRAFT)
        .values_list("status", "published_at")
    )
    if not rounds:
        return PartSummary(_("No vote has been opened yet."))
    text = ngettext("%d vote.", "%d votes.", len(rounds)) % len(rounds)
    if any(status == Round.Status.OPEN for status, _published in rounds):
        return PartSummary(text, _("Open now"), "wait")
    if any(published is None for _status, published in rounds):
        return PartSummary(text, _("Being counted"), "talk")
    return PartSummary(text, _("Result published"))


def register() -> None:
    """Fill the registry; called when the application is ready."""
    stage_parts.register(
        "votes",
        StagePart(
            stage=Stage.DELIVERY,
            title=_("Residents' votes"),
            url=rounds_page,
            summary=summary,
            gate=money_gate,
        ),
    )
