"""What costing costs: seconds for one way, and for every way side by side.

Run `python -m tests.bench.costs`, or call `run` for the figures. The promise is 10,000 draws of a
way under a fifth of a second; the whole of a page is measured beside it, and against the bare
drawing of as many random numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import numpy as np

from decisions.costs.model import draws
from decisions.costs.model.content import content
from decisions.costs.model.costing import cost
from decisions.costs.model.inputs import INPUTS, Frame

FRAME: Final = Frame(value=400_000, years=3)
PROMISED: Final = 0.2


def _best_of(work: Callable[[], object], times: int = 5) -> float:
    """The quickest of several runs, in seconds: what else the machine did is left out."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def run() -> dict[str, float]:
    """Seconds: the first costing ever, one way, every way, and bare random numbers."""
    known = content()
    shared = {key: default.estimate for key, default in known.shared.items()}
    route = known.routes["open_competition"]

    def one() -> object:
        return cost({**route.estimates, **shared}, FRAME)

    def every() -> object:
        return [
            cost({**way.estimates, **shared}, FRAME, is_grant=way.is_grant)
            for way in known.routes.values()
        ]

    draws.chances.cache_clear()
    first = _best_of(one, times=1)
    generator = np.random.default_rng(1)
    return {
        "one way, the first time": first,
        "one way": _best_of(one),
        f"all {len(known.routes)} ways": _best_of(every),
        "bare random numbers for one way": _best_of(
            lambda: generator.random((len(INPUTS), draws.DRAWS))
        ),
    }


def main() -> None:
    """Print the figures, and whether the promise is kept."""
    found = run()
    for what, seconds in found.items():
        print(f"{what:34} {seconds * 1000:8.1f} ms")  # noqa: T201
    kept = found["one way, the first time"] < PROMISED
    print(f"10,000 draws under {PROMISED} s: {'kept' if kept else 'NOT kept'}")  # noqa: T201


if __name__ == "__main__":
    main()
