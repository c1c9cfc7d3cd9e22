"""What the fictional place's workshops were planned for, and what came out of the first."""

from datetime import timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from commissioning.demo.people import Town
from commissioning.documents.actions import request_document
from commissioning.programmes.models import Programme
from participation.workshops.actions import afterwards, hearing, planning
from participation.workshops.actions.planning import Question, Who
from participation.workshops.models import JoinQuestion, News, Participant, Workshop
from participation.workshops.record import RECORD

AGES: Final = Question(
    "How old are you?",
    (
        {"words": "Under 45", "percent": 46.0},
        {"words": "45 to 64", "percent": 29.0},
        {"words": "65 to 79", "percent": 18.0},
        {"words": "80 or over", "percent": 7.0},
    ),
    "Rivermead ward estimates, mid-2025 (made up, like all of Rivermead)",
)
FIRST: Final = Question(
    "Have you been to a meeting like this before?",
    tuple({"words": words, "percent": None} for words in ("Never", "Once or twice", "Often")),
)
WANTED: Final = (
    Who(
        "People who care for somebody at home",
        "They decide whether anybody gets out of the house at all.",
        ("childcare", "trust"),
        "Somebody they know sits in: the carers' centre finds them. They hear first what became "
        "of last year's survey.",
        Decimal(9),
    ),
    Who(
        "People over 80 who live alone",
        "It is about them, and they come to no meeting.",
        ("travel", "access"),
        "The lunch club's minibus, there and back. A hearing loop, and chairs with arms.",
        Decimal(6),
    ),
    Who(
        "Polish-speaking families in Quayside",
        "Their grandparents do not use any service.",
        ("interpreter",),
        "Zosia interprets at their table, and the prompts are on paper in Polish.",
        Decimal("4.5"),
    ),
)
YOUNG_AGES: Final = Question(
    "How old are you?",
    (
        {"words": "11 to 13", "percent": 36.0},
        {"words": "14 or 15", "percent": 31.0},
        {"words": "16 to 18", "percent": 33.0},
    ),
    "Rivermead ward estimates, mid-2025 (made up, like all of Rivermead)",
)
RIVER: Final = Question(
    "Do you go to the river?",
    tuple({"words": words, "percent": None} for words in ("Most days", "In summer", "Never")),
)
YOUNG: Final = (
    Who(
        "Young people who were moved on from the river",
        "They know best why nobody goes there.",
        ("pay", "trust"),
        "Paid by the hour. The youth workers ask them, not the council.",
        Decimal(8),
    ),
    Who(
        "Young carers",
        "An evening is hard to get away.",
        ("childcare", "travel"),
        "A taxi home, and somebody to sit in.",
        Decimal("3.5"),
    ),
)
NEXT: Final = (
    "By the end of the month Ada and Cora bring the vision to the six wards' own meetings, in "
    "this order: Lanes, Quayside, then the others.\n\nWhoever offered a room or an hour hears from "
    "the voluntary action within two weeks. Nothing is planned for you meanwhile."
)
BECAME: Final = (
    "The vision is agreed, and eleven of your offers are on the place's map. Residents have voted "
    "on the first ideas: the result is on the programme's page."
)


def plan_the_first(town: Town, workshop: Workshop) -> list[JoinQuestion]:
    """Whom the session is for, and two questions at the door."""
    ada = town.people["ada"]
    for wanted in WANTED:
        planning.write_line(ada, workshop, wanted)
    return [planning.write_question(ada, workshop, asked) for asked in (AGES, FIRST)]


def answers_of(place: int, asked: list[JoinQuestion]) -> dict[UUID, int]:
    """What the person at this place in the line says at the door; some would rather not."""
    if place % 9 == 8:
        return {}
    ages, first = asked
    return {ages.pk: 0 if place < 2 else 1 + place % 3, first.pk: place % 2 + (place % 5 == 0)}


def ask_the_young(town: Town, workshop: Workshop) -> list[JoinQuestion]:
    """Whom their first evening is for, and two questions at the door."""
    ada = town.people["ada"]
    for wanted in YOUNG:
        planning.write_line(ada, workshop, wanted)
    return [planning.write_question(ada, workshop, asked) for asked in (YOUNG_AGES, RIVER)]


def answers_of_the_young(place: int, asked: list[JoinQuestion]) -> dict[UUID, int]:
    """Three are under 14, so their number is nowhere; two do not say where they go."""
    ages, river = asked
    answers = {ages.pk: 0 if place < 3 else 1 + place % 2}
    return answers if place in (4, 11) else answers | {river.pk: place % 3}


def release_all(town: Town, workshop: Workshop) -> None:
    """An officer has read it: nothing is left out."""
    seen = afterwards.seen_digest(afterwards.to_read(workshop))
    afterwards.release_words(town.people["ada"], workshop, [], seen=seen)


def plan_the_river(town: Town, workshop: Workshop) -> None:
    """Whom the young people's session is for."""
    for wanted in YOUNG:
        planning.write_line(town.people["ada"], workshop, wanted)


def tell_what_came_out(town: Town, workshop: Workshop) -> None:
    """Two people leave an address; what was written is read; what happens next is said."""
    ada = town.people["ada"]
    for person, email in zip(
        Participant.objects.filter(workshop=workshop).order_by("pk")[:2],
        ("maud@rivermead.example", "idris@rivermead.example"),
        strict=True,
    ):
        hearing.leave_address(person, email)
    release_all(town, workshop)
    for words, after in ((NEXT, 3), (BECAME, 30)):
        news = afterwards.write_news(ada, workshop, words)
        at = workshop.opened_at and workshop.opened_at + timedelta(days=after)
        News.objects.filter(pk=news.pk).update(created_at=at)


def issue_the_record(town: Town, programme: Programme) -> None:
    """The record of the session that was held. May be repeated."""
    held = Workshop.objects.filter(programme=programme, rehearses=None)
    for workshop in held.filter(words_read_at__isnull=False, record=None):
        request_document(town.people["ada"], RECORD, workshop.pk, issue=True)
