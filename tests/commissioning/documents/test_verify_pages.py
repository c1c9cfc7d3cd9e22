"""What anyone finds at /verify/."""

import io
import os
import tempfile
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries

from commissioning.documents import verify
from commissioning.documents.hashing import LARGEST, HashingUploadHandler
from commissioning.documents.models import IssuedDocument
from commissioning.people.models import User
from tests.cast import SignIn
from tests.commissioning.documents.conftest import Ask, Subject, file_of, sent


def upload(browser: Client, body: bytes, name: str = "record.pdf") -> tuple[int, str]:
    """What the verify page says of a file."""
    file = SimpleUploadedFile(name, body, "application/pdf")
    response = browser.post("/verify/", {"file": file})
    return response.status_code, " ".join(response.content.decode().split())


@pytest.fixture
def issued(subject: Subject, have_made: Ask) -> IssuedDocument:
    found = have_made(subject, issue=True).issued
    assert isinstance(found, IssuedDocument)
    return found


def test_the_exact_file_is_known(anyone: Client, issued: IssuedDocument) -> None:
    status, page = upload(anyone, file_of(issued))
    assert status == 200
    assert "This exact file was issued here" in page
    assert "Issued: this is the current version" in page
    assert "in force" not in page, "a decision may not have effect yet"
    assert issued.number in page


def test_a_superseded_file_is_known_and_leads_to_the_newer(
    anyone: Client, issued: IssuedDocument, subject: Subject, have_made: Ask
) -> None:
    subject.why = "Because more people came."
    have_made(subject, issue=True)
    _, page = upload(anyone, file_of(issued))
    assert "a newer version takes its place" in page
    assert f'href="/verify/{issued.number}"' in page


@pytest.mark.parametrize("change", ["a byte changed", "a byte more", "a byte less"])
def test_one_byte_makes_it_another_file(
    anyone: Client, issued: IssuedDocument, change: str
) -> None:
    body = file_of(issued)
    changed = {
        "a byte changed": body[:500] + bytes([body[500] ^ 1]) + body[501:],
        "a byte more": body + b"\n",
        "a byte less": body[:-1],
    }[change]
    status, page = upload(anyone, changed)
    assert status == 200
    assert "We do not know this file" in page
    assert "saved anew, printed to PDF, scanned or signed" in page


def test_a_draft_is_not_known(anyone: Client, subject: Subject, have_made: Ask) -> None:
    assert "We do not know this file" in upload(anyone, file_of(have_made(subject)))[1]


def test_a_file_that_is_two_things_at_once_is_only_bytes(
    anyone: Client, issued: IssuedDocument
) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x", bytes(5_000_000))
    polyglot = b"<script>alert(1)</script>" + file_of(issued) + bomb.getvalue()
    _, page = upload(anyone, polyglot, "<img src=x onerror=alert(1)>.html")
    assert "We do not know this file" in page
    assert "alert(1)" not in page


def test_an_uploaded_file_is_never_stored(
    anyone: Client, issued: IssuedDocument, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    stored = set(default_storage.listdir("documents")[1])
    upload(anyone, b"%PDF" + os.urandom(5_000_000))
    assert list((tmp_path / "temporary").iterdir()) == []
    assert set(default_storage.listdir("documents")[1]) == stored


def test_a_file_that_is_too_large_is_refused_kindly(anyone: Client, db: None) -> None:
    status, page = upload(anyone, bytes(LARGEST + 1))
    assert status == 422
    assert "That file is larger than 20 MB." in page
    assert "Choose the PDF" not in page


def test_a_file_of_just_20_mb_is_checked(anyone: Client, db: None) -> None:
    assert "We do not know this file" in upload(anyone, bytes(LARGEST))[1]


def test_twenty_megabytes_are_hashed_in_little_memory(db: None, tmp_path: Path) -> None:
    path = tmp_path / "body"
    with path.open("wb") as body:
        body.write(b"--boundary-of-parts\r\n")
        body.write(b'Content-Disposition: form-data; name="file"; filename="x.pdf"\r\n\r\n')
        for _ in range(20):
            body.write(os.urandom(1024 * 1024 - 10))
        body.write(b"\r\n--boundary-of-parts--\r\n")
    with path.open("rb") as stream:
        kind = "multipart/form-data; boundary=boundary-of-parts"
        request = RequestFactory().generic("POST", "/verify/", b"x", content_type=kind)
        request.META["CONTENT_LENGTH"] = str(path.stat().st_size)
        request._stream = stream
        handler = HashingUploadHandler(request)
        request.upload_handlers = [handler]
        tracemalloc.start()
        file: Any = request.FILES["file"]
        assert file.size == 20 * (1024 * 1024 - 10)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 2_000_000


def test_nothing_chosen(anyone: Client, db: None) -> None:
    response = anyone.post("/verify/")
    assert response.status_code == 422
    assert "Choose the PDF that you want to check." in response.content.decode()


def test_an_empty_file(anyone: Client, db: None) -> None:
    status, page = upload(anyone, b"")
    assert status == 422
    assert "That file is empty." in page


def test_a_broken_upload_is_not_an_error_of_ours(anyone: Client, db: None) -> None:
    response = anyone.post(
        "/verify/",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\nhalf',
        content_type="multipart/form-data; boundary=b",
    )
    assert response.status_code in (200, 422)


def test_checking_works_from_anywhere_without_a_cookie(issued: IssuedDocument) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert "This exact file was issued here" in upload(strict, file_of(issued))[1]


def test_too_many_files_from_one_address_wait_a_minute(anyone: Client, db: None) -> None:
    for _ in range(verify.UPLOADS_A_MINUTE):
        assert upload(anyone, b"x")[0] == 200
    status, page = upload(anyone, b"x")
    assert status == 429
    assert "Wait a minute and try again" in page


@pytest.mark.parametrize(
    "typed",
    ["{number}", " {lower} ", "{prefix} {year} 1", "{prefix}–{year}–001", "{prefix}{year}001"],
)
def test_a_number_is_found_however_it_is_typed(
    anyone: Client, issued: IssuedDocument, typed: str
) -> None:
    number = typed.format(
        number=issued.number,
        lower=issued.number.lower(),
        prefix=issued.prefix,
        year=issued.year,
    )
    response = anyone.get("/verify/", {"number": number})
    assert (response.status_code, response["Location"]) == (302, f"/verify/{issued.number}")


@pytest.mark.parametrize(
    "typed", ["", "hello", "RIV-27-1", "'; DROP TABLE", "1" * 400, "RIV-2027-x"]
)
def test_what_is_no_number_is_said_beside_the_field(anyone: Client, db: None, typed: str) -> None:
    response = anyone.get("/verify/", {"number": typed})
    assert response.status_code == 422
    assert "govuk-error-message" in response.content.decode()


@pytest.mark.parametrize("address", ["/verify/?number=RIV-2027-999", "/verify/RIV-2027-999"])
def test_an_unknown_number_is_said_to_be_unknown(anyone: Client, db: None, address: str) -> None:
    response = anyone.get(address)
    assert response.status_code == 404
    assert "No document with the number RIV-2027-999 was issued here" in response.content.decode()


def test_a_number_shows_what_to_compare_and_never_says_genuine(
    anyone: Client, issued: IssuedDocument
) -> None:
    page = anyone.get(f"/verify/{issued.number}").content.decode()
    for shown in (
        "Compare these with your paper.",
        issued.title,
        "A pot of grants for groups in the Lanes.",
        "41 people",
        f"/verify/{issued.number}/1.pdf",
    ):
        assert shown in page
    for word in ("genuine", "authentic", "valid", "This exact file was issued", "is real"):
        assert word not in page.lower().replace("novalidate", "")


def test_the_public_file_is_handed_out_as_a_download(
    anyone: Client, issued: IssuedDocument
) -> None:
    response = anyone.get(f"/verify/{issued.number}/1.pdf")
    assert sent(response) == file_of(issued)
    assert response["Content-Disposition"] == f'attachment; filename="{issued.number}-v1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_a_file_that_was_replaced_on_the_server_is_not_handed_out(
    anyone: Client, issued: IssuedDocument
) -> None:
    default_storage.delete(str(issued.file))
    with default_storage.open(str(issued.file), "wb") as file:
        file.write(b"%PDF forged")
    response = anyone.get(f"/verify/{issued.number}/1.pdf")
    assert response.status_code == 409
    assert "no longer matches its seal" in response.content.decode()


