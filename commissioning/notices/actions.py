"""The write door of notices."""

import re

from django.db import transaction

from commissioning.notices.kinds import kinds
from commissioning.notices.models import Notice
from commissioning.people.models import User

# An id, a date, a number: short, and never an address, a link or somebody's words.
_ID = re.compile(r"[A-Za-z0-9_.:+-]{1,64}\Z")


def tell(kind: str, recipient: User | str, *, about: dict[str, str], key: str) -> None:
    """Write the notice in the transaction of what it tells; it is sent once that commits.

    ``recipient`` is a user, or an e-mail address where there is no account. ``about`` holds ids.
    Telling the same ``key`` to the same recipient again does nothing.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a notice is written in the transaction of what it tells")
    kinds[kind]
    for name, value in about.items():
        if not isinstance(value, str) or not _ID.match(value):
            raise ValueError(f"a notice is about ids only, and {name!r} is not one")
    to = {"email": recipient.strip()} if isinstance(recipient, str) else {"user": recipient}
    notice = Notice(kind=kind, about=about, key=key, **to)
    # Not get_or_create: a conflict must not break the caller's transaction, nor wait for a reader.
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    transaction.on_commit(lambda: _queue(notice), robust=True)


def _queue(notice: Notice) -> None:
    """Ask a worker to send it now. If Redis is down the sweeper finds it within a minute."""
    from commissioning.notices.tasks import send_notice

    send_notice.apply_async(args=[str(notice.pk)], retry=False)
