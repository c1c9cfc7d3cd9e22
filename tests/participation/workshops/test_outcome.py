"""What comes out of a session: read, released, issued as a record, exported, heard of later."""

import csv
import io
import json
import re
import uuid
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from commissioning.documents.making import make
from commissioning.documents.models import IssuedDocument, Rendering
from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.delivery import deliver
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops import evidence, personal
from participation.workshops.actions import (
    afterwards,
    contributing,
    hearing,
    joining,
    moderating,
    running,
)
from participation.workshops.models import (
    Activity,
    Contribution,
    Dot,
    Hearer,
    Participant,
    Workshop,
)
from participation.workshops.record import data
from participation.workshops.said import COLUMNS
from tests.cast import SignIn
from tests.commissioning.documents.conftest import SEED
from tests.participation.calls.conftest import media as media_folder
from tests.participation.workshops.conftest import phone_of
from tests.participation.workshops.held import STATEMENTS, VISION, hold

pytestmark = pytest.mark.django_db
media = media_folder


@pytest.fixture(autouse=True)
def signed(settings: Settings, media: Path) -> None:
    """A worker that can seal."""
    settings.RECORD_SIGNING_KEY = SEED


@pytest.fixture
def held(femi: User, sami: User, ada: User, vision_programme: Programme) -> Workshop:
    return hold(femi, sami, ada, vision_programme)


def release(user: User, workshop: Workshop, *left_out: str) -> Workshop:
    passages = afterwards.to_read(workshop)
    keys = [one.key for one in passages if one.text in left_out]
    assert len(keys) == len(left_out)
    return afterwards.release_words(user, workshop, keys, seen=afterwards.seen_digest(passages))


def issue(browser: Client, workshop: Workshop) -> Rendering:
    browser.post(f"{workshop.get_absolute_url()}outcome/record/")
    rendering = Rendering.objects.latest("queued_at")
    make(rendering.pk)
    rendering.refresh_from_db()
    return rendering


def pdf_text(rendering: Rendering) -> str:
    with rendering.file.open("rb") as stored:
        pages = pypdfium2.PdfDocument(stored.read())
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    return " ".join(text.split())


def test_nothing_leaves_the_room_before_an_officer_has_read_it(
    held: Workshop, ada: User, femi: User, sign_in: SignIn
) -> None:
    outcome = f"{held.get_absolute_url()}outcome/"
    for export in ("said.csv", "said.json"):
        assert Client().get(outcome + export).status_code == 404
    assert sign_in(ada).post(f"{outcome}record/").status_code == 403
    with pytest.raises(Refused):
        release(femi, held)
    release(ada, held)
    assert Client().get(f"{outcome}said.csv").status_code == 200


def test_what_was_released_is_exactly_what_was_read(held: Workshop, ada: User, femi: User) -> None:
    passages = afterwards.to_read(held)
    said = held.contributions.shown().filter(activity__kind="ideas")[0]
    moderating.hide(femi, held, said.pk, "Somebody asked us to.")
    with pytest.raises(Invalid, match="Read it once more"):
        afterwards.release_words(ada, held, [], seen=afterwards.seen_digest(passages))
    release(ada, held)
    # Brought back afterwards, it waits until it is read.
    moderating.release(femi, held, said.pk)
    assert said.text not in json.dumps(data(held.pk))


def test_the_page_where_it_is_read_takes_out_what_is_ticked(
    held: Workshop, ada: User, sign_in: SignIn
) -> None:
    browser, page = sign_in(ada), f"{held.get_absolute_url()}outcome/read/"
    shown = browser.get(page).content.decode()
    assert "A street lunch, twice a year" in shown
    assert "canary" not in shown
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen
    passages = afterwards.to_read(held)
    gone = next(one.key for one in passages if one.text == "A street lunch, twice a year")
    assert browser.post(page, {"seen": seen[1], "left_out": gone}).status_code == 302
    outcome = f"{held.get_absolute_url()}outcome/"
    assert "street lunch" not in Client().get(f"{outcome}said.csv").content.decode()
    assert browser.post(page, {"seen": "another"}).status_code == 422


