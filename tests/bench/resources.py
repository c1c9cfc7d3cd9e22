"""A place with 20,000 resources: the size and time of its first page, in a process of its own.

Run `python -m tests.bench.resources`. The figures are printed by the tests that hold them, so that
what is measured and what is promised cannot drift apart.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run the tests of scale and let them print."""
    test = "tests/places/resources/test_scale.py"
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:randomly", test]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
