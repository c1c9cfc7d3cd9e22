"""`manage.py opinion_map` in a process of its own: no database, exact JSON, both conversations."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from .rooms import camps, write_list, write_matrix

ROOT = Path(__file__).resolve().parents[4]


def run(*arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The command, with addresses at which no database and no Redis answers."""
    nowhere = {
        "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:9/nowhere",
        "REDIS_URL": "redis://127.0.0.1:9/0",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "opinion_map", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | nowhere | more,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def found(*arguments: str | Path, **more: str) -> dict[str, Any]:
    """What the command finds, as JSON."""
    done = run(*arguments, "--json", **more)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_json_has_the_keys_that_were_promised(tmp_path: Path) -> None:
    room, camp = camps(60, 20, 2, seen=0.9)
    answer = found(write_matrix(tmp_path, room, camp.tolist()))
    assert (answer["participants"], answer["mapped"]) == (60, 60)
    assert [group["size"] for group in answer["groups"]] == [30, 30]
    assert sorted(p for group in answer["groups"] for p in group["participants"]) == list(range(60))
    strongest = [one["agree"] for one in answer["consensus"]]
    assert strongest == sorted(strongest, reverse=True)
    assert {one["statement"] for one in answer["consensus"]} == set(range(20))
    assert answer["adjusted_rand_index"] == 1.0
    assert answer["stability"]["word"] == "firm"
    assert answer["seconds"] < 2


def test_brexit_is_two_groups_much_as_polis_found_them(real: Path) -> None:
    answer = found(real / "brexit-consensus")
    assert (answer["participants"], answer["mapped"], answer["statements"]) == (204, 189, 50)
    assert [group["size"] for group in answer["groups"]] == [101, 88]
    assert answer["adjusted_rand_index"] > 0.85
    assert answer["stability"]["word"] == "firm"
    assert [one["statement"] for one in answer["divides"]][:2] == [7, 8]


def test_london_is_one_group_of_young_people(real: Path) -> None:
    answer = found(real / "london.youth.policing")
    assert (answer["participants"], answer["mapped"], answer["statements"]) == (26, 24, 36)
    assert [group["size"] for group in answer["groups"]] == [24]
    assert not answer["one_group"]["groups_stand"]
    assert answer["consensus"][0]["statement"] == 27
    assert answer["adjusted_rand_index"] == 0.0


def test_no_seed_moves_anybody(real: Path) -> None:
    answers = [
        found(real / "brexit-consensus", "--seed", str(seed), PYTHONHASHSEED=str(seed))["groups"]
        for seed in (1, 2)
    ]
    people = [[group["participants"] for group in groups] for groups in answers]
    assert people[0] == people[1]


def test_an_error_is_one_sentence_and_code_1(tmp_path: Path) -> None:
    done = run(tmp_path / "nowhere", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"There is no folder {tmp_path / 'nowhere'}.\n"


def test_people_read_a_table(tmp_path: Path) -> None:
    room, _ = camps(60, 20, 2, noise=0.1)
    (tmp_path / "comments.csv").write_text(
        "comment-id,moderated,comment-body\n0,1,Keep the library open\n", "utf-8"
    )
    done = run(write_list(tmp_path, room))
    assert "2 groups (30, 30). This grouping is firm." in done.stdout
    assert "Every group agrees:" in done.stdout
    assert "Keep the library open" in done.stdout


def test_django_knows_it_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room, _ = camps(20, 10, 2, noise=0.0)
    call_command("opinion_map", str(write_list(tmp_path, room)), "--json")
    assert json.loads(capsys.readouterr().out)["participants"] == 20
    with pytest.raises(SystemExit):
        call_command("opinion_map", str(tmp_path / "nowhere"))
