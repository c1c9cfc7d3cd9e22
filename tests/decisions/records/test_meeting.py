"""The report lies open for clear days before the meeting, and interests are asked for."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from commissioning.design.when import day
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.records.actions import deciding, drafting
from decisions.records.meeting import BY_BODY, first_day
from decisions.records.models import Body, Decision
from decisions.records.story import story
from tests.cast import SignIn
from tests.decisions.records.conftest import minute, write_all

COMMITTEE = {
    "body_kind": "committee",
    "body_name": "Communities Committee",
    "power": "Localism Act 2011, section 1; part 3, paragraph 9",
}
PARISH = {
    "body_kind": "parish",
    "body_name": "Rivermead Town Council",
    "power": "Localism Act 2011, section 1",
}


def facts_of(decision: Decision, section: str) -> dict[str, str]:
    found = next(one for one in story(decision)["sections"] if one["key"] == section)
    return {
        name: value
        for block in found["blocks"]
        if block["kind"] == "facts"
        for name, value in block["pairs"]
    }


def words_of(decision: Decision, section: str) -> str:
    found = next(one for one in story(decision)["sections"] if one["key"] == section)
    return " ".join(block.get("words", "") for block in found["blocks"])


def test_five_clear_days_leave_out_both_ends_weekends_and_holidays() -> None:
    monday = date(2027, 2, 1)
    assert first_day(BY_BODY[Body.CABINET], monday) == date(2027, 2, 9)
    before_easter = date(2027, 3, 22)
    assert first_day(BY_BODY[Body.CABINET], before_easter) == date(2027, 4, 1)
    assert first_day(BY_BODY[Body.PARISH], monday) == date(2027, 2, 5)


def test_a_cabinets_report_lies_open_for_five_clear_days(ada: User, recommended: Decision) -> None:
    today = timezone.localdate()
    with pytest.raises(Invalid, match="Say on which day"):
        deciding.enter_decision(ada, recommended, minute(report_on=None, report_why=""))
    with pytest.raises(Invalid, match=r"it can be decided from .* 5 clear days .*SI 2012/2089"):
        deciding.enter_decision(ada, recommended, minute(report_on=today, report_why=""))
    with pytest.raises(Invalid, match="after the day on which it was decided"):
        deciding.enter_decision(ada, recommended, minute(report_on=today + timedelta(days=1)))
    made = deciding.enter_decision(ada, recommended, minute())
    said = facts_of(made, "power")["Agenda and report published"]
    assert "at least 5 clear days (SI 2012/2089, regulations 6 and 7) before the meeting" in said


def test_what_could_not_wait_says_why_and_the_record_prints_it(
    ada: User, recommended: Decision
) -> None:
    why = "The meeting was called at shorter notice: the building closes on Friday."
    made = deciding.enter_decision(
        ada, recommended, minute(report_on=timezone.localdate(), report_why=why)
    )
    said = facts_of(made, "power")["Agenda and report published"]
    assert "fewer than 5 clear days" in said
    assert why in said


def test_a_report_from_before_the_recommendation_is_asked_what_it_recommended(
    ada: User, recommended: Decision, sign_in: SignIn, signed: None
) -> None:
    today = timezone.localdate()
    here = [recommended.question.programme.slug, recommended.pk]
    asked = sign_in(ada).get(reverse("records:decide", args=here)).content.decode()
    assert f"was written down here on {day(today)}" in asked
    with pytest.raises(Invalid, match=r"came before the recommendation.* Say below what"):
        deciding.enter_decision(ada, recommended, minute(report_why=""))
    why = "Small grants, as now; the clerk typed it in here on the day of the meeting."
    made = deciding.enter_decision(ada, recommended, minute(report_why=why))
    said = facts_of(made, "power")["Agenda and report published"]
    assert f"written down here later, on {day(today)}: {why}" in said
    before_sealing = sign_in(ada).get(reverse("records:issue", args=here)).content.decode()
    assert f"on {day(today)}. What the report recommended: {why}" in before_sealing


def test_a_report_of_the_day_of_the_recommendation_or_after_is_not_asked(
    ada: User, recommended: Decision
) -> None:
    at = timezone.now() - timedelta(days=21)
    Decision.objects.filter(pk=recommended.pk).update(recommended_at=at)
    made = deciding.enter_decision(ada, recommended, minute(report_why=""))
    assert "written down here" not in facts_of(made, "power")["Agenda and report published"]


@pytest.mark.parametrize(
    ("power", "source"),
    [
        (COMMITTEE, "Local Government Act 1972, section 100B"),
        (PARISH, "3 clear days .Local Government Act 1972, Schedule 12"),
    ],
)
def test_each_body_has_the_days_of_its_own_law(
    ada: User, draft: Decision, power: dict[str, object], source: str
) -> None:
    before = drafting.recommend(ada, write_all(ada, draft, power=power))
    yesterday = timezone.localdate() - timedelta(days=1)
    short = minute(report_on=yesterday, report_why="", call_in_until=None)
    with pytest.raises(Invalid, match=source):
        deciding.enter_decision(ada, before, short)


def test_an_officer_decides_at_no_meeting(ada: User, draft: Decision, sign_in: SignIn) -> None:
    power: dict[str, object] = {
        "body_kind": "officer",
        "body_name": "Director of Communities",
        "power": "Localism Act 2011; scheme of delegation, paragraph 2",
    }
    before = drafting.recommend(ada, write_all(ada, draft, power=power))
    page = sign_in(ada).get(
        reverse("records:decide", args=[before.question.programme.slug, before.pk])
    )
    assert "report published" not in page.content.decode()
    named = minute(decided_by="Lena Ford, Director", call_in_until=None, report_on=None)
    made = deciding.enter_decision(ada, before, named)
    assert "Agenda and report published" not in facts_of(made, "power")


def test_who_writes_it_down_is_asked_for_interests(
    ada: User, recommended: Decision, sign_in: SignIn
) -> None:
    asked = "Did anybody who decided or advised have an interest?"
    address = reverse("records:decide", args=[recommended.question.programme.slug, recommended.pk])
    assert asked in sign_in(ada).get(address).content.decode()
    with pytest.raises(Invalid, match="Say whether anybody"):
        deciding.enter_decision(ada, recommended, minute(had_interest=None))
    with pytest.raises(Invalid, match="Say who had an interest"):
        deciding.enter_decision(ada, recommended, minute(had_interest=True))
    assert not recommended.interests.exists()
    made = deciding.enter_decision(
        ada,
        recommended,
        minute(
            had_interest=True,
            interest_who="Cllr Tom Reed",
            interest_what="Trustee of Doorstep",
            interest_done="He left the room.",
        ),
    )
    assert made.interests.get().who == "Cllr Tom Reed"
    assert "No interest of those" not in words_of(made, "conflicts")


def test_nobody_had_one_is_said_as_an_answer_and_not_against_what_is_written_down(
    ada: User, recommended: Decision
) -> None:
    one = drafting.declare_interest(
        ada, recommended, who="Cllr Tom Reed", what="Trustee", dispensation="Left the room."
    )
    with pytest.raises(Invalid, match="written down here already: Cllr Tom Reed"):
        deciding.enter_decision(ada, recommended, minute(had_interest=False))
    recommended.interests.filter(pk=one.pk).delete()
    made = deciding.enter_decision(ada, recommended, minute())
    assert "nobody who decided or advised had an interest" in words_of(made, "conflicts")


def test_after_a_call_in_it_is_asked_anew(ada: User, decided: Decision) -> None:
    deciding.call_in(ada, decided, "The buses.")
    again = deciding.answer_call_in(ada, decided, stands=False, words="Think again.")
    assert (again.report_on, again.report_why, again.had_interest) == (None, "", None)


def test_the_day_of_the_report_is_not_changed_afterwards(decided: Decision) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decided.pk).update(had_interest=True)
