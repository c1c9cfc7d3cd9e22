"""Issuing: number, seal, file and manifest line, in the caller's one transaction."""

import datetime as dt
import secrets
from collections.abc import Callable
from uuid import UUID

from django.utils import timezone

from commissioning.documents import manifest
from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.documents.paper import (
    SALT_BYTES,
    Sheet,
    attached_json,
    print_paper,
    seal_of,
)
from commissioning.documents.pdf import Pdf
from commissioning.documents.types import Data, DocumentType
from commissioning.ground.digests import sha256_hex
from commissioning.ground.locks import lock


def current_issue(type_name: str, subject_id: UUID) -> IssuedDocument | None:
    """The version in force of what was issued about this subject."""
    return (
        IssuedDocument.objects.filter(
            type_name=type_name, subject_id=subject_id, superseded_by__isnull=True
        )
        .select_related("rendering")
        .first()
    )


def issue(
    rendering: Rendering, kind: DocumentType, data: Data, keep: Callable[[Rendering, Pdf], None]
) -> Pdf:
    """Print, seal and issue. The locks order writers: subject, then number, then manifest."""
    lock(f"documents:issue:{kind.name}:{rendering.subject_id}")
    key = manifest.signer()
    place = kind.place(rendering.subject_id)
    before = current_issue(kind.name, rendering.subject_id)
    moment = timezone.now()
    issued = IssuedDocument(
        type_name=kind.name,
        subject_id=rendering.subject_id,
        rendering=rendering,
        title=rendering.title,
        place_name=place.name,
        language=rendering.language,
        decision=kind.decision(data) if kind.decision else "",
        summary=[[str(name), str(value)] for name, value in kind.summary(data)],
        issued_on=timezone.localdate(moment),
        issued_by=rendering.requested_by,
        file=rendering.file.name,
        is_public=kind.is_public(rendering.subject_id),
    )
    _number(issued, place.prefix, before)
    sheet = _sheet(issued, kind)
    attachment = attached_json(sheet, data, secrets.token_bytes(SALT_BYTES))
    seal = seal_of(sheet, attachment, key.fingerprint)
    pdf = print_paper(kind, data, sheet, attachment, moment=moment, seal=seal)
    keep(rendering, pdf)
    issued.size, issued.pages = len(pdf.body), pdf.pages
    issued.content_sha256 = seal.content_sha256
    issued.file_sha256 = sha256_hex(pdf.body)
    issued.save(force_insert=True)
    manifest.append(issued)
    if kind.on_issued:
        kind.on_issued(rendering.subject_id, issued)
    return pdf


def _number(issued: IssuedDocument, prefix: str, before: IssuedDocument | None) -> None:
    """The next version of the same number, or the next number of the place and year.

    The counter's lock is held until the transaction ends, so a document that fails leaves no gap.
    """
    if before is not None:
        issued.prefix, issued.year, issued.counter = before.prefix, before.year, before.counter
        issued.number, issued.version = before.number, before.version + 1
        issued.supersedes = before
        return
    year = issued.issued_on.year
    lock(f"documents:number:{prefix}:{year}")
    last = (
        IssuedDocument.objects.filter(prefix=prefix, year=year)
        .order_by("-counter")
        .values_list("counter", flat=True)
        .first()
    )
    issued.prefix, issued.year, issued.counter = prefix, year, (last or 0) + 1
    issued.number, issued.version = f"{prefix}-{year}-{issued.counter:03d}", 1


def _sheet(issued: IssuedDocument, kind: DocumentType) -> Sheet:
    date: dt.date = issued.issued_on
    return Sheet(
        type_name=kind.name,
        label=str(kind.label),
        title=issued.title,
        place=issued.place_name,
        date=date,
        language=issued.language,
        number=issued.number,
        version=issued.version,
        supersedes=issued.version - 1 if issued.supersedes else None,
    )
