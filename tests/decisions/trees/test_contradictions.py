"""Answers that do not go together are noticed as soon as both are given, and told at the end."""

from dataclasses import replace
from typing import Any

import pytest
import yaml

from decisions.trees.engine import load_tree, shipped_trees, walk
from decisions.trees.engine.report import as_json
from decisions.trees.engine.validate import validate
from tests.decisions.trees.base import GENERAL, SPRING, general, health, place_not_known
from tests.decisions.trees.test_validation import a_small_tree


def test_it_is_noticed_in_the_middle_of_a_walk() -> None:
    tree = shipped_trees()["england-general"]
    answers = {**place_not_known(tree), "present_works": "badly", "label": "contract"}
    answers |= {"payment_for": "service_we_specify", "present": "nothing"}
    walked = walk(tree, answers, SPRING)
    assert walked.next_question is not None
    assert [(one.id, one.questions) for one in walked.clashes] == [
        ("contradiction_present", ("present", "present_works"))
    ]


def test_it_is_not_noticed_while_the_other_answer_is_still_to_come() -> None:
    tree = shipped_trees()["england-general"]
    walked = walk(tree, {**place_not_known(tree), "present_works": "badly"}, SPRING)
    assert walked.clashes == ()


def test_at_the_end_it_stands_among_the_warnings_and_in_full_with_its_questions() -> None:
    walked = general(what_works="unknown")
    told = as_json(walked, full=True)
    assert [one["id"] for one in told["warnings"]] == ["contradiction_unknown_but_specified"]
    assert told["warnings"][0]["source"] == "The answers themselves"
    assert told["contradictions"] == [
        {
            "id": "contradiction_unknown_but_specified",
            "words": walked.warnings[0].words,
            "questions": ["what_works", "payment_for"],
        }
    ]
    assert "contradictions" not in as_json(walked)


def test_it_neither_ranks_nor_excludes() -> None:
    tree = shipped_trees()["england-general"]
    answers = {**place_not_known(tree), **GENERAL, "what_works": "unknown"}
    with_it = walk(tree, answers, SPRING)
    blind = load_tree_without_contradictions()
    without = walk(blind, answers, SPRING)
    assert with_it.ranked == without.ranked
    assert not without.clashes


def load_tree_without_contradictions() -> Any:
    return replace(shipped_trees()["england-general"], contradictions=())


def test_the_only_provider_among_several_is_noticed_for_health_care() -> None:
    walked = health(only_existing_capable="yes", capable_providers="many")
    assert [one.id for one in walked.clashes] == ["contradiction_only_capable"]
    assert not health(only_existing_capable="yes", capable_providers="one").clashes


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"trust": "yes"}, "fewer than two questions"),
        ({"trust": "yes", "colour": "red"}, "there is no question “colour”"),
        ({"trust": "perhaps", "kind": "gift"}, "there is no answer to trust called “perhaps”"),
    ],
)
def test_a_contradiction_that_could_never_be_one_is_found(when: Any, words: str) -> None:
    raw = a_small_tree()
    raw["contradictions"] = [{"id": "clash", "when": when, "words": "Not both."}]
    flaws = validate(load_tree(yaml.safe_dump(raw)))
    assert any(flaw.where == "contradictions.clash" and words in flaw.words for flaw in flaws)


def test_a_contradiction_of_a_places_own_tree_is_noticed() -> None:
    raw = a_small_tree()
    raw["contradictions"] = [
        {"id": "clash", "when": {"trust": "no", "kind": "gift"}, "words": "Give to whom?"}
    ]
    tree = load_tree(yaml.safe_dump(raw))
    assert not validate(tree)
    walked = walk(tree, {"trust": "no", "kind": "gift"}, SPRING)
    assert [one.words for one in walked.warnings] == ["Give to whom?"]


def a_small_clash() -> dict[str, Any]:
    return {"id": "clash", "when": {"trust": "no", "kind": "gift"}, "words": "Not both."}


def test_two_things_of_one_name_are_found() -> None:
    raw = a_small_tree()
    clash = a_small_clash()
    raw["contradictions"] = [clash, {**a_small_clash(), "words": "Again."}]
    flaws = validate(load_tree(yaml.safe_dump(raw)))
    assert any("has the name of something else" in flaw.words for flaw in flaws)


def a_small_grant(**changes: Any) -> Any:
    """Minimal assistance to an enterprise, by the general tree."""
    answers = {
        "label": "grant",
        "payment_for": "their_own_project",
        "recipient_enterprise": "yes",
        "subsidy_basis": "minimal_financial_assistance",
        "award_to_one": "288000",
        "earlier_assistance": "0",
        "ending_or_reducing": "no",
    }
    return general(**(answers | changes))


def test_a_grant_now_and_no_earlier_assistance_is_looked_at() -> None:
    seen = "contradiction_earlier_assistance"
    assert seen in {one.id for one in a_small_grant(present="grant").warnings}
    assert seen not in {one.id for one in a_small_grant(present="nothing").warnings}
    earlier = a_small_grant(present="grant", earlier_assistance="20000")
    assert seen not in {one.id for one in earlier.warnings}


def test_small_assistance_is_within_its_limit_only_as_each_recipient_confirms() -> None:
    told = str(as_json(a_small_grant(present="nothing"), full=True))
    assert "£288,000 is within the limit of £315,000" in told
    assert "Only if each recipient confirms before its award" in told
    assert "in the financial year of that day and the two before." in told
