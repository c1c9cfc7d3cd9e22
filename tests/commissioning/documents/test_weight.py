"""Who does not lay documents out does not carry what it takes."""

import subprocess
import sys

from tests.cluster import ROOT

LIKE_A_WEB_PROCESS = """
import sys
from commissioning.asgi import application
from django.core.checks import run_checks
from django.urls import get_resolver
run_checks(tags=["urls"])
assert get_resolver().url_patterns
print("weasyprint" in sys.modules)
"""


def test_a_web_process_does_without_weasyprint() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIKE_A_WEB_PROCESS],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split()[-1] == "False"
