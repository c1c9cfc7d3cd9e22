"""What a committee's clerk would stumble over: said twice, said by halves, said in figures."""

import re
import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.actions import openness
from commissioning.programmes.models import LevelFieldEntry
from decisions.costs.actions import choose_routes
from decisions.questions.models import Question
from decisions.questions.plan.working_days import after
from decisions.records.actions import deciding, drafting
from decisions.records.blocks import TALL, Section
from decisions.records.models import Decision
from decisions.records.sections.walk import rests_on
from decisions.records.story import story
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from decisions.trees.path_picture import path_picture
from decisions.trees.standpoint import Standing
from decisions.trees.versions import write_sheet
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.money import some_grant
from tests.decisions.records.conftest import minute, write_all
from tests.decisions.walks.conftest import BEGINS, answer_all, say, settle, walk, whole

__all__ = ["walk", "whole"]

ISO = re.compile(r"\b20\d\d-\d\d-\d\d\b")
KEY: dict[str, object] = {"is_key": True, "notice_on": date(2026, 1, 5)}
RULES: dict[str, Any] = {
    "quotation_levels": [{"at_least": "100000", "ask": "a competition that is advertised"}],
    "waivers": "",
    "key_decision_sum": "250000",
    "delegations": [],
    "grants_policy": "For what people do for themselves.",
    "decides": "cabinet",
    "paragraph": "part 3.4 of the constitution",
    "call_in_days": 5,
    "call_in_who": "any five councillors",
}


def section(decision: Decision, key: str) -> Section:
    """A section of the record."""
    return next(one for one in story(decision)["sections"] if one["key"] == key)


def table(decision: Decision, key: str, caption: str = "") -> dict[str, Any]:
    """A table of a section, the one whose caption begins so."""
    return next(
        block
        for block in section(decision, key)["blocks"]
        if block["kind"] == "table" and block["caption"].startswith(caption)
    )


def test_an_answer_is_not_said_again_beside_itself(
    ada: User, sami: User, whole: Appraisal, draft: Decision
) -> None:
    say(sami, whole, "history", "good", "They kept every promise.")
    settle(ada, whole, "history", "mixed")
    trees.lock_for_good(ada, whole)
    rows = {row[0]: row for row in table(draft, "path")["rows"]}
    history = next(row for text, row in rows.items() if "happened here before" in text)
    assert history[1].startswith("Mixed")
    assert "Citizen commissioner, who said “Good" in history[2]
    assert "They kept every promise." in history[2]
    alike = [row for row in rows.values() if f": {row[1]}" in row[2]]
    assert alike == []


def test_every_route_says_what_would_put_it_first_or_that_nothing_would(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, whole)
    opened = table(draft, "routes", "Routes that were open")
    assert [column["title"] for column in opened["columns"]][1:] == [
        "Because",
        "It would stand first, alone or beside others, if",
    ]
    assert all(cell for row in opened["rows"] for cell in row)
    assert sum("(recommended)" in row[0] for row in opened["rows"]) >= 1


