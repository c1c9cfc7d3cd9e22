"""What real files contain: counted, noted where odd, and never lost."""

from __future__ import annotations

import codecs
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.budgeting.counting.pb import build_pb, parse_pb
from participation.budgeting.counting.pb_election import PbElection, election_from
from participation.budgeting.counting.pb_numbers import parse_number

from .test_pb_bad_files import GOOD, POINTS


def read(text: str | bytes) -> PbElection:
    data = text if isinstance(text, bytes) else text.encode()
    file = parse_pb(data)
    assert file.to_bytes() == data, "every byte is kept"
    return election_from(file)


def notes(found: PbElection) -> str:
    return " ".join(map(str, found.warnings))


def marks(found: PbElection) -> list[list[str]]:
    election = found.election
    bounds = election.starts.tolist()
    return [
        [election.ids[at] for at in election.choices[begin:end]] for begin, end in pairwise(bounds)
    ]


EXPECTED = [["a", "b"], ["b"]]


@pytest.mark.parametrize(
    "data",
    [
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.removesuffix("\n").encode(),
        GOOD.replace("PROJECTS\n", "PROJECTS\r\n").encode(),
        codecs.BOM_UTF8 + GOOD.encode(),
        codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + GOOD.encode("utf-16-be"),
        GOOD.replace("PROJECTS\n", "\n \nPROJECTS\n\n").encode() + b"\n\n  \n",
        GOOD.replace("\n", ";;\n").encode(),
        (GOOD + ";\n;;\n").encode(),
        GOOD.lower().encode(),
        GOOD.replace("1;a,b", " 1 ; a , b ,").encode(),
        GOOD.replace("1;a,b", '"1";"a,b"').encode(),
        GOOD.replace("a;50", "a;50;extra;more").encode(),
        GOOD.replace("key;value\n", "").encode(),
        GOOD.replace("voter_id;vote", "voter_id;vote;shoe_size").replace("2;b", "2;b;41").encode(),
    ],
)
def test_forms_that_mean_the_same(data: bytes) -> None:
    assert marks(read(data)) == EXPECTED


def test_letters_of_windows_are_read_with_a_note_and_written_again() -> None:
    found = read(GOOD.replace("budget", "unit;Orléans\nbudget").encode("cp1252"))
    assert "Windows-1252" in notes(found)
    assert found.warnings[0].line == 3


def test_quoted_semicolons_quotes_and_line_breaks_are_one_cell() -> None:
    text = GOOD.replace("project_id;cost\na;50", 'project_id;cost;name\na;50;"A ""b""; c\nd"')
    file = parse_pb(text.encode())
    assert file.projects.cells("name") == ['A "b"; c\nd', ""]
    assert file.projects.rows[1].line == 9
    assert file.to_bytes() == text.encode()


@pytest.mark.parametrize("blank", ["3;", "3", "3;None", '3;""', "3; ,"])
def test_a_blank_ballot_is_a_voter(blank: str) -> None:
    assert marks(read(GOOD + blank + "\n")) == [*EXPECTED, []]


def test_nobody_voted() -> None:
    assert read(GOOD.split("1;a,b", 1)[0]).election.voters == 0


def test_a_project_twice_on_a_ballot_counts_once_and_is_noted() -> None:
    found = read(GOOD.replace("1;a,b", "1;a,b,a"))
    assert marks(found) == EXPECTED
    assert "Line 11: A project stands twice" in notes(found)


def test_totals_that_disagree_with_the_ballots_are_noted_and_not_believed() -> None:
    text = GOOD.replace("project_id;cost\na;50\nb;60", "project_id;cost;votes\na;50;9\nb;60;2")
    found = read(text.replace("budget", "num_votes;7\nnum_projects;2\nbudget"))
    assert found.election.votes == (1, 2)
    assert "num_votes is 7, but there are 2" in notes(found)
    assert "num_projects is" not in notes(found)
    assert "column votes says 9, but the ballots give 1" in notes(found)


