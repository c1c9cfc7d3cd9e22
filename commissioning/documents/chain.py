"""The manifest: a signed, hash-chained list of everything that was issued. Pure, no database.

One line of canonical JSON for each issued version, and one for each signing key. A line names the
SHA-256 of the line before it, and is signed with Ed25519 over its own canonical JSON without the
signature. The first line is the first key, signed by itself; a later key is signed by the key it
replaces, and proves that it is held (``proof``). So whoever has the key, or the hash of any later
line, can tell whether a line was changed, removed, added in between or moved.
"""

import base64
import binascii
import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

from commissioning.ground.digests import canonical_json, sha256_hex

NOTHING_BEFORE: Final = "0" * 64
NUMBER: Final = re.compile(r"[A-Z]{2,6}-\d{4}-\d{3,}")
Line = dict[str, Any]


class BadKey(ValueError):
    """A key that cannot be read; the message says what was expected."""


class Broken(Exception):
    """The manifest does not hold; ``position`` is the line, counted from one."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"Line {position}: {reason}")
        self.position = position
        self.reason = reason


def public_key(text: str) -> bytes:
    """The raw 32 bytes of a public key given as PEM, base64 or hex. Raises :class:`BadKey`."""
    text = text.strip()
    if "BEGIN PUBLIC KEY" in text:
        try:
            key = load_pem_public_key(text.encode())
        except ValueError as error:
            raise BadKey("this is not a public key in PEM form") from error
        if not isinstance(key, Ed25519PublicKey):
            raise BadKey("this is a public key, but not an Ed25519 key")
        return key.public_bytes_raw()
    try:
        raw = bytes.fromhex(text) if len(text) == 64 else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadKey("a key is PEM, or 32 bytes in base64 or hex") from error
    if len(raw) != 32:
        raise BadKey("an Ed25519 key has 32 bytes")
    return raw


def fingerprint(raw: bytes) -> str:
    """SHA-256 of the raw public key, in hex."""
    return hashlib.sha256(raw).hexdigest()


def pem(raw: bytes) -> str:
    """The public key in the form that other tools read."""
    key = Ed25519PublicKey.from_public_bytes(raw)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


class Signer:
    """Holds the private key; lives only in the worker."""

    def __init__(self, seed: str) -> None:
        """``seed`` is 32 random bytes in base64. Raises :class:`BadKey`."""
        try:
            raw = base64.b64decode(seed, validate=True)
        except binascii.Error as error:
            raise BadKey("the signing key is 32 random bytes in base64") from error
        if len(raw) != 32:
            raise BadKey("the signing key is 32 random bytes in base64")
        self._key = Ed25519PrivateKey.from_private_bytes(raw)
        self.public = self._key.public_key().public_bytes_raw()
        self.fingerprint = fingerprint(self.public)

    def signature(self, line: Line) -> str:
        """The signature over the line's canonical JSON, in base64."""
        return base64.b64encode(self._key.sign(canonical_json(line))).decode()

    def sign(self, line: Line) -> str:
        """The line as it is published: canonical JSON with its signature in it."""
        line = {**line, "key": self.fingerprint}
        return canonical_json({**line, "signature": self.signature(line)}).decode()


