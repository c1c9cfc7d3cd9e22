"""What the room tells people by e-mail. Each is looked up again when it is sent."""

from typing import Any

from django.utils.translation import gettext as _

from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.links import site_link
from participation.workshops.models import Worry


def worry(about: dict[str, str]) -> dict[str, Any] | None:
    """Somebody is worried. The mail holds no word of it: mailboxes are read over shoulders."""
    found = Worry.objects.filter(pk=about["worry"], done_at__isnull=True)
    raised = found.select_related("workshop__programme").first()
    if raised is None:
        return None
    workshop = raised.workshop
    return {
        "subject_line": _("Somebody in a workshop is worried: please look now"),
        "paragraphs": [
            _("Somebody in “%s” pressed “I am worried about someone”.") % workshop.title,
            _("You are its safeguarding lead. Only you can read what they wrote."),
        ],
        "label": _("Read the worry"),
        "url": site_link("workshops:worries", workshop.programme.slug, workshop.pk),
    }


def register() -> None:
    """Fill the registry; called when the application is ready."""
    kinds.register(
        "workshops.worry", Kind("participation/workshops/notices/notice", worry, Group.ESSENTIAL)
    )
