"""Asking for a document: who may, and never two for one request."""

from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from commissioning.documents.actions import close_to_public, request_document, try_again
from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.documents.rules import may_read
from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from tests.commissioning.documents.conftest import Ask, Subject, file_of


def test_ada_asks_and_gets_a_pdf(subject: Subject, have_made: Ask) -> None:
    rendering = have_made(subject)
    assert file_of(rendering).startswith(b"%PDF-1.7")
    assert (rendering.pages, rendering.size) == (1, len(file_of(rendering)))


def test_what_was_to_be_printed_is_not_kept_beside_the_file(
    subject: Subject, have_made: Ask
) -> None:
    assert have_made(subject).data == ""


def test_who_may_not_is_told_why(subject: Subject, nell: User) -> None:
    with pytest.raises(Refused, match="Only the makers make it"):
        request_document(nell, "test_record", subject.id)
    assert not Rendering.objects.exists()


def test_a_double_click_asks_once(subject: Subject, ada: User) -> None:
    first = request_document(ada, "test_record", subject.id)
    assert request_document(ada, "test_record", subject.id) == first


@pytest.mark.django_db(transaction=True)
def test_ten_clicks_at_once_ask_once(subject: Subject, ada: User) -> None:
    together = Barrier(10)

    def click() -> None:
        together.wait()
        try:
            request_document(ada, "test_record", subject.id, issue=True)
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Rendering.objects.count() == 1


def test_asking_again_when_it_is_ready_gives_the_same_one(
    subject: Subject, have_made: Ask, ada: User
) -> None:
    made = have_made(subject)
    assert request_document(ada, "test_record", subject.id) == made


def test_other_facts_make_another_document(subject: Subject, have_made: Ask) -> None:
    first = have_made(subject)
    subject.why = "Because more people came."
    assert have_made(subject) != first


def test_issuing_twice_with_the_same_facts_makes_no_second_version(
    subject: Subject, have_made: Ask, ada: User
) -> None:
    made = have_made(subject, issue=True)
    assert request_document(ada, "test_record", subject.id, issue=True) == made
    assert IssuedDocument.objects.count() == 1


def test_going_back_to_earlier_facts_is_a_new_version(subject: Subject, have_made: Ask) -> None:
    have_made(subject, issue=True)
    before, subject.why = subject.why, "Because more people came."
    have_made(subject, issue=True)
    subject.why = before
    third = have_made(subject, issue=True).issued
    assert (third.version, third.is_current) == (3, True)


def test_a_document_without_a_title_is_refused(subject: Subject, ada: User) -> None:
    subject.title = "  "
    with pytest.raises(Invalid, match="needs a title"):
        request_document(ada, "test_record", subject.id)


def test_only_who_may_make_it_tries_again_or_makes_it_public(
    subject: Subject, have_made: Ask, nell: User
) -> None:
    rendering = have_made(subject, issue=True)
    with pytest.raises(Refused):
        try_again(nell, rendering)


def test_what_was_public_closes_in_every_version_and_stays_what_was_issued(
    subject: Subject, have_made: Ask
) -> None:
    first = have_made(subject, issue=True).issued
    subject.why = "Because more people came."
    second = have_made(subject, issue=True).issued
    assert first.is_public
    assert may_read(AnonymousUser(), first)
    close_to_public(second.type_name, second.subject_id)
    closed = list(IssuedDocument.objects.order_by("version"))
    assert [one.file_sha256 for one in closed] == [first.file_sha256, second.file_sha256]
    assert not any(one.is_public for one in closed)
