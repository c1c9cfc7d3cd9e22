"""Trees written to do harm, or with a slip in any place: refused in words, and soon."""

import copy
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from decisions.trees.engine import TreeError, load_tree
from decisions.trees.engine.text import TextError, read_file
from decisions.trees.engine.validate import validate
from tests.decisions.trees.test_validation import a_small_tree, flaws

Where = tuple[Any, ...]
WRONG = [None, [], -1.5, "NaN", [[["x"]]], {"x": {"y": 1}}]


def a_tree_of_every_part() -> dict[str, Any]:
    """The small tree with a figure, a named condition, a note, a stop and a form."""
    tree = a_small_tree()
    tree["figures"] = {"total": {"title": "Total", "sum": [{"of": "sum"}, {"fact": "limit"}]}}
    tree["tests"] = {"dear": {"total": {"more_than": {"fact": "limit"}}}}
    tree["forms"] = {"lots": {"title": "Lots", "summary": "In lots."}}
    note = {"id": "dear", "kind": "notice", "when": {"test": "dear"}, "words": "{total}"}
    tree["notes"] = [{**note, "law": "rule", "options": ["buy"]}]
    tree["stops"] = [{"id": "too_dear", "when": {"sum": {"more_than": 9}}, "words": "Stop."}]
    tree["stops"][0]["law"] = "rule"
    return tree


def places(part: Any, where: Where = ()) -> Iterator[Where]:
    """Every place in a mapping, however deep."""
    if where:
        yield where
    if isinstance(part, dict | list):
        inside = part.items() if isinstance(part, dict) else enumerate(part)
        for key, value in inside:
            yield from places(value, (*where, key))


def with_slip(where: Where, value: Any) -> dict[str, Any]:
    """The tree with another value in one place."""
    tree = copy.deepcopy(a_tree_of_every_part())
    part: Any = tree
    for key in where[:-1]:
        part = part[key]
    part[where[-1]] = value
    return tree


def test_the_tree_of_every_part_is_right() -> None:
    assert flaws(a_tree_of_every_part()) == []


@pytest.mark.parametrize("value", WRONG, ids=lambda value: json.dumps(value)[:20])
def test_a_slip_in_any_place_is_told_in_words_and_breaks_nothing(value: Any) -> None:
    for where in places(a_tree_of_every_part()):
        found = flaws(with_slip(where, value))
        assert all(len(flaw.split(": ", 1)) == 2 for flaw in found), (where, found)


def test_what_is_nested_without_end_is_refused_before_it_is_built() -> None:
    for text in ("[" * 200_000, '{"a":' * 100_000, "a: " + "[" * 50_000 + "]" * 50_000):
        with pytest.raises(TreeError, match="nested more than 60 deep"):
            load_tree(f"\n{text}")


def test_a_bomb_of_aliases_is_refused() -> None:
    layers = "\n".join(
        f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(TreeError, match="aliases"):
        load_tree(f"a: &a [x, x]\n{layers}\n")


def test_conditions_that_double_by_name_are_refused() -> None:
    tree = a_small_tree()
    tree["tests"] = {"t0": {"kind": "gift"}}
    for number in range(1, 40):
        tree["tests"][f"t{number}"] = {"any": [{"test": f"t{number - 1}"} for _ in "ab"]}
    began = time.monotonic()
    assert "a condition of more than 500 parts" in flaws(tree)[0]
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("through", ["sum", "when"])
def test_figures_that_need_themselves_are_found(through: str) -> None:
    tree = a_small_tree()
    first: dict[str, Any] = {"of": "second"}
    if through == "when":
        first = {"number": 1, "when": {"second": {"more_than": 1}}}
    tree["figures"] = {
        "first": {"title": "One", "sum": [first]},
        "second": {"title": "Two", "sum": [{"of": "first"}]},
    }
    assert flaws(tree) == ["figures.first: goes round in a circle: first > second > first"]


def test_more_questions_than_anybody_could_walk_are_refused() -> None:
    tree = a_small_tree()
    more = {
        f"q{n}": {"text": "?", "kind": "yes_no", "group": "law", "next": f"q{n + 1}"}
        for n in range(401)
    }
    more["q400"]["next"] = "trust"
    tree["questions"] = {**more, **tree["questions"]}
    tree["start"] = "q0"
    assert flaws(tree) == ["questions: more than 400: nobody could walk it"]


@pytest.mark.parametrize(
    ("where", "value", "words"),
    [
        (("questions", "kind", "next"), [{"when": {"kind": "sale"}, "go": "sum"}], "where to go"),
        (("options", "give", "needs", 0, "that"), {}, "a condition is needed here"),
        (("options", "give", "needs", 0, "that"), {"any": []}, "is no condition"),
        (("options", "give", "needs", 0, "that"), {"not": {}}, "a condition is needed here"),
        (("options", "give", "needs", 0, "that"), {"kind": []}, "is no condition"),
        (("options", "buy", "needs", 0, "that"), {"sum": {"at_most": {}}}, "is no condition"),
        (("options", "buy", "needs", 0, "that"), {"sum": {"at_most": "NaN"}}, "is no condition"),
        (("options", "buy", "needs", 0, "that"), {"sum": {"at_most": 10**30}}, "is no condition"),
        (("facts", "facts", 0), {"key": "limit", "source": "A rule"}, "has no amount"),
        (("stops", 0, "when"), {"in_force": "limit"}, "has no first day"),
        (("stops", 0, "when"), {}, "a condition is needed here"),
        (("figures", "total", "sum", 0), {}, "adds nothing"),
        (("weights", 0, "raises"), {}, "raises nothing and lowers nothing"),
        (
            ("needs",),
            [{"options": ["byu"], "that": {"kind": "sale"}, "law": "rule", "fails": "No."}],
            "needs.1: there is no route “byu”",
        ),
    ],
)
def test_what_would_silently_exclude_nothing_or_everything_is_found(
    where: Where, value: Any, words: str
) -> None:
    found = flaws(with_slip(where, value))
    assert any(words in flaw for flaw in found), found


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    with pytest.raises(TextError, match="longer than"):
        read_file(Path("/dev/zero"))


def test_a_file_that_begins_with_a_mark_of_its_byte_order_is_read(tmp_path: Path) -> None:
    file = tmp_path / "tree.json"
    file.write_text("\ufeff" + json.dumps(a_small_tree()), "utf-8")
    assert validate(load_tree(file)) == ()
