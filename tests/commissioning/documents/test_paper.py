"""The PDF itself: accessible, sealed, and the same bytes for the same facts."""

import datetime as dt
import io
import json
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.utils import timezone
from pypdf.generic import ContentStream

from commissioning.documents.models import IssuedDocument
from commissioning.documents.paper import (
    Sheet,
    attached_json,
    groups,
    print_paper,
    seal_of,
)
from commissioning.documents.types import DocumentType
from commissioning.ground.digests import canonical_json, sha256_hex
from tests.commissioning.documents.conftest import Ask, Subject, file_of

MOMENT = dt.datetime(2027, 1, 14, 12, tzinfo=dt.UTC)
SALT = bytes(16)


def read(body: bytes) -> Any:
    """The file as pypdf reads it; its types know only that anything may be anywhere."""
    return pypdf.PdfReader(io.BytesIO(body))


def elements(reader: Any) -> Iterator[dict[str, Any]]:
    """Every element of the structure tree, in reading order."""

    def walk(node: Any) -> Iterator[dict[str, Any]]:
        node = node.get_object()
        if not isinstance(node, dict):
            return
        if "/S" in node:
            yield node
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            yield from walk(kid)

    yield from walk(reader.root_object["/StructTreeRoot"])


def text_of(reader: Any) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def issued(subject: Subject, have_made: Ask) -> IssuedDocument:
    found = have_made(subject, issue=True).issued
    assert isinstance(found, IssuedDocument)
    return found


@pytest.fixture
def pdf(issued: IssuedDocument) -> Any:
    return read(file_of(issued))


def test_it_says_that_it_is_pdf_ua(pdf: Any) -> None:
    xmp = pdf.root_object["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in xmp
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert all(page["/Tabs"] == "/S" for page in pdf.pages)


def test_it_has_its_language_title_place_and_dates(pdf: Any, issued: IssuedDocument) -> None:
    assert pdf.root_object["/Lang"] == "en-gb"
    assert pdf.metadata is not None
    assert pdf.metadata.title == f"{issued.number}: {issued.title}"
    assert pdf.metadata.author == "Rivermead"
    assert pdf.metadata.creation_date is not None
    assert abs(pdf.metadata.creation_date - timezone.now()) < dt.timedelta(minutes=1)


def test_bookmarks_follow_the_headings(pdf: Any, issued: IssuedDocument) -> None:
    top, inside = pdf.outline
    assert top.title == issued.title
    assert [entry.title for entry in inside] == [
        "Why",
        "As a picture",
        "How to check this document",
    ]


def test_it_is_tagged_in_reading_order(pdf: Any) -> None:
    tags = [element["/S"] for element in elements(pdf)]
    assert tags[0] == "/Document"
    assert [tag for tag in tags if tag in ("/H1", "/H2", "/Table", "/Figure", "/L")] == [
        *("/H1", "/H2", "/Table"),
        *("/Figure", "/L"),  # the seal's QR code, then the facts beside the text
        *("/H2", "/Figure", "/H2"),
    ]


def test_every_picture_has_words(pdf: Any, issued: IssuedDocument) -> None:
    words = [element["/Alt"] for element in elements(pdf) if element["/S"] == "/Figure"]
    assert words == [
        f"QR code: opens https://rivermead.example/verify/{issued.number}",
        "Grants take 4 to 6 months, competition 6 to 8",
    ]


def test_tables_have_real_headers(pdf: Any) -> None:
    cells = [element for element in elements(pdf) if element["/S"] in ("/TH", "/TD")]
    headers = {cell["/ID"]: cell["/A"]["/Scope"] for cell in cells if cell["/S"] == "/TH"}
    assert sorted(headers.values()) == ["/Column", "/Column", "/Row", "/Row"]
    for cell in cells:
        if cell["/S"] == "/TD":
            scopes = {headers[header] for header in cell["/A"]["/Headers"]}
            assert scopes == {"/Column", "/Row"}


def test_fonts_are_embedded_and_can_be_read_out(pdf: Any) -> None:
    fonts = [
        font.get_object()
        for page in pdf.pages
        for font in page["/Resources"]["/Font"].get_object().values()
    ]
    assert any("Atkinson" in font["/BaseFont"] for font in fonts)
    for font in fonts:
        assert "/ToUnicode" in font
        descendant = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"].get_object()


PAINTING = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"Tj", b"TJ", b"Do", b"sh"}


def test_everything_on_the_page_is_tagged_or_decoration(pdf: Any) -> None:
    painted = 0
    for page in pdf.pages:
        marked: list[str] = []
        for operands, operator in ContentStream(page["/Contents"], pdf).operations:
            if operator in (b"BDC", b"BMC"):
                marked.append(operands[0])
            elif operator == b"EMC":
                marked.pop()
            elif operator in PAINTING:
                assert marked, f"{operator!r} stands outside the tags"
                assert (operator in (b"Tj", b"TJ")) <= (marked[-1] != "/Artifact")
                painted += 1
    assert painted > 50


