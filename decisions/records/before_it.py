"""What belongs before a decision and was not there when it was put to whoever decides: said to
them, and printed in the record beside the duties."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.answers import Text
from decisions.records.models import Adviser, Decision, DutyAnswer
from decisions.records.posts import lower_first, posts_heard
from decisions.records.route_plans import way_of

# Duties of the decision itself: what is done for them after it comes too late.
_BEFORE_IT: Final[dict[str, Text]] = {
    "equality": gettext_lazy(
        "Due regard to equality comes before the decision (Equality Act 2010, section 149): what "
        "is done after it does not count for it."
    ),
    "conflicts": gettext_lazy(
        "Conflicts of interest are looked for before the decision, and not after it."
    ),
}


def too_late_after(decision: Decision) -> list[str]:
    """Of the duties that are still to be done, those that have to be done before the decision."""
    left = {one.key for one in decision.duties.all() if one.standing == DutyAnswer.Standing.TO_DO}
    said = [str(words) for key, words in _BEFORE_IT.items() if key in left]
    if "key_criteria" in left and (way := way_of(decision)) is not None and way.decides_who:
        said.append(
            _(
                "The key criteria and the basic selection criteria are applied before a provider "
                "is chosen (SI 2023/1348, regulations 5 and 19)."
            )
        )
    return said


def power_not_confirmed(decision: Decision) -> str:
    """Where the power to give a grant is said to be met, and no lawyer said so."""
    met, legal = DutyAnswer.Standing.MET, Adviser.Kind.LEGAL
    post = posts_heard(decision).get(legal)
    said = any(one.key == "grant_power" and one.standing == met for one in decision.duties.all())
    heard = any(one.kind == legal and one.confirmed_at for one in decision.advice.all())
    if post is None or not said or heard:
        return ""
    return _(
        "The duty “The power to give a grant” is said to be met, and no comment of the %s stands "
        "beside it."
    ) % lower_first(str(post))