def test_what_waits_at_the_close_is_told_of_and_read_afterwards(
    ideas: Activity, workshop: Workshop, ada: User, femi: User, sign_in: SignIn
) -> None:
    person = joining.come_in(workshop, name="")[0]
    for words in ("waits-one", "waits-two", "waits-three"):
        contributing.say(person, ideas, words)
    workshop.contributions.update(state="held")
    browser, room = sign_in(ada), workshop.get_absolute_url()
    asked = browser.get(f"{room}desk/close/").content.decode()
    assert f'<a href="{room}desk/">3 still wait to be read.</a>' in asked
    closed = running.close_workshop(femi, workshop)
    read = f"{room}outcome/read/"
    assert "Still waiting to be read: 3" in browser.get(read).content.decode()
    assert "3 still wait to be read." in browser.get(f"{room}outcome/").content.decode()
    assert "still wait" not in Client().get(f"{room}outcome/").content.decode()
    release(ada, closed)
    assert "waits-" not in json.dumps(data(closed.pk)), "nothing is released unseen"
    one, two, three = workshop.contributions.order_by("created_at")
    for said, how in ((one, "release"), (two, "park")):
        press = {"do": how, "said": str(said.pk), "from": "read"}
        assert browser.post(f"{room}desk/do/", press)["Location"] == read
    hidden = browser.post(f"{room}said/{three.pk}/hide/", {"reason": "It names a neighbour."})
    assert hidden["Location"] == read
    assert "Still waiting" not in browser.get(read).content.decode()
    release(ada, closed)
    told = json.dumps(data(closed.pk))
    assert [words in told for words in ("waits-one", "waits-two", "waits-three")] == [
        True,
        False,
        False,
    ]


