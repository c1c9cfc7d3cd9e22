"""Who prefers which outcome: everybody is counted, also who has nothing on one side."""

from __future__ import annotations

from hypothesis import given

from participation.budgeting.counting.comparison import preference
from participation.budgeting.counting.election import Election, election_of
from participation.budgeting.counting.options import Options
from participation.budgeting.counting.outcome import Preference
from participation.budgeting.counting.rules import count

from .reference import ballots
from .strategies import elections

PROJECTS = [("big", 90), ("one", 30), ("two", 30), ("three", 30)]


def test_a_voter_with_no_winner_on_one_side_prefers_the_other() -> None:
    """The trap: three voters have nothing in greedy's outcome, and they are still voters."""
    election = election_of(PROJECTS, 90, [["big"]] * 4 + [["one"]] * 2 + [["two"]] * 2 + [[]])
    assert preference(election, [1, 2], [0]) == Preference(4, 4, 1)
    assert preference(election, [1], [0, 1]) == Preference(0, 4, 5)


def test_more_projects_or_more_money() -> None:
    election = election_of(PROJECTS, 90, [["big", "one", "two"]])
    assert preference(election, [1, 2], [0]) == Preference(1, 0, 0)
    assert preference(election, [1, 2], [0], by_money=True) == Preference(0, 1, 0)


def divided(big: int) -> Election:
    others = [["one"]] * 3 + [["two"]] * 3 + [["three"]] * 3
    return election_of(PROJECTS, 90, [["big"]] * big + others)


def test_equal_shares_stays_unless_more_prefer_greedy() -> None:
    options = Options("equal-shares", completion="add1", comparison="projects")
    few = count(divided(4), options)
    assert few.winner_ids(divided(4)) == ["one", "two", "three"]
    assert few.preference == Preference(9, 4, 0)


def test_greedy_replaces_it_where_more_prefer_greedy() -> None:
    """Equal shares funds less, so most voters have more of what they chose under greedy."""
    projects = [("hall", 100), ("shed", 10)]
    election = election_of(projects, 100, [["hall"]] * 9 + [["shed"]])
    outcome = count(election, Options("equal-shares", comparison="projects"))
    assert outcome.winner_ids(election) == ["hall"]
    assert outcome.preference == Preference(1, 9, 0)
    assert outcome.bought == (1,)
    assert outcome.spent == 100


@given(election=elections())
def test_preferences_are_those_of_the_voters_one_by_one(election: Election) -> None:
    here = list(range(0, len(election.projects), 2))
    there = list(range(1, len(election.projects), 2))
    first = second = 0
    for ballot in ballots(election):
        gained, other = sum(p in ballot for p in here), sum(p in ballot for p in there)
        first += gained > other
        second += other > gained
    level = election.voters - first - second
    assert preference(election, here, there) == Preference(first, second, level)
