"""What a witness is told: where the manifest ended that day.

Whoever keeps these mails can show later that a document was issued by then, or that the manifest
was replaced: nobody can write a line before a head that is already in somebody else's mailbox.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse

from commissioning.documents.models import ManifestLine


def head_of(about: dict[str, str]) -> Mapping[str, Any] | None:
    """The line that the notice is about, and where to check it."""
    line = ManifestLine.objects.filter(digest=about["digest"]).first()
    if line is None:
        return None
    return {
        "line": line,
        "manifest_url": settings.SITE_URL + reverse("documents:manifest"),
        "verify_url": settings.SITE_URL + reverse("documents:verify"),
    }
