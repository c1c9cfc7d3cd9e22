"""How workshops show themselves on a programme's map."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import Person, may_run
from participation.workshops.models import Workshop
from participation.workshops.rules import may_facilitate

Status = Workshop.Status
# How long telling people what came out comes before the next stage's own steps.
STILL_TO_TELL = timedelta(days=28)


def workshops_page(programme: Programme) -> str:
    """The page of a programme's workshops."""
    return reverse("workshops:workshops", args=[programme.slug])


def summary(programme: Programme, user: Person) -> PartSummary:
    """How many were held, and whether one is open now. One query."""
    statuses = list(
        Workshop.objects.filter(programme=programme, rehearses=None).values_list(
            "status", flat=True
        )
    )
    if any(status in (Status.OPEN, Status.PAUSED) for status in statuses):
        return PartSummary(_("A workshop is open now."), _("Open now"), "wait")
    held = statuses.count(Status.CLOSED)
    if held:
        return PartSummary(ngettext("%d workshop held", "%d workshops held", held) % held)
    if statuses:
        return PartSummary(_("A workshop is being prepared."), _("To come"), "talk")
    return PartSummary(_("No workshop yet."))


def next_step(programme: Programme, user: Person) -> NextStep | None:
    """Back to a session that runs, on with a prepared one, or telling what came out of one."""
    if not may_facilitate(user, programme):
        return None
    open_ends = list(
        Workshop.objects.filter(programme=programme, rehearses=None).exclude(
            status=Status.CLOSED, record__isnull=False
        )[:20]
    )
    held = [workshop for workshop in open_ends if workshop.status == Status.CLOSED]
    ahead = [workshop for workshop in open_ends if workshop.status != Status.CLOSED]
    if not ahead:
        return _to_tell(programme, held[0]) if held and may_run(user, programme) else None
    workshop = ahead[0]
    where = [programme.slug, workshop.pk]
    if workshop.runs:
        return _to_the_desk(programme, workshop)
    return NextStep(
        _("Go on preparing “%s”") % workshop.title,
        _("The list says what is still missing before people can come in."),
        _("Go on preparing it"),
        reverse("workshops:workshop", args=where),
    )


def unfinished(programme: Programme, user: Person) -> NextStep | None:
    """When the vision is agreed and the stage left: the room is not, and has not been told yet."""
    if not may_facilitate(user, programme):
        return None
    workshops = Workshop.objects.filter(programme=programme, rehearses=None, record=None)
    runs = Q(status__in=(Status.OPEN, Status.PAUSED))
    just_held = Q(status=Status.CLOSED, closed_at__gt=Now() - STILL_TO_TELL)
    found = workshops.filter(runs | just_held).order_by("-closed_at").first()
    if found is None:
        return None
    if found.runs:
        return _to_the_desk(programme, found)
    return _to_tell(programme, found) if may_run(user, programme) else None


def _to_the_desk(programme: Programme, workshop: Workshop) -> NextStep:
    return NextStep(
        _("The workshop “%s” is open") % workshop.title,
        _("People may be in the room now."),
        _("Go to the desk"),
        reverse("workshops:desk", args=[programme.slug, workshop.pk]),
    )


def _to_tell(programme: Programme, workshop: Workshop) -> NextStep:
    return NextStep(
        _("Tell people what came out of “%s”") % workshop.title,
        _("Read what they wrote, say what happens next, and issue the record."),
        _("Go to what came out"),
        reverse("workshops:outcome", args=[programme.slug, workshop.pk]),
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    stage_parts.register(
        "workshops",
        StagePart(
            stage=Stage.VISION,
            title=gettext_lazy("Workshops"),
            url=workshops_page,
            summary=summary,
            next_step=next_step,
            unfinished=unfinished,
        ),
    )
