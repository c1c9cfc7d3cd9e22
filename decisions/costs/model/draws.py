"""The same draws each time: a seed, a name, and nothing else decides them.

Method. For each input, PCG64 (seeded with the seed and the SHA-256 of the input's name) gives
10,000 raw 64-bit words; their order is a permutation of 10,000 equal slices of chance, and each
draw is the middle of its slice (Latin hypercube sampling with midpoints). Inputs are independent of
each other; an input moves alike in every route, so that routes differ by what differs in them.
The bit generator's stream is fixed by NumPy's compatibility promise, so the figures repeat on any
machine.
"""

import hashlib
from functools import lru_cache
from typing import Final

import numpy as np

from decisions.costs.model.estimates import Array

DRAWS: Final = 10_000
SEED: Final = 2018_11_14
# What is shown as low and high; between them stands the average.
LOW, HIGH = 0.10, 0.90


@lru_cache(maxsize=512)
def chances(name: str, seed: int = SEED, draws: int = DRAWS) -> Array:
    """``draws`` chances between 0 and 1 for the input of that name; read-only."""
    word = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    raw = np.random.PCG64(np.random.SeedSequence([seed, word])).random_raw(draws)
    made: Array = (np.argsort(raw, kind="stable") + 0.5) / draws
    made.setflags(write=False)
    return made
