"""The history page's one writer: plain words about what somebody did and why."""

from commissioning.people.models import User
from commissioning.programmes.models import HistoryEntry, Programme


def record(
    programme: Programme,
    actor: User | None,
    sentence: str,
    *,
    reason: str = "",
    is_public: bool = True,
) -> HistoryEntry:
    """Write one line of history inside the transaction that does the thing.

    ``sentence`` goes on from the person's name: "lifted the money gate early".
    It holds no amount, code, token or vote.
    """
    return HistoryEntry.objects.create(
        programme=programme, actor=actor, sentence=sentence, reason=reason, is_public=is_public
    )
