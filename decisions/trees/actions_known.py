"""The write door for what is known already: confirmed all at once, each as an answer of its own."""

from collections.abc import Collection
from uuid import UUID, uuid5

from django.db import transaction

from commissioning.ground.answers import require
from commissioning.people.models import User
from decisions.trees import rules
from decisions.trees.actions import keep_answer
from decisions.trees.actions_common import lock_walk
from decisions.trees.known import known_for
from decisions.trees.live import tell
from decisions.trees.models import Appraisal, SeatAnswer
from decisions.trees.notices import standing_now, tell_overtaken
from decisions.trees.standpoint import Standing


@transaction.atomic
def confirm_known(
    user: User, walk: Appraisal, confirmed: Collection[tuple[str, str]], op: UUID
) -> list[SeatAnswer]:
    """Answer what is known already, from one's own seat: the questions and answers that were shown.

    What has changed since the page was shown is left to be asked. A second press does nothing.
    """
    walk = lock_walk(walk.pk)
    require(rules.may_answer(user, walk))
    member = rules.acting(user, walk)
    standing = Standing(walk)
    recommended = standing_now(standing)
    made = [
        keep_answer(walk, standing, member, one.key, (one.value, one.reason, uuid5(op, one.key)))
        for one in known_for(standing, member)
        if (one.key, one.value) in confirmed
    ]
    if made:
        tell_overtaken(user, recommended, Standing(walk))
        tell(walk)
    return made
