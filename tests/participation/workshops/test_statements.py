"""People write statements and answer each other's; the map says what unites them."""

import random
import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from commissioning.people.models import User
from participation.workshops import map_page, maps, tasks
from participation.workshops.actions import answering, contributing, joining, moderating, running
from participation.workshops.activities.base import kind_of
from participation.workshops.map_figures import Figures, cell, figures_of
from participation.workshops.models import (
    Activity,
    Contribution,
    Participant,
    StatementVote,
    Workshop,
)
from participation.workshops.opinion.routing import Standing, drawn_next, priority
from participation.workshops.opinion_map import opinion_map
from tests.cast import SignIn
from tests.cluster import free_port
from tests.participation.workshops.conftest import ComeIn, go_to, phone_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(redis_client: object) -> None:
    cache.clear()


@pytest.fixture
def statements(workshop: Workshop, femi: User) -> Activity:
    """The room has come to statements."""
    return go_to(femi, workshop, "statements")


def stated(activity: Activity, text: str) -> Contribution:
    """A statement that nobody in the room wrote."""
    return Contribution.objects.create(
        workshop=activity.workshop, activity=activity, op=uuid.uuid4(), text=text
    )


def answer(phone: Client, activity: Activity, statement: Contribution, how: str) -> int:
    """Press a button of the phone."""
    values = {"activity": activity.pk, "statement": statement.pk, "answer": how}
    return phone.post(f"/j/{activity.workshop.code}/say/", values).status_code


def two_camps(activity: Activity, people: int = 24) -> list[Contribution]:
    """Ten statements: all agree on three, halves differ on seven; everybody has answered."""
    said = [stated(activity, f"Statement {number}") for number in range(10)]
    workshop = activity.workshop
    for number in range(people):
        person, _token = joining.come_in(workshop, name="")
        StatementVote.objects.bulk_create(
            StatementVote(
                statement=one,
                participant=person,
                value=1 if place < 3 or number % 2 else -1,
            )
            for place, one in enumerate(said)
        )
    return said


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


def test_looking_twice_asks_the_same(statements: Activity, workshop: Workshop) -> None:
    for number in range(9):
        stated(statements, f"Statement {number}")
    phone = phone_of(workshop)
    asked = {phone.get(f"/j/{workshop.code}/").context["next"] for _ in range(3)}
    assert len(asked) == 1


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


def test_a_statement_hidden_after_the_map_was_drawn_is_gone_from_it(
    statements: Activity, workshop: Workshop, femi: User
) -> None:
    said = two_camps(statements)
    assert map_page.page(statements)
    moderating.hide(femi, workshop, said[0].pk, "It names somebody.")
    page = map_page.page(statements)
    assert page is not None
    assert "Statement 0" not in {row.text for row in [*page.agreed, *page.everything]}


def test_the_map_says_what_unites_and_what_divides(statements: Activity) -> None:
    two_camps(statements)
    page = map_page.page(statements)
    assert page is not None
    assert [group.size for group in page.groups] == [12, 12]
    assert {row.text for row in page.agreed} == {"Statement 0", "Statement 1", "Statement 2"}
    assert {row.text for row in page.divides} == {f"Statement {n}" for n in range(3, 10)}
    assert "2 groups" in str(page.sentence)
    assert "firm" in str(page.sentence)


def test_percentages_stand_only_where_many_answered() -> None:
    assert cell(4, 0, 4) == {"word": "few", "percent": None}
    assert cell(9, 0, 10) == {"word": "nearly_agree", "percent": None}
    assert cell(18, 0, 20) == {"word": "nearly_agree", "percent": 90}
    assert cell(2, 13, 20) == {"word": "most_disagree", "percent": 65}
    assert cell(10, 10, 20) == {"word": "mixed", "percent": None}
    assert cell(4, 4, 20) == {"word": "unsure", "percent": 60}


def test_the_kept_map_holds_no_people(statements: Activity) -> None:
    two_camps(statements)
    text = str(maps.draw(statements))
    for person in Participant.objects.all():
        assert str(person.pk) not in text


def test_nobody_is_picked_out_of_a_picture(statements: Activity) -> None:
    two_camps(statements)
    figures = figures_of(opinion_map(maps.votes_from(maps.answers_of(statements))))
    assert len(figures["shapes"]) == len(figures["groups"]) == 2
    assert all(
        56 <= one["x"] <= 344 and 56 <= one["y"] <= 204 and one["rx"] >= 44
        for one in figures["shapes"]
    )


def test_four_people_have_no_map(statements: Activity) -> None:
    two_camps(statements, people=4)
    assert map_page.page(statements) is None


