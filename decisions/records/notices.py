"""What the room tells people by e-mail. Each is looked up again when it is sent."""

from typing import Any

from django.utils.translation import gettext as _

from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.links import site_link
from decisions.records.models import Adviser
from decisions.records.posts import post_of

ADVICE = "records.advice"


def advice(about: dict[str, str]) -> dict[str, Any] | None:
    """Somebody was named as an officer: what they advise is asked for."""
    found = Adviser.objects.filter(pk=about["adviser"])
    named = found.select_related("decision__question__programme").first()
    if named is None or named.decision.is_decided:
        return None
    decision, post = named.decision, post_of(named.decision, named.kind)
    signed = decision.advice.filter(kind=named.kind, confirmed_by=named.user_id)
    if signed.exists():
        return None
    return {
        "subject_line": _("Your advice on “%s”") % decision.title,
        "paragraphs": [
            _("You were named as the %s of this decision.") % post,
            _(
                "Read the draft, and write what you advise, or confirm what was typed in for you. "
                "Until you do, the record says that it was not confirmed."
            ),
        ],
        "label": _("Read the draft"),
        "url": site_link("records:decision", decision.question.programme.slug, decision.pk),
    }


def register() -> None:
    """Fill the registry; called when the application is ready."""
    kinds.register(ADVICE, Kind("decisions/records/notices/notice", advice, Group.ESSENTIAL))
