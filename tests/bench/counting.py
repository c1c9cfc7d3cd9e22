"""What reading and counting cost: seconds and peak memory, each in a process of its own.

Run `python -m tests.bench.counting`, or call `run` for the figures. The real elections in
../shared/data/pabulib are measured where they are present; a made-up city of 130,000 voters with
15 choices each among 120 projects always is.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

ROOT: Final = Path(__file__).resolve().parents[2]
REAL: Final = ROOT.parent / "shared" / "data" / "pabulib"
CITY: Final = "a city of 130,000"
NAMES: Final = (
    "Poland_Lodz_2022.pb",
    "France_Toulouse_2024.pb",
    "Poland_Wieliczka_2023_Green_Budget.pb",
    "Netherlands_Amsterdam_304.pb",
    CITY,
)
RULES: Final[dict[str, dict[str, Any]]] = {
    "greedy": {"rule": "greedy"},
    "greedy per cost": {"rule": "greedy-per-cost"},
    "Phragmén": {"rule": "phragmen"},
    "equal shares, one run": {"rule": "equal-shares"},
    "equal shares, add1-exhaustive": {"rule": "equal-shares", "completion": "add1-exhaustive"},
    "equal shares, add1, cardinality": {
        "rule": "equal-shares",
        "utility": "cardinality",
        "completion": "add1",
    },
}


def run() -> list[dict[str, Any]]:
    """Measure every election: name, voters, megabytes (peak), and per step two kinds of seconds.

    `seconds` by the clock on the wall, `processor` by the processor's: the same on an idle machine.
    """
    return [_measured(name) for name in NAMES if name == CITY or (REAL / name).is_file()]


def _measured(name: str) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        path = REAL / name
        if name == CITY:
            path = Path(folder) / "city.pb"
            _in_its_own_process("make", path)
        figures: dict[str, Any] = json.loads(_in_its_own_process("measure", path))
    return {"name": name, **figures}


def _in_its_own_process(what: str, path: Path) -> str:
    """A process starts with its parent's peak memory, so this one has to stay small itself."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.counting", what, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


class _Clock:
    """Seconds since the last step, on the wall and of the processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self.last = time.perf_counter(), time.process_time()

    def step(self, name: str) -> None:
        now = time.perf_counter(), time.process_time()
        self.seconds[name] = round(now[0] - self.last[0], 3)
        self.processor[name] = round(now[1] - self.last[1], 3)
        self.last = now


def _measure(path: Path) -> dict[str, Any]:
    from participation.budgeting.counting.options import Options
    from participation.budgeting.counting.pb import parse_pb
    from participation.budgeting.counting.pb_election import election_from
    from participation.budgeting.counting.rules import count

    data = path.read_bytes()
    clock = _Clock()
    file = parse_pb(data)
    clock.step("reading the rows")
    election = election_from(file).election
    clock.step("reading the ballots")
    del file
    for told, options in RULES.items():
        count(election, Options(**options))
        clock.step(told)
    return {
        "voters": election.voters,
        "projects": len(election.projects),
        "file_megabytes": round(len(data) / 2**20, 1),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "seconds": clock.seconds,
        "processor": clock.processor,
    }


def _city(voters: int = 130_000, projects: int = 120, choices: int = 15) -> bytes:
    """A made-up file: some projects much liked, costs in cents, a third of them affordable."""
    chance = np.random.default_rng(7)
    costs = chance.integers(2_000_000, 90_000_000, projects)
    liked = 1 / np.arange(1, projects + 1) ** 0.6
    order = np.argsort(-(np.log(liked) + chance.gumbel(size=(voters, projects))), axis=1)
    lengths = chance.integers(1, choices + 1, voters)
    lines = ["META", "key;value", f"budget;{costs.sum() / 300:.2f}", "vote_type;approval"]
    lines += ["PROJECTS", "project_id;cost"]
    lines += [f"{at};{cost / 100:.2f}" for at, cost in enumerate(costs)]
    lines += ["VOTES", "voter_id;vote"]
    rows = zip(order[:, :choices].tolist(), lengths.tolist(), strict=True)
    lines += [f"{at};{','.join(map(str, row[:length]))}" for at, (row, length) in enumerate(rows)]
    return "\n".join(lines).encode()


def _show(figures: list[dict[str, Any]]) -> str:
    lines = []
    for one in figures:
        lines.append(
            f"{one['name']}: {one['voters']:,} voters, {one['projects']} projects, "
            f"{one['file_megabytes']} MB read, {one['peak_megabytes']} MB memory at most"
        )
        lines += [
            f"  {spent:9.3f} s  ({one['processor'][step]:.3f} s of the processor)  {step}"
            for step, spent in one["seconds"].items()
        ]
    return "\n".join(lines)


def _main(what: str = "", path: str = "") -> str:
    if what == "make":
        Path(path).write_bytes(_city())
        return ""
    return json.dumps(_measure(Path(path))) if what == "measure" else _show(run())


if __name__ == "__main__":
    sys.stdout.write(_main(*sys.argv[1:]) + "\n")