def test_each_page_says_whose_which_and_how_many(subject: Subject, have_made: Ask) -> None:
    subject.why = "We talked about it for a long time. " * 400
    issued = have_made(subject, issue=True).issued
    reader = read(file_of(issued))
    count = len(reader.pages)
    assert count == issued.pages > 2
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Rivermead · Decision record {issued.number}, version 1" in text
        assert f"Page {number} of {count}" in text


def test_the_printed_digest_is_that_of_the_attached_data(pdf: Any, issued: IssuedDocument) -> None:
    (attachment,) = pdf.attachments["data.json"]
    assert sha256_hex(attachment) == issued.content_sha256
    assert " ".join(groups(issued.content_sha256)) in text_of(pdf)
    assert canonical_json(json.loads(attachment)) == attachment


def test_the_attached_data_is_the_allow_list_with_a_salt(
    pdf: Any, issued: IssuedDocument, subject: Subject
) -> None:
    attached = json.loads(pdf.attachments["data.json"][0])
    assert set(attached) == {"salt", "document", "data"}
    assert len(bytes.fromhex(attached["salt"])) == 16
    assert attached["document"]["number"] == issued.number
    assert attached["data"]["why"] == subject.why
    assert subject.secret not in str(attached)


def test_the_paper_says_how_to_check_it(pdf: Any, issued: IssuedDocument) -> None:
    text = text_of(pdf)
    assert "rivermead.example/verify" in text
    assert f"Number {issued.number}, version 1" in text
    assert "https://rivermead.example/verify/key" in text
    key = issued.manifest_line.body()["key"]
    assert " ".join(groups(key)) in text


def test_two_documents_about_the_same_facts_have_other_digests(
    subject: Subject, have_made: Ask, test_record: DocumentType
) -> None:
    sheet = a_sheet()
    data = test_record.data(subject.id)
    first, second = (attached_json(sheet, data, salt) for salt in (bytes(16), bytes([1] * 16)))
    assert sha256_hex(first) != sha256_hex(second)


def test_a_copy_has_no_number_no_seal_and_says_so(subject: Subject, have_made: Ask) -> None:
    reader = read(file_of(have_made(subject)))
    text = text_of(reader)
    assert "Draft" in text
    assert "This paper has no number and no seal" in text
    assert "How to check" not in text
    assert "number" not in json.loads(reader.attachments["data.json"][0])["document"]


def a_sheet() -> Sheet:
    return Sheet(
        type_name="test_record",
        label="Decision record",
        title="How daytime company in the Lanes will be provided",
        place="Rivermead",
        date=MOMENT.date(),
        language="en-gb",
        number="RIV-2027-014",
        version=1,
    )


def printed(kind: DocumentType, subject: Subject) -> bytes:
    """The record with everything that changes by itself held still."""
    sheet = a_sheet()
    data = kind.data(subject.id)
    attachment = attached_json(sheet, data, SALT)
    seal = seal_of(sheet, attachment, "ab" * 32)
    return print_paper(kind, data, sheet, attachment, moment=MOMENT, seal=seal).body


def test_the_same_facts_give_the_same_bytes(subject: Subject, test_record: DocumentType) -> None:
    first = printed(test_record, subject)
    before, subject.why = subject.why, "Something else, with other letters: zq ÿ ſ Ω."
    assert printed(test_record, subject) != first
    subject.why = before
    assert printed(test_record, subject) == first


def test_two_secrets_outside_the_allow_list_give_the_same_bytes(
    subject: Subject, test_record: DocumentType
) -> None:
    """The strongest test of what is left out: nothing of it can be anywhere in the file."""
    subject.secret = "Mrs Abernathy of 4 Tanner's Row"
    first = printed(test_record, subject)
    subject.secret = "x" * 5000
    assert printed(test_record, subject) == first


def test_another_process_gives_the_same_bytes_a_moment_later(tmp_path: Path) -> None:
    script = textwrap.dedent("""
        import datetime as dt, sys, time
        import django
        django.setup()
        from commissioning.documents.render import render_pdf
        from tests.commissioning.documents.test_paper import a_sheet, MOMENT
        time.sleep(float(sys.argv[2]))
        body = render_pdf("documents/base.html", {"sheet": a_sheet()}, title="Ordinary words",
            lang="en-gb", attachment=b"{}", identifier=b"0" * 16, created=MOMENT)
        open(sys.argv[1], "wb").write(body)
    """)
    files = [tmp_path / "one.pdf", tmp_path / "two.pdf"]
    for file, wait in zip(files, ("0", "1.1"), strict=True):
        subprocess.run(
            [sys.executable, "-c", script, str(file), wait],
            cwd=settings.BASE_DIR,
            env={"DJANGO_SETTINGS_MODULE": "commissioning.settings", "PATH": "/usr/bin:/bin"},
            check=True,
        )
    assert files[0].read_bytes() == files[1].read_bytes()
