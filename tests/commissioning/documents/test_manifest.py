"""The manifest in the database: one chain, whatever the workers do at once."""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from commissioning.documents import chain, making, manifest
from commissioning.documents.actions import request_document
from commissioning.documents.models import IssuedDocument, ManifestLine, Rendering
from commissioning.ground.digests import sha256_hex
from commissioning.people.models import User
from tests.commissioning.documents.conftest import (
    OTHER_SEED,
    SEED,
    Ask,
    Subject,
    Subjects,
    file_of,
    sent,
)

YEAR = timezone.localdate().year


def published(anyone: Client) -> list[str]:
    """The manifest as anyone downloads it."""
    return sent(anyone.get("/verify/manifest.jsonl")).decode().splitlines()


def test_what_is_issued_stands_in_a_manifest_that_holds(
    subject: Subject, have_made: Ask, anyone: Client
) -> None:
    issued = have_made(subject, issue=True).issued
    found = chain.verify(published(anyone)).by_file[sha256_hex(file_of(issued))]
    assert (found.number, found.version, found.supersedes) == (f"RIV-{YEAR}-001", 1, None)
    assert found.content_sha256 == issued.content_sha256


def test_it_tells_nothing_but_numbers_dates_and_digests(
    subject: Subject, have_made: Ask, anyone: Client
) -> None:
    have_made(subject, issue=True)
    assert set(json.loads(published(anyone)[1])) == {
        *("kind", "position", "previous", "key", "signature"),
        *("number", "version", "supersedes", "date", "file_sha256", "content_sha256"),
    }


def test_a_new_version_supersedes_the_one_before(
    subject: Subject, have_made: Ask, anyone: Client
) -> None:
    first = have_made(subject, issue=True).issued
    subject.why = "Because more people came."
    second = have_made(subject, issue=True).issued
    first = IssuedDocument.objects.get(id=first.id)
    assert (second.number, second.version) == (first.number, 2)
    assert (first.is_current, second.is_current) == (False, True)
    held = chain.verify(published(anyone))
    assert held.by_file[second.file_sha256].supersedes == 1
    assert subject.issued == [f"{first.number}, version 1", f"{first.number}, version 2"]


@pytest.mark.django_db(transaction=True)
def test_four_workers_issue_twelve_documents_into_one_chain(
    subject: Subject, subjects: Subjects, ada: User, anyone: Client
) -> None:
    waiting: list[Rendering] = []
    for _ in range(12):
        one = Subject(place=subject.place, makers={ada})
        subjects[one.id] = one
        waiting.append(request_document(ada, "test_record", one.id, issue=True))

    def work() -> None:
        try:
            while waiting:
                making.make(waiting.pop().id)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    counters = IssuedDocument.objects.order_by("counter").values_list("counter", flat=True)
    assert list(counters) == list(range(1, 13))
    held = chain.verify(published(anyone))
    assert (held.length, len(held.by_file)) == (13, 12)


def test_each_place_counts_for_itself(
    subject: Subject, subjects: Subjects, have_made: Ask, ada: User
) -> None:
    from places.directory.models import Place

    hillcrest = Place.objects.create(slug="hillcrest", name="Hillcrest", prefix="HIL")
    other = Subject(place=hillcrest, makers={ada})
    subjects[other.id] = other
    numbers = [have_made(one, issue=True).issued.number for one in (subject, other)]
    assert numbers == [f"RIV-{YEAR}-001", f"HIL-{YEAR}-001"]


def test_two_workers_cannot_fork_the_chain(subject: Subject, have_made: Ask) -> None:
    have_made(subject, issue=True)
    last = ManifestLine.objects.get(position=2)
    with pytest.raises(DatabaseError, match="does not follow"), transaction.atomic():
        ManifestLine.objects.create(
            position=3, kind="key", line="x", digest=sha256_hex(b"x"), previous=last.previous
        )


@pytest.mark.parametrize(
    ("line", "digest", "previous", "why"),
    [
        ("x", "f" * 64, None, "the digest is not that of the line"),
        ("x", None, "f" * 64, "the line does not follow the one before it"),
    ],
)
def test_the_database_itself_refuses_a_line_that_does_not_follow(
    subject: Subject, have_made: Ask, line: str, digest: str | None, previous: str | None, why: str
) -> None:
    have_made(subject, issue=True)
    last = ManifestLine.objects.get(position=2)
    with pytest.raises(DatabaseError, match=why), transaction.atomic():
        ManifestLine.objects.create(
            position=3,
            kind="key",
            line=line,
            digest=digest or sha256_hex(line.encode()),
            previous=previous or last.digest,
        )


