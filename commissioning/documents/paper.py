"""What every template is told beside its data: who speaks, which number, how to check it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from commissioning.documents.pdf import Pdf
from commissioning.documents.qr import qr_svg
from commissioning.documents.types import Data, DocumentType
from commissioning.ground.digests import canonical_json, sha256_hex

SALT_BYTES = 16  # nobody can test guesses of a removed name against the printed digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The document's identity: on the band, in the footer, and in the attached JSON."""

    type_name: str
    label: str
    title: str
    place: str
    date: dt.date
    language: str
    number: str = ""
    version: int = 0
    supersedes: int | None = None
    mark: str = ""  # "Draft": printed large on what is not issued

    def facts(self) -> dict[str, Any]:
        """The identity as JSON values."""
        facts: dict[str, Any] = {
            "type": self.type_name,
            "title": self.title,
            "place": self.place,
            "date": self.date.isoformat(),
            "language": self.language,
        }
        if self.number:
            facts |= {
                "number": self.number,
                "version": self.version,
                "supersedes": self.supersedes,
            }
        return facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What the paper carries for whoever wants to check it."""

    content_sha256: str
    key_fingerprint: str
    verify_url: str  # the page of this number
    check_url: str  # the page that takes a file
    key_url: str

    @property
    def content_groups(self) -> list[str]:
        """The digest in groups of four, as people compare it."""
        return groups(self.content_sha256)

    @property
    def key_groups(self) -> list[str]:
        """The key's fingerprint in groups of four."""
        return groups(self.key_fingerprint)

    @property
    def check_address(self) -> str:
        """The address as people type it."""
        return self.check_url.split("://", 1)[-1].rstrip("/")

    @property
    def qr(self) -> SafeString:
        """A QR code to the page of this number."""
        return qr_svg(self.verify_url, _("QR code: opens %(url)s") % {"url": self.verify_url})


def seal_of(sheet: Sheet, attachment: bytes, key_fingerprint: str) -> Seal:
    """The seal of an issued document. The file's own digest cannot stand inside the file."""
    return Seal(
        content_sha256=sha256_hex(attachment),
        key_fingerprint=key_fingerprint,
        verify_url=settings.SITE_URL + reverse("documents:issued", args=[sheet.number]),
        check_url=settings.SITE_URL + reverse("documents:verify"),
        key_url=settings.SITE_URL + reverse("documents:key"),
    )


def attached_json(sheet: Sheet, data: Data, salt: bytes) -> bytes:
    """What is attached to the PDF, and what the content digest is of."""
    return canonical_json({"salt": salt.hex(), "document": sheet.facts(), "data": data})


def print_paper(
    kind: DocumentType,
    data: Data,
    sheet: Sheet,
    attachment: bytes,
    *,
    moment: dt.datetime,
    seal: Seal | None = None,
) -> Pdf:
    """The PDF. The same arguments give the same bytes."""
    from commissioning.documents.render import render_pages

    return render_pages(
        kind.template,
        {"data": data, "sheet": sheet, "seal": seal},
        title=sheet.title,
        lang=sheet.language,
        attachment=attachment,
        identifier=sha256_hex(attachment)[:32].encode(),
        created=moment,
    )


def groups(digest: str) -> list[str]:
    """Hex digits in groups of four."""
    return [digest[i : i + 4] for i in range(0, len(digest), 4)]
