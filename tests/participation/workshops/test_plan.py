"""Who must be in the room, what stops them, and what people are asked at the door."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from participation.workshops.actions import joining, planning, preparing, running
from participation.workshops.actions.planning import Question, Who
from participation.workshops.models import JoinCount, JoinQuestion, PlanLine, Workshop
from participation.workshops.presence import asked_of, missing_in_words
from tests.cast import SignIn
from tests.participation.budgeting.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
AGES = Question(
    "How old are you?",
    ({"words": "Under 25", "percent": 25.0}, {"words": "25 or over", "percent": 75.0}),
    "Census 2021, TS007",
)


@pytest.fixture
def ages(prepared: Workshop, femi: User) -> JoinQuestion:
    return planning.write_question(femi, prepared, AGES)


def people_come_in(workshop: Workshop, question: JoinQuestion, *numbers: int) -> None:
    for choice, number in enumerate(numbers):
        for _ in range(number):
            joining.come_in(workshop, answers={question.pk: choice})


def test_the_plan_says_who_what_stops_them_and_what_it_takes(
    prepared: Workshop, femi: User, sign_in: SignIn
) -> None:
    browser = sign_in(femi)
    page = f"{prepared.get_absolute_url()}plan/"
    typed = {
        "who": "Young carers",
        "why": "They know the river best.",
        "stops": ["childcare", "travel"],
        "what_we_do": "A taxi home, and a sitter from the carers' centre.",
        "hours": "6.5",
    }
    assert browser.post(f"{page}who/", typed).status_code == 302
    line = PlanLine.objects.get()
    assert (line.stops, line.hours) == (["childcare", "travel"], Decimal("6.5"))
    shown = browser.get(page).content.decode()
    assert "Young carers" in shown
    assert "6.5" in shown
    browser.post(f"{page}who/{line.pk}/drop/")
    assert not PlanLine.objects.exists()


def test_nobody_talks_of_money_in_the_plan_but_what_taking_part_pays_is_said(
    prepared: Workshop, femi: User, sign_in: SignIn
) -> None:
    with pytest.raises(Invalid, match="Never ever start"):
        planning.write_line(femi, prepared, Who("Young carers", what_we_do="£20 each"))
    programme = prepared.programme
    programme.what_taking_part_pays = "£15 an hour, and your bus fare."
    programme.save()
    assert (
        "£15 an hour" in sign_in(femi).get(f"{prepared.get_absolute_url()}plan/").content.decode()
    )


def test_a_question_needs_answers_and_a_source_for_its_figures(
    prepared: Workshop, femi: User, sign_in: SignIn
) -> None:
    browser, door = sign_in(femi), f"{prepared.get_absolute_url()}plan/door/"
    typed = {"words": "How old are you?", "choices": "Under 25: 22\n25 or over: 78", "source": ""}
    refused = browser.post(door, typed)
    assert refused.status_code == 422
    assert "Say where the place&#x27;s figures come from" in refused.content.decode()
    assert browser.post(door, typed | {"source": "Census 2021"}).status_code == 302
    asked = JoinQuestion.objects.get()
    assert asked.choices[0] == {"words": "Under 25", "percent": 22.0}
    assert browser.post(door, typed | {"choices": "Under 25", "source": "x"}).status_code == 422
    assert "Northbank" in browser.get(f"{door}?begin=area").content.decode()


def test_three_questions_are_enough_and_an_answered_one_stays_as_it_is(
    ages: JoinQuestion, prepared: Workshop, femi: User, priya: User
) -> None:
    for _ in range(2):
        planning.write_question(femi, prepared, AGES)
    with pytest.raises(Invalid, match="3 questions are enough"):
        planning.write_question(femi, prepared, AGES)
    with pytest.raises(Refused):
        planning.write_question(priya, prepared, AGES)
    workshop = running.open_workshop(femi, prepared)
    people_come_in(workshop, ages, 1)
    with pytest.raises(Invalid, match="answered it already"):
        planning.write_question(femi, workshop, AGES, ages.pk)


def test_answers_at_the_door_are_counted_and_kept_beside_nobody(
    ages: JoinQuestion, prepared: Workshop, femi: User
) -> None:
    workshop = running.open_workshop(femi, prepared)
    door = Client().get(f"/j/{workshop.code}/").content.decode()
    assert "How old are you?" in door
    assert "I would rather not say" in door
    for choice in ("0", "", "1", "7"):
        Client().post(f"/j/{workshop.code}/come-in/", {f"asked_{ages.pk}": choice})
    counts: dict[int, int] = dict(JoinCount.objects.values_list("choice", "number"))
    assert counts == {0: 1, 1: 1}
    # An answer that is no answer does not let anybody in by accident.
    assert workshop.participants.count() == 3
    fields: set[Any] = {field.name for field in JoinCount._meta.get_fields()}
    assert fields == {"id", "question", "choice", "number"}


def test_forty_who_come_in_at_once_are_forty(
    ages: JoinQuestion, prepared: Workshop, femi: User
) -> None:
    workshop = running.open_workshop(femi, prepared)
    at_once([lambda: joining.come_in(workshop, answers={ages.pk: 1}) for _ in range(12)])
    assert JoinCount.objects.get().number == 12


def test_who_is_missing_is_said_against_the_places_own_figures(
    ages: JoinQuestion, prepared: Workshop, femi: User, sign_in: SignIn
) -> None:
    workshop = running.open_workshop(femi, prepared)
    people_come_in(workshop, ages, 3, 29)
    plan = f"{workshop.get_absolute_url()}plan/"
    assert "Missing" not in sign_in(femi).get(plan).content.decode()
    running.close_workshop(femi, workshop)
    asked = asked_of(workshop)[0]
    young, others = asked.lines
    assert (young.number, young.few, young.missing, young.expected) == (None, True, True, 8)
    assert others.number is None  # 32 less 29 would be 3
    assert missing_in_words([asked]) == [
        "“Under 25”: fewer than 5 of the 32 who answered. In the place it is 25 in 100 "
        "(Census 2021, TS007), so about 8 would have been here."
    ]
    shown = sign_in(femi).get(plan).content.decode()
    assert "fewer than 5" in shown
    assert "29" not in shown.partition("Who came, and who is missing")[2].partition("</table>")[0]


def test_of_a_handful_nothing_is_said(ages: JoinQuestion, prepared: Workshop, femi: User) -> None:
    workshop = running.open_workshop(femi, prepared)
    people_come_in(workshop, ages, 1, 2)
    asked = asked_of(workshop)[0]
    assert asked.answered is None
    assert missing_in_words([asked]) == []


def test_a_session_held_again_keeps_its_plan_and_counts_afresh(
    ages: JoinQuestion, prepared: Workshop, femi: User
) -> None:
    planning.write_line(femi, prepared, Who("Young carers", stops=("travel", "nonsense")))
    workshop = running.open_workshop(femi, prepared)
    people_come_in(workshop, ages, 6)
    copy = preparing.copy_workshop(femi, workshop, "Once more")
    assert copy.plan_lines.get().barriers == ["Getting there and back"]
    assert copy.join_questions.get().words == "How old are you?"
    assert not copy.join_questions.get().counts.exists()
