"""The journey page: where we are, what to do next for whom, what is locked and why."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.ground.answers import YES, Invalid, Refused, no
from commissioning.people.models import User
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.actions.programme import About, create_programme, edit_programme
from commissioning.programmes.actions.vision import add_outcome, agree_vision, write_draft
from commissioning.programmes.history import record
from commissioning.programmes.journey import NextStep, PartSummary, StagePart, stage_parts
from commissioning.programmes.journey_page import locked, next_step, rows
from commissioning.programmes.models import Given, Membership, Programme, Role, Stage
from commissioning.programmes.rules import membership_of
from places.directory.models import Organisation, Place
from tests.cast import SignIn, join, make_person

ABOUT = About("Streets for all", "Who can get about.", date(2026, 10, 1))


def step_of(programme: Programme, user: User) -> str:
    found = next_step(programme, user, membership_of(user, programme))
    return str(found.title) if found else ""


def test_the_lead_is_led_from_fixed_and_open_to_the_sign_off(
    vision_programme: Programme, ada: User
) -> None:
    assert step_of(vision_programme, ada) == "Say what is fixed and what is open"
    say_given(ada, vision_programme, Given.Kind.OPEN, "All of it.")
    assert step_of(vision_programme, ada) == "Write the first draft of the vision"
    write_draft(ada, vision_programme, "Children play out.")
    assert step_of(vision_programme, ada) == "Add the outcomes"
    add_outcome(ada, vision_programme, "Streets close to cars")
    assert step_of(vision_programme, ada) == "Agree the vision with everyone"
    Given.objects.all().delete()
    agree_vision(ada, vision_programme, 1, how_agreed="Yes.", who_was_there="Us.")
    assert step_of(vision_programme, ada) == (
        "The vision is agreed. One thing more before resources open"
    )
    say_given(ada, vision_programme, Given.Kind.OPEN, "All of it.")
    assert step_of(vision_programme, ada) == "Go on to resources"


def test_others_are_shown_what_they_can_do(
    vision_programme: Programme, ada: User, femi: User, sami: User
) -> None:
    write_draft(ada, vision_programme, "Children play out.")
    add_outcome(ada, vision_programme, "Streets close to cars")
    assert step_of(vision_programme, sami) == "Read the draft vision"
    given = say_given(ada, vision_programme, Given.Kind.OPEN, "All of it.")
    assert step_of(vision_programme, femi) == "Take the draft to the people of the place"
    given.delete()
    agree_vision(ada, vision_programme, 1, how_agreed="Yes.", who_was_there="Us.")
    assert step_of(vision_programme, sami) == "Stand behind the vision"


def test_who_has_not_declared_is_asked_that_first(vision_programme: Programme) -> None:
    zed = make_person("Zed Lin")
    join(vision_programme, zed, Role.COMMISSIONER, could_gain=None)
    assert step_of(vision_programme, zed) == "Say whether you could gain"


def test_in_the_vision_stage_money_and_resources_are_locked_with_the_reason(
    vision_programme: Programme, client: Client
) -> None:
    whys = [str(item.why) for item in locked(vision_programme)]
    assert whys == [
        "Never ever start by talking about the money: amounts open when the vision is agreed.",
        "The resources stage opens when the lead signs off the vision stage.",
    ]
    page = client.get(vision_programme.get_absolute_url()).content.decode()
    assert all(why in page for why in whys)


def test_a_part_of_another_room_is_a_line_a_lock_and_a_next_step(
    programme: Programme, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = [False]
    part = StagePart(
        stage=Stage.DELIVERY,
        title="Street parties",
        url=lambda programme: "/parties/",
        summary=lambda programme, user: PartSummary("Three planned", "Soon", "wait"),
        gate=lambda programme: YES if opened[0] else no("They open in May."),
        next_step=lambda programme, user: NextStep("Plan a party", "Why not.", "Plan", "/plan/"),
    )
    monkeypatch.setattr(stage_parts, "_entries", {"parties": part})
    assert str(locked(programme)[0].why) == "They open in May."
    assert rows(programme, ada) == []
    opened[0] = True
    assert [str(row.title) for row in rows(programme, ada)] == ["Street parties"]
    assert step_of(programme, ada) == "Plan a party"


def test_outsiders_get_the_same_404_as_for_no_programme(
    other_programme: Programme, ada: User, sign_in: SignIn, client: Client
) -> None:
    for browser in (client, sign_in(ada)):
        hidden = browser.get(other_programme.get_absolute_url())
        missing = browser.get(reverse("programmes:journey", args=["no-such-programme"]))
        assert hidden.status_code == missing.status_code == 404


@pytest.mark.parametrize("who", [None, "ada", "sami"])
def test_the_journey_takes_no_more_queries_as_it_fills(
    who: str | None,
    programme: Programme,
    ada: User,
    request: pytest.FixtureRequest,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(20):
        record(programme, ada, f"did thing {number}")
        join(programme, make_person(f"Person{number} Smith"), Role.CITIZEN)
        say_given(ada, programme, Given.Kind.OPEN, f"Thing {number}")
    browser = sign_in(request.getfixturevalue(who)) if who else Client()
    with django_assert_max_num_queries(29):
        assert browser.get(programme.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["people", "history", "vision", "fixed_and_open", "level_field"])
def test_the_other_pages_take_no_more_queries_as_they_fill(
    name: str,
    programme: Programme,
    ada: User,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(40):
        record(programme, ada, f"did thing {number}")
        join(programme, make_person(f"Person{number} Smith"), Role.CITIZEN)
    browser = sign_in(ada)
    with django_assert_max_num_queries(20):
        page = browser.get(reverse(f"programmes:{name}", args=[programme.slug]))
    assert page.status_code == 200


def test_the_list_of_programmes_takes_no_more_queries_as_it_grows(
    programme: Programme,
    ada: User,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    Programme.objects.bulk_create(
        Programme(
            slug=f"p{number}",
            place=programme.place,
            title=f"Programme {number}",
            about="About it.",
            led_by=programme.led_by,
            starts_on=date(2026, 1, 1),
            is_public=True,
        )
        for number in range(30)
    )
    browser = sign_in(ada)
    with django_assert_max_num_queries(12):
        page = browser.get(reverse("programmes:list"))
    assert "You are in" in page.content.decode()
    found = sign_in(ada).get(reverse("programmes:list"), {"q": "Programme 17"}).content.decode()
    assert "Programme 17" in found
    assert "Growing older together" not in found


def test_the_history_is_found_by_words_and_by_whom(
    programme: Programme, ada: User, femi: User, sign_in: SignIn
) -> None:
    record(programme, ada, "opened the hall")
    record(programme, femi, "closed the hall")
    page = reverse("programmes:history", args=[programme.slug])
    by_femi = sign_in(ada).get(page, {"by": str(femi.pk)}).content.decode()
    assert "closed the hall" in by_femi
    assert "opened the hall" not in by_femi
    found = sign_in(ada).get(page, {"q": "opened"}).content.decode()
    assert "opened the hall" in found
    assert "closed the hall" not in found


def test_an_officer_of_a_confirmed_council_begins_a_programme(
    council: Organisation, place: Place, cora: User
) -> None:
    programme = create_programme(cora, council, place, ABOUT)
    assert programme.stage == Stage.VISION
    assert not programme.is_public
    assert Membership.objects.get(programme=programme).role == Role.LEAD


def test_a_body_that_is_not_confirmed_leads_nothing(
    council: Organisation, place: Place, cora: User, sign_in: SignIn
) -> None:
    Organisation.objects.update(confirmed_at=None)
    council.refresh_from_db()
    with pytest.raises(Refused, match="has not been confirmed"):
        create_programme(cora, council, place, ABOUT)
    page = sign_in(cora).get(reverse("programmes:begin"))
    assert page.status_code == 403
    assert "Who begins a programme" in page.content.decode()


@pytest.mark.parametrize("who", ["priya", "nell", "sami"])
def test_nobody_begins_a_programme_for_a_body_that_they_do_not_act_for(
    who: str, council: Organisation, place: Place, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="do not act for"):
        create_programme(request.getfixturevalue(who), council, place, ABOUT)


def test_a_charity_does_not_lead_a_programme(
    lanes: Organisation, place: Place, priya: User
) -> None:
    with pytest.raises(Refused, match="councils, NHS bodies and support bodies"):
        create_programme(priya, lanes, place, ABOUT)


def test_the_title_and_what_it_is_about_name_no_amounts_but_pay_does(
    vision_programme: Programme, ada: User
) -> None:
    with pytest.raises(Invalid, match="Never ever"):
        edit_programme(ada, vision_programme, About("£5 million for play", "x", ABOUT.starts_on))
    paid = About("Play", "Playing out.", ABOUT.starts_on, None, "£15 an hour.")
    assert edit_programme(ada, vision_programme, paid).what_taking_part_pays == "£15 an hour."


def test_a_programme_does_not_end_before_it_starts(
    council: Organisation, place: Place, cora: User, sign_in: SignIn
) -> None:
    typed = {
        "led_by": council.pk,
        "place": place.pk,
        "title": "Play",
        "about": "Playing out.",
        **{"starts_on-day": "1", "starts_on-month": "10", "starts_on-year": "2026"},
        **{"ends_on-day": "1", "ends_on-month": "9", "ends_on-year": "2026"},
    }
    response = sign_in(cora).post(reverse("programmes:begin"), typed)
    assert response.status_code == 422
    assert "cannot be before the first day" in response.content.decode()
    assert not Programme.objects.exists()
