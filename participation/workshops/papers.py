"""Papers for a session: the facilitator's pack, posters, blank forms, invitation, data assessment.

None of them is a record: they have no number and no seal, and are printed anew when anything in
them changes.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.when import clock, day
from commissioning.documents.types import Data, DocumentType, document_types
from commissioning.ground.answers import Answer, Text
from commissioning.programmes.models import Given
from commissioning.programmes.rules import Person
from participation.workshops.activities.base import kind_of
from participation.workshops.models import Workshop
from participation.workshops.rules import may_facilitate
from places.directory.models import Place

PACK: Final = "workshops.pack"
POSTERS: Final = "workshops.posters"
INVITATION: Final = "workshops.invitation"
ASSESSMENT: Final = "workshops.assessment"
FORMS: Final = "workshops.forms"
PAPERS: Final = (PACK, POSTERS, FORMS, INVITATION, ASSESSMENT)
CARDS_ON_A_SHEET: Final = 8
# As many sheets have their number printed; one more has a box for it, to copy for a larger room.
SHEETS: Final = 20


def pack(workshop_id: UUID) -> Data:
    """Everything that whoever runs it needs in the room when nothing else works."""
    workshop = _workshop(workshop_id)
    return _session(workshop) | {
        "order": _order(workshop),
        "minutes": sum(step.minutes for step in workshop.activities.all()),
        "is_sensitive": workshop.is_sensitive,
        "is_young": workshop.is_young,
        "releases": workshop.releases_by_hand,
        "is_closed_session": workshop.is_closed_session,
        "guardian_contact": workshop.guardian_contact,
        "chaperones": [line for line in workshop.chaperones.splitlines() if line.strip()],
        "safeguarding_lead": _name(workshop.safeguarding_lead),
        "help_lines": workshop.help_lines.splitlines(),
        "helpers": [helper.user.short_name for helper in workshop.helpers.select_related("user")],
        "wanted": [
            {"who": line.who, "what_we_do": line.what_we_do} for line in workshop.plan_lines.all()
        ],
    }


def posters(workshop_id: UUID) -> Data:
    """What hangs in the room and lies on the tables."""
    workshop = _workshop(workshop_id)
    return _session(workshop) | {
        "safeguarding_lead": _name(workshop.safeguarding_lead),
        "help_lines": workshop.help_lines.splitlines(),
        "is_young": workshop.is_young,
        "cards": list(range(CARDS_ON_A_SHEET)),
    }


def forms(workshop_id: UUID) -> Data:
    """Blank forms, for people without a phone and for when the wi-fi fails: one number a person."""
    workshop = _workshop(workshop_id)
    return _session(workshop) | {
        "sheets": [str(number) for number in range(1, SHEETS + 1)] + [""],
        "is_young": workshop.is_young,
        "steps": [
            {
                "title": step.title,
                "prompt": step.prompt,
                "template": kind_of(step).blank_template,
                "blank": blank,
            }
            for step in workshop.activities.select_related("workshop__programme__gate_lift")
            if (blank := kind_of(step).blank(step)) is not None
        ],
    }


def invitation(workshop_id: UUID) -> Data:
    """What people are told when they are asked to come; what it pays is said, at every stage."""
    workshop = _workshop(workshop_id)
    givens = list(workshop.programme.givens.all())
    return _session(workshop) | {
        "about": workshop.programme.about,
        "fixed": [given.words for given in givens if given.kind == Given.Kind.FIXED],
        "open": [given.words for given in givens if given.kind == Given.Kind.OPEN],
        "minutes": sum(step.minutes for step in workshop.activities.all()),
        "help": sorted(
            {line.what_we_do for line in workshop.plan_lines.all() if line.what_we_do.strip()}
        ),
        "is_young": workshop.is_young,
        "guardian_contact": workshop.guardian_contact,
        "privacy_url": settings.SITE_URL + reverse("workshops:privacy", args=[workshop.code]),
    }


def assessment(workshop_id: UUID) -> Data:
    """A data-protection impact assessment, begun: what this session does is filled in."""
    workshop = _workshop(workshop_id)
    return _session(workshop) | {
        "is_young": workshop.is_young,
        "is_sensitive": workshop.is_sensitive,
        "releases": workshop.releases_by_hand,
        "questions": [question.words for question in workshop.join_questions.all()],
        "safeguarding_lead": _name(workshop.safeguarding_lead),
    }


def _session(workshop: Workshop) -> dict[str, Any]:
    """What every paper says."""
    programme = workshop.programme
    return {
        "title": workshop.title,
        "purpose": workshop.purpose,
        "programme": programme.title,
        "place": programme.place.name,
        "controllers": workshop.controllers or programme.led_by.name,
        "day": day(workshop.held_on),
        "time": clock(workshop.held_on),
        "venue": workshop.venue,
        "run_by": workshop.led_by.short_name,
        "pays": programme.what_taking_part_pays,
        "code": workshop.code,
        "room_url": settings.SITE_URL + workshop.room_url(),
        "address": settings.SITE_URL.partition("://")[2] + reverse("workshops:enter"),
    }


def _order(workshop: Workshop) -> list[dict[str, Any]]:
    """The running order by the clock, or by minutes from the beginning where no time is set."""
    rows, past = [], 0
    for step in workshop.activities.all():
        begins = clock(workshop.held_on + timedelta(minutes=past)) if workshop.held_on else ""
        rows.append(
            {
                "at": begins or _("%d min") % past,
                "minutes": step.minutes,
                "title": step.title,
                "kind": str(kind_of(step).title),
                "prompt": step.prompt,
                "notes": step.notes,
            }
        )
        past += step.minutes
    return rows


def _name(person: Any) -> str:
    return person.short_name if person else ""


def _workshop(workshop_id: UUID) -> Workshop:
    return Workshop.objects.select_related(
        "programme__place", "programme__led_by", "led_by", "safeguarding_lead"
    ).get(pk=workshop_id)


def may_print(user: Person, workshop_id: UUID) -> Answer:
    """Who runs it."""
    return may_facilitate(user, _workshop(workshop_id).programme)


def _place(workshop_id: UUID) -> Place:
    return _workshop(workshop_id).programme.place


def _page(workshop_id: UUID) -> str:
    return _workshop(workshop_id).get_absolute_url()


def _register(name: str, label: Text, data: Callable[[UUID], Data], edition: int = 1) -> None:
    document_types.register(
        name,
        DocumentType(
            name=name,
            label=label,
            template=f"participation/workshops/papers/{name.partition('.')[2]}.html",
            data=data,
            rule=may_print,
            place=_place,
            title=lambda facts: f"{label}: {facts['title']}",
            page=_page,
            edition=edition,
        ),
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    _register(PACK, gettext_lazy("Facilitator's pack"), pack)
    _register(POSTERS, gettext_lazy("Posters and table cards"), posters)
    _register(FORMS, gettext_lazy("Paper forms"), forms)
    _register(INVITATION, gettext_lazy("Invitation"), invitation)
    _register(ASSESSMENT, gettext_lazy("Data-protection assessment"), assessment, edition=2)
