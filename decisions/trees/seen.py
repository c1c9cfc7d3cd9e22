"""What a page of a walk has shown of it, as the number of the last thing said that counts there."""

from commissioning.programmes.models import Membership
from decisions.trees.models import Recommendation
from decisions.trees.standpoint import Standing


def last_said(standing: Standing, key: str) -> int:
    """The number of the last answer to, or settlement of, a question."""
    numbers = [one.answer.number for one in standing.latest.get(key, {}).values()]
    if key in standing.last_settlement:
        numbers.append(standing.last_settlement[key].number)
    return max(numbers, default=0)


def last_recommended(standing: Standing, member: Membership) -> Recommendation | None:
    """What this member recommended last, in whichever tab."""
    return standing.walk.recommendations.filter(membership=member).order_by("-number").first()


def last_that_counts(standing: Standing, member: Membership) -> int:
    """The number of the last move that a recommendation of this member is made in the face of."""
    own = last_recommended(standing, member)
    return max(standing.last_change, own.number if own else 0)
