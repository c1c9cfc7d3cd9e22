"""What every page knows, without a query."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SITE = _("Collaborative Commissioning")


@dataclass(frozen=True)
class Link:
    """A link of the frame."""

    text: str | Promise
    url: str
    is_here: bool = False


NAVIGATION = (
    (_("Programmes"), "programmes:list"),
    (_("Places"), "directory:places"),
    (_("Organisations"), "directory:organisations"),
)
FOOT = (
    (_("What this is"), "about"),
    (_("Check a record"), "documents:verify"),
    (_("Accessibility"), "accessibility"),
    (_("Privacy"), "privacy"),
)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _links(pairs: tuple[tuple[Any, str], ...], path: str) -> list[Link]:
    """The links whose room is open, with where we are marked."""
    found = ((text, _address(name)) for text, name in pairs)
    return [
        Link(text, url, bool(url != "/" and path.startswith(url))) for text, url in found if url
    ]


def page(request: HttpRequest) -> dict[str, object]:
    """``frame``: the site's name, navigation, footer, language."""
    return {
        "frame": {
            "site": SITE,
            "language": (get_language() or settings.LANGUAGE_CODE).replace("en-gb", "en-GB"),
            "languages": [
                (code.replace("en-gb", "en-GB"), name) for code, name in settings.LANGUAGES
            ],
            "navigation": _links(NAVIGATION, request.path),
            "foot": _links(FOOT, request.path),
            "account_url": _address("people:account"),
            "sign_in_url": _address("account_login"),
            "vote_url": _address("vote:enter"),
            "verify_url": _address("documents:verify"),
            # In development mails go nowhere but here.
            "mailbox_url": _address("notices:mailbox") if settings.LOCAL else "",
        }
    }
