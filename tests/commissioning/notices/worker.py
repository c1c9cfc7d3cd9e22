"""A Celery worker of its own, for tests that kill it: the application, and one kind of notice.

Run as ``celery -A tests.commissioning.notices.worker worker``.
"""

import os
from datetime import timedelta

import django

django.setup()

from commissioning.celery import app  # noqa: E402
from commissioning.notices import delivery  # noqa: E402
from commissioning.notices.kinds import Group, Kind, kinds  # noqa: E402

__all__ = ["app"]

KIND = "test.crash"
kinds.register(
    KIND, Kind("people/mails/changed", lambda about: {"change": "News."}, Group.ESSENTIAL)
)
# A minute in earnest; a test need not wait for it.
delivery.LEFT_BEHIND = timedelta(seconds=float(os.environ["LEFT_BEHIND_SECONDS"]))
