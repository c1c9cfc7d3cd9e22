# Fixtures are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""The map of what a room agrees on: when there is one, who sees it, and what it never shows."""

import random

import pytest
from django.test import Client

from commissioning.people.models import User
from participation.workshops import map_page, maps, tasks
from participation.workshops.actions import answering, joining, moderating, running
from participation.workshops.activities.base import kind_of
from participation.workshops.map_figures import Figures, cell, figures_of
from participation.workshops.models import (
    Activity,
    Participant,
    StatementVote,
    Workshop,
)
from participation.workshops.opinion_map import opinion_map
from tests.cast import SignIn
from tests.participation.workshops.conftest import ComeIn, go_to, phone_of
from tests.participation.workshops.stating import (  # noqa: F401
    answer,
    map_url,
    nothing_kept,
    stated,
    statements,
    two_camps,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_kept")]


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
    run = map_url(statements).replace("/map/", "/run/")
    said = desk.post(run, {"map": "show"}, follow=True).content.decode()
    assert "There is no map yet. The wall and the phones show it by themselves" in said
    assert "as soon as 5 people have answered 7 statements" in said
    assert "So far: 4." in said
    page = desk.get(map_url(statements)).content.decode()
    assert "show it as soon as there is one" in page


def test_the_map_page_says_who_sees_it(
    statements: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    two_camps(statements)
    desk = sign_in(femi)
    assert "Only the desk sees it so far." in desk.get(map_url(statements)).content.decode()
    running.close_workshop(femi, workshop)
    page = desk.get(map_url(statements)).content.decode()
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
    assert "What every group agrees with" in desk.get(map_url(statements)).content.decode()
    desk.post(map_url(statements).replace("/map/", "/run/"), {"map": "show"})
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
    desk.post(map_url(statements).replace("/map/", "/run/"), {"map": "show"})
    pages = [
        desk.get(map_url(statements)),
        desk.get(f"{workshop.get_absolute_url()}wall/"),
        phone_of(workshop).get(f"/j/{workshop.code}/map/{statements.pk}/"),
    ]
    for page in pages:
        assert "What most people agree with" in page.content.decode()
        assert "every group" not in page.content.decode()
    told = kind_of(statements).report(statements)["map"]["sections"]
    assert told[0]["title"] == "What most people agree with"


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