def test_only_a_row_that_is_taller_than_a_third_of_a_page_breaks_over_two(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    """A tall row that is kept whole leaves half of the page before it empty."""
    trees.lock_for_good(ada, whole)
    opened = table(draft, "routes", "Routes that were open")
    for place, row in enumerate(opened["rows"]):
        assert (place in opened["tall"]) is (max(map(len, row)) > TALL)


def test_the_law_is_not_blamed_for_what_nobody_is_considering(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, whole)
    closed = dict(table(draft, "routes", "Routes that were rejected")["rows"])
    ours = closed["A company or body of your own"]
    assert ours == "The case closes it: No company or body of the authority's own is considered."
    for needless in ("Direct award on a ground", "Light-touch competition"):
        assert closed[needless].startswith("The case closes it: At £300,000 it is below the")
    _order, count = (one for one in section(draft, "routes")["blocks"] if one["kind"] == "text")
    assert count["words"] == (
        "Closed by the law: 1. Closed by the facts of this case, with no law against it: 9."
    )


def test_law_and_practice_never_look_alike_in_a_record(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, whole)
    routes = str(section(draft, "routes"))
    assert "Better Way dinner" not in routes
    assert routes.count("Better Way network") == 1
    opened = {row[0]: row[1] for row in table(draft, "routes", "Routes that were open")["rows"]}
    (grant,) = (words for name, words in opened.items() if name.startswith("Grant"))
    for line in grant.splitlines():
        is_practice = line.removeprefix("• ").startswith(("For", "Strongly", "Against"))
        assert is_practice == ("(Practice: " in line), line


def test_the_first_page_says_what_the_thing_is_worth_beside_what_choosing_costs(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, whole)
    recommended = drafting.recommend(ada, write_all(ada, draft))
    decided = deciding.enter_decision(
        ada, recommended, minute(amount=Decimal(170_000), outcome="changed", why_changed="Less.")
    )
    said = str(section(decided, "summary"))
    assert (
        "Decided: £170,000. Estimated: £180,000 without options and extensions; £300,000 "
        "with them. No VAT on top. For 36 months, and up to 24 months more."
    ) in said
    first = dict(story(decided)["glance"])
    assert "What choosing this way costs" not in first
    assert first["What choosing costs, on top of the thing itself"].startswith(
        "An estimate, all of it from defaults"
    )
    wanted = str(section(decided, "question"))
    assert "£180,000" in wanted
    assert "36 months" in wanted
    assert "£170,000" in str(section(decided, "power"))


def test_a_way_that_is_closed_is_costed_only_to_compare_and_says_so(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, whole)
    names = [row[0] for row in table(draft, "costs")["rows"]]
    assert "Light-touch competition (closed here: costed only to compare)" in names
    assert "Grant" in names


FOR_OTHER_KINDS = {
    "Direct payments",
    "The health regime's processes",
    "Contract reserved to supported employment providers",
    "Contract reserved to public service mutuals",
}


def test_what_is_for_another_kind_of_thing_is_named_and_has_no_figures(
    ada: User, walk: Appraisal, draft: Decision
) -> None:
    """A footpath is works: no light-touch service, nobody's personal budget, no health care."""
    trees.lock_for_good(ada, answer_all(ada, walk, {"contract_type": "works"}))
    names = {row[0].split(" (")[0] for row in table(draft, "costs")["rows"]}
    (left,) = re.findall(
        r"Not costed, since they are not for a thing of this kind: ([^.]+)\.",
        str(section(draft, "costs")),
    )
    assert set(left.split("; ")) == FOR_OTHER_KINDS | {"Light-touch competition"}
    assert not names & set(left.split("; "))
    assert "Direct award on a ground" in names, "closed, and for things of this kind"
    assert "No route is chosen yet." in str(section(draft, "costs"))
    assert "The chosen route is not costed" not in str(section(draft, "costs"))


def test_what_somebody_picked_to_compare_is_costed_whatever_its_kind(
    ada: User, cora: User, walk: Appraisal, draft: Decision
) -> None:
    choose_routes(cora, draft.question, ["grant", "light_touch_competition"])
    trees.lock_for_good(ada, answer_all(ada, walk, {"contract_type": "works"}))
    names = [row[0] for row in table(draft, "costs")["rows"]]
    assert "Light-touch competition (closed here: costed only to compare)" in names
    assert "Direct payments (closed here: costed only to compare)" not in names


def test_every_route_is_costed_or_named_as_one_that_is_not(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, whole)
    costs = section(draft, "costs")
    costed = [row[0].split(" (")[0] for row in table(draft, "costs")["rows"]]
    left = "; ".join(re.findall(r"Not costed[^:]*: ([^.]+)\.", str(costs)))
    found = rests_on(draft.question)
    assert found is not None
    ranked = {row["title"] for row in (found.result or {})["ranked"]}
    # What there is now ends by itself, so to change nothing is to let it end.
    costed += ["Change nothing"] if "Let it end" in costed else []
    assert any(row["standing"] == "excluded" for row in (found.result or {})["ranked"])
    assert {*costed, *left.split("; ")} >= ranked
    assert len(costed) > len(ranked) / 2


def test_a_minute_may_name_an_amount_and_need_not(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    recommended = drafting.recommend(ada, write_all(ada, draft))
    page = sign_in(ada).get(f"{recommended.get_absolute_url()}decide/").content.decode()
    assert "Which amount was decided?" in page
    decided = deciding.enter_decision(ada, recommended, minute())
    assert "Decided: £" not in str(section(decided, "summary"))
    assert "Amount decided" not in str(section(decided, "power"))


def test_an_opposing_recommendation_stays_in_the_record_with_what_changed_after_it(
    ada: User, sami: User, whole: Appraisal, draft: Decision
) -> None:
    trees.recommend(sami, whole, "grant", "It is ours to do.", uuid.uuid4())
    settle(ada, whole, "history", "good")
    trees.lock_for_good(ada, whole)
    (row,) = table(draft, "path", "What members recommended")["rows"]
    assert row[0] == "Citizen commissioner"
    assert row[2].startswith("It is ours to do.\n")
    assert "Made before an answer changed: “What has happened here before" in row[2]
    assert "was “Mixed, or nothing much”, and is now “" in row[2]


@pytest.fixture
def ruled(ada: User, question: Question) -> Appraisal:
    """A locked walk that cites the place's own rules sheet."""
    write_sheet(ada, question.programme, date(2026, 4, 1), RULES, "")
    walked = trees.begin_walk(ada, question, "england-general", BEGINS)
    return trees.lock_for_good(ada, answer_all(ada, walked))


def test_days_stand_in_words_and_the_places_own_rules_with_theirs(
    ruled: Appraisal, draft: Decision
) -> None:
    """The same in the record and on the page of a result: 1 April 2026, never 2026-04-01."""
    said = str([(one["title"], one["blocks"]) for one in story(draft)["sections"]])
    assert "rules sheet of 1 April 2026" in said
    assert f"{draft.question.who_buys.name}, version 1, from 1 April 2026" in said
    assert "can be called in by any five councillors for 5 working days" in said
    assert not ISO.search(said), ISO.findall(said)
    assert ruled.result is not None
    assert not ISO.search(str([one["words"] for one in ruled.result["notices"]]))


def test_a_delegation_and_the_body_that_decides_are_told_together(
    ada: User, question: Question
) -> None:
    director = {"up_to": "350000", "who": "the director of communities"}
    write_sheet(ada, question.programme, date(2026, 4, 1), RULES | {"delegations": [director]}, "")
    walked = answer_all(ada, trees.begin_walk(ada, question, "england-general", BEGINS))
    told = {one.id: one.words for one in Standing(walked).walked.notices}
    assert "unless the director of communities decides it by delegation" in told["who_decides"]
    assert "At £300,000 it is within what the director of communities" in told["delegation"]
    assert "They may, and need not" in told["delegation"]


def test_a_check_does_not_repeat_the_heading_it_stands_under(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    trees.lock_for_good(ada, whole)
    blocks = section(draft, "checks")["blocks"]
    checks = next(block["lines"] for block in blocks if block["kind"] == "items")
    assert not [line for line in checks if line.startswith("Check before relying on it")]


def test_what_several_saw_alike_is_one_line(
    ada: User, draft: Decision, lanes: Organisation, council: Organisation
) -> None:
    programme = draft.question.programme
    for body in (lanes, council):
        openness.add_level_field_entry(
            ada, programme, body, LevelFieldEntry.Kind.SAW, "The draft of what is wanted."
        )
    rows = table(draft, "level_field")["rows"]
    (row,) = (row for row in rows if row[3] == "The draft of what is wanted.")
    assert row[2] == f"{lanes.name}, {council.name}"


def test_evidence_of_other_outcomes_does_not_stand_in_a_record_of_this_one(
    draft: Decision, ada: User
) -> None:
    some_grant(ada, draft.question.programme)
    first, other, *_rest = draft.question.programme.outcomes.all()
    draft.question.outcomes.set([first])
    said = str(section(draft, "evidence-nobody_funds"))
    assert first.title in said
    assert other.title not in said
    assert "more in the whole-system review, about other outcomes." in said


def test_a_picture_of_a_long_path_can_break_between_pages() -> None:
    row = {"text": "A question", "said": "Yes", "section": "One part", "settled": None}
    parts = path_picture([row] * 19)["parts"]
    assert [(part["count"], part["goes_on"]) for part in parts] == [
        (9, False),
        (9, True),
        (1, True),
    ]
    assert parts[2]["boxes"][0]["asked"][0]["words"].startswith("19.")


def test_whoever_writes_down_a_decision_is_told_the_places_own_call_in(
    ada: User, ruled: Appraisal, draft: Decision, sign_in: SignIn
) -> None:
    recommended = drafting.recommend(ada, write_all(ada, draft, publicity=KEY))
    page = sign_in(ada).get(f"{recommended.get_absolute_url()}decide/").content.decode()
    assert "Your rules sheet gives 5 working days after it is made." in page
    assert "It can be called in by: any five councillors." in page
    steps = {row[0]: row for row in table(recommended, "plan")["rows"]}
    waits = next(row for title, row in steps.items() if "call-in" in title)
    assert waits[3] == "The place's own rules sheet."
    power = str(section(recommended, "power"))
    assert "can be called in" in power
    assert "key decision by the place's own sum of £250,000" in power


def test_a_call_in_is_not_made_shorter_than_the_places_own_rules_give(
    ada: User, ruled: Appraisal, draft: Decision
) -> None:
    recommended = drafting.recommend(ada, write_all(ada, draft, publicity=KEY))
    today = timezone.localdate()
    fifth = after(today, 5)
    with pytest.raises(Invalid, match="gives 5 working days"):
        deciding.enter_decision(ada, recommended, minute(call_in_until=fifth - timedelta(days=1)))
    entered = deciding.enter_decision(ada, recommended, minute(call_in_until=fifth))
    assert entered.status == Decision.Status.DECIDED
