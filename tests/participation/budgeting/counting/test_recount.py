"""`manage.py recount` in a process of its own: no database, exact JSON, one sentence on errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from participation.budgeting.counting.options import Options
from participation.budgeting.counting.recount import as_number, recount

from .test_pb_bad_files import GOOD

ROOT = Path(__file__).resolve().parents[4]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command, with addresses at which no database and no Redis answers."""
    nowhere = {
        "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:9/nowhere",
        "REDIS_URL": "redis://127.0.0.1:9/0",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "recount", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | nowhere,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.pb"
    path.write_text(GOOD.replace("a;50", "a;39.50"), "utf-8")
    return path


def test_json_has_exactly_these_keys(good: Path) -> None:
    done = run(good, "--rule", "equal-shares", "--utility", "cost", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found.pop("seconds"), float)
    assert found == {
        "rule": "equal-shares",
        "options": {
            "utility": "cost",
            "completion": "none",
            "start": "whole",
            "top-up": "none",
            "comparison": "none",
            "min-votes": 0,
            "min-points": 0,
        },
        "winners": ["b"],
        "spent": 60,
        "budget": 100,
        "voters": 2,
    }


def test_a_table_for_readers(good: Path) -> None:
    done = run(good, "--rule", "greedy")
    assert done.returncode == 0, done.stderr
    assert "2 of 2 projects funded by 2 voters" in done.stdout
    assert "99.5 spent of 100" in done.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The file is empty."),
        (GOOD.replace("2;b", "2;c"), "Line 12: There is a vote for project c"),
        (GOOD.replace("a;50", "a;-1"), "Line 7: The cost of project a is below zero."),
    ],
)
def test_a_bad_file_ends_with_one_and_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.pb"
    path.write_text(text, "utf-8")
    done = run(path, "--rule", "greedy", "--json")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip().startswith(says)
    assert len(done.stderr.strip().splitlines()) == 1


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.pb", tmp_path):
        done = run(path, "--rule", "greedy")
        assert done.returncode == 1
        assert "cannot be opened" in done.stderr


def test_options_that_do_not_go_together(good: Path) -> None:
    done = run(good, "--rule", "greedy", "--utility", "cost")
    assert done.returncode == 1
    assert done.stderr.strip() == "The rule greedy counts votes or points."


def test_every_option_reaches_the_count(good: Path) -> None:
    done = run(
        good, "--rule", "equal-shares", "--utility", "cardinality", "--completion", "add1",
        "--start", "exact", "--top-up", "votes", "--comparison", "money", "--min-votes", "1",
        "--min-points", "1", "--json",
    )  # fmt: skip
    assert json.loads(done.stdout)["options"] == {
        "utility": "cardinality",
        "completion": "add1",
        "start": "exact",
        "top-up": "votes",
        "comparison": "money",
        "min-votes": 1,
        "min-points": 1,
    }


def test_money_is_told_as_the_file_has_it(good: Path) -> None:
    result = recount(good, Options("greedy")).as_dict()
    assert result["spent"] == 99.5
    assert isinstance(result["budget"], int)
    assert as_number(recount(good, Options("greedy")).read.election.money(1)) == 0.1


def test_totals_that_disagree_are_noted_on_the_side(tmp_path: Path) -> None:
    path = tmp_path / "odd.pb"
    path.write_text(GOOD.replace("budget", "num_votes;3\nbudget", 1), "utf-8")
    done = run(path, "--rule", "greedy", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["voters"] == 2
    assert "Note: Line 3: META says num_votes is 3, but there are 2." in done.stderr