def test_what_is_issued_cannot_be_changed_or_removed(subject: Subject, have_made: Ask) -> None:
    issued = have_made(subject, issue=True).issued
    tampering: list[Callable[[], object]] = [
        lambda: IssuedDocument.objects.update(title="Something else"),
        lambda: IssuedDocument.objects.update(file_sha256="f" * 64),
        lambda: IssuedDocument.objects.all().delete(),
        lambda: ManifestLine.objects.update(line="x"),
        lambda: ManifestLine.objects.all()._raw_delete("default"),
        lambda: truncate("documents_manifestline"),
        lambda: truncate("documents_issueddocument"),
    ]
    for tamper in tampering:
        with pytest.raises(DatabaseError), transaction.atomic():
            tamper()
    issued.refresh_from_db()
    assert issued.title == subject.title


def truncate(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


def test_a_version_supersedes_only_the_one_before_it_of_the_same_number(
    subject: Subject, subjects: Subjects, have_made: Ask, ada: User
) -> None:
    issued = have_made(subject, issue=True).issued
    other = Subject(place=subject.place, makers={ada}, why="Other")
    subjects[other.id] = other
    another = have_made(other, issue=True).issued
    with pytest.raises(DatabaseError, match="supersedes the one before"), transaction.atomic():
        IssuedDocument(
            prefix="RIV",
            year=YEAR,
            counter=2,
            number=another.number,
            version=2,
            supersedes=issued,
            type_name="test_record",
            subject_id=other.id,
            rendering=Rendering.objects.create(
                type_name="t",
                subject_id=other.id,
                requested_by=ada,
                request_key="k",
                data="{}",
            ),
            title="t",
            place_name="p",
            language="en-gb",
            issued_on=timezone.localdate(),
            issued_by=ada,
            file="f",
            size=1,
            pages=1,
            file_sha256="e" * 64,
            content_sha256="e" * 64,
        ).save(force_insert=True)


def test_the_manifest_is_streamed_a_thousand_lines_at_a_time(
    subject: Subject,
    have_made: Ask,
    anyone: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    have_made(subject, issue=True)
    with django_assert_num_queries(3):  # the head for the ETag, one page of lines, the end
        assert len(published(anyone)) == 2


def test_who_has_the_whole_manifest_is_not_sent_it_again(
    subject: Subject, have_made: Ask, anyone: Client
) -> None:
    have_made(subject, issue=True)
    etag = anyone.get("/verify/manifest.jsonl")["ETag"]
    assert anyone.get("/verify/manifest.jsonl", headers={"If-None-Match": etag}).status_code == 304


def test_the_public_key_has_a_fixed_address(
    subject: Subject, have_made: Ask, anyone: Client, settings: Settings
) -> None:
    assert anyone.get("/verify/key").status_code == 404
    have_made(subject, issue=True)
    settings.RECORD_SIGNING_KEY = ""  # the web process has none
    shown = anyone.get("/verify/key")
    assert chain.public_key(shown.content.decode()) == chain.Signer(SEED).public


def test_a_new_key_is_named_by_the_old_one(
    subject: Subject,
    have_made: Ask,
    anyone: Client,
    settings: Settings,
    tmp_path: Path,
    ada: User,
) -> None:
    have_made(subject, issue=True)
    new = tmp_path / "new.key"
    new.write_text(OTHER_SEED)
    call_command("rotate_record_key", str(new))
    subject.why = "Because more people came."
    stopped = request_document(ada, "test_record", subject.id, issue=True)
    making.make(stopped.id)
    stopped.refresh_from_db()
    assert "RECORD_SIGNING_KEY is not the manifest's key" in stopped.trouble
    settings.RECORD_SIGNING_KEY = OTHER_SEED
    have_made(subject, issue=True)
    held = chain.verify(published(anyone))
    assert held.keys == [chain.Signer(SEED).public, chain.Signer(OTHER_SEED).public]
    assert chain.public_key(anyone.get("/verify/key").content.decode()) == held.keys[-1]


def test_a_new_key_is_made_where_there_is_none_for_its_owner_only(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.key"
        call_command("rotate_record_key", str(path))
        assert path.stat().st_mode & 0o777 == 0o600
        seed = path.read_text().strip()
        assert seed not in capsys.readouterr().out
    key = manifest.current_key()
    assert key == chain.Signer(seed).public


@pytest.mark.parametrize(
    ("seed", "new", "why"),
    [
        (OTHER_SEED, OTHER_SEED, "cannot name its heir"),
        (SEED, SEED, "The new key is the old one"),
        (SEED, "nonsense", "32 random bytes"),
        ("", OTHER_SEED, "is not set"),
    ],
)
def test_a_key_is_not_changed_without_the_old_one(
    subject: Subject,
    have_made: Ask,
    settings: Settings,
    tmp_path: Path,
    seed: str,
    new: str,
    why: str,
) -> None:
    have_made(subject, issue=True)
    settings.RECORD_SIGNING_KEY = seed
    path = tmp_path / "new.key"
    path.write_text(new)
    with pytest.raises(CommandError, match=why):
        call_command("rotate_record_key", str(path))
    assert ManifestLine.objects.count() == 2
