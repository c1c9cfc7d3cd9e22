"""Dots, a draft in versions, a consent check, the vision agreed; offers become resources."""

import re

import pytest
from django.urls import reverse

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.actions.members import declare
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.journey_page import next_step
from commissioning.programmes.models import Programme, Stage
from commissioning.programmes.rules import membership_of, money_gate
from participation.workshops.actions import dotting, drafting, grouping, offering, running
from participation.workshops.activities.base import kind_of
from participation.workshops.activities.priorities.slice import standing
from participation.workshops.models import Activity, Participant, Theme, Workshop
from participation.workshops.record import data
from places.resources.models import Resource
from tests.cast import SignIn
from tests.participation.budgeting.together import at_once
from tests.participation.workshops.conftest import ComeIn, go_to, phone_of, send

pytestmark = pytest.mark.django_db(transaction=True)
VISION = "Every child in Rivermead plays out on a street that knows their name."


@pytest.fixture
def themes(workshop: Workshop, femi: User) -> list[Theme]:
    return [grouping.make_theme(femi, workshop, name, {}) for name in ("Streets", "Neighbours")]


@pytest.fixture
def dots(workshop: Workshop, themes: list[Theme], femi: User) -> Activity:
    return go_to(femi, workshop, "priorities")


@pytest.fixture
def draft(workshop: Workshop, femi: User) -> Activity:
    activity = go_to(femi, workshop, "drafting")
    outcomes = ["Streets close to cars on Sundays", "Neighbours know the children's names"]
    drafting.write_version(femi, activity, VISION, outcomes, "", seen=0)
    return activity


@pytest.fixture
def wyn(come_in: ComeIn) -> Participant:
    return come_in("Wyn")


def test_nobody_gives_more_dots_than_they_have_even_at_once(
    dots: Activity, themes: list[Theme], wyn: Participant
) -> None:
    one, other = themes
    came = at_once(
        [
            lambda: dotting.set_dots(wyn, dots, one.pk, 3),
            lambda: dotting.set_dots(wyn, dots, other.pk, 3),
        ]
    )
    assert sum(isinstance(result, Invalid) for result in came) == 1
    assert sum(row["dots"] for row in standing(dots)) == 3


def test_dots_are_changed_until_the_room_goes_on_and_sent_twice_count_once(
    dots: Activity, themes: list[Theme], workshop: Workshop, femi: User
) -> None:
    phone = phone_of(workshop)
    for _ in range(2):
        send(phone, dots, "", set=f"{themes[0].pk}:2")
    assert standing(dots)[0]["dots"] == 2
    send(phone, dots, "", set=f"{themes[0].pk}:0")
    assert standing(dots)[0]["dots"] == 0
    running.go_on(femi, workshop, dots.pk)
    assert send(phone, dots, "", set=f"{themes[0].pk}:1").status_code == 422


