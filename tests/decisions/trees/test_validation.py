"""A tree that could not be relied on is refused, and the place in the file is named."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command

from decisions.trees.engine import TreeError, load_tree, shipped_trees
from decisions.trees.engine.diff import differences
from decisions.trees.engine.validate import validate


def a_small_tree() -> dict[str, Any]:
    """A tree of its own, with its own facts, that is right."""
    return {
        "id": "small",
        "title": "A small tree",
        "jurisdiction": "England",
        "dated": "2026-06-30",
        "facts": {
            "jurisdiction": "England",
            "as_known_on": "2026-06-30",
            "facts": [{"key": "limit", "amount": 100, "source": "A rule"}],
        },
        "law": {
            "rule": {"words": "Up to the limit.", "source": "A rule", "dated": "2026-06-30"},
        },
        "start": "trust",
        "questions": {
            "trust": {
                "text": "Does trust matter?",
                "kind": "yes_no",
                "group": "place",
                "next": "kind",
            },
            "kind": {
                "text": "Which kind?",
                "kind": "choice",
                "group": "law",
                "answers": {"gift": "A gift", "sale": "A sale"},
                "next": [{"when": {"kind": "sale"}, "go": "sum"}, {"go": "end"}],
            },
            "sum": {"text": "How much?", "kind": "money", "group": "law", "next": "end"},
        },
        "options": {
            "give": {
                "title": "Give",
                "summary": "Give it.",
                "family": "grant",
                "needs": [{"that": {"kind": "gift"}, "law": "rule", "fails": "It is no gift."}],
            },
            "buy": {
                "title": "Buy",
                "summary": "Buy it.",
                "family": "below_threshold",
                "needs": [
                    {
                        "when": {"kind": "sale"},
                        "that": {"sum": {"at_most": {"fact": "limit"}}},
                        "law": "rule",
                        "fails": "{sum} is above {fact.limit}.",
                    }
                ],
            },
            "stop": {"title": "Stop", "summary": "Stop.", "family": "stop", "stop": True},
        },
        "weights": [
            {
                "when": {"trust": "yes"},
                "raises": {"strongly": ["give"]},
                "words": "Trust.",
                "source": "The place",
            }
        ],
    }


def flaws(tree: dict[str, Any]) -> list[str]:
    """What is wrong with a tree, each with where."""
    try:
        return [str(flaw) for flaw in validate(load_tree(yaml.safe_dump(tree)))]
    except TreeError as error:
        return [f"{where}: {words}" for where, words in error.problems]


Change = Callable[[dict[str, Any]], Any]
WRONG: list[tuple[str, Change, str]] = [
    ("circle", lambda t: t["questions"]["sum"].update(next="trust"), "goes round in a circle: "),
    (
        "a circle of one",
        lambda t: t["questions"]["sum"].update(next="sum"),
        "questions.sum: goes round in a circle: sum > sum",
    ),
    (
        "a question that nothing leads to",
        lambda t: t["questions"]["kind"].update(next="end"),
        "questions.sum: no path leads to this question",
    ),
    (
        "a question that is not there",
        lambda t: t["questions"]["sum"].update(next="nowhere"),
        "questions.sum.next: there is no question “nowhere”",
    ),
    ("no start", lambda t: t.update(start="nowhere"), "start: there is no question “nowhere”"),
    (
        "no source",
        lambda t: t["law"]["rule"].pop("source"),
        "law.rule: this legal statement has no source",
    ),
    ("an empty source", lambda t: t["law"]["rule"].update(source=" "), "has no source"),
    (
        "no date",
        lambda t: t["law"]["rule"].pop("dated"),
        "law.rule: this legal statement has no date",
    ),
    ("an undated tree", lambda t: t.pop("dated"), "dated: the tree has no date"),
    (
        "a fact that is not there",
        lambda t: t["options"]["buy"]["needs"][0]["that"]["sum"].update(at_most={"fact": "limt"}),
        "options.buy.needs: there is no fact “limt”",
    ),
    (
        "a fact without a source",
        lambda t: t["facts"]["facts"][0].pop("source"),
        "facts.limit: has no source",
    ),
    (
        "an answer that is not there",
        lambda t: t["options"]["give"]["needs"][0].update(that={"kind": "loan"}),
        "options.give.needs: there is no answer to kind called “loan”",
    ),
    (
        "a condition on no question",
        lambda t: t["options"]["give"]["needs"][0].update(that={"sort": "gift"}),
        "options.give.needs: there is no question “sort”",
    ),
    (
        "law that is not there",
        lambda t: t["options"]["give"]["needs"][0].update(law="ruel"),
        "options.give.needs: there is no legal statement “ruel”",
    ),
    (
        "a place answer that excludes",
        lambda t: t["options"]["give"]["needs"][0].update(that={"trust": "yes"}),
        "a place answer (trust) may not decide what the law excludes",
    ),
    (
        "a legal answer that ranks",
        lambda t: t["weights"][0].update(when={"kind": "gift"}),
        "no legal answer alone may raise or lower a route",
    ),
    (
        "a weight on no route",
        lambda t: t["weights"][0].update(raises={"strongly": ["gvie"]}),
        "there is no route or form “gvie”",
    ),
    ("a sentence with a hole", lambda t: t["weights"][0].update(words="{smu}"), "“smu”"),
    ("a word that is not known", lambda t: t.update(colour="red"), "tree: "),
    ("no routes", lambda t: t.update(options={}, weights=[]), "a tree needs questions and routes"),
    (
        "a choice of one",
        lambda t: t["questions"]["kind"].update(answers={"sale": "A sale"}),
        "questions.kind: a choice needs two answers or more",
    ),
    (
        "a branch that looks ahead",
        lambda t: t["questions"]["trust"].update(
            next=[{"when": {"kind": "sale"}, "go": "sum"}, {"go": "kind"}]
        ),
        "questions.trust.next: looks at “kind”, which is asked later",
    ),
    (
        "two facts on one day",
        lambda t: t["facts"]["facts"].append({"key": "limit", "amount": 5, "source": "Other"}),
        "facts.limit: two entries are in force on the same day",
    ),
]


@pytest.mark.parametrize(
    "condition",
    [
        {"begins": "2026-01-01"},
        {"begins": {}},
        {"begins": {"before": "2026-02-30"}},
        {"any": 5},
        {"all": ["kind"]},
        {"sum": {"at_least": "a lot"}},
        {"sum": {"at_leest": 5}},
        {"test": "nothing"},
    ],
)
def test_a_condition_that_says_nothing_is_placed(condition: Any) -> None:
    tree = a_small_tree()
    tree["options"]["give"]["needs"][0]["that"] = condition
    assert len(flaws(tree)) == 1


def test_a_tree_that_is_right_is_left_alone() -> None:
    assert flaws(a_small_tree()) == []


@pytest.mark.parametrize(
    ("change", "words"), [each[1:] for each in WRONG], ids=[w[0] for w in WRONG]
)
def test_a_flaw_is_found_and_placed(change: Change, words: str) -> None:
    tree = a_small_tree()
    change(tree)
    assert any(words in flaw for flaw in flaws(tree)), flaws(tree)


def test_a_path_that_ends_in_nothing_is_found() -> None:
    tree = a_small_tree()
    del tree["options"]["stop"]
    tree["options"]["buy"]["needs"].append(
        {"that": {"kind": "sale"}, "law": "rule", "fails": "It is no sale."}
    )
    (flaw,) = flaws(tree)
    assert "ends in no lawful route and no advice" in flaw
    assert "sum=100.01" in flaw


def test_tests_that_need_each_other_are_found() -> None:
    tree = a_small_tree()
    tree["tests"] = {"one": {"test": "other"}, "other": {"not": {"test": "one"}}}
    assert "goes round in a circle" in flaws(tree)[0]


@pytest.mark.parametrize("name", ["england-general", "england-health", "wales", "scotland"])
def test_what_ships_is_right(name: str) -> None:
    assert validate(shipped_trees()[name]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "id: one\nid: two\n",
        "a: &x [1]\nb: *x\n",
        "- a list\n- no mapping\n",
        "!!python/object/apply:os.system ['true']\n",
        "id: [\n",
        "\x00\n",
    ],
)
def test_text_that_is_no_tree_is_refused_in_words(text: str) -> None:
    with pytest.raises(TreeError):
        load_tree(text)


def test_the_command_says_where_and_ends_with_1(tmp_path: Path) -> None:
    tree = a_small_tree()
    tree["questions"]["sum"]["next"] = "trust"
    file = tmp_path / "tree.yaml"
    file.write_text(yaml.safe_dump(tree))
    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("validate_tree", str(file), stdout=StringIO(), stderr=err)
    assert stop.value.code == 1
    assert "questions." in err.getvalue()
    file.write_text(yaml.safe_dump(a_small_tree()))
    out = StringIO()
    call_command("validate_tree", str(file), stdout=out)
    assert "nothing wrong" in out.getvalue()


def test_a_new_version_is_told_in_words() -> None:
    old = a_small_tree()
    new = a_small_tree()
    new["questions"]["trust"]["text"] = "Does it need trust?"
    new["options"]["lend"] = {"title": "Lend", "summary": "Lend it.", "family": "grant"}
    new["law"]["rule"]["words"] = "Up to the new limit."
    found = differences(load_tree(yaml.safe_dump(old)), load_tree(yaml.safe_dump(new)))
    told = {(each.kind, each.what, each.id) for each in found}
    assert told == {
        ("changed", "question", "trust"),
        ("added", "route", "lend"),
        ("changed", "legal statement", "rule"),
    }
    assert differences(load_tree(yaml.safe_dump(old)), load_tree(yaml.safe_dump(old))) == ()
