"""The voting pages over HTTP: without JavaScript, with it, and with bad intentions."""

import io
import logging
import re
import time
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commissioning.people.models import User
from participation.budgeting import actions, cast, close, codes, register, session
from participation.budgeting.models import Ballot, Elector, Round, Sealed
from tests.participation.budgeting.conftest import IDEAS, MakeRound, voter_of

pytestmark = pytest.mark.django_db(transaction=True)

JSON = {"accept": "application/json"}


def code_of(round_: Round, serial: int = 1) -> str:
    return register.code_now(round_, Elector.objects.get(round=round_, serial=serial).pk) or ""


def phone_with(round_: Round, serial: int = 1) -> Client:
    """A phone on which this card's code was typed."""
    phone = Client()
    answer = phone.post("/v/", {"code": codes.grouped(code_of(round_, serial)).lower()})
    assert answer.status_code == 302, answer.content.decode()
    return phone


def save(phone: Client, marks: dict[int, int], base_rev: int = 0, **more: Any) -> Any:
    """What the page's script sends."""
    form = {f"p-{number}": str(value) for number, value in marks.items()}
    form |= {"op_id": str(uuid4()), "base_rev": str(base_rev)} | more
    return phone.post("/v/ballot/", form, headers=JSON)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no {name} in the page"
    return found[1]


@pytest.mark.parametrize(
    ("style", "options", "marks", "line"),
    [
        ("approval", {"at_most": 3}, {2: 1, 5: 1}, "[[2,1],[5,1]]"),
        ("budget", {}, {2: 1, 6: 1}, "[[2,1],[6,1]]"),
        ("points", {"points": 5}, {1: 3, 8: 2}, "[[1,3],[8,2]]"),
        ("ranking", {"at_most": 3}, {8: 1, 3: 2}, "[[3,2],[8,1]]"),
        ("score", {}, dict.fromkeys(range(1, 9), 4), None),
    ],
)
def test_every_style_works_with_a_form_and_no_javascript(
    open_round: MakeRound, style: str, options: dict[str, int], marks: dict[int, int], line: str
) -> None:
    rule = {"utility": "points"} if style == "score" else {}
    round_ = open_round(1, style=style, style_options=options, rule_options=rule)
    phone = phone_with(round_)
    page = phone.get("/v/ballot/").content.decode()
    assert "You have not voted yet" in page
    form = {f"p-{number}": str(value) for number, value in marks.items()}
    form |= {name: hidden(page, name) for name in ("op_id", "base_rev")}
    answer = phone.post("/v/ballot/", form, follow=True)
    assert "Your vote is in" in answer.content.decode()
    close.stop_voting(round_.pk)
    close.open_box(round_.pk)
    everything_a_four = "[" + ",".join(f"[{n},4]" for n in range(1, 9)) + "]"
    assert Ballot.objects.get().choices == (line or everything_a_four)


def test_a_voter_is_told_when_only_an_idea_that_left_was_missing(
    open_round: MakeRound, ada: User
) -> None:
    round_ = open_round(1, style="score", rule_options={"utility": "points"})
    phone = phone_with(round_)
    scored = dict.fromkeys(range(2, 9), 4)
    assert "Not counted yet" in save(phone, scored).json()["html"]
    actions.withdraw_project(ada, round_.projects.get(number=1), "The group has disbanded.")
    page = phone.get("/v/ballot/").content.decode()
    assert "Nothing is missing now" in page
    assert "Your vote is in" in save(phone, scored, base_rev=1).json()["html"]
    assert "Nothing is missing now" not in phone.get("/v/ballot/").content.decode()


def test_nothing_of_a_voter_is_kept_on_the_server_but_the_sealed_row(
    open_round: MakeRound, ada: User
) -> None:
    round_ = open_round(1)
    phone = Client()
    phone.force_login(ada)
    before = Session.objects.count()
    with CaptureQueriesContext(connection) as made:
        phone.post("/v/", {"code": code_of(round_)})
        assert save(phone, {1: 1}).status_code == 200
    statements = " ".join(query["sql"] for query in made.captured_queries)
    written = re.findall(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\S+)", statements)
    assert written == []
    assert statements.count("budgeting_cast_write") == 1
    assert Sealed.objects.count() == 1
    assert "people_user" not in statements
    assert "django_session" not in statements
    assert Session.objects.count() == before


