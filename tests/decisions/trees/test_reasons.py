"""What is said for a route is said of that route, and what is said against it too."""

from collections import defaultdict

import pytest

from decisions.trees.ending import as_it_ends
from decisions.trees.engine import Tree, shipped_trees

ENGLISH = ["england-general", "england-health"]
# What is there now, and nothing more: true for and against letting it end.
PLAIN = "What there is now works"


def sides(tree: Tree) -> dict[str, dict[bool, list[str]]]:
    """Each sentence with the routes that it raises (True) and lowers (False)."""
    found: dict[str, dict[bool, list[str]]] = defaultdict(lambda: defaultdict(list))
    for weight in tree.weights:
        found[weight.words][weight.raises].append(weight.target)
    return found


@pytest.mark.parametrize("name", ENGLISH)
def test_no_sentence_speaks_for_one_route_and_against_another(name: str) -> None:
    both = {
        words: dict(told) for words, told in sides(shipped_trees()[name]).items() if len(told) > 1
    }
    assert both == {}


@pytest.mark.parametrize("name", ENGLISH)
def test_where_it_ends_by_itself_only_plain_sentences_turn_round(name: str) -> None:
    tree = shipped_trees()[name]
    before = {(one.words, one.target): one.raises for one in tree.weights}
    turned = [
        one.words for one in as_it_ends(tree).weights if before[one.words, one.target] != one.raises
    ]
    assert turned
    assert all(words.startswith(PLAIN) and " this " not in words for words in turned)


@pytest.mark.parametrize("name", ENGLISH)
def test_no_route_is_praised_for_being_another(name: str) -> None:
    """A competition does not stand up for itself with what is wrong with competitions."""
    competitions = {
        "light_touch_competition",
        "open_competition",
        "framework",
        "health_competitive",
    }
    wrong = (
        "does harm",
        "against each other",
        "costs much and tests little",
        "would fail",
        "lost to",
    )
    for weight in shipped_trees()[name].weights:
        if weight.raises:
            assert not any(one in weight.words for one in wrong), (weight.target, weight.words)
            assert weight.target not in competitions or "no competition" not in weight.words
        else:
            assert not any(one in weight.words for one in ("opens it up", "worth what")), (
                weight.words
            )


def test_much_collaboration_says_of_each_route_what_is_so_of_it() -> None:
    tree = shipped_trees()["england-general"]
    told = {
        weight.target: (weight.raises, weight.words)
        for weight in tree.weights
        if "collaboration" in str(weight.when)
        and weight.target in tree.options
        and "much" in str(weight.when)
    }
    assert told["light_touch_competition"] == (
        True,
        "No one organisation can achieve it, and this may be shaped so that several bid as one "
        "and are judged on how they work together.",
    )
    assert "consortium" in tree.options["light_touch_competition"].forms
    for route in ("open_competition", "framework", "quotes_or_award"):
        assert told[route] == (
            False,
            "No one organisation can achieve it, and this sets them against each other.",
        )
    assert all("against each other" not in words for raises, words in told.values() if raises)