def test_more_than_one_choice_on_a_choose_one_ballot_is_noted() -> None:
    assert "choose-1" in notes(read(GOOD.replace("approval", "choose-1")))


def test_ordinal_points_are_the_length_minus_the_place_whatever_the_file_says() -> None:
    found = read(POINTS.replace("cumulative", "ordinal").replace("1;a,b", "1;b,a;9,1"))
    assert found.election.scores == (0, 1)
    assert found.election.votes == (1, 2)


@pytest.mark.parametrize("vote_type", ["cumulative", "scoring"])
def test_points_may_be_decimals_and_a_repeat_keeps_the_last(vote_type: str) -> None:
    text = POINTS.replace("cumulative", vote_type)
    found = read(text.replace("1;a,b", "1;a,b,a;3,0.5,2").replace("2;b", "2;b;4"))
    assert found.election.points_unit == 10
    assert found.election.scores == (20, 45)
    assert "the last counts" in notes(found)


def test_a_default_score_is_noted() -> None:
    text = POINTS.replace("cumulative", "scoring\ndefault_score;1")
    found = read(text.replace("1;a,b", "1;a,b;2,3").replace("2;b", "2;b;1"))
    assert "Line 5: default_score is not applied" in notes(found)


def test_decimal_money_is_exact() -> None:
    found = read(GOOD.replace("a;50", "a;0.1").replace("budget;100", 'budget;"100,25"'))
    assert found.election.unit == 100
    assert found.election.budget == 10025
    assert found.election.costs == (10, 6000)
    assert "100.25" in notes(found)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100000", 100000),
        ("100000.0", 100000),
        ("1 000", 1000),
        ("1\u00a0000", 1000),
        ("1'000", 1000),
        ("1234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1,234,567", 1234567),
        ("1,5", "1.5"),
        (".5", "0.5"),
        ("5.", 5),
        ("1e6", 1000000),
        ("+7", 7),
    ],
)
def test_numbers(text: str, value: int | str) -> None:
    assert parse_number(text) == Decimal(value)


def test_a_changed_cell_changes_only_its_row() -> None:
    file = parse_pb(GOOD.replace("\n", "\r\n").encode())
    file.projects.put(file.projects.rows[0], "cost", "55;5")
    assert file.to_text() == GOOD.replace("a;50", 'a;"55;5"').replace("\n", "\r\n")
    with pytest.raises(KeyError):
        file.projects.put(file.projects.rows[0], "colour", "red")


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n"), max_size=12)


@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6))
def test_whatever_text_stands_in_it_a_built_file_reads_the_same(rows: list[list[str]]) -> None:
    projects = [
        {"project_id": f"p{at}", "cost": "1", "name": ";".join(cells), "ours": cells[0]}
        for at, cells in enumerate(rows)
    ]
    built = build_pb({"budget": "1", "vote_type": "approval"}, projects, [])
    again = parse_pb(built.to_bytes())
    assert again.to_bytes() == built.to_bytes()
    tidy = [" ".join(project["name"].split()) for project in projects]
    assert again.projects.cells("name") == tidy


def test_a_built_file_has_its_fields_in_the_official_order() -> None:
    built = build_pb(
        {"vote_type": "approval", "ours": "x", "budget": "1", "description": "d"},
        [{"name": "n", "cost": "1", "project_id": "a"}],
        [{"vote": "a", "voter_id": "1"}],
    )
    assert list(built.about) == ["description", "budget", "vote_type", "ours"]
    assert built.projects.columns == ["project_id", "cost", "name"]
    assert built.votes.columns == ["voter_id", "vote"]


def test_an_id_that_is_the_name_of_a_section_is_refused() -> None:
    with pytest.raises(ValueError, match="name of a section"):
        build_pb({}, [{"project_id": "Votes", "cost": "1"}], [])


def test_a_voter_id_that_stands_twice_is_noted_and_both_ballots_count() -> None:
    found = read(GOOD.replace("2;b", "1;b"))
    assert found.election.voters == 2
    assert "Voter 1 stands on line 11 too; both ballots were counted." in notes(found)
