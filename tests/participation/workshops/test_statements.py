# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""People write statements and answer each other's, once each."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from commissioning.embedded.data import free_port
from commissioning.people.models import User
from participation.workshops import map_page
from participation.workshops.actions import answering, contributing, moderating
from participation.workshops.activities.base import kind_of
from participation.workshops.models import (
    Activity,
    StatementVote,
    Workshop,
)
from tests.cast import SignIn
from tests.participation.workshops.conftest import ComeIn, phone_of, send
from tests.participation.workshops.stating import (  # noqa: F401
    answer,
    nothing_kept,
    stated,
    statements,
    two_camps,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]


def test_a_phone_is_asked_one_statement_after_another(
    statements: Activity, workshop: Workshop
) -> None:
    one, two = stated(statements, "More buses"), stated(statements, "A bench in the sun")
    phone = phone_of(workshop)
    for left in (2, 1):
        page = phone.get(f"/j/{workshop.code}/")
        assert f"{2 - left} of 2 answered" in page.content.decode()
        assert answer(phone, statements, page.context["next"], "agree") == 302
    last = phone.get(f"/j/{workshop.code}/").content.decode()
    assert "You have answered all 2 statements." in last
    assert {one, two} == {vote.statement for vote in StatementVote.objects.all()}


def test_the_room_goes_on_while_redis_is_away(
    statements: Activity, workshop: Workshop, femi: User, sign_in: SignIn, settings: Settings
) -> None:
    two_camps(statements, 12)
    stated(statements, "More buses")
    phone, desk = phone_of(workshop), sign_in(femi)
    gone = settings.CACHES["default"] | {"LOCATION": f"redis://127.0.0.1:{free_port()}/0"}
    settings.CACHES = {"default": gone}
    page = phone.get(f"/j/{workshop.code}/")
    assert page.status_code == 200
    assert answer(phone, statements, page.context["next"], "agree") == 302
    assert phone.get(f"/j/{workshop.code}/").status_code == 200
    where = workshop.get_absolute_url()
    for address in (f"{where}desk/", f"{where}wall/", f"{where}steps/{statements.pk}/map/"):
        assert desk.get(address).status_code == 200, address
    assert Client().get("/j/NONE-99/").status_code == 404


def test_an_answer_may_be_changed_and_counts_once(statements: Activity, workshop: Workshop) -> None:
    one, phone = stated(statements, "More buses"), phone_of(workshop)
    answer(phone, statements, one, "agree")
    answer(phone, statements, one, "disagree")
    assert StatementVote.objects.get().value == -1
    assert answer(phone, statements, one, "shout") == 422
    assert StatementVote.objects.get().value == -1


def test_whoever_writes_a_statement_agrees_with_it(
    statements: Activity, workshop: Workshop
) -> None:
    phone = phone_of(workshop)
    assert send(phone, statements, "More buses").status_code == 302
    vote = StatementVote.objects.get()
    assert (vote.value, vote.statement.text) == (1, "More buses")
    assert phone.get(f"/j/{workshop.code}/").context["next"] is None


def test_a_statement_is_short(statements: Activity, workshop: Workshop) -> None:
    page = send(phone_of(workshop), statements, "x" * 201)
    assert page.status_code == 422
    assert "too long by 1: it may have 200 characters" in page.content.decode()
    assert not statements.contributions.exists()


def test_what_was_taken_down_is_neither_asked_nor_mapped(
    statements: Activity, workshop: Workshop, femi: User
) -> None:
    said = two_camps(statements)
    moderating.hide(femi, workshop, said[0].pk, "It names somebody.")
    assert answer(phone_of(workshop), statements, said[0], "agree") == 422
    page = map_page.page(statements)
    assert page is not None
    assert "Statement 0" not in {row.text for row in page.everything}


def test_counts_under_five_leave_a_statement_without_any(statements: Activity) -> None:
    said = two_camps(statements)
    StatementVote.objects.filter(statement=said[0])[:1].get().delete()
    first = StatementVote.objects.filter(statement=said[0])[:1].get()
    first.value = 0
    first.save()
    rows = {row["words"]: row for row in kind_of(statements).export(statements)}
    assert (rows["Statement 0"]["agree"], rows["Statement 0"]["pass"]) == (None, None)
    assert (rows["Statement 5"]["agree"], rows["Statement 5"]["disagree"]) == (12, 12)
    assert not any("participant" in key for row in rows.values() for key in row)


def test_a_session_of_four_counts_nothing_in_public_not_even_noughts(
    statements: Activity, come_in: ComeIn
) -> None:
    room = [come_in() for _ in range(4)]
    agreed, unanswered = stated(statements, "More buses"), stated(statements, "Fewer cars")
    for person in room:
        answering.answer(person, statements, str(agreed.pk), "agree")
    for row in kind_of(statements).export(statements):
        assert [row[name] for name in ("agree", "disagree", "pass")] == [None] * 3, row["words"]
    come_in()
    rows = {row["words"]: row for row in kind_of(statements).export(statements)}
    assert rows[agreed.text]["disagree"] is None, "it would tell that everybody agreed"
    assert rows[unanswered.text]["agree"] == 0


def test_an_author_takes_a_statement_back_with_its_answers(
    statements: Activity, workshop: Workshop, come_in: ComeIn
) -> None:
    person, other = come_in("Wyn"), come_in()
    said = contributing.say(person, statements, "More buses").contribution
    assert said is not None
    answering.answer(other, statements, str(said.pk), "agree")
    contributing.take_back(person, said)
    assert not StatementVote.objects.exists()


def test_the_phone_needs_few_queries_however_many_statements(
    statements: Activity, workshop: Workshop, django_assert_max_num_queries: object
) -> None:
    two_camps(statements)
    phone = phone_of(workshop)
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        phone.get(f"/j/{workshop.code}/")


def test_the_desk_takes_three_statements_to_start_with(
    statements: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    browser, desk = sign_in(femi), f"{workshop.get_absolute_url()}desk/"
    assert "Write three to start with, one on a line" in browser.get(desk).content.decode()
    run = reverse("workshops:run_step", args=[workshop.programme.slug, workshop.pk, statements.pk])
    lines = "Cars should wait for children\nOur street is safe after dark\n\nWe know our neighbours"
    browser.post(run, {"press": "write", "lines": lines})
    assert statements.contributions.shown().count() == 3
    page = phone_of(workshop).get(f"/j/{workshop.code}/").content.decode()
    assert "0 of 3 answered" in page
    too_long = browser.post(run, {"press": "write", "lines": "x" * 201})
    assert too_long.status_code == 409
    assert "A statement is one short thought" in too_long.content.decode()
