"""What somebody has typed into a walk's question and not saved, while they look for evidence.

Kept with their session, for the one question that they are at, until they save it.
"""

from typing import Any, Final

from django.http import HttpRequest

from decisions.trees.engine.tree import Question
from decisions.trees.models import Appraisal

SESSION_KEY: Final = "walk_typed"
# More than the longest reason that can be saved.
MOST: Final = 50_000


def keep_typed(request: HttpRequest, walk: Appraisal, key: str) -> None:
    """Keep what the form holds that was sent along; a form without an answer keeps nothing."""
    if "op" not in request.POST:
        return
    request.session[SESSION_KEY] = {
        "at": _at(walk, key),
        "value": [one[:MOST] for one in request.POST.getlist("value")],
        "reason": request.POST.get("reason", "")[:MOST],
        "seen": request.POST.get("seen", "")[:20],
    }


def typed_before(request: HttpRequest, walk: Appraisal, question: Question) -> dict[str, Any]:
    """First values for the form, if something was typed at this question; else nothing."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["at"] != _at(walk, question.id):
        return {}
    value = kept["value"] if question.kind == "set" else next(iter(kept["value"]), "")
    seen = kept["seen"]
    return {
        "value": value,
        "reason": kept["reason"],
        "seen": int(seen) if seen.isdigit() else 0,
    }


def forget_typed(request: HttpRequest) -> None:
    """It is saved."""
    request.session.pop(SESSION_KEY, None)


def _at(walk: Appraisal, key: str) -> str:
    return f"{walk.pk}:{key}"
