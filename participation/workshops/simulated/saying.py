"""What the drivers of a rehearsal ask before they say something."""

from collections.abc import Iterable

from participation.workshops.models import Activity, Participant


def unsaid(activity: Activity, words: Iterable[str]) -> list[str]:
    """Those of the words that nobody has said here yet, whatever became of them."""
    said = set(activity.contributions.values_list("text", flat=True))
    return [text for text in words if text not in said]


def has_said(participant: Participant, activity: Activity) -> int:
    """How often somebody has said something here."""
    return participant.contributions.filter(activity=activity).count()


def half_of(participant: Participant) -> int:
    """Which half of the room somebody belongs to: three in five to the first."""
    return 0 if participant.pk.int % 5 < 3 else 1
