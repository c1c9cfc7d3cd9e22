"""Files that no count makes sense of: one clear sentence with the line, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from participation.budgeting.counting.pb import PbError, parse_pb, read_pb
from participation.budgeting.counting.pb_election import election_from

GOOD = """META
key;value
budget;100
vote_type;approval
PROJECTS
project_id;cost
a;50
b;60
VOTES
voter_id;vote
1;a,b
2;b
"""
POINTS = GOOD.replace("approval", "cumulative").replace("id;vote", "id;vote;points")


def refusal(data: bytes) -> PbError:
    with pytest.raises(PbError) as caught:
        election_from(parse_pb(data))
    assert str(caught.value).endswith(".")
    return caught.value


def changed(old: str, new: str, text: str = GOOD) -> bytes:
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", None, "empty"),
        (b" \n\r\n", None, "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", None, "NUL"),
        (b"PK\x03\x04;zip", 1, "META"),
        (changed("META\n", ""), 1, "begin with the section META"),
        (changed("PROJECTS\n", ""), 8, "PROJECTS must come before VOTES"),
        (GOOD.split("VOTES", 1)[0].encode(), None, "VOTES is missing"),
        (changed("VOTES\n", "PROJECTS\n"), 9, "a second time"),
        (b"META\nkey;value\nVOTES\nvoter_id;vote\nPROJECTS\nproject_id;cost\n", 3, "before VOTES"),
        (GOOD.split("voter_id", 1)[0].encode(), 9, "no header row"),
        (changed("project_id;cost", "project_id;price"), 6, "no column cost"),
        (changed("voter_id;vote", "voter;ballot"), 10, "no column voter_id and no vote"),
        (changed("project_id;cost", "project_id;cost;Cost"), 6, "two columns"),
        (changed("budget;100\n", ""), None, "no budget"),
        (changed("budget;100", "budget;"), 3, "The budget is missing"),
        (changed("budget;100", "budget;a lot"), 3, "not a number"),
        (changed("budget;100", "budget;-1"), 3, "below zero"),
        (changed("budget;100", "budget;100\nbudget;90"), 4, "budget twice"),
        (changed("vote_type;approval\n", ""), None, "no vote_type"),
        (changed("approval", "applause"), 4, "'applause'"),
        (changed("a;50", "a;"), 7, "cost of project a is missing"),
        (changed("a;50", "a;fifty"), 7, "not a number: 'fifty'"),
        (changed("a;50", "a;=25+25"), 7, "not a number: '=25+25'"),
        (changed("a;50", "a;1e400"), 7, "not a number"),
        (changed("a;50", "a;nan"), 7, "not a number"),
        (changed("a;50", "a;inf"), 7, "not a number"),
        (changed("a;50", "a;1_000"), 7, "not a number"),
        (changed("a;50", "a;-50"), 7, "below zero"),
        (changed("a;50", "a;9999999999999999"), 7, "too large"),
        (changed("b;60", "a;60"), 8, "Project a is listed a second time"),
        (changed("b;60", ";60"), 8, "no id"),
        (changed("2;b", "2;c"), 12, "project c, which is not listed"),
        (changed("2;b", '2;"b'), 12, "never closed"),
        (changed("a;50", '"a;50'), 7, "never closed"),
        (changed("2;b", "2;b\0"), 12, "NUL"),
        (changed("2;b", "2;" + "b," * 70_000), 12, "cannot be read"),
        (changed("1;a,b", "1;a,b;3", POINTS), 11, "2 projects but 1 points"),
        (changed("1;a,b", "1;a,b;3,2,1", POINTS), 11, "2 projects but 3 points"),
        (changed("1;a,b", "1;a,b;3,x", POINTS), 11, "'x' is not a number"),
        (changed("1;a,b", "1;a,b", POINTS), 11, "2 projects but 0 points"),
        (GOOD.encode("utf-16")[:-1], 12, "UTF-16"),
        (GOOD.encode("utf-16-le"), 1, "NUL"),
        (changed("2;b", "2;b").replace(b"2;b", b"2;b\x81"), 12, "neither UTF-8 nor"),
    ],
)
def test_refused_with_the_line(data: bytes, line: int | None, says: str) -> None:
    error = refusal(data)
    assert says in str(error)
    if line is not None:
        assert error.line == line
        assert str(error).startswith(f"Line {line}: ")


def test_points_beyond_counting_are_refused() -> None:
    text = POINTS.replace("1;a,b", "1;a,b;9000000000000000,1").replace("2;b", "2;b;9e18")
    assert "too large" in str(refusal(text.encode()))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.pb"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)
    with pytest.raises(PbError, match="larger than"):
        read_pb(path)


def test_the_unbroken_file_is_counted() -> None:
    assert election_from(parse_pb(GOOD.encode())).election.voters == 2
