"""Twenty kinds of decisions as places really take them, each with what it must come to."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from decisions.trees.engine import shipped_trees, walk
from decisions.trees.engine.text import read_text

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.yaml"))


def test_there_are_twenty_and_more() -> None:
    assert len(CASES) >= 20


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_written_case_comes_to_what_it_must(path: Path) -> None:
    case: dict[str, Any] = read_text(path.read_text("utf-8"))
    expected = case["expect"]
    tree = shipped_trees()[case["tree"]]
    walked = walk(tree, case["answers"], date.fromisoformat(str(case["begins"])))
    assert walked.complete, walked.next_question
    standings = {each.option: each.standing for each in walked.ranked}
    recommended = [option for option, how in standings.items() if how == "recommended"]
    assert recommended == expected["recommended"]
    assert {standings[option] for option in expected["open"]} <= {"possible", "recommended"}
    for option, source in expected["excluded"].items():
        reasons = walked.standing(option).reasons("exclude")
        assert any(source in reason.source for reason in reasons), (option, reasons)
        assert all(reason.answers and reason.words for reason in reasons)
    notices = {note.id for note in walked.notices}
    assert notices >= set(expected["notices"])
    assert not notices & set(expected["no_notices"])
    assert {note.id for note in walked.checks} >= set(expected["checks"])
    assert {note.id for note in walked.warnings} == set(expected["warnings"])
    assert {each.form for each in walked.forms if each.fits} >= set(expected["forms"])


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_written_case_asks_nothing_that_it_does_not_use(path: Path) -> None:
    case: dict[str, Any] = read_text(path.read_text("utf-8"))
    tree = shipped_trees()[case["tree"]]
    walked = walk(tree, case["answers"], date.fromisoformat(str(case["begins"])))
    if not walked.stopped:
        assert set(case["answers"]) == {step.question for step in walked.path}
