"""Days are counted as a procurement lawyer counts them, Easter and Christmas too."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from decisions.questions.plan.backward import (
    Plan,
    earliest_end,
    plan_back,
    plan_new,
)
from decisions.questions.plan.bridges import Standing, bridges_for
from decisions.questions.plan.calendar_file import calendar_file
from decisions.questions.plan.picture import LEFT, RIGHT, draw
from decisions.questions.plan.since import as_decided, since_decided
from decisions.questions.plan.standstill import (
    Regime,
    first_day_to_sign,
    last_day,
    latest_publication,
)
from decisions.questions.plan.ways import WAYS
from decisions.questions.plan.working_days import (
    after,
    bank_holiday,
    before,
    clear_days_before,
    is_working_day,
    months_before,
    on_or_after,
)

DAYS = st.dates(date(2025, 2, 24), date(2031, 12, 31))
WAY = st.sampled_from(sorted(WAYS))


def test_england_is_closed_on_its_bank_holidays_and_their_substitutes() -> None:
    assert bank_holiday(date(2026, 4, 3)) == "Good Friday"
    assert not is_working_day(date(2026, 4, 6))
    # Boxing Day 2026 is a Saturday: Monday 28 December stands for it.
    assert not is_working_day(date(2026, 12, 28))
    # Christmas 2027 falls on a Saturday and Boxing Day on a Sunday.
    assert not is_working_day(date(2027, 12, 27))
    assert not is_working_day(date(2027, 12, 28))
    # Scotland's and Northern Ireland's own days are working days in England.
    assert is_working_day(date(2026, 1, 2))
    assert is_working_day(date(2026, 3, 17))


@pytest.mark.parametrize(
    ("published", "act", "health"),
    [
        # Monday to Wednesday of the next week. Health begins on the Tuesday (SI 2023/1348 reg
        # 12(2)) and runs eight working days after that.
        (date(2026, 6, 1), date(2026, 6, 10), date(2026, 6, 12)),
        # A Friday counts as the first day under the Act; Scotland has a bank holiday on the 15th.
        (date(2026, 6, 5), date(2026, 6, 17), date(2026, 6, 17)),
        # The same with no holiday anywhere: a Friday is the first day.
        (date(2026, 6, 19), date(2026, 6, 30), date(2026, 7, 1)),
        # Published on Scotland's summer bank holiday: under the Act the Tuesday is the first.
        (date(2026, 8, 3), date(2026, 8, 13), date(2026, 8, 14)),
        # Over Saint Andrew's Day, Monday 30 November, which only the Act leaves out.
        (date(2026, 11, 25), date(2026, 12, 7), date(2026, 12, 8)),
        # Over Saint Patrick's Day, Tuesday 17 March, in Northern Ireland.
        (date(2026, 3, 12), date(2026, 3, 24), date(2026, 3, 25)),
        # Over Easter 2026: Good Friday 3 April, Easter Monday 6 April.
        (date(2026, 3, 30), date(2026, 4, 10), date(2026, 4, 14)),
        # Over Christmas 2025: 18 December runs into the new year.
        (date(2025, 12, 18), date(2025, 12, 31), date(2026, 1, 5)),
        # Over Christmas 2026, with the substitute on the 28th.
        (date(2026, 12, 18), date(2026, 12, 31), date(2027, 1, 4)),
        # Published on a Saturday: the Act's first working day is the Monday.
        (date(2026, 6, 6), date(2026, 6, 18), date(2026, 6, 17)),
        # The early May bank holiday.
        (date(2026, 4, 30), date(2026, 5, 12), date(2026, 5, 14)),
        # The stranger's own: published on Wednesday 19 May 2027; Monday 31 May is a bank holiday.
        (date(2027, 5, 19), date(2027, 5, 28), date(2027, 6, 2)),
    ],
)
def test_each_regime_counts_its_standstill_in_its_own_way(
    published: date, act: date, health: date
) -> None:
    assert last_day(Regime.ACT, published) == act
    assert last_day(Regime.HEALTH, published) == health


def test_the_agreement_is_signed_on_the_working_day_after_the_standstill() -> None:
    assert first_day_to_sign(Regime.ACT, date(2026, 6, 1)) == date(2026, 6, 11)
    assert first_day_to_sign(Regime.HEALTH, date(2026, 6, 1)) == date(2026, 6, 15)
    assert first_day_to_sign(Regime.HEALTH, date(2026, 6, 2)) == date(2026, 6, 16)
    assert first_day_to_sign(Regime.NONE, date(2026, 6, 6)) == date(2026, 6, 8)


@given(DAYS, st.sampled_from([Regime.ACT, Regime.HEALTH]))
def test_the_latest_publication_leaves_the_whole_standstill_and_not_a_day_more(
    day: date, regime: Regime
) -> None:
    sign = after(day, 1)
    published = latest_publication(regime, sign)
    assert is_working_day(published)
    assert first_day_to_sign(regime, published) <= sign
    assert first_day_to_sign(regime, after(published, 1)) > sign


@given(DAYS)
def test_the_act_counts_from_the_notice_the_days_on_which_no_part_of_the_kingdom_is_closed(
    day: date,
) -> None:
    last = last_day(Regime.ACT, day)
    days = [day + timedelta(days=more) for more in range((last - day).days + 1)]
    assert sum(is_working_day(one, uk=True) for one in days) == 8
    assert is_working_day(last, uk=True)


@given(DAYS)
def test_the_health_standstill_begins_a_day_after_its_notice_and_counts_from_the_day_after_that(
    day: date,
) -> None:
    last = last_day(Regime.HEALTH, day)
    days = [day + timedelta(days=more) for more in range(2, (last - day).days + 1)]
    assert sum(is_working_day(one) for one in days) == 8
    assert is_working_day(last)


def test_a_health_plan_says_on_which_day_the_notice_of_intention_is_published() -> None:
    plan = plan_back("health_direct_c", date(2027, 6, 30))
    notice, standstill = plan.step("intention"), plan.step("standstill")
    assert notice.is_milestone
    assert standstill.starts == notice.starts + timedelta(days=1)
    assert standstill.ends == last_day(Regime.HEALTH, notice.starts)
    assert plan.step("decide").starts < notice.starts
    assert first_day_to_sign(Regime.HEALTH, notice.starts) <= plan.step("sign").starts
    assert "the regulation is followed" in standstill.source


def test_who_keeps_the_contract_is_not_told_that_it_ends() -> None:
    for way in ("health_direct_c", "health_direct_ab", "extend"):
        keys = {step.key for step in plan_back(way, date(2027, 6, 30)).steps}
        assert keys.isdisjoint({"notice", "staff"}), way
    assert plan_back("health_suitable", date(2027, 6, 30)).step("notice")
    told = {step.key for step in plan_back("grant", date(2027, 6, 30), notice=None).steps}
    assert "notice" not in told, "it was answered that nobody loses what they have"


def test_a_grant_to_one_named_group_has_no_call_in_its_plan() -> None:
    plan = plan_back("grant_named", date(2027, 6, 30))
    keys = {step.key for step in plan.steps}
    assert keys.isdisjoint({"ask", "evaluate", "standstill"})
    assert "why nobody else is asked" in plan.step("agree").title
    assert plan.procurement_begins.key == "agree"


def test_once_it_is_decided_who_gets_it_only_what_follows_is_left() -> None:
    counted = plan_back("health_direct_c", date(2027, 6, 30), {"call_in": 0}, key_decision=False)
    plan = as_decided(counted, date(2026, 11, 27))
    assert plan.step("decide").starts == date(2026, 11, 27)
    keys = [step.key for step in plan.steps]
    assert keys == ["decide", "intention", "standstill", "sign", "award_notice", "mobilise", "ends"]


def test_nobody_is_late_for_a_call_in_whose_days_were_written_down() -> None:
    """It follows the decision, months before the last day of what is still to be done."""
    counted = plan_back("grant_named", date(2027, 7, 31))
    decided, until = date(2026, 11, 27), date(2026, 12, 4)
    plan = as_decided(counted, decided, until)
    assert [step.key for step in plan.steps][:2] == ["decide", "call_in"]
    assert plan.begin_by == plan.procurement_begins.starts > date(2027, 4, 1)
    assert not plan.is_too_late(date(2026, 12, 24))
    assert not plan.passed(date(2026, 12, 24), chosen=True)


def test_what_was_done_before_the_line_begins_has_no_empty_row_in_the_picture() -> None:
    counted = plan_back("health_direct_c", date(2027, 6, 30), {"call_in": 0}, key_decision=False)
    early = draw(as_decided(counted, date(2026, 11, 27)), None)
    assert "Decision" not in [bar.label for bar in early.bars]
    assert all(LEFT <= bar.x <= RIGHT for bar in early.bars)
    late = draw(as_decided(counted, counted.step("intention").starts), None)
    assert late.bars[0].label == "Decision"


def test_the_ways_of_one_regime_are_not_offered_under_the_other() -> None:
    health = {key for key, way in WAYS.items() if way.is_under(Regime.HEALTH)}
    assert health == {
        *("health_competition", "health_suitable", "health_direct_c", "health_direct_ab"),
        *("grant", "devolved", "vote", "grant_named", "in_house", "extend"),
    }
    act = {key for key, way in WAYS.items() if way.is_under(Regime.ACT)}
    assert act == {key for key in WAYS if not key.startswith("health_")}
    assert all(way.is_under(Regime.NONE) for way in WAYS.values()), "while nobody knows"


@given(DAYS, st.integers(0, 60))
def test_counting_there_and_back_comes_home(day: date, number: int) -> None:
    start = after(day, 1)
    assert before(after(start, number), number) == start


def test_clear_days_count_neither_end() -> None:
    assert clear_days_before(date(2026, 6, 30), 28) == date(2026, 6, 1)


def test_three_months_before_the_last_day_of_may_is_the_last_day_of_february() -> None:
    assert months_before(date(2027, 5, 31), 3) == date(2027, 2, 28)
    assert months_before(date(2028, 5, 31), 3) == date(2028, 2, 29)
    assert months_before(date(2027, 1, 31), 3) == date(2026, 10, 31)


@given(WAY, DAYS, st.booleans())
def test_every_step_is_over_before_the_next_begins(way: str, ends_on: date, key: bool) -> None:
    plan = plan_back(way, ends_on, key_decision=key)
    line = [step for step in plan.steps if not step.beside]
    for earlier, later in pairwise(line):
        if later.key == "ends":
            assert earlier.ends <= later.starts
        else:
            assert earlier.ends < later.starts
    # The health regime's standstill begins on the day after its notice, whatever day that is.
    free = {"ends"} | ({"standstill"} if plan.way.regime == Regime.HEALTH else set())
    assert all(is_working_day(step.starts) for step in plan.steps if step.key not in free)
    if key:
        assert plan.step("decision_notice").starts <= clear_days_before(
            plan.step("decide").starts, 28
        )
    if plan.way.may_end_present:
        assert plan.step("notice").starts <= months_before(ends_on, 3)


def new(way: str, begins_on: date) -> Plan:
    """The plan of something new."""
    return plan_new(partial(plan_back, way, is_new=True), begins_on)


def test_a_new_thing_is_counted_from_the_day_that_its_award_begins() -> None:
    plan = new("grant", date(2027, 3, 1))
    assert plan.procurement_begins.starts == date(2027, 3, 1)
    assert plan.begin_by < date(2027, 3, 1) < plan.new_begins_on
    keys = {step.key for step in plan.steps}
    assert "begins" in keys
    assert not keys & {"ends", "notice", "staff"}, "nothing ends, and nobody transfers"


def test_a_new_thing_that_would_begin_on_a_sunday_begins_on_the_next_day_that_it_can() -> None:
    plan = new("light_touch", date(2027, 2, 28))
    assert date(2027, 2, 28) < plan.procurement_begins.starts <= date(2027, 3, 5)


@given(WAY, DAYS)
def test_a_new_thing_begins_on_a_working_day_as_every_step_before_it(way: str, day: date) -> None:
    plan = plan_back(way, day, is_new=True)
    begins = plan.step("begins").starts
    assert begins == plan.new_begins_on
    assert is_working_day(begins)
    assert begins == on_or_after(day + timedelta(days=1))


@given(WAY, DAYS, st.integers(1, 60))
def test_a_later_end_never_means_an_earlier_beginning(way: str, ends_on: date, more: int) -> None:
    assert (
        plan_back(way, ends_on).begin_by <= plan_back(way, ends_on + timedelta(days=more)).begin_by
    )


@given(WAY, DAYS, st.integers(0, 80), st.integers(0, 80))
def test_a_longer_step_never_means_a_later_beginning(
    way: str, ends_on: date, length: int, more: int
) -> None:
    short = plan_back(way, ends_on, {"evaluate": length, "report": length})
    long = plan_back(way, ends_on, {"evaluate": length + more, "report": length})
    assert long.begin_by <= short.begin_by


@given(WAY, DAYS)
def test_the_earliest_end_is_the_earliest(way: str, today: date) -> None:
    ends = earliest_end(way, today)
    assert not plan_back(way, ends).is_too_late(today)
    assert plan_back(way, ends - timedelta(days=1)).is_too_late(today)


def test_what_the_law_sets_is_never_shorter() -> None:
    plan = plan_back("competition", date(2027, 6, 30), {"ask": 3, "standstill": 0, "notice": 1})
    asked = plan.step("ask")
    assert (asked.ends - asked.starts).days >= 25
    signed = plan.step("sign").starts
    assert first_day_to_sign(Regime.ACT, plan.step("standstill").starts) <= signed
    assert plan.step("notice").starts <= date(2027, 3, 30)


def test_a_length_says_who_set_it() -> None:
    """A default is called one, and is never the place's word; the place's own is called its own."""
    own = plan_back("light_touch", date(2027, 6, 30), {"prepare": 30, "ask": 40})
    assert own.step("prepare").source == "The place's own length"
    assert own.step("ask").source.endswith("small organisations. The place's own length")
    assert own.step("evaluate").source.startswith("A default of the software, from what is common")
    assert all("your own" not in step.source for step in own.steps), "no instruction to a user"


def test_a_voluntary_standstill_may_be_left_out() -> None:
    plan = plan_back("light_touch", date(2027, 6, 30), {"standstill": 0})
    assert all(step.key != "standstill" for step in plan.steps)


def test_over_easter_the_decision_moves_forward() -> None:
    """Ends on 30 June 2027; Good Friday is 26 March, Easter Monday 29 March."""
    plan = plan_back("light_touch", date(2027, 6, 30))
    assert plan.step("standstill").starts == date(2027, 3, 22)
    assert plan.step("standstill").ends == date(2027, 4, 2)
    assert plan.step("sign").starts == date(2027, 4, 5)
    assert plan.step("decide").starts == date(2027, 3, 12)
    assert plan.step("decision_notice").starts == date(2027, 2, 11)
    assert plan.step("notice").starts == date(2027, 3, 30)
    assert plan.begin_by == date(2026, 10, 1)


def test_running_out_of_time_is_not_urgency() -> None:
    for regime in (Regime.ACT, Regime.HEALTH):
        bridges = bridges_for(regime)
        urgent = [bridge for bridge in bridges if "urgent" in bridge.title.lower()]
        assert [bridge.standing for bridge in urgent] == [Standing.UNLAWFUL]
        assert bridges[0].standing == Standing.LAWFUL
    health = " ".join(one.source for one in bridges_for(Regime.HEALTH))
    assert "Schedule 5" not in health
    assert "Procurement Act" not in health


def test_while_no_walk_says_which_regime_no_bridge_of_the_act_is_offered() -> None:
    bridges = bridges_for(Regime.NONE)
    assert all(bridge.standing == Standing.LAWFUL for bridge in bridges)
    assert not [one for one in bridges if "Procurement Act" in one.source]


def test_the_calendar_file_holds_every_step_as_whole_days() -> None:
    plan = plan_back("grant", date(2027, 6, 30))
    stamp = datetime(2026, 11, 26, 10, tzinfo=UTC)
    content = calendar_file(plan, "Daytime company; in the Lanes", "q1", stamp, "http://x.test/p")
    again = calendar_file(plan, "Daytime company; in the Lanes", "q1", stamp, "http://x.test/p")
    assert content == again
    read = Calendar.from_ical(content)
    events = {str(event["uid"]): event for event in read.walk("VEVENT")}
    assert set(events) == {f"{step.key}.q1" for step in plan.steps}
    decided = events["decide.q1"]
    assert decided.decoded("dtstart") == plan.step("decide").starts
    assert decided.decoded("dtend") == plan.step("decide").starts + timedelta(days=1)
    assert "Daytime company; in the Lanes: The body" in str(decided["summary"])
    assert str(decided["description"]).startswith("The latest day on which this can begin")
    assert "Earlier is fine." in str(events["appraise.q1"]["description"])
    done = calendar_file(since_decided(plan, date(2026, 11, 27)), "Lanes", "q1", stamp, "http://x")
    made = next(
        one for one in Calendar.from_ical(done).walk("VEVENT") if str(one["uid"]) == "chosen.q1"
    )
    assert "latest" not in str(made["description"]), "what is done has no latest day"
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


@given(WAY, DAYS)
def test_the_picture_stays_in_its_frame(way: str, ends_on: date) -> None:
    plan = plan_back(way, ends_on)
    picture = draw(plan, plan.begin_by)
    assert len(picture.bars) == len(plan.steps)
    assert all(LEFT <= bar.x <= RIGHT and bar.x + bar.width <= RIGHT + 6 for bar in picture.bars)
    assert picture.today_x == LEFT
