"""The workshop record: what the room said, on paper, for everybody who was in it.

Nobody is named who did not ask to be, nothing that was removed or left out is in it, and small
counts are left out. Each kind of activity gives its own part (``ActivityKind.report``).
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commissioning.design.when import clock, day
from commissioning.documents.models import IssuedDocument
from commissioning.documents.types import DocumentType, document_types
from commissioning.ground.answers import Answer, no
from commissioning.programmes.gate_words import gate_in_words
from commissioning.programmes.models import Programme, Vision
from commissioning.programmes.rules import Person, may_run, may_see
from commissioning.programmes.templatetags.programmes import moneyless
from participation.workshops.actions.afterwards import keep_record
from participation.workshops.activities.base import kind_of
from participation.workshops.models import Contribution, DraftVersion, Workshop
from participation.workshops.presence import (
    asked_of,
    missing_in_words,
    organisations_of,
    people_of,
)
from participation.workshops.suppression import people
from places.directory.models import Place

RECORD = "workshops.record"


def data(workshop_id: UUID) -> dict[str, Any]:
    """Everything the record says; an allow list."""
    workshop = _workshop(workshop_id)
    programme = workshop.programme
    told = {
        "title": workshop.title,
        "purpose": workshop.purpose,
        "programme": programme.title,
        "programme_url": settings.SITE_URL + programme.get_absolute_url(),
        "place": programme.place.name,
        "day": day(workshop.opened_at),
        "from": clock(workshop.opened_at),
        "to": clock(workshop.closed_at),
        "venue": workshop.venue,
        "run_by": workshop.led_by.short_name,
        "controllers": workshop.controllers or programme.led_by.name,
        "is_young": workshop.is_young,
        "people": people_of(workshop),
        "organisations": list(organisations_of(workshop)),
        "wanted": [
            {"who": line.who, "stops": line.barriers, "what_we_do": line.what_we_do}
            for line in workshop.plan_lines.all()
        ],
        "asked": [_asked(one) for one in asked_of(workshop)],
        "missing": missing_in_words(asked_of(workshop), sourced=False),
        "steps": _steps(workshop),
        "vision": _vision(workshop),
        "car_park": _car_park(workshop),
        "next": [
            {"day": day(news.created_at), "words": news.words}
            for news in workshop.news.order_by("created_at")[:1]
        ],
        "gate": gate_in_words(programme),
        "read_on": day(workshop.words_read_at) if workshop.words_read_at else "",
    }
    parked: dict[str, Any] = _without_amounts(told, programme)
    # What taking part pays is said at every stage: it hides nobody's own pay.
    return parked | {"pays": programme.what_taking_part_pays}


def _asked(asked: Any) -> dict[str, Any]:
    return {
        "words": asked.words,
        "source": asked.source,
        "answered": asked.answered,
        "compared": any(line.place is not None for line in asked.lines),
        "left_out": any(line.number is None and not line.few for line in asked.lines),
        "lines": [
            {
                "words": line.words,
                "number": line.number,
                "few": line.few,
                "place": f"{line.place:g}" if line.place is not None else "",
                "expected": line.expected,
                "missing": line.missing,
            }
            for line in asked.lines
        ],
    }


def _steps(workshop: Workshop) -> list[dict[str, Any]]:
    """Each activity that the room came to and that has anything to tell."""
    steps = []
    for activity in workshop.activities.all():
        activity.workshop = workshop
        told = kind_of(activity).report(activity) if activity.has_started else {}
        if told:
            steps.append(
                {
                    "kind": activity.kind,
                    "title": activity.title,
                    "prompt": activity.prompt,
                    "told": told,
                }
            )
    return steps


def _vision(workshop: Workshop) -> dict[str, Any] | None:
    """The version that the room agreed, as the programme's vision."""
    draft = (
        DraftVersion.objects.filter(activity__workshop=workshop, agreed_at__isnull=False)
        .order_by("-agreed_at")
        .first()
    )
    if draft is None:
        return None
    agreed = (
        Vision.objects.filter(programme=workshop.programme, statement=draft.statement)
        .filter(agreed_at__isnull=False)
        .select_related("agreed_by")
        .first()
    )
    return {
        "statement": draft.statement,
        "outcomes": list(draft.outcomes),
        "number": draft.number,
        "agreed_on": day(draft.agreed_at),
        "agreed_by": agreed.agreed_by.short_name if agreed and agreed.agreed_by else "",
        "how_agreed": agreed.how_agreed if agreed else "",
        "who_was_there": agreed.who_was_there if agreed else "",
        "url": settings.SITE_URL + reverse("programmes:vision", args=[workshop.programme.slug]),
    }


