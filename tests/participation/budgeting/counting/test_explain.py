"""The reasons are true: gained votes do fund, payments add up; and they read well."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.budgeting.counting.election import Election, election_of
from participation.budgeting.counting.explain import (
    SharesReason,
    explain_greedy,
    explain_shares,
    side_by_side,
)
from participation.budgeting.counting.options import Options, PartFit, Rule
from participation.budgeting.counting.phragmen import LoadReason, explain_phragmen
from participation.budgeting.counting.rules import count
from participation.budgeting.counting.sentences import (
    counted,
    ordinal,
    percent,
    say_greedy,
    say_load,
    say_preference,
    say_shares,
    say_side,
)

from .strategies import elections

RULES: list[Rule] = ["greedy", "greedy-no-skip", "greedy-per-cost"]
FITS: list[PartFit] = ["skip", "stop", "offer"]


def gained(election: Election, position: int, more: int) -> Election:
    """The same election with further voters who mark this project only."""
    added = np.full(more, position, dtype=np.int64)
    starts = election.starts[-1] + np.arange(1, more + 1)
    return replace(
        election,
        starts=np.concatenate([election.starts, starts]),
        choices=np.concatenate([election.choices, added]),
    )


@given(election=elections(), rule=st.sampled_from(RULES), part_fit=st.sampled_from(FITS))
@settings(max_examples=300)
def test_that_many_more_votes_would_have_been_enough_and_one_fewer_not(
    election: Election, rule: Rule, part_fit: PartFit
) -> None:
    options = Options(rule, part_fit=part_fit)
    for reason in explain_greedy(election, count(election, options)):
        if reason.funded:
            assert reason.more is None
        elif reason.more is None:
            assert election.costs[reason.project] > election.budget
        else:
            more = int(reason.more)
            enough = count(gained(election, reason.project, more), options)
            assert reason.project in enough.winners
            fewer = count(gained(election, reason.project, more - 1), options)
            assert reason.project not in fewer.winners


@given(election=elections())
def test_money_left_adds_up(election: Election) -> None:
    outcome = count(election, Options("greedy"))
    for reason in explain_greedy(election, outcome):
        assert reason.left is not None
        assert reason.funded == (reason.cost <= reason.left)


@given(election=st.one_of(elections(), elections(points=True)))
@settings(max_examples=150)
def test_what_backers_paid_covers_the_cost(election: Election) -> None:
    outcome = count(election, Options("equal-shares", completion="add1", top_up="votes"))
    reasons = explain_shares(election, outcome)
    assert [reason.project for reason in reasons if reason.bought] == list(outcome.bought)
    assert {reason.project for reason in reasons if reason.topped_up} == set(outcome.topped_up)
    for reason in reasons:
        if reason.bought:
            assert reason.least <= reason.typical <= reason.most
            assert reason.most * reason.votes >= float(reason.cost) * (1 - 1e-9)
            assert reason.support <= reason.votes * (1 + 1e-9)
        elif reason.votes and reason.cost:
            assert reason.left + reason.needed == pytest.approx(float(reason.cost))


def story() -> Election:
    costs = {"hall": "60.50", "path": "30", "pond": "90", "bin": "0", "moon": "5"}
    projects = [(name, Decimal(cost)) for name, cost in costs.items()]
    ballots = [["hall", "path"]] * 3 + [["hall"]] * 3 + [["path"], ["pond"], ["bin"]]
    return election_of(projects, 100, ballots)


def pounds(amount: Fraction | float) -> str:
    return f"£{float(amount):,.2f}"


def test_greedy_in_words() -> None:
    election = story()
    reasons = explain_greedy(election, count(election, Options("greedy")))
    said = [say_greedy(reason, pounds) for reason in reasons]
    assert said[0] == (
        "It came 1st with 6 votes. It costs £60.50 and £100.00 was left when it was reached, "
        "so it is funded."
    )
    assert said[3] == (
        "It came 4th with 1 vote. It costs £90.00 but only £9.50 was left when it was reached, "
        "so it is not funded. It would have needed 6 more votes."
    )


def test_a_stopped_count_in_words() -> None:
    election = story().with_budget(700)
    reasons = explain_greedy(election, count(election, Options("greedy-no-skip")))
    assert "The count had stopped before it was reached." in say_greedy(reasons[2], pounds)
    last = say_greedy(reasons[4], pounds)
    assert last.endswith("It would have needed 4 more votes."), last
    dear = next(reason for reason in reasons if election.ids[reason.project] == "pond")
    assert "costs more than the whole budget" in say_greedy(dear, pounds)


def test_equal_shares_in_words() -> None:
    election = story()
    outcome = count(election, Options("equal-shares", top_up="votes"))
    said = {
        election.ids[reason.project]: say_shares(reason, pounds)
        for reason in explain_shares(election, outcome)
    }
    assert said["hall"] == (
        "6 people backed it and shared its cost of £60.50: each paid £10.08 of their share. "
        "They had £6.17 left together."
    )
    assert said["pond"].startswith("1 person backed it. Between them they had £11.11 left of the")
    assert said["pond"].endswith("(12%); they would have needed £78.89 more.")
    assert said["moon"].startswith("Nobody backed it")
    assert said["bin"].endswith("It was added at the end, as it still fitted.")


def test_payments_that_differ_in_words() -> None:
    reason = SharesReason(
        0, Fraction(10), 3, True, False, 1.0, 4.0, 5.0, 1, left=2.0, support=2.0, needed=0.0
    )
    assert say_shares(reason, pounds) == (
        "3 people backed it and shared its cost of £10.00: most paid £4.00 of their share, nobody "
        "more than £5.00; 1 person gave all they had left. They had £2.00 left together."
    )


def test_two_rules_side_by_side() -> None:
    projects = [("hall", 100), ("shed", 50), ("pond", 50)]
    election = election_of(projects, 100, [["hall"]] * 4 + [["shed"]] * 3 + [["pond"]] * 3)
    outcomes = [
        count(election, Options("greedy")),
        count(election, Options("equal-shares", completion="add1")),
    ]
    areas = {"area": [["North"], ["South"], ["South", "North"]]}
    here, there = side_by_side(election, outcomes, areas)
    assert (here.represented, there.represented) == (Fraction(4, 10), Fraction(6, 10))
    assert [side.money_decided for side in (here, there)] == [Fraction(40), Fraction(30)]
    assert here.by_label == {"area": {"North": 100, "South": 0}}
    assert there.by_label == {"area": {"North": 50, "South": 100}}
    assert say_side(there, pounds) == (
        "2 projects for £100.00. 60% of voters have at least one project they chose funded. "
        "On average, the funded projects that a voter chose cost £30.00."
    )


def test_the_comparison_in_words() -> None:
    election = election_of([("hall", 100), ("shed", 10)], 100, [["hall"]] * 9 + [["shed"]])
    outcome = count(election, Options("equal-shares", comparison="projects"))
    assert outcome.preference is not None
    assert say_preference(outcome.preference) == (
        "1 voter would get more of what they chose from equal shares, 9 voters from most votes "
        "first, and for 0 voters it makes no difference. The result of most votes first stands."
    )


def test_numbers_in_words() -> None:
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th",
    ]  # fmt: skip
    assert counted(Fraction(5, 2), "point") == "2.5 points"
    assert percent(Fraction(999, 1000)) == "99%"


@given(election=elections(cents=True))
@settings(max_examples=300)
def test_loads_are_what_each_voter_would_carry(election: Election) -> None:
    carried = [Fraction(0)] * election.voters
    backers = backers_of(election)

    def load_of(position: int) -> Fraction:
        behind = backers[position]
        before = sum((carried[voter] for voter in behind), Fraction(0))
        return (election.money(election.costs[position]) + before) / len(behind)

    outcome = count(election, Options("phragmen"))
    reasons = explain_phragmen(election, outcome)
    assert [reason.project for reason in reasons if reason.turn] == list(outcome.winners)
    assert {reason.project for reason in reasons} == set(outcome.eligible)
    left = election.money(election.budget)
    for reason in reasons:
        assert reason.votes == len(backers[reason.project])
        assert reason.left == left
        if reason.load is None:
            assert not backers[reason.project]
            continue
        assert reason.load == load_of(reason.project)
        if reason.turn:
            left -= reason.cost
            for voter in backers[reason.project]:
                carried[voter] = reason.load
    assert_the_first_did_not_fit(election, [r for r in reasons if not r.turn])


def backers_of(election: Election) -> dict[int, list[int]]:
    """The voters behind each project, by positions."""
    return {
        position: [
            voter
            for voter in range(election.voters)
            if position in election.choices[election.starts[voter] : election.starts[voter + 1]]
        ]
        for position in range(len(election.projects))
    }


def assert_the_first_did_not_fit(election: Election, rest: list[LoadReason]) -> None:
    """Of those in line the least loads are marked, and one of them did not fit."""
    budget = election.money(election.budget)
    loads = {r.project: r.load for r in rest if r.load is not None and r.cost <= budget}
    firsts = [r for r in rest if r.first]
    assert {r.project for r in firsts} == {
        project for project, load in loads.items() if load == min(loads.values())
    }
    assert not loads or any(r.cost > r.left for r in firsts)


def test_loads_in_words() -> None:
    election = election_of(
        [("lunch", 60), ("walks", 90), ("bench", 80), ("choir", 5)],
        100,
        [["lunch", "walks"], ["lunch", "bench"], ["lunch"], ["walks"]],
    )
    told = explain_phragmen(election, count(election, Options("phragmen")))
    assert {election.projects[reason.project].id: say_load(reason, pounds) for reason in told} == {
        "lunch": "3 people backed it. It was bought 1st: spread over them, on top of what they had "
        "paid for before, its cost of £60.00 came to £20.00 each, no more than any other idea "
        "then.",
        "walks": "2 people backed it. In the end, spread over them, on top of what they had paid "
        "for before, its cost of £90.00 came to £55.00 each. It was its turn, but only £40.00 was "
        "left, and there the count ends.",
        "bench": "1 person backed it. In the end, spread over them, on top of what they had paid "
        "for before, its cost of £80.00 came to £100.00 each. Others came to less each and were "
        "before it; the next of them did not fit when £40.00 was left, and there the count ends.",
        "choir": "Nobody backed it, so there was nobody to spread its cost over.",
    }


def test_reasons_of_equal_shares_need_an_outcome_of_equal_shares() -> None:
    with pytest.raises(ValueError, match="not one of equal shares"):
        explain_shares(story(), count(story(), Options("greedy")))