def test_the_cookie_says_nothing_and_cannot_be_made(open_round: MakeRound) -> None:
    round_ = open_round(1)
    phone = phone_with(round_)
    cookie = phone.cookies["vote"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    voter = voter_of(round_, 1)
    for secret in (voter.elector_id, voter.credential_id, voter.round_id):
        assert secret.hex not in cookie.value.encode().hex()
        assert str(secret) not in cookie.value
    for forged in ("", "x", cookie.value[:-4] + "AAAA", "A" * len(cookie.value)):
        thief = Client()
        thief.cookies["vote"] = forged
        assert thief.get("/v/ballot/").status_code == 302


def test_after_half_an_hour_idle_the_code_is_asked_again(
    open_round: MakeRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = phone_with(open_round(1))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + session.IDLE_SECONDS - 5)
    assert phone.get("/v/ballot/").status_code == 200  # and the half hour begins anew
    monkeypatch.setattr(time, "time", lambda: now + 2 * session.IDLE_SECONDS - 10)
    assert phone.get("/v/ballot/").status_code == 200
    monkeypatch.setattr(time, "time", lambda: now + 4 * session.IDLE_SECONDS)
    assert phone.get("/v/ballot/").status_code == 302
    assert save(phone, {1: 1}).status_code == 401


def test_a_get_changes_no_row(open_round: MakeRound) -> None:
    phone = phone_with(open_round(1))
    with CaptureQueriesContext(connection) as made:
        for address in ("/v/", "/v/ballot/", "/v/counted/", "/v/finished/"):
            phone.get(address)
    for query in made.captured_queries:
        assert not re.match(r"\s*(INSERT|UPDATE|DELETE)", query["sql"]), query["sql"]


def test_every_answer_to_a_save_has_one_size(open_round: MakeRound) -> None:
    phone = phone_with(open_round(1))
    sizes = {
        len(save(phone, {1: 1}).content),
        len(save(phone, {1: 1, 2: 1, 3: 1}, base_rev=1).content),
        len(save(phone, {}, base_rev=2).content),
        len(save(phone, {}, base_rev=3, blank="1").content),
        len(save(phone, {1: 1, 2: 1, 3: 1, 4: 1}, base_rev=4).content),
    }
    assert len(sizes) == 1


class TestTwoPhonesWithOneCard:
    def test_a_stale_save_is_told_and_writes_nothing(self, open_round: MakeRound) -> None:
        round_ = open_round(1)
        one, other = phone_with(round_), phone_with(round_)
        save(one, {1: 1})
        asked = save(other, {2: 1})
        assert asked.status_code == 409
        told = asked.json()
        assert (told["rev"], told["theirs"], told["mine"]) == (1, IDEAS[0][0], IDEAS[1][0])
        assert cast.look(voter_of(round_, 1)).choices.numbers == [1]
        assert save(other, {2: 1}, base_rev=1).status_code == 200

    def test_without_javascript_the_person_chooses_on_a_page(self, open_round: MakeRound) -> None:
        round_ = open_round(1)
        one, other = phone_with(round_), phone_with(round_)
        save(one, {1: 1})
        form = {"p-2": "1", "op_id": str(uuid4()), "base_rev": "0"}
        page = other.post("/v/ballot/", form).content.decode()
        assert IDEAS[0][0] in page
        again = form | {name: hidden(page, name) for name in ("op_id", "base_rev")}
        assert other.post("/v/ballot/", again).status_code == 302
        assert cast.look(voter_of(round_, 1)).choices.numbers == [2]

    def test_the_replayed_post_of_a_nervous_thumb_is_one_save(self, open_round: MakeRound) -> None:
        round_ = open_round(1)
        phone, op_id = phone_with(round_), str(uuid4())
        answers = [save(phone, {1: 1}, op_id=op_id).json() for _ in range(3)]
        assert {answer["rev"] for answer in answers} == {1}
        assert Sealed.objects.get().rev == 1


class TestBadInput:
    @pytest.mark.parametrize(
        "typed",
        ["", "x", "0" * 5000, "<script>alert(1)</script>", "\x00", "OOOO OOOO OOOOO1", "ŵŵŵŵ"],
    )
    def test_what_is_no_code_is_told_and_comes_back_escaped(
        self, open_round: MakeRound, typed: str
    ) -> None:
        open_round(1)
        answer = Client().post("/v/", {"code": typed})
        assert answer.status_code == 422
        assert b"<script>alert" not in answer.content

    def test_an_unknown_code_waits_longer_each_time_and_a_right_one_does_not(
        self, open_round: MakeRound
    ) -> None:
        round_ = open_round(1)
        phone = Client()
        waits = []
        for _ in range(4):
            page = phone.post("/v/", {"code": codes.with_check("0" * codes.USUAL)}).content.decode()
            found = re.search(r'data-wait="([\d.]+)"', page)
            assert found
            waits.append(float(found[1]))
        assert waits == sorted(waits)
        assert waits[-1] > waits[0]
        assert phone.post("/v/", {"code": code_of(round_)}).status_code == 302

    @pytest.mark.parametrize(
        "form",
        [
            {"p-99": "1"},
            {"p-1": "<script>"},
            {"p-1": "1", "blank": "1"},
            {"p-" + "9" * 400: "1"},
            {f"p-{n}": "1" for n in range(1, 9)},
            {"op_id": "x"},
            {"base_rev": "x"},
            {"base_rev": "9" * 50},
        ],
    )
    def test_a_ballot_that_makes_no_sense_stores_nothing(
        self, open_round: MakeRound, form: dict[str, str]
    ) -> None:
        phone = phone_with(open_round(1))
        whole = {"op_id": str(uuid4()), "base_rev": "0"} | form
        for headers in (JSON, {}):
            answer = phone.post("/v/ballot/", whole, headers=headers)
            assert answer.status_code in {409, 422}
            assert b"<script>" not in answer.content.replace(b"<script type", b"")
        assert not Sealed.objects.exists()

    def test_what_was_typed_is_still_there(self, open_round: MakeRound) -> None:
        phone = phone_with(open_round(1))
        form = {f"p-{n}": "1" for n in (1, 2, 3, 4)} | {"op_id": str(uuid4()), "base_rev": "0"}
        page = phone.post("/v/ballot/", form).content.decode()
        assert page.count(" checked") == 4
        assert "take some away" in page

    def test_a_post_from_another_site_is_refused(self, open_round: MakeRound) -> None:
        round_ = open_round(1)
        phone = Client(enforce_csrf_checks=True)
        assert phone.post("/v/", {"code": code_of(round_)}).status_code == 403


def test_after_the_close_the_ballot_tells_nothing_of_its_content(open_round: MakeRound) -> None:
    round_ = open_round(1)
    phone = phone_with(round_)
    save(phone, {1: 1})
    close.stop_voting(round_.pk)
    close.open_box(round_.pk)
    for answer in (phone.get("/v/ballot/"), phone.get("/v/ballot/", headers=JSON)):
        assert IDEAS[0][0].encode() not in answer.content
    told = Client().post("/v/counted/", {"code": code_of(round_)}).content.decode()
    assert "A vote with this card was counted" in told
    assert IDEAS[0][0] not in told


def test_no_log_holds_a_code_or_a_choice_even_when_a_view_fails(
    open_round: MakeRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = open_round(1, style="score", style_options={}, rule_options={"utility": "points"})
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    listening = [
        logging.getLogger(),
        logging.getLogger("django"),
        logging.getLogger("django.request"),
    ]
    for logger in listening:
        logger.addHandler(handler)
    try:
        code = code_of(round_)
        phone = phone_with(round_)
        phone.raise_request_exception = False
        monkeypatch.setattr(cast, "seal", lambda *_args: 1 / 0)
        marks = {n: 1 + n % 5 for n in range(1, 9)}
        assert save(phone, marks).status_code == 500
    finally:
        for logger in listening:
            logger.removeHandler(handler)
    written = log.getvalue()
    assert "ZeroDivisionError" in written
    for canary in (code, codes.grouped(code), phone.cookies["vote"].value, "p-1", "[[1,2]"):
        assert canary not in written


def test_a_ballot_page_asks_few_questions_however_many_ideas(open_round: MakeRound) -> None:
    few, many = open_round(1), open_round(1, ideas=IDEAS * 5)
    counts = []
    for round_ in (few, many):
        phone = phone_with(round_)
        phone.get("/v/ballot/")
        with CaptureQueriesContext(connection) as made:
            assert phone.get("/v/ballot/").status_code == 200
        counts.append(len(made.captured_queries))
    assert counts[0] == counts[1] <= 7


def test_at_home_each_voter_has_an_order_of_their_own_and_keeps_it(open_round: MakeRound) -> None:
    def order(phone: Client) -> list[str]:
        return re.findall(r'id="idea-(\d+)"', phone.get("/v/ballot/").content.decode())

    at_home = open_round(4)
    orders = [order(phone_with(at_home, serial)) for serial in (1, 2, 3, 4)]
    assert order(phone_with(at_home, 1)) == orders[0]
    assert len({tuple(each) for each in orders}) > 1
    in_a_hall = open_round(2, hall="Leisure Centre")
    assert order(phone_with(in_a_hall, 1)) == order(phone_with(in_a_hall, 2)) == list("12345678")


def test_asking_whether_a_card_was_counted_is_slowed_like_voting(client: Client) -> None:
    """A code that nobody has is a miss on either page: the browser is told to wait, and longer."""
    nobody_has = codes.with_check("0" * 12)
    first = client.post("/v/counted/", {"code": nobody_has})
    second = client.post("/v/counted/", {"code": nobody_has})
    assert (first.status_code, second.status_code) == (422, 422)
    assert second.context["wait"] >= first.context["wait"] > 0
    assert "vote-tries" in client.cookies
