"""Files are judged by what is in them: good ones are cleaned, hostile ones refused in words."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from commissioning.ground.answers import Invalid
from commissioning.ground.uploads import (
    LARGEST_FILE,
    PICTURES,
    CleanUpload,
    FileKind,
    check_upload,
    clean_name,
    random_path,
    send_file,
)

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
DOCUMENT = '<w:document xmlns:w="urn:w"><w:body>Minutes of the lunch club</w:body></w:document>'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="urn:x/{kind}" Target="{target}" TargetMode="External"/>'
    "</Relationships>"
)


def upload(content: bytes, name: str = "minutes.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/plain")


def taken(content: bytes, name: str = "minutes.pdf") -> CleanUpload:
    """The file, which passes."""
    return check_upload(upload(content, name))


def refused(content: bytes, name: str = "minutes.pdf") -> str:
    """The sentence with which the file is refused."""
    with pytest.raises(Invalid) as no:
        check_upload(upload(content, name))
    return str(no.value.reason)


def taken_or_refused_in_words(content: bytes) -> None:
    """Whatever the bytes, the answer is a clean file or a sentence."""
    try:
        said = check_upload(upload(content)).name
    except Invalid as no:
        said = str(no.reason)
    assert said


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    """A picture."""
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **options)
    return target.getvalue()


def docx(extra: dict[str, str | bytes] | None = None, comment: bytes = b"") -> bytes:
    """A small Word document, with more parts if wanted."""
    parts = {"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": DOCUMENT} | (extra or {})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
        archive.comment = comment
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, FileKind.PDF),
        (docx(), FileKind.DOCX),
        (picture("JPEG"), FileKind.JPEG),
        (picture("PNG"), FileKind.PNG),
    ],
)
def test_the_four_kinds_are_taken_whatever_they_are_called(content: bytes, kind: FileKind) -> None:
    clean = taken(content, "holiday.exe")
    assert clean.kind is kind
    assert clean.name.startswith("holiday.")
    assert clean.size == len(clean.content)
    assert len(clean.sha256) == 64


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "a.png"),
        (b"<!doctype html><script>alert(1)</script>", "a.pdf"),
        (b"MZ\x90\x00" + b"\x00" * 100, "a.docx"),
        (b"GIF89a" + b"\x00" * 100, "a.jpg"),
        ("Zażółć".encode("utf-16"), "a.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "old-word.docx"),
        (b" %PDF-1.7\n%%EOF", "led-by-a-space.pdf"),
    ],
)
def test_anything_else_is_refused_whatever_it_is_called(content: bytes, name: str) -> None:
    assert "PDF, Word (DOCX), JPEG or PNG" in refused(content, name)


def test_only_pictures_are_taken_where_a_picture_is_wanted() -> None:
    with pytest.raises(Invalid, match="must be JPEG or PNG"):
        check_upload(upload(PDF), kinds=PICTURES)


def test_an_empty_file_is_refused() -> None:
    assert "empty" in refused(b"")


def test_a_file_is_measured_by_its_bytes() -> None:
    assert "larger than 10 MB" in refused(b"%PDF-" + b"0" * LARGEST_FILE)
    assert taken(PDF[:-6] + b"%" * 1000 + b"\n%%EOF").size < LARGEST_FILE


# Pictures ------------------------------------------------------------------------------------


def test_a_picture_keeps_its_pixels_and_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "canary-camera"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    content = picture("JPEG", exif=exif, comment=b"canary-comment")
    assert b"canary-camera" in content

    clean = taken(content, "a.jpg")

    assert b"canary" not in clean.content
    with Image.open(io.BytesIO(clean.content)) as again:
        assert again.size == (40, 30)
        assert not again.getexif()


def test_a_png_loses_its_texts() -> None:
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Comment", "canary-text")
    clean = taken(picture("PNG", pnginfo=texts), "a.png")

    assert b"canary" not in clean.content


def test_a_picture_that_lies_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    clean = taken(picture("JPEG", size=(40, 30), exif=exif))

    with Image.open(io.BytesIO(clean.content)) as again:
        assert again.size == (30, 40)


def test_a_large_picture_is_made_smaller_where_that_is_wanted() -> None:
    clean = check_upload(upload(picture(size=(2400, 600))), longest_side=1200)
    with Image.open(io.BytesIO(clean.content)) as again:
        assert again.size == (1200, 300)


def test_more_than_forty_megapixels_are_refused_before_they_are_drawn() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0" * 99))
    said = refused(bomb + chunk(b"IEND", b""), "a.png")
    assert "40 million pixels" in said or "could not read" in said


def test_exactly_forty_megapixels_pass_and_one_row_more_does_not() -> None:
    assert "40 million" in refused(picture("PNG", size=(8000, 5001)), "a.png")


def test_a_picture_with_a_zip_behind_it_is_refused() -> None:
    assert "another file hidden" in refused(picture("JPEG") + docx(), "a.jpg")


def test_a_damaged_picture_is_refused_in_words() -> None:
    assert "could not read this picture" in refused(picture("JPEG")[:200], "a.jpg")
    assert "could not read this picture" in refused(picture("PNG")[:60], "a.png")


def test_what_hides_behind_a_picture_does_not_come_through() -> None:
    clean = taken(picture("JPEG") + b"<script>canary</script>", "a.jpg")
    assert b"canary" not in clean.content


# PDF -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Subtype /RichMedia >>",
    ],
)
def test_a_pdf_that_runs_something_is_refused(hostile: bytes) -> None:
    content = PDF.replace(b"<< /Type /Catalog >>", hostile)
    assert "holds a program" in refused(content)


def test_a_program_packed_into_an_object_stream_is_found() -> None:
    packed = zlib.compress(b"1 0 << /S /JavaScript /JS (x) >>")
    stream = b"<< /Type /ObjStm /N 1 /Length %d >>\nstream\n%b\nendstream" % (len(packed), packed)
    assert "holds a program" in refused(PDF.replace(b"<< /Type /Catalog >>", stream))


def test_bytes_of_a_picture_that_look_like_a_program_are_no_alarm() -> None:
    stream = b"<< /Length 30 >>\nstream\n..../JS (harmless bytes)....\nendstream"
    assert taken(PDF.replace(b"<< /Type /Catalog >>", stream)).kind is FileKind.PDF


def test_a_locked_pdf_is_refused() -> None:
    assert "locked" in refused(PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 2 0 R"))


@pytest.mark.parametrize(
    "content",
    [
        PDF.replace(b"1 0 obj", b"<script>alert(1)</script> 1 0 obj"),
        PDF + docx(),
        PDF[:-6],
        PDF + b"MZ and then a program",
    ],
)
def test_a_pdf_that_is_something_else_too_is_refused(content: bytes) -> None:
    said = refused(content)
    assert "something else at once" in said or "does not end" in said


# Word ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/vbaProject.bin", b"macro"),
        ("word/embeddings/oleObject1.bin", b"object"),
        ("word/activeX/activeX1.xml", "<a/>"),
    ],
)
def test_macros_and_objects_are_refused(part: str, content: str | bytes) -> None:
    assert "macro or an embedded object" in refused(docx({part: content}), "a.docx")


def test_a_document_for_macros_is_refused_even_without_one() -> None:
    types = CONTENT_TYPES.replace(
        "</Types>",
        '<Default Extension="x" ContentType="application/vnd.ms-word.document.macroEnabled'
        '.main+xml"/></Types>',
    )
    assert "not a Word document" in refused(docx({"[Content_Types].xml": types}), "a.docx")


def test_xml_that_reaches_out_is_refused() -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    assert "not a Word document" in refused(docx({"word/styles.xml": entity}), "a.docx")


def test_xml_that_swells_is_refused() -> None:
    swelling = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert "not a Word document" in refused(docx({"word/styles.xml": swelling}), "a.docx")


def test_a_template_from_elsewhere_is_refused_and_a_plain_link_is_not() -> None:
    fetched = RELATION.format(kind="attachedTemplate", target="http://127.0.0.1/t.dotm")
    linked = RELATION.format(kind="hyperlink", target="https://example.org")
    assert "fetches something" in refused(docx({"word/_rels/settings.xml.rels": fetched}), "a.docx")
    assert taken(docx({"word/_rels/document.xml.rels": linked}), "a.docx").kind is FileKind.DOCX


def test_a_bomb_is_stopped_while_it_is_unpacked() -> None:
    bomb = docx({"word/media/zeros.txt": b"\x00" * (60 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert "unpacks to far more" in refused(bomb, "a.docx")


def test_a_bomb_that_lies_about_its_size_is_stopped_too() -> None:
    honest = docx({"word/media/zeros.txt": b"\x00" * (20 * 1024 * 1024)})
    lying = honest.replace(struct.pack("<I", 20 * 1024 * 1024), struct.pack("<I", 1000))
    assert lying != honest
    refused(lying, "a.docx")


@pytest.mark.parametrize(
    "content",
    [
        docx(comment=b"%PDF-1.7 and more"),
        b"PK\x03\x04" + b"\x00" * 50 + docx(),
        docx({"../../etc/cron.d/x": "x"}),
        docx({"word\\..\\x": "x"}),
        docx()[:-30],
        b"PK\x03\x04 not a zip at all",
    ],
)
def test_a_document_with_something_hidden_or_broken_is_refused(content: bytes) -> None:
    assert "not a Word document" in refused(content, "a.docx")


def test_another_office_file_is_no_document() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "not a Word document" in refused(target.getvalue(), "a.docx")


# Names, storage, sending ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\minutes.pdf", "minutes.pdf"),
        ("minutes\u202efdp.exe", "minutesfdp.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie b.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("Café d’été.docx", "Café d’été.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_names_are_only_names(name: str, kept: str) -> None:
    assert clean_name(name, FileKind.PDF) == kept


def test_a_place_in_storage_cannot_be_guessed() -> None:
    places = {random_path("calls") for _ in range(100)}
    assert len(places) == 100
    assert all(len(Path(place).name) == 32 for place in places)


def test_a_file_is_sent_so_that_no_browser_runs_it() -> None:
    response = send_file(ContentFile(PDF), name="minutes.pdf", kind=FileKind.PDF)

    assert response["Content-Disposition"] == 'attachment; filename="minutes.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


BEGINNINGS = (b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"")


@settings(max_examples=200)
@given(beginning=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=400))
def test_no_bytes_at_all_bring_it_down(beginning: bytes, rest: bytes) -> None:
    taken_or_refused_in_words(beginning + rest)


@settings(max_examples=100)
@given(data=st.data())
def test_no_damage_to_a_good_file_brings_it_down(data: st.DataObject) -> None:
    good = data.draw(st.sampled_from([PDF, docx(), picture("JPEG"), picture("PNG")]))
    place = data.draw(st.integers(0, len(good) - 1))
    damaged = good[:place] + data.draw(st.binary(min_size=1, max_size=8)) + good[place + 4 :]
    taken_or_refused_in_words(damaged)
