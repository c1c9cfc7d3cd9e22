"""The one write door of documents: ask for one, ask again, close what was public."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone, translation

from commissioning.documents.issuing import current_issue
from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.documents.tasks import queue
from commissioning.documents.types import Data, DocumentType, document_types
from commissioning.ground.answers import Invalid, require
from commissioning.ground.digests import canonical_json, sha256_hex
from commissioning.people.models import User


def request_document(
    user: User, type_name: str, subject_id: UUID, *, issue: bool = False
) -> Rendering:
    """Have a document made; the worker makes it after this transaction.

    The same facts never make two: asked twice, the first one's row comes back (a failed one is
    tried again). With ``issue`` it gets a number and a seal; if the subject has been issued
    before and its facts have changed, the new one supersedes it.
    """
    kind = document_types[type_name]
    require(kind.rule(user, subject_id))
    data = kind.data(subject_id)
    text = canonical_json(data)
    digest = sha256_hex(text)
    current = current_issue(type_name, subject_id) if issue else None
    if current is not None and current.rendering.data_digest == digest:
        return current.rendering
    rendering, made = Rendering.objects.get_or_create(
        request_key=_request_key(kind, subject_id, digest, issue, current),
        defaults={
            "type_name": type_name,
            "subject_id": subject_id,
            "issue": issue,
            "requested_by": user,
            "title": _title(kind, data),
            "language": translation.get_language() or "en-gb",
            "data": text.decode(),
            "data_digest": digest,
        },
    )
    if made:
        queue(rendering.id)
    elif rendering.state == Rendering.State.FAILED:
        try_again(user, rendering)
    return rendering


def try_again(user: User, rendering: Rendering) -> None:
    """Put a document that could not be made back into the queue."""
    require(document_types[rendering.type_name].rule(user, rendering.subject_id))
    with transaction.atomic():
        changed = Rendering.objects.filter(id=rendering.id, state=Rendering.State.FAILED).update(
            state=Rendering.State.WAITING, attempts=0, trouble="", queued_at=timezone.now()
        )
        if changed:
            queue(rendering.id)
    rendering.refresh_from_db()


def close_to_public(type_name: str, subject_id: UUID) -> None:
    """What was issued of a type about a subject is no longer anyone's to read.

    It stays in the manifest and can be checked; whom the type lets read it, still reads it.
    """
    IssuedDocument.objects.filter(
        type_name=type_name, subject_id=subject_id, is_public=True
    ).update(is_public=False)


def _request_key(
    kind: DocumentType, subject_id: UUID, digest: str, issue: bool, current: IssuedDocument | None
) -> str:
    after = str(current) if current else ""
    parts = [kind.name, kind.edition, str(subject_id), digest, issue, after]
    return sha256_hex(canonical_json(parts))


def _title(kind: DocumentType, data: Data) -> str:
    title = kind.title(data).strip()
    if not title:
        raise Invalid("A document needs a title.")
    return title[:300]