def test_the_exports_hold_what_was_said_and_nothing_of_who_or_when(
    held: Workshop, ada: User
) -> None:
    release(ada, held)
    outcome = f"{held.get_absolute_url()}outcome/"
    body = Client().get(f"{outcome}said.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert tuple(rows[0]) == COLUMNS
    assert {row["kind"] for row in rows} == {
        "ideas",
        "priorities",
        "statements",
        "drafting",
        "offers",
    }
    ideas = [row["words"] for row in rows if row["kind"] == "ideas"]
    assert ideas == sorted(ideas, key=lambda words: ("Cars" not in words, words)) or len(ideas) == 7
    told = Client().get(f"{outcome}said.json").json()
    text = body + json.dumps(told)
    for person in Participant.objects.all():
        assert str(person.pk) not in text
        assert person.token_digest not in text
    for one in held.contributions.all():
        assert str(one.pk) not in text
    assert "canary" not in text
    assert "Wyn" not in text
    assert not re.search(r"\d\d:\d\d", text)
    assert told["people"] == 40


def test_the_record_says_nothing_twice_and_shows_no_empty_column(
    held: Workshop, ada: User, sign_in: SignIn
) -> None:
    # A question of which the place has no figures, and a theme that few gave dots to.
    question = held.join_questions.get()
    question.choices = [choice | {"percent": None} for choice in question.choices]
    question.save()
    Dot.objects.filter(theme__title="Neighbours").exclude(
        pk=Dot.objects.filter(theme__title="Neighbours").latest("pk").pk
    ).delete()
    release(ada, held)
    text = pdf_text(issue(sign_in(ada), held))
    for words in STATEMENTS:
        assert text.count(words) == 1, words
    assert "In the place, in 100" not in text
    assert "Everyone" not in text
    assert "So few people stand behind one of the numbers that none of them is told" in text
    assert "Dots by theme" not in text
    assert "What becomes of it is written here" in text


def test_no_count_below_five_is_exported_nor_follows_from_another(
    held: Workshop, ada: User
) -> None:
    release(ada, held)
    told = Client().get(f"{held.get_absolute_url()}outcome/said.json").json()
    counts: list[Any] = [
        row[name] for row in told["said"] for name in ("dots", "agree", "disagree", "pass")
    ]
    assert all(count in (None, 0) or count >= 5 for count in counts)
    asked = told["who_came"][0]
    hidden = [one for one in asked["answers"] if one["number"] is None]
    assert len(hidden) >= 2
    known = sum(one["number"] or 0 for one in asked["answers"])
    assert asked["answered"] - known >= 9


def test_the_record_says_what_the_room_said_and_is_issued_and_verified(
    held: Workshop, ada: User, sign_in: SignIn
) -> None:
    release(ada, held, "Two hours a week")
    afterwards.write_news(ada, held, "The council's streets team meets the street on 4 May.")
    rendering = issue(sign_in(ada), held)
    held.refresh_from_db()
    issued = IssuedDocument.objects.get()
    assert held.record == issued
    text = pdf_text(rendering)
    for words in (
        VISION,
        "A street lunch, twice a year",
        "Streets for people",
        "The church hall, on Sundays",
        "What about wheelchairs?",
        "Kerbs are dropped first.",
        "fewer than 5 of the 40 who answered",
        "Cars should wait for children",
        "streets team meets the street on 4 May",
        "Nobody objects",
    ):
        assert words in text, words
    for words in ("canary", "Two hours a week", "£500"):
        assert words not in text
    with rendering.file.open("rb") as file:
        checked = Client().post("/verify/", {"file": file}).content.decode()
    assert "This exact file was issued here" in checked


def test_a_removed_contribution_is_gone_from_the_next_version_and_the_exports(
    held: Workshop, ada: User, femi: User
) -> None:
    release(ada, held)
    said = held.contributions.get(text="A street lunch, twice a year")
    moderating.remove(femi, held, said.pk, "Its author asked us to.")
    assert "street lunch" not in json.dumps(data(held.pk))
    export = Client().get(f"{held.get_absolute_url()}outcome/said.csv").content.decode()
    assert "street lunch" not in export


def test_of_young_people_no_surname_is_printed(held: Workshop, ada: User) -> None:
    held.contributions.filter(name="Wyn").update(name="Wyn Pritchard")
    Workshop.objects.filter(pk=held.pk).update(is_young=True)
    release(ada, held)
    told = json.dumps(data(held.pk))
    assert "Pritchard" not in told
    assert '"Wyn"' in told


def test_whoever_leaves_an_address_gets_the_record_and_stops_it_in_two_clicks(
    workshop: Workshop, femi: User, ada: User, sign_in: SignIn
) -> None:
    phone = phone_of(workshop, "Wyn")
    hear = f"/j/{workshop.code}/hear/"
    assert phone.get(hear).status_code == 409
    workshop = running.close_workshop(femi, workshop)
    assert hear in phone.get(f"/j/{workshop.code}/").content.decode()
    assert phone.post(hear, {"email": "nonsense"}).status_code == 422
    assert "Thank you" in phone.post(hear, {"email": "wyn@example.org"}).content.decode()
    assert phone.post(hear, {"email": "another@example.org"}).status_code == 422
    release(ada, workshop)
    assert not Notice.objects.filter(kind="workshops.record").exists()
    issue(sign_in(ada), workshop)
    deliver(Notice.objects.get(kind="workshops.record").pk)
    sent = mail.outbox[-1]
    assert sent.to == ["wyn@example.org"]
    link = re.search(r"/hear/[\w=-]+/", str(sent.body))
    assert link
    assert link[0] in sent.extra_headers["List-Unsubscribe"]
    # Scanners open every link: nothing changes. No account, no cookie.
    for _ in range(2):
        assert Client().get(link[0]).status_code == 200
        record = Client().get(f"{link[0]}record.pdf")
        assert record["Content-Type"] == "application/pdf"
    assert Hearer.objects.count() == 1
    assert "forgotten your address" in Client().post(link[0]).content.decode()
    assert not Hearer.objects.exists()
    assert not Notice.objects.filter(email="wyn@example.org").exists()
    assert Client().get(link[0]).status_code == 404


def test_news_reach_those_who_left_an_address_once_the_record_is_out(
    held: Workshop, ada: User, sign_in: SignIn
) -> None:
    person = held.participants.all()[0]
    hearing.leave_address(person, "wyn@example.org")
    release(ada, held)
    afterwards.write_news(ada, held, "We meet again in May.")
    assert (
        not Notice.objects.filter(kind__startswith="workshops.")
        .exclude(kind="workshops.worry")
        .exists()
    )
    issue(sign_in(ada), held)
    held.refresh_from_db()
    afterwards.write_news(ada, held, "Your street closes on Sundays from June.")
    deliver(Notice.objects.get(kind="workshops.news").pk)
    assert "Your street closes on Sundays from June." in str(mail.outbox[-1].body)


def test_addresses_go_by_themselves_and_with_the_person(held: Workshop, ada: User) -> None:
    people = list(held.participants.all()[:2])
    hearing.leave_address(people[0], ada.email.upper())
    hearing.leave_address(people[1], "wyn@example.org")
    assert personal.export(ada)["hears_of"][0]["workshop"] == held.title
    personal.erase(ada)
    assert [one.email for one in Hearer.objects.all()] == ["wyn@example.org"]
    Hearer.objects.update(created_at="2020-01-01T00:00:00Z")
    assert hearing.forget_addresses() == 1


def test_young_people_are_not_asked_for_an_address(held: Workshop) -> None:
    Workshop.objects.filter(pk=held.pk).update(is_young=True)
    with pytest.raises(Invalid, match="do not ask for addresses"):
        hearing.leave_address(held.participants.all()[0], "wyn@example.org")


def test_the_page_of_what_came_out_has_few_queries(
    held: Workshop, ada: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    page = f"{held.get_absolute_url()}outcome/"
    with django_assert_max_num_queries(16):
        assert "Missing" in Client().get(page).content.decode()
    assert "Read what people wrote" in sign_in(ada).get(page).content.decode()


def test_later_choices_can_rest_on_who_was_there_and_what_was_said(
    held: Workshop, ada: User, vision_programme: Programme, django_assert_max_num_queries: Any
) -> None:
    assert not evidence.what_was_said(vision_programme, ada)
    assert not evidence.what_people_offered(vision_programme, ada)
    release(ada, held)
    took_part = [item.words for item in evidence.who_took_part(vision_programme, ada)]
    assert took_part[0].startswith("40 people took part in “Growing up here”")
    assert "fewer than 5 of the 40" in took_part[1]
    said = [item.words for item in evidence.what_was_said(vision_programme, ada)]
    assert any(words.endswith("people spoke of: Streets for people.") for words in said)
    assert any("Cars should wait for children" in words for words in said)
    with django_assert_max_num_queries(2):
        offers = [item.words for item in evidence.what_people_offered(vision_programme, ada)]
    assert offers == ["Offered: The church hall, on Sundays", "Offered: Two hours a week"]


def _say_more(session: Workshop, of: str, number: int) -> None:
    theme = session.themes.get(title=of)
    ideas = session.activities.get(kind="ideas")
    Contribution.objects.bulk_create(
        Contribution(
            workshop=session, activity=ideas, theme=theme, op=uuid.uuid4(), text=f"Wave {place}"
        )
        for place in range(number)
    )


def test_how_much_was_said_of_a_theme_is_counted_only_where_that_points_at_nobody(
    held: Workshop, ada: User, vision_programme: Programme
) -> None:
    _say_more(held, "Streets for people", 8)
    release(ada, held)
    # Three of neighbours are few, and would follow from a total and the other number.
    assert _themes_told(vision_programme, ada) == ["Neighbours.", "Streets for people."]
    _say_more(held, "Neighbours", 3)
    held.contributions.filter(review="").update(review="told")
    assert _themes_told(vision_programme, ada) == [
        "Streets for people (12 contributions).",
        "Neighbours (6 contributions).",
    ]


def _themes_told(programme: Programme, user: User) -> list[str]:
    said = [item.words for item in evidence.what_was_said(programme, user)]
    return [words.rpartition(": ")[2] for words in said if "people spoke of" in words]


def test_of_a_handful_neither_numbers_nor_their_order_reach_a_later_choice(
    femi: User, sami: User, ada: User, vision_programme: Programme
) -> None:
    small = hold(femi, sami, ada, vision_programme, people=5)
    _say_more(small, "Streets for people", 9)
    small.participants.filter(pk=small.participants.latest("created_at").pk).update(
        state=Participant.State.REMOVED
    )
    release(ada, small)
    assert _themes_told(vision_programme, ada) == ["Neighbours.", "Streets for people."]
