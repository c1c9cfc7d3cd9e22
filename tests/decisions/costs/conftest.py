"""What the tests of costs share."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SHARED_FACTS = ROOT.parent / "shared" / "facts" / "costs.yaml"