def test_a_number_that_is_not_public_shows_its_date_and_no_more(
    anyone: Client, subject: Subject, have_made: Ask
) -> None:
    subject.is_public = False
    issued = have_made(subject, issue=True).issued
    page = anyone.get(f"/verify/{issued.number}").content.decode()
    assert "It is not public" in page
    for hidden in (subject.title, "A pot of grants", "41 people", issued.content_sha256[:4] + " "):
        assert hidden not in page
    assert anyone.get(f"/verify/{issued.number}/1.pdf").status_code == 404


def test_a_number_that_is_not_public_leads_to_what_is(
    anyone: Client, subject: Subject, have_made: Ask
) -> None:
    before = have_made(subject, issue=True).issued
    assert before.is_public
    subject.is_public, subject.title = False, "The same, with a name in it"
    after = have_made(subject, issue=True).issued
    assert (after.number, after.version, after.is_public) == (before.number, 2, False)
    page = anyone.get(f"/verify/{after.number}").content.decode()
    assert "It is not public" in page
    assert f'href="/verify/{before.number}/1.pdf"' in page
    assert subject.title not in page


def test_who_may_read_it_sees_all_of_what_is_not_public(
    sign_in: SignIn, subject: Subject, have_made: Ask, sami: User, nell: User
) -> None:
    subject.is_public = False
    subject.readers = {sami}
    issued = have_made(subject, issue=True).issued
    assert subject.title in sign_in(sami).get(f"/verify/{issued.number}").content.decode()
    assert b"".join(sign_in(sami).get(f"/verify/{issued.number}/1.pdf")).startswith(b"%PDF")
    assert sign_in(nell).get(f"/verify/{issued.number}/1.pdf").status_code == 404


def test_the_holder_of_a_file_that_is_not_public_can_check_it(
    anyone: Client, subject: Subject, have_made: Ask
) -> None:
    subject.is_public = False
    issued = have_made(subject, issue=True).issued
    assert "This exact file was issued here" in upload(anyone, file_of(issued))[1]


def test_the_page_of_a_number_asks_little_of_the_database(
    anyone: Client,
    issued: IssuedDocument,
    subject: Subject,
    have_made: Ask,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for why in "abc":
        subject.why = why
        have_made(subject, issue=True)
    with django_assert_num_queries(1):
        anyone.get(f"/verify/{issued.number}")


def test_looking_changes_nothing(anyone: Client, issued: IssuedDocument) -> None:
    before = list(IssuedDocument.objects.values())
    for address in (
        "/verify/",
        f"/verify/{issued.number}",
        f"/verify/{issued.number}/1.pdf",
        "/verify/key",
        "/verify/manifest.jsonl",
    ):
        for _ in range(2):
            b"".join(anyone.get(address))
    assert list(IssuedDocument.objects.values()) == before


def test_files_have_no_address_of_their_own(anyone: Client, issued: IssuedDocument) -> None:
    for folder in ("/", "/media/", "/static/", "/var/media/"):
        assert anyone.get(folder + str(issued.file)).status_code == 404
