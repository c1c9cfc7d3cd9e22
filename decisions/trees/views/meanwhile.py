"""What somebody else, or the same person in another tab, has said meanwhile: shown by a form."""

from typing import Any

from decisions.trees.forms.walking import RecommendForm
from decisions.trees.recommended import changed_since
from decisions.trees.results import change_in_words, recommended_rows, said_in_words
from decisions.trees.seen import last_recommended
from decisions.trees.since import changes_in_words
from decisions.trees.standpoint import Standing


def settled_in_words(standing: Standing, key: str) -> dict[str, Any] | None:
    """How a question was settled last, by whom and why."""
    last = standing.last_settlement.get(key)
    if last is None:
        return None
    said = said_in_words(standing.tree, key, last.value)
    return {"said": said, "carried": last.carried, "reason": last.reason, "by": last.membership}


def before_recommending(standing: Standing, form: RecommendForm) -> dict[str, Any]:
    """One's own recommendation that stands; and, where the page was overtaken, what changed."""
    own = last_recommended(standing, form.member)
    rows = recommended_rows(standing) if own else []
    found = {"own": next((one for one in rows if one["member"] == str(form.member.pk)), None)}
    if not form.overtaken:
        return found
    changed = changed_since(standing, form.then)
    told = [change_in_words(standing, change) for change in changed]
    ranked = standing.working.walked
    return found | {
        "changed": changes_in_words(told),
        "first": [
            ranked.tree.options[one.option].title
            for one in ranked.ranked
            if one.standing == "recommended"
        ],
    }