def test_the_order_on_the_wall_does_not_tell_hidden_dots(
    dots: Activity, themes: list[Theme], workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    wall, seen = f"{workshop.get_absolute_url()}wall/", []
    for theme in themes:
        phone = phone_of(workshop)
        for number in range(1, 3 if theme == themes[0] else 5):
            send(phone, dots, "", set=f"{theme.pk}:{min(number, 3)}")
        page = sign_in(femi).get(wall).content.decode()
        seen.append(page.index("Streets") < page.index("Neighbours"))
    assert seen == [False, False], "by name, whoever leads"


def test_dots_stay_hidden_from_the_room_until_it_goes_on(
    dots: Activity, themes: list[Theme], workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    send(phone_of(workshop), dots, "", set=f"{themes[0].pk}:4")
    wall = f"{workshop.get_absolute_url()}wall/"
    hidden = sign_in(femi).get(wall).content.decode()
    assert "1 person has given dots" in hidden
    assert "ws-bars__value" not in hidden


def test_the_facilitator_shows_the_dots_on_the_wall_and_hides_them_again(
    dots: Activity,
    themes: list[Theme],
    workshop: Workshop,
    vision_programme: Programme,
    femi: User,
    sign_in: SignIn,
) -> None:
    phone = phone_of(workshop)
    send(phone, dots, "", set=f"{themes[0].pk}:4")
    browser, here = sign_in(femi), workshop.get_absolute_url()
    run = reverse("workshops:run_step", args=[vision_programme.slug, workshop.pk, dots.pk])
    assert "Show the dots" in browser.get(f"{here}desk/").content.decode()
    desk = browser.post(run, {"press": "show_dots"}, follow=True).content.decode()
    assert "Hide the dots" in desk
    assert "The wall shows how they stand." in desk
    assert "ws-bars__value" in browser.get(f"{here}wall/").content.decode()
    assert send(phone, dots, "", set=f"{themes[0].pk}:2").status_code == 302, "still changeable"
    browser.post(run, {"press": "hide_dots"})
    assert "ws-bars__value" not in browser.get(f"{here}wall/").content.decode()


def test_dots_of_a_few_people_take_the_numbers_of_every_theme_with_them(
    dots: Activity, themes: list[Theme], come_in: ComeIn
) -> None:
    streets, neighbours = themes
    for _ in range(6):
        dotting.set_dots(come_in(), dots, streets.pk, 2)
    rows = {row["theme"]: row["dots"] for row in kind_of(dots).export(dots)}
    assert rows == {"Streets": 12, "Neighbours": 0}
    dotting.set_dots(come_in(), dots, neighbours.pk, 3)
    assert {row["dots"] for row in kind_of(dots).export(dots)} == {None}
    assert {row["dots"] for row in kind_of(dots).report(dots)["rows"]} == {None}


def test_a_version_that_was_overtaken_is_not_written(draft: Activity, femi: User) -> None:
    drafting.write_version(femi, draft, "Another.", [], "Shorter.", seen=1)
    with pytest.raises(Invalid, match="Version 2 was written meanwhile"):
        drafting.write_version(femi, draft, "Mine.", [], "Mine.", seen=1)
    with pytest.raises(Invalid, match="what changed"):
        drafting.write_version(femi, draft, "Mine.", [], " ", seen=2)


def test_phones_show_what_changed_and_take_a_word_on_a_phrase(
    draft: Activity, workshop: Workshop, femi: User
) -> None:
    drafting.write_version(
        femi, draft, VISION.replace("child", "child and adult"), [], "Adults too.", seen=1
    )
    phone = phone_of(workshop)
    page = phone.get(f"/j/{workshop.code}/").content.decode()
    assert "<ins>and adult</ins>" in page
    send(phone, draft, "Not only children", version="2", quote="Every child")
    assert draft.contributions.get().details == {"draft": 2, "quote": "Every child"}


def test_an_objection_says_why_and_is_answered_before_anything_is_agreed(
    draft: Activity, workshop: Workshop, ada: User, femi: User, wyn: Participant
) -> None:
    with pytest.raises(Invalid, match="Say why"):
        drafting.stand(wyn, draft, 1, "object", "")
    consent = drafting.stand(wyn, draft, 1, "object", "What about wheelchairs?")
    with pytest.raises(Invalid, match="without a written answer: 1"):
        drafting.agree(ada, draft, 1, "")
    drafting.answer_objection(femi, draft, consent.pk, "Kerbs are dropped first.")
    page = phone_of(workshop).get(f"/j/{workshop.code}/").content.decode()
    assert "What about wheelchairs?" in page
    assert "Kerbs are dropped first." in page
    drafting.stand(wyn, draft, 1, "live", "")
    drafting.agree(ada, draft, 1, "People of the Lanes")


def test_an_objection_that_stands_is_confirmed_with_why_and_told_beside_the_vision(
    draft: Activity,
    vision_programme: Programme,
    workshop: Workshop,
    ada: User,
    femi: User,
    wyn: Participant,
    come_in: ComeIn,
    sign_in: SignIn,
) -> None:
    for answer in (*["support"] * 6, *["live"] * 5):
        drafting.stand(come_in(), draft, 1, answer, "")
    consent = drafting.stand(wyn, draft, 1, "object", "What about wheelchairs?")
    run = reverse("workshops:run_step", args=[vision_programme.slug, workshop.pk, draft.pk])
    press = {"press": "agree", "version": "1", "who_was_there": "Families of the Lanes"}
    browser = sign_in(ada)
    refused = browser.post(run, press)
    assert refused.status_code == 409
    assert 'value="Families of the Lanes"' in refused.content.decode()
    drafting.answer_objection(femi, draft, consent.pk, "Kerbs are dropped first.")
    asked = browser.post(run, press).content.decode()
    assert "1 person still objects" in asked
    assert "What about wheelchairs?" in asked
    assert "Kerbs are dropped first." in asked
    assert 'value="Families of the Lanes"' in asked
    back = re.search(r'href="([^"]+)">No, go back', asked)
    assert back is not None
    desk = browser.get(back[1]).content.decode()
    assert 'value="Families of the Lanes" data-typed' in desk, "a no loses nothing that was typed"
    assert agreed_vision(vision_programme) is None
    with pytest.raises(Invalid, match="1 person still objects"):
        drafting.agree(ada, draft, 1, "")
    assert browser.post(run, press | {"standing": "1", "why": " "}).status_code == 422
    browser.post(run, press | {"standing": "1", "why": "Kerbs come before the street closes."})
    agreed = agreed_vision(vision_programme)
    assert agreed is not None
    assert agreed.who_was_there == "Families of the Lanes"
    told = "agreed with fewer than five objections standing, after an answer in writing."
    assert told in agreed.how_agreed
    assert "Kerbs come before the street closes." in agreed.how_agreed
    assert "6 support it" not in agreed.how_agreed, "it would tell how many object"
    page = browser.get(reverse("programmes:vision", args=[vision_programme.slug]))
    assert told in page.content.decode()
    running.close_workshop(femi, workshop)
    assert told in str(data(workshop.pk)["vision"])
    assert data(workshop.pk)["vision"]["who_was_there"] == "Families of the Lanes"
    assert "one exception" not in data(workshop.pk)["gate"]
    vision_programme.refresh_from_db()
    vision_programme.what_taking_part_pays = "£15 an evening."
    vision_programme.save()
    assert "What taking part pays is the one exception" in data(workshop.pk)["gate"]


def test_whoever_was_answered_may_still_change_how_they_stand(
    draft: Activity, ada: User, femi: User, wyn: Participant, come_in: ComeIn
) -> None:
    consent = drafting.stand(wyn, draft, 1, "object", "What about wheelchairs?")
    drafting.answer_objection(femi, draft, consent.pk, "Kerbs are dropped first.")
    other = drafting.stand(come_in(), draft, 1, "object", "And prams?")
    drafting.answer_objection(femi, draft, other.pk, "Prams as well.")
    with pytest.raises(Invalid, match="2 people still object"):
        drafting.agree(ada, draft, 1, "", drafting.Over("It is right.", 1))
    for person in (wyn, other.participant):
        drafting.stand(person, draft, 1, "support", "")
    assert drafting.agree(ada, draft, 1, "")


def test_somebody_who_read_an_older_version_reads_the_newer_one_first(
    draft: Activity, femi: User, wyn: Participant
) -> None:
    drafting.write_version(femi, draft, "Another.", [], "Shorter.", seen=1)
    with pytest.raises(Invalid, match="newer version"):
        drafting.stand(wyn, draft, 1, "support", "")


def test_a_why_is_not_shown_to_the_room_before_somebody_answered_it(
    draft: Activity, workshop: Workshop, femi: User, wyn: Participant, sign_in: SignIn
) -> None:
    drafting.stand(wyn, draft, 1, "talk", "The canary in flat 4")
    assert "canary" not in phone_of(workshop).get(f"/j/{workshop.code}/").content.decode()
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    assert "canary" not in wall


def test_the_room_agrees_and_the_money_gate_opens_with_the_next_stage(
    draft: Activity, vision_programme: Programme, ada: User, femi: User, come_in: ComeIn
) -> None:
    for answer in (*["support"] * 6, *["live"] * 5):
        drafting.stand(come_in(), draft, 1, answer, "")
    with pytest.raises(Refused):
        drafting.agree(femi, draft, 1, "")
    drafting.propose(femi, draft, 1)
    drafting.agree(ada, draft, 1, "Families of the Lanes and Northbank")
    agreed = agreed_vision(vision_programme)
    assert agreed is not None
    assert agreed.statement == VISION
    assert "6 support it, 5 can live with it. Nobody objects." in agreed.how_agreed
    assert "version" not in agreed.how_agreed, "the vision has versions of its own"
    assert agreed.who_was_there == "Families of the Lanes and Northbank"
    assert [outcome.title for outcome in vision_programme.outcomes.all()] == [
        "Streets close to cars on Sundays",
        "Neighbours know the children's names",
    ]
    vision_programme.refresh_from_db()
    assert vision_programme.stage == Stage.RESOURCES
    assert money_gate(vision_programme)
    signed = vision_programme.history.get(sentence__startswith="signed off the vision stage")
    assert "6 support it, 5 can live with it. Nobody objects." in signed.reason
    step = next_step(vision_programme, ada, membership_of(ada, vision_programme))
    assert step is not None
    assert step.label == "Go to the desk"


def test_the_desk_says_what_is_wanting_before_the_room_agrees_and_after(
    draft: Activity,
    vision_programme: Programme,
    ada: User,
    workshop: Workshop,
    come_in: ComeIn,
    sign_in: SignIn,
) -> None:
    vision_programme.givens.all().delete()
    drafting.stand(come_in(), draft, 1, "support", "")
    browser, desk = sign_in(ada), f"{workshop.get_absolute_url()}desk/"
    link = 'fixed-and-open/">Nothing is said yet about what is fixed and what is open.</a>'
    assert link in browser.get(desk).content.decode()
    press = {"press": "agree", "version": "1", "standing": "0"}
    run = reverse("workshops:run_step", args=[vision_programme.slug, workshop.pk, draft.pk])
    after = browser.post(run, press, follow=True).content.decode()
    assert "The vision is agreed. Before resources and amounts open" in after
    assert link in after
    vision_programme.refresh_from_db()
    assert not money_gate(vision_programme)


def test_a_lead_who_could_gain_is_told_why_the_desk_has_no_button_to_agree(
    draft: Activity, vision_programme: Programme, ada: User, workshop: Workshop, sign_in: SignIn
) -> None:
    declare(ada, vision_programme, could_gain=True, words="My sister runs a play charity.")
    desk = sign_in(ada).get(f"{workshop.get_absolute_url()}desk/").content.decode()
    assert "so you do not decide" in desk
    assert 'value="agree"' not in desk


def test_an_offer_becomes_a_resource_of_the_place_once(
    workshop: Workshop, femi: User, ada: User, sign_in: SignIn
) -> None:
    offers = go_to(femi, workshop, "offers")
    phone = phone_of(workshop)
    assert send(phone, offers, "The hall on Sundays").status_code == 422
    send(phone, offers, "The hall on Sundays", what="space")
    offer = offers.contributions.get()
    for _ in range(2):
        offering.make_resource(ada, offers, offer.pk)
    resource = Resource.objects.get()
    assert (resource.what, resource.kind) == ("The hall on Sundays", "buildings")
    desk = sign_in(femi).get(f"{workshop.get_absolute_url()}desk/").content.decode()
    assert "Among the place" in desk


@pytest.mark.parametrize("kind", ["welcome", "talk", "ideas", "themes", "priorities", "drafting"])
@pytest.mark.parametrize("screen", ["phone", "wall", "desk"])
def test_every_screen_of_every_activity_is_drawn_with_few_queries(
    kind: str,
    screen: str,
    workshop: Workshop,
    themes: list[Theme],
    femi: User,
    sign_in: SignIn,
    django_assert_max_num_queries: object,
) -> None:
    go_to(femi, workshop, kind)
    browser = phone_of(workshop) if screen == "phone" else sign_in(femi)
    room, ours = f"/j/{workshop.code}/", f"{workshop.get_absolute_url()}{screen}/"
    with django_assert_max_num_queries(12 if screen == "phone" else 30):  # type: ignore[operator]
        assert browser.get(room if screen == "phone" else ours).status_code == 200
