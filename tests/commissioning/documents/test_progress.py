"""The page of a document on its way, and who may follow it."""

import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from commissioning.documents import making
from commissioning.documents.actions import request_document
from commissioning.documents.models import Rendering
from commissioning.people.models import User
from tests.cast import SignIn
from tests.commissioning.documents.conftest import Ask, Subject, Subjects, file_of, sent


@pytest.fixture
def browser(sign_in: SignIn, ada: User) -> Client:
    return sign_in(ada)


def page(browser: Client, rendering: Rendering, **headers: str) -> str:
    response = browser.get(rendering.get_absolute_url(), headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_says_how_many_come_before(
    browser: Client, subject: Subject, subjects: Subjects, ada: User
) -> None:
    for _ in range(3):
        one = Subject(place=subject.place, makers={ada})
        subjects[one.id] = one
        last = request_document(ada, "test_record", one.id)
    Rendering.objects.exclude(id=last.id).update(queued_at="2020-01-01T00:00Z")
    assert "Your document is waiting: 2 are made before it." in page(browser, last)


def test_it_asks_by_htmx_and_by_a_link_without_javascript(
    browser: Client, subject: Subject, ada: User
) -> None:
    rendering = request_document(ada, "test_record", subject.id)
    shown = page(browser, rendering)
    assert 'hx-trigger="every 2s"' in shown
    assert f'<a href="{rendering.get_absolute_url()}">See how far it is</a>' in shown


def test_the_fragment_is_a_part_of_the_page(browser: Client, subject: Subject, ada: User) -> None:
    rendering = request_document(ada, "test_record", subject.id)
    fragment = page(browser, rendering, HX_Request="true")
    assert "<html" not in fragment
    assert fragment in page(browser, rendering)


def test_a_finished_one_stops_asking_and_offers_the_file(
    browser: Client, subject: Subject, have_made: Ask
) -> None:
    rendering = have_made(subject)
    shown = page(browser, rendering)
    assert "Your document is ready." in shown
    assert "every 2s" not in shown
    assert "See how far" not in shown
    response = browser.get(f"/documents/{rendering.id}/file/")
    assert sent(response) == file_of(rendering)
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["Cache-Control"] == "private, no-store"


def test_an_issued_one_shows_its_number(browser: Client, subject: Subject, have_made: Ask) -> None:
    rendering = have_made(subject, issue=True)
    assert rendering.issued.number in page(browser, rendering)


def test_a_failed_one_says_why_and_can_be_tried_again(
    browser: Client, subject: Subject, ada: User
) -> None:
    def boom() -> None:
        raise OSError

    subject.stop = boom
    rendering = request_document(ada, "test_record", subject.id)
    for _ in range(making.MOST_TRIES):
        making.make(rendering.id)
    shown = page(browser, rendering)
    assert "The document could not be made." in shown
    assert "Try again" in shown
    response = browser.post(f"/documents/{rendering.id}/again/")
    assert response["Location"] == rendering.get_absolute_url()
    rendering.refresh_from_db()
    assert rendering.state == Rendering.State.WAITING


def test_there_is_no_file_before_it_is_made(browser: Client, subject: Subject, ada: User) -> None:
    rendering = request_document(ada, "test_record", subject.id)
    assert browser.get(f"/documents/{rendering.id}/file/").status_code == 404


@pytest.mark.parametrize(("method", "end"), [("get", ""), ("get", "file/"), ("post", "again/")])
def test_an_outsider_gets_the_same_404_as_for_what_is_not_there(
    sign_in: SignIn, nell: User, subject: Subject, have_made: Ask, method: str, end: str
) -> None:
    outsider = sign_in(nell)
    there, nowhere = (
        getattr(outsider, method)(f"/documents/{number}/{end}")
        for number in (have_made(subject).id, uuid.uuid4())
    )
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_who_loses_the_right_loses_the_file(
    browser: Client, subject: Subject, have_made: Ask
) -> None:
    rendering = have_made(subject)
    subject.makers = set()
    assert browser.get(f"/documents/{rendering.id}/file/").status_code == 404


def test_who_is_not_signed_in_is_asked_to(anyone: Client, subject: Subject, have_made: Ask) -> None:
    response = anyone.get(f"/documents/{have_made(subject).id}/file/")
    assert response.status_code == 302


def test_a_reader_follows_it_but_may_not_try_again(
    sign_in: SignIn, subject: Subject, ada: User, sami: User
) -> None:
    subject.readers = {sami}
    rendering = request_document(ada, "test_record", subject.id)
    reader = sign_in(sami)
    assert page(reader, rendering)
    assert reader.post(f"/documents/{rendering.id}/again/").status_code == 403


def test_asking_every_two_seconds_costs_little(
    browser: Client,
    subject: Subject,
    have_made: Ask,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rendering = have_made(subject)
    with django_assert_max_num_queries(6):
        page(browser, rendering, HX_Request="true")
