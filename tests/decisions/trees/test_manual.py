"""docs/trees.md is enough to write answers by: its lists are the trees' own, its samples walk."""

import json
import re
from datetime import date

import pytest

from decisions.trees.engine import shipped_trees, walk
from decisions.trees.engine.manual import MANUAL, with_ids
from tests.decisions.trees.base import open_routes, place_not_known

TEXT = MANUAL.read_text("utf-8")
BLOCKS = re.findall(r"```json\n(\{.*?\})\n```", TEXT, flags=re.DOTALL)
SAMPLES = [json.loads(block) for block in BLOCKS if '"payment_for"' in block]


def test_every_id_is_in_the_manual() -> None:
    assert with_ids(TEXT) == TEXT, "run python -m decisions.trees.engine.manual"


@pytest.mark.parametrize(
    ("sample", "tree", "first", "is_open", "is_closed"),
    [
        (0, "england-general", "participatory_budget", "grant", "extend_or_vary"),
        (1, "england-general", "", "below_threshold_reserved_area", "light_touch_competition"),
        (2, "england-general", "", "light_touch_competition", "direct_award"),
        (3, "england-health", "", "health_direct_award_c", "health_direct_award_a"),
    ],
)
def test_a_sample_walks_to_its_end(
    sample: int, tree: str, first: str, is_open: str, is_closed: str
) -> None:
    shipped = shipped_trees()[tree]
    answers = {**place_not_known(shipped), **SAMPLES[sample]}
    walked = walk(shipped, answers, date(2026, 3, 1))
    routes = open_routes(walked)
    assert is_open in routes
    assert is_closed not in routes
    if first:
        assert walked.ranked[0].option == first
        assert walked.ranked[0].standing == "recommended"


def test_the_answers_that_the_manual_advises_exist() -> None:
    questions = shipped_trees()["england-general"].questions
    for question, answer in re.findall(r"`([a-z_]+): ([a-z_]+)`", TEXT.split("<!-- ids: start")[0]):
        if question in questions:
            assert answer in questions[question].answers, (question, answer)


ROUTES = {
    "england-general": [
        "change_nothing",
        "extend_or_vary",
        "no_purchase",
        "steward_market",
        "community_led",
        "in_house",
        "controlled_company",
        "public_cooperation",
        "grant",
        "devolved_grants",
        "participatory_budget",
        "direct_payments",
        "pilot_then_buy",
        "quotes_or_award",
        "below_threshold_competition",
        "below_threshold_reserved_vcse",
        "below_threshold_reserved_area",
        "light_touch_competition",
        "framework",
        "reserved_supported_employment",
        "reserved_mutual",
        "direct_award",
        "health_regime",
        "open_competition",
        "stop_and_take_advice",
    ]
}


def test_the_routes_of_the_product_are_all_there() -> None:
    assert set(shipped_trees()["england-general"].options) == set(ROUTES["england-general"])
    health = set(shipped_trees()["england-health"].options)
    assert set(ROUTES["england-general"]) - {"health_regime"} <= health
    assert {f"health_direct_award_{each}" for each in "abc"} <= health
    assert {"health_most_suitable_provider", "health_competitive", "health_urgent_award"} <= health


def test_what_a_route_asks_for_is_told_in_whole_sentences() -> None:
    for tree in shipped_trees().values():
        for option in tree.options.values():
            for condition in option.conditions:
                assert condition[0].isupper(), (tree.id, option.id, condition)
                assert condition.endswith("."), (tree.id, option.id, condition)
