"""What may come to the voting pages that no page of ours sends: a clear no, and nothing lost."""

import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from participation.budgeting import register, session
from participation.budgeting.cast import Voter, look
from participation.budgeting.models import Sealed
from tests.participation.budgeting.conftest import MakeRound, voter_of

pytestmark = pytest.mark.django_db
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def at_the_ballot(voter: Voter) -> Client:
    """A browser that was admitted with this voter's card."""
    response = HttpResponse()
    session.admit(response, voter)
    browser = Client()
    browser.cookies = response.cookies
    return browser


@pytest.mark.parametrize(
    "posted",
    [
        {"p-1": "1" * 5000},
        {"p-" + "9" * 5000: "1"},
        {"p-" + "٣" * 5000: "1"},
        {"p-1": "٣"},
        {"p-1": "\x00"},
        {"p-\x00": "1"},
        {"p-": "1"},
        {"p--1": "1"},
        {"p-1": "1.0"},
        {"p-1": "<script>alert(1)</script>"},
        {"p-99": "1"},
        {f"p-{number}": "1" for number in range(1, 1500)},
    ],
    ids=lambda posted: next(iter(posted.items())).__repr__()[:24],
)
@pytest.mark.parametrize("accept", ["text/html", JSON])
@pytest.mark.parametrize("sent_as", [FORM, JSON])
def test_what_is_no_choice_is_refused_and_not_stored(
    open_round: MakeRound, posted: dict[str, str], accept: str, sent_as: str
) -> None:
    voter = voter_of(open_round(), 1)
    attempt = {"op_id": str(uuid4()), "base_rev": "0"} | posted
    said = at_the_ballot(voter).post(
        reverse("vote:ballot"),
        urlencode(attempt) if sent_as == FORM else json.dumps(attempt),
        content_type=sent_as,
        headers={"accept": accept},
    )
    assert said.status_code == 422
    assert "<script>alert" not in said.content.decode()
    assert not Sealed.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "status"),
    [
        ("base_rev", "-1", 409),
        ("base_rev", "9" * 300, 409),
        ("base_rev", "9" * 5000, 422),
        ("base_rev", "", 422),
        ("base_rev", "\x00", 422),
        ("op_id", "", 422),
        ("op_id", "not a uuid", 422),
        ("op_id", "9" * 5000, 422),
    ],
)
def test_an_attempt_that_no_page_made_writes_nothing(
    open_round: MakeRound, name: str, value: str, status: int
) -> None:
    voter = voter_of(open_round(), 1)
    attempt = {"op_id": str(uuid4()), "base_rev": "0", "p-1": "1"} | {name: value}
    said = at_the_ballot(voter).post(reverse("vote:ballot"), attempt)
    assert said.status_code == status
    assert not Sealed.objects.exists()


def test_a_replayed_attempt_with_other_choices_changes_nothing(open_round: MakeRound) -> None:
    voter = voter_of(open_round(), 1)
    browser, op_id = at_the_ballot(voter), str(uuid4())
    browser.post(reverse("vote:ballot"), {"op_id": op_id, "base_rev": "0", "p-1": "1"})
    browser.post(reverse("vote:ballot"), {"op_id": op_id, "base_rev": "1", "p-2": "1"})
    recorded = look(voter)
    assert recorded.rev == 1
    assert recorded.choices.numbers == [1]


@pytest.mark.parametrize("cookie", ["", "A", "é", "A" * 64, "A" * 4000, "\x00"])
def test_a_made_up_cookie_is_no_card(open_round: MakeRound, cookie: str) -> None:
    open_round()
    browser = Client()
    browser.cookies["vote"] = cookie
    assert browser.get(reverse("vote:ballot")).url == reverse("vote:enter")  # type: ignore[attr-defined]


def test_a_cookie_of_a_round_that_is_no_more_is_no_card(open_round: MakeRound) -> None:
    gone = Voter(uuid4(), uuid4(), uuid4())
    browser = at_the_ballot(gone)
    assert browser.get(reverse("vote:ballot")).url == reverse("vote:enter")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "typed", ["", "\x00", "A" * 100_000, "١٢٣", "<i>x</i>", "=cmd()", "FW2N ERCG"]
)
@pytest.mark.parametrize("page", ["vote:enter", "vote:counted"])
def test_what_is_no_code_is_told_kindly(open_round: MakeRound, page: str, typed: str) -> None:
    open_round()
    said = Client().post(reverse(page), {"code": typed})
    assert said.status_code == 422
    assert "<i>" not in said.content.decode()


def test_a_voided_card_is_out_at_once(open_round: MakeRound, ada: User) -> None:
    round_ = open_round()
    voter = voter_of(round_, 1)
    browser = at_the_ballot(voter)
    register.void_card(ada, round_, 1, "lost")
    attempt = {"op_id": str(uuid4()), "base_rev": "0", "p-1": "1"}
    assert browser.post(reverse("vote:ballot"), attempt).status_code == 409
    assert not Sealed.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"p-1"',
        b'{"op_id": "%s", "base_rev": 0, "p-1": "3"}' % str(uuid4()).encode(),
        b'{"op_id": "%s", "base_rev": "0", "p-1": {"a": "3"}}' % str(uuid4()).encode(),
        b"[" * 100_000,
        b'{"p-1": "' + b"3" * 3_000_000 + b'"}',
        '{"p-1": "£"}'.encode("cp1252"),
    ],
    ids=["nothing", "null", "list", "text", "number", "nested", "deep", "huge", "cp1252"],
)
def test_a_script_that_sends_what_is_no_object_of_texts_is_told_to_open_the_page_again(
    open_round: MakeRound, body: bytes
) -> None:
    browser = at_the_ballot(voter_of(open_round(), 1))
    said = browser.post(reverse("vote:ballot"), body, content_type=JSON, headers={"accept": JSON})
    assert said.status_code == 422
    assert said.json()["reason"] == "This page is not whole. Open it again."
    assert not Sealed.objects.exists()


def test_what_the_script_sends_says_the_same_as_the_form(open_round: MakeRound) -> None:
    round_ = open_round()
    asked = {"base_rev": "0", "p-1": "1"}
    for number, sent_as in enumerate((FORM, JSON), start=1):
        attempt = asked | {"op_id": str(uuid4())}
        body = urlencode(attempt) if sent_as == FORM else json.dumps(attempt)
        said = at_the_ballot(voter_of(round_, number)).post(
            reverse("vote:ballot"), body, content_type=sent_as, headers={"accept": JSON}
        )
        assert said.status_code == 200
    assert look(voter_of(round_, 1)).choices == look(voter_of(round_, 2)).choices


def test_the_script_needs_the_pages_token_like_the_form(open_round: MakeRound) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = at_the_ballot(voter_of(open_round(), 1)).cookies
    attempt = {"op_id": str(uuid4()), "base_rev": "0", "p-1": "1"}
    said = browser.post(
        reverse("vote:ballot"), json.dumps(attempt), content_type=JSON, headers={"accept": JSON}
    )
    assert said.status_code == 403
    assert not Sealed.objects.exists()