def key_line(
    signer: Signer, *, position: int, previous: str, date: dt.date, new: Signer | None = None
) -> str:
    """The line of a key: the first (signed by itself), or a new one signed by the old."""
    incoming = new or signer
    line: Line = {
        "kind": "key",
        "position": position,
        "previous": previous,
        "date": date.isoformat(),
        "public_key": base64.b64encode(incoming.public).decode(),
        "fingerprint": incoming.fingerprint,
    }
    return signer.sign({**line, "proof": incoming.signature(line)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What the manifest says of one issued version."""

    number: str
    version: int
    supersedes: int | None
    date: str
    file_sha256: str
    content_sha256: str


def issued_line(signer: Signer, issue: Issue, *, position: int, previous: str) -> str:
    """The line of an issued version."""
    return signer.sign(
        {
            "kind": "issued",
            "position": position,
            "previous": previous,
            "number": issue.number,
            "version": issue.version,
            "supersedes": issue.supersedes,
            "date": issue.date,
            "file_sha256": issue.file_sha256,
            "content_sha256": issue.content_sha256,
        }
    )


@dataclass(slots=True)
class Manifest:
    """A manifest that holds."""

    head: str = NOTHING_BEFORE
    length: int = 0
    keys: list[bytes] = field(default_factory=list)
    by_file: dict[str, Issue] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)

    def is_current(self, issue: Issue) -> bool:
        """Whether no later version of the same number was issued."""
        return self.latest[issue.number] == issue.version


def verify(lines: Iterable[str]) -> Manifest:
    """Check every line against the one before it and its key. Raises :class:`Broken`."""
    manifest = Manifest()
    for text in lines:
        _take(manifest, text.rstrip("\n"))
    if not manifest.length:
        raise Broken(1, "the manifest is empty.")
    return manifest


def _take(manifest: Manifest, text: str) -> None:
    position = manifest.length + 1
    line = _parsed(position, text)
    if line.get("position") != position:
        raise Broken(
            position,
            f"it says that it is line {line.get('position')}: lines are missing, added, or in "
            "another order.",
        )
    if line.get("previous") != manifest.head:
        raise Broken(
            position,
            "it does not follow the line before it: one of the two was changed or replaced.",
        )
    if line.get("kind") == "key":
        _take_key(manifest, position, line)
    elif line.get("kind") == "issued":
        _check_signature(position, line, manifest.keys[-1] if manifest.keys else None)
        _take_issue(manifest, position, line)
    else:
        raise Broken(position, "it is neither a key nor an issued document.")
    manifest.head = sha256_hex(text.encode())
    manifest.digests.append(manifest.head)
    manifest.length = position


def _parsed(position: int, text: str) -> Line:
    try:
        line = json.loads(text)
    except ValueError as error:
        raise Broken(position, "it cannot be read: it is damaged or cut off.") from error
    # The one spelling that we sign: no second reading of the same line is possible.
    if not isinstance(line, dict) or canonical_json(line).decode() != text:
        raise Broken(position, "it is not written the way the manifest is: it was changed.")
    return line


def _check_signature(position: int, line: Line, raw: bytes | None) -> None:
    if raw is None:
        raise Broken(position, "no signing key comes before it.")
    if line.get("key") != fingerprint(raw):
        raise Broken(position, "it is signed with a key that was not in force.")
    body = {name: value for name, value in line.items() if name != "signature"}
    if not _signed(raw, line.get("signature"), body):
        raise Broken(position, "its signature does not match: it was changed after signing.")


def _take_key(manifest: Manifest, position: int, line: Line) -> None:
    try:
        raw = public_key(str(line.get("public_key")))
    except BadKey as error:
        raise Broken(position, f"{error}.") from error
    if line.get("fingerprint") != fingerprint(raw):
        raise Broken(position, "the fingerprint is not that of its key.")
    _check_signature(position, line, manifest.keys[-1] if manifest.keys else raw)
    body = {k: v for k, v in line.items() if k not in ("signature", "key", "proof")}
    if not _signed(raw, line.get("proof"), body):
        raise Broken(position, "nobody proved that they hold the new key.")
    manifest.keys.append(raw)


def _take_issue(manifest: Manifest, position: int, line: Line) -> None:
    try:
        issue = Issue(**{name: line[name] for name in Issue.__dataclass_fields__})
    except KeyError as error:
        raise Broken(position, f"{error.args[0]} is missing.") from error
    before = manifest.latest.get(issue.number)
    if issue.supersedes != before or issue.version != (before or 0) + 1:
        raise Broken(position, f"version {issue.version} of {issue.number} is out of order.")
    if issue.file_sha256 in manifest.by_file:
        raise Broken(position, "the same file was issued before.")
    manifest.by_file[issue.file_sha256] = issue
    manifest.latest[issue.number] = issue.version


def _signed(raw: bytes, signature: object, body: Line) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(
            base64.b64decode(str(signature), validate=True), canonical_json(body)
        )
    except (InvalidSignature, ValueError):
        return False
    return True
