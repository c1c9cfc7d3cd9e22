"""What the room tells people by e-mail. Each is looked up again when it is sent."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from commissioning.ground.digests import derived_token
from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.links import site_link
from participation.workshops.actions.hearing import TOKEN_PURPOSE
from participation.workshops.models import Hearer, News, Worry


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


def record(about: dict[str, str]) -> dict[str, Any] | None:
    """The record of a session is there, for who left an address."""
    hearer = _hearer(about)
    if hearer is None or hearer.workshop.record_id is None:
        return None
    title = hearer.workshop.title
    return {
        "subject_line": _("The record of “%s”") % title,
        "paragraphs": [
            _("You were in the room at “%s” and left your address. Thank you for coming.") % title,
            _("Its record is there now: what was said, what was agreed, and what happens next."),
            _("You hear from us once more when something becomes of it, and of nothing else."),
        ],
        "label": _("Read the record"),
        "url": hearing_page(about),
    }


def news(about: dict[str, str]) -> dict[str, Any] | None:
    """Something became of a session, for who left an address."""
    hearer = _hearer(about)
    told = News.objects.filter(pk=about["news"]).first()
    if hearer is None or told is None:
        return None
    title = hearer.workshop.title
    return {
        "subject_line": _("What became of “%s”") % title,
        "paragraphs": [_("You were in the room at “%s”. This is what became of it:") % title],
        "quote": told.words,
        "label": _("Read it with the record"),
        "url": hearing_page(about),
    }


def hearing_page(about: dict[str, str]) -> str:
    """The page of who left an address: the record, the news, and the button that stops them."""
    return site_link("workshops:hearer", derived_token(TOKEN_PURPOSE, UUID(about["hearer"])))


def _hearer(about: dict[str, str]) -> Hearer | None:
    return Hearer.objects.filter(pk=about["hearer"]).select_related("workshop").first()


def register() -> None:
    """Fill the registry; called when the application is ready."""
    template = "participation/workshops/notices/notice"
    kinds.register("workshops.record", Kind(template, record, Group.UPDATES, hearing_page))
    kinds.register("workshops.news", Kind(template, news, Group.UPDATES, hearing_page))
    kinds.register("workshops.worry", Kind(template, worry, Group.ESSENTIAL))
