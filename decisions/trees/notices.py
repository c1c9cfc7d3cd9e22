"""What the room tells people by e-mail. Each is looked up again when it is sent."""

from typing import Any

from django.utils.translation import gettext as _

from commissioning.notices.actions import tell
from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.links import site_link
from commissioning.people.models import User
from decisions.trees.models import Recommendation
from decisions.trees.recommended import Recommended, recommended_in
from decisions.trees.rules import may_recommend
from decisions.trees.standpoint import Standing

OVERTAKEN = "trees.overtaken"


def standing_now(standing: Standing) -> list[Recommended]:
    """The recommendations that stand, before somebody makes a move."""
    return [one for one in recommended_in(standing) if one.stands]


def tell_overtaken(by: User, before: list[Recommended], standing: Standing) -> None:
    """Tell those whose recommendation stood until this move, and does not now."""
    if not before:
        return
    stood = {one.row.pk for one in before}
    for one in recommended_in(standing):
        user = one.row.membership.user
        if one.row.pk in stood and not one.stands and user != by:
            key = f"{OVERTAKEN}:{one.row.pk}:{standing.last_change}"
            tell(OVERTAKEN, user, about={"recommendation": str(one.row.pk)}, key=key)


def overtaken(about: dict[str, str]) -> dict[str, Any] | None:
    """An answer changed after somebody recommended a route: they may look, and renew it."""
    rows = Recommendation.objects.filter(pk=about["recommendation"])
    row = rows.select_related("membership__user", "appraisal__question__programme").first()
    if row is None or not may_recommend(row.membership.user, row.appraisal):
        return None
    walk = row.appraisal
    now = {one.row.pk: one for one in recommended_in(Standing(walk))}
    if row.pk not in now or now[row.pk].stands:
        return None
    return {
        "subject_line": _("An answer changed after you recommended a route"),
        "paragraphs": [
            _("You recommended a route in “%(walk)s” of “%(question)s”.")
            % {"walk": walk.title, "question": walk.question.title},
            _(
                "An answer that it was made on has changed since. Your recommendation stays in the "
                "record, marked as made before that. You can look at what changed, and make it "
                "anew or recommend something else."
            ),
        ],
        "label": _("See what changed"),
        "url": site_link("trees:result", walk.question.programme.slug, walk.question_id, walk.pk),
    }


def register() -> None:
    """Fill the registry; called when the application is ready."""
    kinds.register(OVERTAKEN, Kind("decisions/trees/notices/notice", overtaken, Group.ESSENTIAL))