def test_a_map_shown_before_there_is_one_says_what_is_missing(
    statements: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    two_camps(statements, people=4)
    desk = sign_in(femi)
    run = _map_url(statements).replace("/map/", "/run/")
    said = desk.post(run, {"map": "show"}, follow=True).content.decode()
    assert "There is no map yet. The wall and the phones show it by themselves" in said
    assert "as soon as 5 people have answered 7 statements" in said
    assert "So far: 4." in said
    page = desk.get(_map_url(statements)).content.decode()
    assert "show it as soon as there is one" in page


def test_the_map_page_says_who_sees_it(
    statements: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    two_camps(statements)
    desk = sign_in(femi)
    assert "Only the desk sees it so far." in desk.get(_map_url(statements)).content.decode()
    running.close_workshop(femi, workshop)
    page = desk.get(_map_url(statements)).content.decode()
    assert "Only the desk" not in page
    assert "The session is over." in page


def test_the_room_sees_the_map_once_it_is_shown(
    statements: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    two_camps(statements)
    phone, where = phone_of(workshop), f"/j/{workshop.code}/map/{statements.pk}/"
    assert phone.get(where).status_code == 302
    assert Client().get(where).status_code == 302
    desk = sign_in(femi)
    assert "What every group agrees with" in desk.get(_map_url(statements)).content.decode()
    desk.post(_map_url(statements).replace("/map/", "/run/"), {"map": "show"})
    assert "What every group agrees with" in phone.get(where).content.decode()
    assert "See what we agree on" in phone.get(f"/j/{workshop.code}/").content.decode()
    wall = desk.get(f"{workshop.get_absolute_url()}wall/").content.decode()
    assert "What every group agrees with" in wall
    assert "Statement 0" in wall


def test_one_group_is_not_called_every_group(
    statements: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    said = [stated(statements, f"Statement {number}") for number in range(8)]
    for place in range(12):
        person, _token = joining.come_in(workshop, name="")
        StatementVote.objects.bulk_create(
            StatementVote(statement=one, participant=person, value=-1 if place == number else 1)
            for number, one in enumerate(said)
        )
    desk = sign_in(femi)
    desk.post(_map_url(statements).replace("/map/", "/run/"), {"map": "show"})
    pages = [
        desk.get(_map_url(statements)),
        desk.get(f"{workshop.get_absolute_url()}wall/"),
        phone_of(workshop).get(f"/j/{workshop.code}/map/{statements.pk}/"),
    ]
    for page in pages:
        assert "What most people agree with" in page.content.decode()
        assert "every group" not in page.content.decode()
    told = kind_of(statements).report(statements)["map"]["sections"]
    assert told[0]["title"] == "What most people agree with"


def _map_url(activity: Activity) -> str:
    return f"{activity.workshop.get_absolute_url()}steps/{activity.pk}/map/"


def test_the_same_answers_are_drawn_once(
    statements: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_camps(statements)
    first = maps.draw(statements)
    monkeypatch.setattr(maps, "opinion_map", None)
    assert maps.draw(statements) == first


def test_a_burst_of_answers_is_drawn_in_steps(
    statements: Activity, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(tasks.draw_map, "apply_async", lambda **how: asked.append(how["args"]))
    monkeypatch.setattr(maps, "EVERY_SECONDS", 60)
    said = two_camps(statements)
    first = maps.figures(statements)
    assert first == maps.figures(statements)
    phone = phone_of(workshop)
    for one in said:
        answer(phone, statements, one, "agree")
        assert maps.figures(statements) == first
    assert asked == [(str(statements.pk),)]
    tasks.draw_map(str(statements.pk))
    now = maps.last_figures(statements)
    assert now is not None
    assert now["people"] == 25
    # What comes after the worker has read is asked for again, however soon it comes.
    answer(phone_of(workshop), statements, said[0], "agree")
    assert maps.figures(statements) == now
    assert len(asked) == 2


def test_a_large_room_is_drawn_by_a_worker(
    statements: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "SMALL", 10)
    asked: list[object] = []
    monkeypatch.setattr(tasks.draw_map, "apply_async", lambda **how: asked.append(how["args"]))
    two_camps(statements)
    assert maps.figures(statements) is None
    assert asked
    tasks.draw_map(str(statements.pk))
    assert map_page.page(statements)


def test_weights_are_those_of_polis() -> None:
    assert priority(Standing()) == pytest.approx((0.5 * 0.5 * 9) ** 2)
    assert priority(Standing(agreed=18, passed=3, seen=20, extremity=1)) == pytest.approx(
        ((1 - 4 / 22) * 2 * (19 / 22) * 1.5) ** 2
    )


def test_new_statements_come_up_before_those_that_everybody_passes() -> None:
    passed, fresh = Standing(agreed=1, passed=19, seen=20), Standing()
    drawn = [drawn_next([passed, fresh], f"person {number}") for number in range(100)]
    assert drawn.count(1) > 95
    assert drawn_next([], "person") is None


def test_thirty_rehearsing_people_fill_the_map(statements: Activity, come_in: ComeIn) -> None:
    chance = random.Random(1)
    people = [come_in() for _ in range(12)]
    for _ in range(14):
        for person in people:
            kind_of(statements).rehearse(person, statements, chance)
    assert statements.contributions.count() >= 5
    assert StatementVote.objects.count() > 40
    assert map_page.page(statements)


def test_the_wall_goes_on_with_statements_where_there_is_no_map_to_show_yet(
    statements: Activity, femi: User, client: Client
) -> None:
    answering.show_map(femi, statements, shown=True)
    client.force_login(femi, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"{statements.workshop.get_absolute_url()}wall/")
    assert "0 answers so far" in page.content.decode()


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


def test_the_statement_before_somebody_stays_while_others_answer_and_the_map_is_drawn(
    statements: Activity, workshop: Workshop, femi: User, come_in: ComeIn
) -> None:
    author = come_in()
    for number in range(12):
        contributing.say(author, statements, f"Statement number {number}")
    phone = phone_of(workshop)

    def before_me() -> str:
        page = phone.get(f"/j/{workshop.code}/").content.decode()
        found = re.search(r'id="ws-statement" dir="auto">([^<]+)<', page)
        assert found
        return found[1]

    first = before_me()
    for _person in range(6):
        other = come_in()
        for one in statements.contributions.all():
            answering.answer(other, statements, str(one.pk), "agree")
    answering.show_map(femi, statements, shown=True)
    maps.draw(statements)
    assert before_me() == first
    page = phone.get(f"/j/{workshop.code}/").content.decode()
    # The way to the map comes below the buttons, and pushes nothing.
    assert page.index('id="ws-pass"') < page.index("See what we agree on")
    shown = statements.contributions.get(text=first)
    moderating.hide(femi, workshop, shown.pk, "It names somebody.")
    assert before_me() != first


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


def test_a_phone_on_the_map_goes_with_the_room(
    statements: Activity, workshop: Workshop, femi: User
) -> None:
    answering.show_map(femi, statements, shown=True)
    phone, page = phone_of(workshop), f"/j/{workshop.code}/map/{statements.pk}/"
    assert phone.get(page).status_code == 200
    running.pause(femi, workshop)
    assert phone.get(page).status_code == 302
    running.resume(femi, workshop)
    go_to(femi, workshop, "drafting")
    assert phone.get(page).headers["Location"] == f"/j/{workshop.code}/"


def test_on_paper_each_statement_stands_once_where_it_tells_most() -> None:
    def row(key: str) -> map_page.Row:
        cell = map_page.Cell("A", "Most agree", None, "most_agree")
        return map_page.Row(key, f"Statement {key}", [cell])

    shape: Figures = {"x": 0, "y": 0, "rx": 1, "ry": 1, "turn": 0}

    def drawn(*held: list[str]) -> dict[str, list[str]]:
        found = map_page.MapPage(
            people=20,
            mapped=20,
            groups=[
                map_page.Group(letter, 10, [row(key) for key in keys], shape)
                for letter, keys in zip("AB", held, strict=False)
            ],
            sentence="",
            agreed=[row("1"), row("2")],
            rejected=[row("3")],
            divides=[row("4"), row("5")],
            everything=[row(key) for key in "1234567"],
        )
        return {
            section["title"]: [one["text"][-1] for one in section["rows"]] or [section["nothing"]]
            for section in found.as_values()["sections"]
        }

    assert drawn(["4", "6"], ["5"]) == {
        "What every group agrees with": ["1", "2"],
        "What every group disagrees with": ["3"],
        "What divides us": ["4", "5"],
        "What group A (10 people) holds, and the others do not": ["6"],
        "Other statements": ["7"],
    }
    assert drawn(["4"], [])["What group B (10 people) holds, and the others do not"] == [
        "Nothing that enough people answered sets this group apart."
    ]
    assert drawn([]) == {
        "What most people agree with": ["1", "2"],
        "What most people disagree with": ["3"],
        "What the room is not of one mind about": ["4", "5", "6", "7"],
    }
