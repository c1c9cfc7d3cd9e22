"""The write door of notices."""

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid
from commissioning.notices.kinds import Group, kinds
from commissioning.notices.links import Stop
from commissioning.notices.models import Notice, OptOut, Preference
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

    send_notice.apply_async(args=(str(notice.pk),), retry=False)


def stop(what: Stop) -> None:
    """Switch a group off for whom a stop link was made. Doing it twice does nothing more."""
    if what.group == Group.ESSENTIAL:
        raise Invalid(_("These mails cannot be switched off."))
    if what.user_id is None:
        opt_out = OptOut(address_digest=what.address_digest, group=what.group)
        OptOut.objects.bulk_create([opt_out], ignore_conflicts=True)
    elif User.objects.filter(pk=what.user_id).exists():
        _prefer(what.user_id, what.group, wants=False)


@transaction.atomic
def choose_groups(user: User, wanted: set[Group]) -> None:
    """Keep which groups of notices a person wants. Essential ones stay on."""
    for group in Group:
        if group != Group.ESSENTIAL:
            _prefer(user.pk, group, wants=group in wanted)


def unwanted_groups(user: User) -> set[Group]:
    """The groups that a person switched off."""
    off = Preference.objects.filter(user=user, wants=False).values_list("group", flat=True)
    return {Group(value) for value in off}


def _prefer(user_id: UUID, group: Group, *, wants: bool) -> None:
    Preference.objects.bulk_create(
        [Preference(user_id=user_id, group=group, wants=wants)],
        update_conflicts=True,
        unique_fields=["user", "group"],
        update_fields=["wants"],
    )
