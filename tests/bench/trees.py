"""How long a walk of a tree takes, and every what-if of it.

Run ``python -m tests.bench.trees``. One process, no database; each figure is the best of five.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

from decisions.trees.engine import load_tree, shipped_trees, walk, with_what_ifs
from decisions.trees.engine.load import CONTENT
from decisions.trees.engine.text import read_text

CASES = Path(__file__).resolve().parents[1] / "decisions" / "cases"


def best(run: Callable[[], object], times: int) -> float:
    """Seconds for one run, the best of five rounds."""
    rounds = []
    for _ in range(5):
        started = perf_counter()
        for _ in range(times):
            run()
        rounds.append((perf_counter() - started) / times)
    return min(rounds)


def main() -> None:
    """Print the figures."""
    case = read_text((CASES / "12-home-care-four-million.yaml").read_text("utf-8"))
    tree = shipped_trees()[case["tree"]]
    answers, begins = case["answers"], date.fromisoformat(case["begins"])
    walked = walk(tree, answers, begins)
    once = best(lambda: walk(tree, answers, begins), 50)
    what_ifs = best(lambda: with_what_ifs(walked, answers), 1)
    loaded = best(lambda: load_tree(CONTENT / "england-general.yaml"), 1)
    sys.stdout.write(
        f"one walk of {tree.id}: {once * 1000:.2f} ms (limit 5 ms)\n"
        f"every what-if of it: {what_ifs * 1000:.0f} ms, {what_ifs / once:.0f} walks' worth\n"
        f"reading and checking the file: {loaded * 1000:.0f} ms\n"
    )


if __name__ == "__main__":
    main()
