"""Where the real elections are; tests that need them say so and skip where they are absent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

REAL = Path(__file__).resolve().parents[5] / "shared" / "data" / "pabulib"


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder of real elections."""
    if not REAL.is_dir():
        pytest.skip("The real elections in ../shared/data/pabulib are absent.")
    return REAL


@pytest.fixture(scope="session")
def oracle(real: Path) -> dict[str, Any]:
    """What each rule must give on each of them."""
    answers: dict[str, Any] = json.loads((real / "oracle.json").read_text("utf-8"))
    return answers
