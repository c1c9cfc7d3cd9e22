"""The manifest in the database: written under one lock, read as a stream."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from commissioning.documents import chain
from commissioning.documents.models import IssuedDocument, ManifestLine
from commissioning.ground.answers import Invalid
from commissioning.ground.digests import sha256_hex
from commissioning.ground.locks import lock

LOCK = "documents:manifest"
_PAGE = 1000


def signer() -> chain.Signer:
    """The private key of this worker. Raises :class:`Invalid` where there is none."""
    if not settings.RECORD_SIGNING_KEY:
        raise Invalid("Nothing can be issued here: RECORD_SIGNING_KEY is not set in the worker.")
    return chain.Signer(settings.RECORD_SIGNING_KEY)


def head() -> ManifestLine | None:
    """The last line."""
    return ManifestLine.objects.order_by("-position").first()


def current_key() -> bytes | None:
    """The public key in force, from the manifest itself: web processes hold no private key."""
    line = ManifestLine.objects.filter(kind="key").order_by("-position").first()
    return chain.public_key(line.body()["public_key"]) if line else None


def begin() -> ManifestLine:
    """The last line; the first key's, written now, where the manifest is empty. Takes the lock."""
    lock(LOCK)
    last = head()
    if last is not None:
        return last
    text = chain.key_line(
        signer(), position=1, previous=chain.NOTHING_BEFORE, date=timezone.localdate()
    )
    return _write(text, ManifestLine.Kind.KEY, 1, chain.NOTHING_BEFORE)


def append(issued: IssuedDocument) -> ManifestLine:
    """Add an issued version, in the transaction that issues it."""
    last = begin()
    key = signer()
    raw = current_key()
    if raw is None or key.public != raw:
        raise Invalid(
            "Nothing can be issued here: RECORD_SIGNING_KEY is not the manifest's key. "
            "Use rotate_record_key to change keys."
        )
    issue = chain.Issue(
        number=issued.number,
        version=issued.version,
        supersedes=issued.version - 1 if issued.supersedes_id else None,
        date=issued.issued_on.isoformat(),
        file_sha256=issued.file_sha256,
        content_sha256=issued.content_sha256,
    )
    position = last.position + 1
    text = chain.issued_line(key, issue, position=position, previous=last.digest)
    return _write(text, ManifestLine.Kind.ISSUED, position, last.digest, issued)


def rotate(new_seed: str) -> ManifestLine:
    """Put a new key in force, signed by the one in force now. Inside a transaction."""
    last = begin()
    old, new = signer(), chain.Signer(new_seed)
    if old.public != current_key():
        raise Invalid("RECORD_SIGNING_KEY is not the manifest's key, so it cannot name its heir.")
    if new.public == old.public:
        raise Invalid("The new key is the old one.")
    position = last.position + 1
    text = chain.key_line(
        old, position=position, previous=last.digest, date=timezone.localdate(), new=new
    )
    return _write(text, ManifestLine.Kind.KEY, position, last.digest)


def lines() -> Iterator[str]:
    """Every line with its line feed, a thousand at a time, in constant memory."""
    after = 0
    while page := list(
        ManifestLine.objects.filter(position__gt=after)
        .order_by("position")
        .values_list("position", "line")[:_PAGE]
    ):
        for _position, text in page:
            yield text + "\n"
        after = page[-1][0]


def _write(
    text: str,
    kind: ManifestLine.Kind,
    position: int,
    previous: str,
    document: IssuedDocument | None = None,
) -> ManifestLine:
    return ManifestLine.objects.create(
        position=position,
        kind=kind,
        document=document,
        line=text,
        digest=sha256_hex(text.encode()),
        previous=previous,
    )
