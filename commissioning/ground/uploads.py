"""Uploaded files, judged by what is in them and never by their name.

Every room takes files through :func:`check_upload` and hands them out through :func:`send_file`.
Pictures are always drawn again, so that nothing but the picture is kept (no place or camera data,
nothing hidden behind it). This is no virus scanner: it refuses what has no business in an
application, and what is kept is only ever handed out as a download that a browser won't run.
"""

import io
import re
import unicodedata
import uuid
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any, Final

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFile, ImageOps

from commissioning.ground.answers import Invalid
from commissioning.ground.digests import sha256_hex

MEGABYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 10 * MEGABYTE
MOST_PIXELS: Final = 40_000_000
# A document that unpacks to more than this many times its size is a bomb, not a document.
MOST_UNPACKED: Final = 100
# Whatever the ratio, nobody's computer should have to unpack more than this.
LARGEST_UNPACKED: Final = 100 * MEGABYTE
MOST_PARTS: Final = 2_000


class FileKind(StrEnum):
    """The four kinds of file that are taken."""

    PDF = "pdf"
    DOCX = "docx"
    JPEG = "jpeg"
    PNG = "png"


PICTURES: Final = frozenset({FileKind.JPEG, FileKind.PNG})
ALL_KINDS: Final = frozenset(FileKind)
MEDIA_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
}
_ENDINGS: Final = {
    FileKind.PDF: ".pdf",
    FileKind.DOCX: ".docx",
    FileKind.JPEG: ".jpg",
    FileKind.PNG: ".png",
}
_BEGINNINGS: Final = (
    (b"%PDF-", FileKind.PDF),
    (b"PK\x03\x04", FileKind.DOCX),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
)
_NAMES: Final = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word (DOCX)",
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
}


@dataclass(frozen=True, slots=True)
class CleanUpload:
    """A file that passed: what to store, and how to name it to people."""

    name: str
    kind: FileKind
    content: bytes

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """Digest of the content as stored, in hex."""
        return sha256_hex(self.content)

    @property
    def media_type(self) -> str:
        """What a browser is told it is."""
        return MEDIA_TYPES[self.kind]


def check_upload(
    file: "UploadedFile[bytes]",
    *,
    kinds: Iterable[FileKind] = ALL_KINDS,
    largest: int = LARGEST_FILE,
    longest_side: int | None = None,
) -> CleanUpload:
    """The file, checked and cleaned. Raises :class:`Invalid` with a sentence that says how to mend.

    ``longest_side`` (pixels) makes pictures smaller where they are larger.
    """
    wanted = frozenset(kinds)
    content = _read(file, largest)
    kind = _kind_of(content)
    if kind is None or kind not in wanted:
        raise Invalid(_wrong_kind(wanted))
    if kind in PICTURES:
        content = _clean_picture(content, kind, longest_side)
    elif kind is FileKind.PDF:
        _check_pdf(content)
    else:
        _check_docx(content)
    return CleanUpload(clean_name(file.name or "", kind), kind, content)


def clean_name(name: str, kind: FileKind) -> str:
    """A name to show and to download under: no folders, no tricks, the ending of what it is."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    stem = unicodedata.normalize("NFC", stem)
    # Categories C*: control characters and the marks that turn text round ("exe.fdp").
    stem = "".join(sign for sign in stem if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r'[<>:"|?*;%]', "", stem)
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", stem).strip(" .") or "file"
    return stem[:100].rstrip() + _ENDINGS[kind]


def random_path(folder: str) -> str:
    """A place in storage that nobody can guess and that says nothing of who or what."""
    return f"{folder}/{uuid.uuid4().hex}"


def send_file(file: "File[Any]", *, name: str, kind: FileKind) -> FileResponse:
    """The stored file as a download that no browser opens as a page of ours."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPES[kind])
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _read(file: "UploadedFile[bytes]", largest: int) -> bytes:
    """All of the file, or a no: the size is counted, not believed."""
    file.seek(0)
    content: bytes = file.read(largest + 1)
    if not content:
        raise Invalid(_("The file is empty. Choose another, or save it again and try once more."))
    if len(content) > largest:
        raise Invalid(
            _("The file is larger than %(most)s MB. Make it smaller, or send it in parts.")
            % {"most": largest // MEGABYTE}
        )
    return content


def _kind_of(content: bytes) -> FileKind | None:
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return None


def _wrong_kind(wanted: frozenset[FileKind]) -> str:
    names = [_NAMES[kind] for kind in FileKind if kind in wanted]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return str(
        _("The file must be %(kinds)s. This one is something else, whatever its name says.")
        % {"kinds": listed}
    )


# Pictures ------------------------------------------------------------------------------------


def _clean_picture(content: bytes, kind: FileKind, longest_side: int | None) -> bytes:
    """The picture drawn again: upright, and without any data but its pixels."""
    if zipfile.is_zipfile(io.BytesIO(content)) or b"%PDF-" in content[:1024]:
        raise Invalid(_("This picture has another file hidden in it. Save it again as a picture."))
    try:
        return _draw_again(content, kind, longest_side)
    except (
        OSError,
        SyntaxError,
        ValueError,
        OverflowError,
        EOFError,
        zlib.error,
        Image.DecompressionBombError,
    ) as error:
        raise Invalid(
            _("We could not read this picture: it may be damaged. Save it again and try once more.")
        ) from error


def _draw_again(content: bytes, kind: FileKind, longest_side: int | None) -> bytes:
    # WeasyPrint turns this on for the whole process; half a picture is a damaged file here.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        # We set our own limit, below Pillow's; its warning would only be noise.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = Image.open(io.BytesIO(content), formats=[kind.value.upper()])
    with picture:
        width, height = picture.size
        if width * height > MOST_PIXELS:
            raise Invalid(
                _("This picture has more than 40 million pixels. Make it smaller and try again.")
            )
        drawn = ImageOps.exif_transpose(picture)
    if longest_side and max(drawn.size) > longest_side:
        drawn.thumbnail((longest_side, longest_side))
    target = io.BytesIO()
    if kind is FileKind.JPEG:
        _bare(drawn.convert("RGB")).save(target, "JPEG", quality=88, optimize=True)
    else:
        _bare(drawn.convert("RGBA")).save(target, "PNG", optimize=True)
    return target.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """The same pixels on a new canvas: metadata travels with an image, not with its pixels."""
    canvas = Image.new(picture.mode, picture.size)
    canvas.paste(picture)
    return canvas


# PDF -----------------------------------------------------------------------------------------

_STREAM: Final = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_OBJECT_STREAM: Final = re.compile(
    rb"/ObjStm\b[^>]{0,400}>>\s*stream\r?\n(.*?)endstream", re.DOTALL
)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_RUNS: Final = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)(?![A-Za-z0-9])")
_LOCKED: Final = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_MARKUP: Final = (b"<html", b"<script", b"<svg", b"<!doctype", b"<?php")


