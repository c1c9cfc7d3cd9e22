"""A worker process of its own, for tests that kill it: sends one notice and ends.

Run as ``python -m tests.commissioning.notices.sender DATABASE_URL NOTICE_ID SMTP_PORT``.
"""

import os
import sys
from uuid import UUID


def main(database: str, notice_id: str, port: str) -> None:
    """Send the notice as a worker would."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "commissioning.settings",
        "DATABASE_URL": database,
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "DEBUG": "1",
        "SECRET_KEY": "tests",
        "SITE_URL": "http://localhost:8000",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    import django

    django.setup()
    from commissioning.notices import delivery
    from commissioning.notices.kinds import Group, Kind, kinds

    kind = Kind("people/mails/changed", lambda about: {"change": "News."}, Group.ESSENTIAL)
    kinds.register("test.crash", kind)
    delivery.deliver(UUID(notice_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
