"""Where several routes stand first, the record says so, and why one of them was taken."""

import pytest

from commissioning.people.models import User
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import missing_to_recommend
from decisions.records.story import story
from decisions.records.suggested import suggested
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from tests.cast import SignIn
from tests.decisions.records.conftest import fresh
from tests.decisions.records.test_story import section
from tests.decisions.records.test_suggested import page
from tests.decisions.walks.conftest import at, said, say, walk, whole

__all__ = ["walk", "whole"]


@pytest.fixture
def tied(ada: User, whole: Appraisal) -> Decision:
    """A draft whose walk puts devolved grants and quotes first, by equal reasons."""
    say(ada, whole, "small_provider_risk", "some")
    say(ada, whole, "shape_of_need", "both")
    trees.lock_for_good(ada, whole)
    return drafting.begin_decision(ada, whole.question, "Daytime company in the Lanes")


def choose(ada: User, draft: Decision, why: str) -> Decision:
    route = {"route": "devolved_grants", "route_name": "", "why_other": why}
    return fresh(drafting.write_section(ada, draft, "route", route))


def test_to_choose_one_of_two_that_stand_first_asks_why_this_one(
    ada: User, tied: Decision, sign_in: SignIn
) -> None:
    chosen = choose(ada, tied, "")
    said = [one for _name, one in missing_to_recommend(chosen) if "say why this one" in one]
    assert said == [
        "The walk puts another first as much (Quotes, or award, below threshold): say why this "
        "one and not that one."
    ]
    form = sign_in(ada).get(page(sign_in(ada), tied, "route")).content.decode()
    assert "The walk puts several first, by equal reasons" in form
    chosen = choose(ada, tied, "Quotes would reach only those who know how to quote.")
    assert not [one for _name, one in missing_to_recommend(chosen) if "say why" in one]


def test_the_record_and_its_first_page_name_what_stood_first_as_much(
    ada: User, tied: Decision, whole: Appraisal, sign_in: SignIn
) -> None:
    chosen = choose(ada, tied, "Quotes would reach only those who know how to quote.")
    first, routes = section(chosen, "summary"), section(chosen, "routes")
    for part in (first, routes):
        assert "first together with: Quotes, or award, below threshold" in part
        assert "only those who know how to quote" in part
    assert "It stands first, equal with: Devolved grants" in routes
    assert "It comes first." not in routes
    assert story(chosen)["sections"]
    assert "whoever chooses says why this one" in said(sign_in(ada), at("result", whole))


def test_what_speaks_for_both_is_not_offered_as_the_reason_for_one(
    ada: User, tied: Decision
) -> None:
    chosen = choose(ada, tied, "So.")
    result = (tied.question.appraisals.get().result or {})["ranked"]
    mine, other = (
        {one["words"] for one in row["because"] if one["effect"] == "raise"}
        for name in ("devolved_grants", "quotes_or_award")
        for row in result
        if row["option"] == name
    )
    own, _mark, alike = suggested(chosen, "words")["reasons"].partition(
        "This speaks as much for what"
    )
    assert any(one in own for one in mine - other)
    assert not any(one in own for one in mine & other)
    assert any(one in alike for one in mine & other) or not mine & other
