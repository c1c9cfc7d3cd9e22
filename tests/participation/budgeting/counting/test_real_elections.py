"""The winners on nine real elections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from participation.budgeting.counting import equal_shares
from participation.budgeting.counting.election import Election
from participation.budgeting.counting.equal_shares import Market, Run
from participation.budgeting.counting.options import Options
from participation.budgeting.counting.pb import parse_pb, read_pb
from participation.budgeting.counting.pb_election import election_from
from participation.budgeting.counting.rules import count

from .conftest import REAL

NAMES = sorted(path.name for path in REAL.glob("*.pb")) or ["absent"]


@cache
def election_in(path: Path) -> Election:
    return election_from(read_pb(path)).election


def told(rule: str) -> Options:
    """Options out of words as the oracle writes them: `equal-shares --utility cost ...`."""
    name, *words = rule.split()
    given: dict[str, Any] = {
        key.removeprefix("--").replace("-", "_"): value
        for key, value in zip(words[::2], words[1::2], strict=True)
    }
    return Options(name, **given)  # type: ignore[arg-type]


def answers(oracle: dict[str, Any], name: str) -> Iterator[tuple[str, list[str]]]:
    for rule, winners in oracle[name]["winners"].items():
        if rule != "official":
            yield rule, winners


@pytest.fixture
def each_completion_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A completion is the same with and without a top-up, so it is worked out once for both."""
    done: dict[object, Run] = {}
    completed = equal_shares._completed

    def once(election: Election, options: Options, chosen: list[int]) -> Run:
        key = replace(options, top_up="none")
        if key not in done:
            done[key] = completed(election, options, chosen)
        return done[key]

    monkeypatch.setattr(equal_shares, "_completed", once)


@pytest.mark.usefixtures("each_completion_once")
@pytest.mark.parametrize("name", NAMES)
def test_every_rule_gives_the_winners_it_must(
    real: Path, oracle: dict[str, Any], name: str
) -> None:
    election = election_in(real / name)
    assert election.voters == oracle[name]["voters"]
    for rule, winners in answers(oracle, name):
        found = count(election, told(rule)).winner_ids(election)
        same = set(found) == set(winners) if rule == "phragmen" else found == winners
        assert same, rule


@pytest.mark.parametrize("name", NAMES)
def test_a_real_file_is_written_again_byte_for_byte(real: Path, name: str) -> None:
    data = (real / name).read_bytes()
    file = parse_pb(data)
    assert file.to_bytes() == data
    assert not election_from(file).warnings


@pytest.mark.parametrize(
    ("name", "options"),
    [
        (
            "Poland_Wieliczka_2023_Green_Budget.pb",
            Options("equal-shares", completion="add1", comparison="projects"),
        ),
        ("Poland_Swiecie_2023.pb", Options("equal-shares", completion="add1")),
        ("Netherlands_Assen_2024.pb", Options("equal-shares", completion="add1")),
        ("Poland_Lodz_2022.pb", Options("greedy", min_votes=100)),
    ],
)
def test_what_the_city_funded(
    real: Path, oracle: dict[str, Any], name: str, options: Options
) -> None:
    election = election_in(real / name)
    found = count(election, options).winner_ids(election)
    assert sorted(found) == sorted(oracle[name]["winners"]["official"])


def test_a_leap_lands_where_single_steps_do(real: Path) -> None:
    """`still_holds` never vouches for an endowment that buys something else."""
    market = Market(election_in(real / "Netherlands_Assen_2024.pb"), Options("equal-shares"))
    run = market.run(market.election.money(1190))
    for stride in (1, 5, 40, 160, 320):
        later = market.still_holds(run, run.endowment + stride)
        steps = {market.run(run.endowment + step).winners for step in range(0, stride + 1, 4)}
        if later is not None:
            assert steps == {run.winners}
