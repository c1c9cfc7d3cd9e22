"""The ways to reach a workshop: one 404 for what is not there and what is not yours."""

from uuid import UUID

from django.http import Http404

from commissioning.programmes.loaders import programme_or_404
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import Person
from participation.workshops.codes import normalise
from participation.workshops.models import Activity, Contribution, Workshop
from participation.workshops.rules import may_facilitate, may_help, may_read_worries
from participation.workshops.wiped import RehearsalOver, session_of


def run_programme_or_404(user: Person, slug: str) -> Programme:
    """A programme, for who prepares and runs workshops in it."""
    programme = programme_or_404(user, slug)
    if not may_facilitate(user, programme):
        raise Http404
    return programme


def run_workshop_or_404(user: Person, slug: str, workshop_id: UUID) -> Workshop:
    """A workshop, for who runs it."""
    workshop = _workshop(user, slug, workshop_id)
    if not may_facilitate(user, workshop.programme):
        raise Http404
    return workshop


def held_workshop_or_404(user: Person, slug: str, workshop_id: UUID) -> Workshop:
    """A session that is over, for everybody who sees the programme; rehearsals are nobody's."""
    workshop = _workshop(user, slug, workshop_id)
    if workshop.status != Workshop.Status.CLOSED or workshop.is_rehearsal:
        raise Http404
    return workshop


def helped_workshop_or_404(user: Person, slug: str, workshop_id: UUID) -> Workshop:
    """A workshop, for who runs it or helps."""
    workshop = _workshop(user, slug, workshop_id)
    if not may_help(user, workshop):
        raise Http404
    return workshop


def worried_workshop_or_404(user: Person, slug: str, workshop_id: UUID) -> Workshop:
    """A workshop, for its safeguarding lead."""
    workshop = _workshop(user, slug, workshop_id)
    if not may_read_worries(user, workshop):
        raise Http404
    return workshop


def activity_or_404(workshop: Workshop, activity_id: UUID) -> Activity:
    """A step of the running order of a workshop that the caller has reached already."""
    activity = workshop.activities.filter(pk=activity_id).first()
    if activity is None:
        raise Http404
    activity.workshop = workshop
    return activity


def contribution_or_404(workshop: Workshop, contribution_id: UUID) -> Contribution:
    """Somebody's words in a workshop that the caller has reached already."""
    said = workshop.contributions.filter(pk=contribution_id).select_related("activity").first()
    if said is None:
        raise Http404
    return said


def room_or_404(code: str) -> Workshop:
    """The workshop of a code, however it was typed."""
    found = normalise(code)
    workshop = (
        Workshop.objects.filter(code=found)
        .select_related("programme__place", "programme__gate_lift", "programme__led_by", "current")
        .first()
        if found
        else None
    )
    if workshop is None:
        if session := session_of(found):
            raise RehearsalOver(session, runs=False)
        raise Http404
    return workshop


def _workshop(user: Person, slug: str, workshop_id: UUID) -> Workshop:
    programme = programme_or_404(user, slug)
    workshop = (
        Workshop.objects.filter(pk=workshop_id, programme=programme)
        .select_related("current", "led_by", "safeguarding_lead", "record", "rehearses__programme")
        .first()
    )
    if workshop is None:
        session = session_of(workshop_id)
        if session and session.programme_id == programme.pk and may_facilitate(user, programme):
            raise RehearsalOver(session, runs=True)
        raise Http404
    workshop.programme = programme
    return workshop
