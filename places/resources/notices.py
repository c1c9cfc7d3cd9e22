"""What the room tells people by e-mail. Each is looked up again when it is sent."""

from typing import Any

from django.utils.translation import gettext as _

from commissioning.design.when import day
from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.links import site_link
from places.resources.models import Resource, State

About = dict[str, str]
Mail = dict[str, Any]


def _resource(about: About) -> Resource | None:
    return Resource.objects.select_related("place").filter(pk=about["resource"]).first()


def _mail(subject: str, paragraphs: list[str], label: str, url: str, quote: str = "") -> Mail:
    return {
        "subject_line": " ".join(subject.split())[:150],
        "paragraphs": paragraphs,
        "quote": quote,
        "label": label,
        "url": url,
    }


def answered(about: About) -> Mail | None:
    """What became of a suggestion."""
    resource = _resource(about)
    if resource is None or resource.state not in (State.PUBLISHED, State.HIDDEN):
        return None
    if resource.state == State.PUBLISHED:
        return _mail(
            _("On the map: %s") % resource.what,
            [_("What you suggested is among what %s has. Thank you.") % resource.place.name],
            _("See it"),
            site_link("resources:resource", resource.place.slug, resource.pk),
        )
    return _mail(
        _("Not on the map: %s") % resource.what,
        [_("What you suggested was not taken up. This is why:")],
        _("See what %s has") % resource.place.name,
        site_link("resources:place", resource.place.slug),
        quote=resource.why_hidden,
    )


def review_due(about: About) -> Mail | None:
    """It is time to look again whether it is still so."""
    resource = _resource(about)
    if resource is None or resource.state != State.PUBLISHED or not resource.is_due:
        return None
    checked = (
        _("It was last checked on %s.") % day(resource.checked_on)
        if resource.checked_on
        else _("It has not been checked since it came here.")
    )
    return _mail(
        _("Is this still so: %s?") % resource.what,
        [checked, _("Look at it, and say that it is as written, or change it. It takes a minute.")],
        _("Look at it"),
        site_link("resources:check", resource.place.slug, resource.pk),
    )


def register() -> None:
    """Fill the registry; called when the application is ready."""
    kinds.register(
        "resources.answered", Kind("resources/notices/notice", answered, Group.ESSENTIAL)
    )
    kinds.register(
        "resources.review_due", Kind("resources/notices/notice", review_due, Group.REMINDERS)
    )
