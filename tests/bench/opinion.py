"""What the opinion map costs: seconds of processor on one core, reading and start-up included.

Run `script/bench opinion`, or call `run` for the figures. Made-up conversations of 2,000 people
and 600 statements, dense and sparse, in either file, and the real ones where they are present.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from tests.participation.workshops.opinion.rooms import camps, write_list, write_matrix

ROOT: Final = Path(__file__).resolve().parents[2]
REAL: Final = ROOT.parent / "shared" / "data" / "polis"
PEOPLE, STATEMENTS, CAMPS = 2000, 600, 3


def run() -> list[dict[str, Any]]:
    """Measure each conversation: name, seconds of the map, of the processor, on the wall."""
    with TemporaryDirectory() as name:
        folders = {**_made_up(Path(name)), **_real()}
        return [{"name": title, **_measured(folder)} for title, folder in folders.items()]


def _real() -> dict[str, Path]:
    names = ("brexit-consensus", "london.youth.policing")
    return {name: REAL / name for name in names if (REAL / name).is_dir()}


def _made_up(folder: Path) -> dict[str, Path]:
    rooms = {
        "every statement answered": camps(PEOPLE, STATEMENTS, CAMPS, noise=0.5)[0],
        "one in five answered": camps(PEOPLE, STATEMENTS, CAMPS, noise=0.5, seen=0.2)[0],
        "answers by chance": np.random.default_rng(1)
        .choice([-1, 0, 1], (PEOPLE, STATEMENTS))
        .astype(np.int8),
    }
    folders = {}
    for title, room in rooms.items():
        for kind, write in (("participants-votes.csv", write_matrix), ("votes.csv", write_list)):
            place = folder / f"{title} {kind}"
            place.mkdir()
            folders[f"2,000 x 600, {title}, {kind}"] = write(place, room)
    return folders


def _measured(folder: Path) -> dict[str, Any]:
    """One run of the command in a process of its own, on one core."""
    command = [sys.executable, "manage.py", "opinion_map", str(folder), "--json"]
    core = {min(os.sched_getaffinity(0))}
    before, begun = _processor(), time.perf_counter()
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, core),
    )
    wall, found = time.perf_counter() - begun, json.loads(done.stdout)
    return {
        "map": found["seconds"],
        "processor": _processor() - before,
        "wall": wall,
        "groups": [group["size"] for group in found["groups"]],
    }


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Print the figures."""
    lines = [f"{'':64} {'map s':>8} {'processor s':>12} {'wall s':>8}  groups"]
    lines += [
        f"{row['name']:64} {row['map']:8.2f} {row['processor']:12.2f} {row['wall']:8.2f}"
        f"  {', '.join(map(str, row['groups']))}"
        for row in run()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