def _car_park(workshop: Workshop) -> str:
    """That something waits there; its words do not leave it before the gate opens."""
    parked = workshop.contributions.filter(state=Contribution.State.PARKED).count()
    if not parked:
        return ""
    number = people(parked)
    if number is None:
        return _("A few contributions about money wait in the car park. None is forgotten.")
    return (
        ngettext(
            "%d contribution about money waits in the car park. It is not forgotten.",
            "%d contributions about money wait in the car park. None is forgotten.",
            number,
        )
        % number
    )


def _without_amounts(value: Any, programme: Programme) -> Any:
    """The same values with amounts in people's own words parked while the gate is closed."""
    if isinstance(value, str):
        return moneyless(value, programme)
    if isinstance(value, dict):
        return {name: _without_amounts(one, programme) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_amounts(one, programme) for one in value]
    return value


def may_issue(user: Person, workshop_id: UUID) -> Answer:
    """Leads and commissioners, once somebody of them has read what people wrote."""
    workshop = _workshop(workshop_id)
    if workshop.words_read_at is None:
        return no(_("Read what people wrote first: free text is not anonymous by itself."))
    if workshop.forgotten_at is not None:
        return no(_("What people wrote is forgotten. The record that was issued stays."))
    return may_run(user, workshop.programme)


def may_read(user: Person, workshop_id: UUID) -> Answer:
    """Whoever sees the programme."""
    return may_see(user, _workshop(workshop_id).programme)


def place_of(workshop_id: UUID) -> Place:
    """The place whose name and number the record carries."""
    return _workshop(workshop_id).programme.place


def is_public(workshop_id: UUID) -> bool:
    """A record of a programme that anyone may read."""
    return _workshop(workshop_id).programme.is_public


def sentence(facts: dict[str, Any]) -> str:
    """The record in a sentence, shown where its number is checked."""
    if facts["vision"]:
        return _("The room agreed a vision: %s") % str(facts["vision"]["statement"])
    return _("What was said in a workshop on %s.") % str(facts["day"])


def summary(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """Facts to compare with a paper."""
    return [
        (_("Workshop"), facts["title"]),
        (_("Held"), facts["day"]),
        (_("People in the room"), str(facts["people"] or _("Fewer than 5"))),
    ]


def keep(workshop_id: UUID, issued: IssuedDocument) -> None:
    """The session points to it, and whoever left an address hears of it."""
    keep_record(Workshop.objects.get(pk=workshop_id), issued)


def page(workshop_id: UUID) -> str:
    """Where what came out of the session stands."""
    workshop = Workshop.objects.select_related("programme").get(pk=workshop_id)
    return reverse("workshops:outcome", args=[workshop.programme.slug, workshop.pk])


def _workshop(workshop_id: UUID) -> Workshop:
    return Workshop.objects.select_related(
        "programme__place", "programme__gate_lift", "programme__led_by", "led_by"
    ).get(pk=workshop_id)


def register() -> None:
    """Fill the registry; called when the application is ready."""
    document_types.register(
        RECORD,
        DocumentType(
            name=RECORD,
            label=gettext_lazy("Workshop record"),
            template="participation/workshops/record.html",
            data=data,
            rule=may_issue,
            place=place_of,
            title=lambda facts: str(facts["title"]),
            on_issued=keep,
            page=page,
            may_read=may_read,
            is_public=is_public,
            decision=sentence,
            summary=summary,
        ),
    )