def _check_pdf(content: bytes) -> None:
    """Refuse what is a PDF and something else at once, what runs, and what is locked."""
    head = content[:1024].lower()
    if any(mark in head for mark in _MARKUP) or zipfile.is_zipfile(io.BytesIO(content)):
        raise Invalid(_("This file is a PDF and something else at once. Save it again as a PDF."))
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\r\n\t \x00"):
        raise Invalid(_("This PDF does not end as a PDF should. Save it again and try once more."))
    names = _pdf_names(content)
    if _RUNS.search(names):
        raise Invalid(
            _("This PDF holds a program (a script or a launch action). Print it to a new PDF.")
        )
    if _LOCKED.search(names):
        raise Invalid(_("This PDF is locked. Save it without a password and try again."))


def _pdf_names(content: bytes) -> bytes:
    """The parts of a PDF in which names stand: outside streams, and inside object streams.

    Other streams are skipped: compressed pictures would give false alarms.
    """
    outside = _STREAM.sub(b" ", content)
    packed = b"".join(_unpack(found) for found in _OBJECT_STREAM.findall(content))
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), outside + b" " + packed)


def _unpack(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, 4 * MEGABYTE)
    except zlib.error:
        return stream


# Word ----------------------------------------------------------------------------------------

_WORD_MAIN: Final = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
)
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def _check_docx(content: bytes) -> None:
    """Refuse bombs, macros, objects, outside templates and XML that reaches out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive, len(content))
            _check_word(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Invalid(_damaged_word()) from error


def _damaged_word() -> str:
    return str(_("This is not a Word document we can read. Save it again as DOCX, or as a PDF."))


def _check_parts(archive: zipfile.ZipFile, size: int) -> None:
    parts = archive.infolist()
    hidden = bool(archive.comment) or (parts and min(part.header_offset for part in parts) != 0)
    if not parts or hidden or len(parts) > MOST_PARTS or len(set(archive.namelist())) < len(parts):
        raise Invalid(_damaged_word())
    unpacked = 0
    for part in parts:
        _check_part_name(part.filename)
        unpacked += _measure(archive, part, min(size * MOST_UNPACKED, LARGEST_UNPACKED) - unpacked)


def _check_part_name(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name:
        raise Invalid(_damaged_word())
    lower = name.lower()
    if "vba" in lower or "activex" in lower or lower.endswith((".bin", ".exe", ".js", ".hta")):
        raise Invalid(
            _("This document holds a macro or an embedded object. Save it as DOCX without them.")
        )


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """Unpack one part and count, since its stated size may lie. Never more than ``most``."""
    counted = 0
    with archive.open(part) as stream:
        while chunk := stream.read(64 * 1024):
            counted += len(chunk)
            if counted > most:
                raise Invalid(
                    _("This document unpacks to far more than its size. Save it again as a PDF.")
                )
    return counted


def _check_word(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise Invalid(_damaged_word())
    for name in names:
        if name.endswith((".xml", ".rels")):
            _check_xml(name, archive.read(name))


def _check_xml(name: str, text: bytes) -> None:
    try:
        root = ElementTree.fromstring(text, forbid_dtd=True)
    except (DefusedXmlException, ElementTree.ParseError, ValueError, LookupError) as error:
        raise Invalid(_damaged_word()) from error
    if name == "[Content_Types].xml":
        kinds = {element.get("ContentType", "") for element in root}
        if _WORD_MAIN not in kinds or any("macroEnabled" in kind for kind in kinds):
            raise Invalid(_damaged_word())
    if name.endswith(".rels") and any(_reaches_out(element) for element in root.iter(_RELATION)):
        raise Invalid(
            _("This document fetches something from another place. Save it as a PDF instead.")
        )


def _reaches_out(relation: Any) -> bool:
    """Whether a document would fetch something by itself when opened. A plain link does not."""
    outside = relation.get("TargetMode", "").lower() == "external"
    return outside and not relation.get("Type", "").endswith("/hyperlink")
