"""Where the real conversations are; tests that need them say so and skip where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "polis"


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real conversations."""
    if not REAL.is_dir():
        pytest.skip("The real conversations in ../shared/data/polis are absent.")
    return REAL
