"""Femi runs the room: on, back, pause, clear; nobody else does, and never twice at once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from commissioning.design.when import day
from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import LevelFieldEntry
from participation.workshops.actions import (
    contributing,
    dotting,
    drafting,
    grouping,
    joining,
    paper,
    preparing,
    running,
    worries,
)
from participation.workshops.live import room_event
from participation.workshops.models import Activity, Workshop, Worry
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.participation.budgeting.together import at_once
from tests.participation.workshops.conftest import ComeIn, go_to, phone_of, send, settings_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_facilitators_who_press_next_at_once_go_on_by_one(
    workshop: Workshop, femi: User, ada: User
) -> None:
    running.go_on(femi, workshop, "")
    workshop.refresh_from_db()
    leaving = workshop.current_id
    came = at_once(
        [
            lambda: running.go_on(femi, workshop, leaving),
            lambda: running.go_on(ada, workshop, leaving),
        ]
    )
    assert sum(isinstance(one, Invalid) for one in came) == 1
    workshop.refresh_from_db()
    assert workshop.current is not None
    assert workshop.current.position == 2


def test_a_partner_does_not_run_the_room(workshop: Workshop, priya: User, olu: User) -> None:
    for person in (priya, olu):
        with pytest.raises(Refused):
            running.go_on(person, workshop, "")


def test_pausing_stops_the_clock_and_more_time_starts_from_what_was_left(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    running.pause(femi, workshop)
    ideas.refresh_from_db()
    assert ideas.time_up_at is None
    assert 12 * 60 - 5 <= (ideas.seconds_left or 0) <= 12 * 60
    running.extend(femi, workshop, 5)
    running.resume(femi, workshop)
    event = room_event(Workshop.objects.get(pk=workshop.pk))
    left = (event["until"] - event["rev"] / 1000) / 1000
    assert 17 * 60 - 5 <= left <= 17 * 60


def test_more_time_that_is_sent_twice_is_given_once(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    browser, desk = sign_in(femi), f"{workshop.get_absolute_url()}desk/"
    (clock,) = re.findall(r'name="clock" value="([^"]+)"', browser.get(desk).content.decode())
    pressed = {"do": "extend", "minutes": "5", "clock": clock}
    for _again in range(2):
        assert browser.post(f"{desk}do/", pressed).status_code < 400
    event = room_event(Workshop.objects.get(pk=workshop.pk))
    left = (event["until"] - event["rev"] / 1000) / 1000
    assert 17 * 60 - 5 <= left <= 17 * 60


def test_clearing_empties_every_screen_at_once_and_holds_what_is_written(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    phone = phone_of(workshop)
    send(phone, ideas, "A bench in the sun")
    running.clear_screens(femi, workshop)
    assert "A bench" not in phone.get(f"/j/{workshop.code}/").content.decode()
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    assert "A bench" not in wall
    assert "One moment, please" in wall
    send(phone, ideas, "Another")
    assert ideas.contributions.get(text="Another").state == "held"
    running.show_screens(femi, workshop)
    assert "A bench" in phone.get(f"/j/{workshop.code}/").content.decode()


def test_while_every_screen_is_cleared_the_clock_stands_still_and_no_wall_shows_it(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    running.extend(femi, workshop, 5)
    running.clear_screens(femi, workshop)
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    for shown in ("data-clock", ideas.title, "in the room"):
        assert shown not in wall
    ideas.refresh_from_db()
    assert ideas.time_up_at is None
    running.extend(femi, workshop, 5)
    running.pause(femi, workshop)
    running.resume(femi, workshop)
    ideas.refresh_from_db()
    assert ideas.time_up_at is None
    running.show_screens(femi, workshop)
    event = room_event(Workshop.objects.get(pk=workshop.pk))
    left = (event["until"] - event["rev"] / 1000) / 1000
    assert 22 * 60 - 5 <= left <= 22 * 60


def test_the_last_talk_promises_no_going_on(workshop: Workshop, femi: User) -> None:
    phone, room = phone_of(workshop), f"/j/{workshop.code}/"
    talk = go_to(femi, workshop, "talk")
    assert "It tells you when we go on." in phone.get(room).content.decode()
    workshop.activities.filter(position__gt=talk.position).delete()
    body = phone.get(room).content.decode()
    assert "This is the last part." in body
    assert "when we go on" not in body


def test_the_desk_does_not_say_wait_while_words_wait_for_it(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    desk = f"{workshop.get_absolute_url()}desk/"
    assert "Nothing yet. Wait ten" in sign_in(femi).get(desk).content.decode()
    ideas.contributions.create(workshop=workshop, op=uuid.uuid4(), text="A bench", state="held")
    body = sign_in(femi).get(desk).content.decode()
    assert "Waiting for you: 1" in body
    assert "Nothing yet. Wait ten" not in body


def test_the_desk_says_how_many_ideas_nobody_can_give_a_dot(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    paper.type_in(femi, ideas, ["A bench", "A lamp", "A bus"])
    first = ideas.contributions.first()
    assert first is not None
    desk = f"{workshop.get_absolute_url()}desk/"
    go_to(femi, workshop, "themes")
    grouping.make_theme(femi, workshop, "Streets", {str(first.pk): ""})
    dots = go_to(femi, workshop, "priorities")
    body = sign_in(femi).get(desk).content.decode()
    assert "2 ideas are in no theme, so nobody can give them a dot." in body
    sign_in(femi).post(
        f"{workshop.get_absolute_url()}desk/do/", {"do": "back", "leaving": str(dots.pk)}
    )
    workshop.refresh_from_db()
    assert workshop.current is not None
    assert f"Go back to {workshop.current.title}" in body
    assert workshop.current.kind == "themes"


def test_a_closed_session_stays_closed(workshop: Workshop, femi: User) -> None:
    running.close_workshop(femi, workshop)
    with pytest.raises(DatabaseError):
        Workshop.objects.filter(pk=workshop.pk).update(status="open", closed_at=None)


def test_organisations_that_came_are_in_the_level_playing_field_file_once(
    workshop: Workshop, femi: User, lanes: Organisation
) -> None:
    for _ in range(2):
        joining.come_in(workshop, organisation=lanes)
    running.close_workshop(femi, workshop)
    entry = LevelFieldEntry.objects.get(organisation=lanes)
    assert "Growing up here" in entry.what


def test_the_desk_counts_who_is_quiet_and_the_room_is_not_told(
    ideas: Activity, workshop: Workshop, femi: User, come_in: ComeIn, sign_in: SignIn
) -> None:
    wyn, _quiet = come_in("Wyn"), come_in("Quietly Here")
    contributing.say(wyn, ideas, "A bench")
    desk = sign_in(femi).get(f"{workshop.get_absolute_url()}desk/").content.decode()
    assert "1 has said nothing yet here" in desk
    assert "Quietly Here" not in desk
    assert "Quietly Here" not in phone_of(workshop).get(f"/j/{workshop.code}/").content.decode()


def test_a_facilitator_hands_over_and_both_keep_the_desk(
    workshop: Workshop, femi: User, cora: User, sami: User
) -> None:
    with pytest.raises(Invalid):
        running.hand_over(femi, workshop, sami)
    workshop = running.hand_over(femi, workshop, cora)
    assert workshop.led_by == cora
    running.go_on(femi, workshop, "")


def test_a_worry_reaches_the_lead_and_nobody_else(
    ideas: Activity, workshop: Workshop, femi: User, ada: User, sami: User, sign_in: SignIn
) -> None:
    phone = phone_of(workshop, "Wyn")
    page = phone.post(f"/j/{workshop.code}/worry/", {"words": "The canary in flat 4"})
    assert "It is sent, privately" in page.content.decode()
    assert "Childline" in page.content.decode()
    worries_page = f"{workshop.get_absolute_url()}worries/"
    assert "The canary in flat 4" in sign_in(sami).get(worries_page).content.decode()
    for other in (femi, ada):
        browser = sign_in(other)
        assert browser.get(worries_page).status_code == 404
        desk = browser.get(f"{workshop.get_absolute_url()}desk/").content.decode()
        assert "A worry was raised" in desk
        assert "canary" not in desk
    assert "canary" not in str(room_event(workshop))


def test_even_who_was_asked_to_leave_may_say_that_they_are_worried(
    workshop: Workshop, femi: User
) -> None:
    phone = phone_of(workshop)
    joining.ask_to_leave(femi, workshop, workshop.participants.get().pk, "Shouting.")
    phone.post(f"/j/{workshop.code}/worry/", {"words": ""})
    assert Worry.objects.count() == 1


def test_the_lead_writes_down_what_they_did(workshop: Workshop, sami: User, femi: User) -> None:
    phone_of(workshop).post(f"/j/{workshop.code}/worry/", {"words": "Flat 4"})
    worry = Worry.objects.get()
    with pytest.raises(Refused):
        worries.close_worry(femi, workshop, worry.pk, "Nothing")
    assert worries.close_worry(sami, workshop, worry.pk, "Spoke to the family.").done_at


def test_a_step_that_the_room_has_been_to_stays(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    with pytest.raises(Invalid, match="been there"):
        preparing.drop_activity(femi, workshop, ideas.pk)


@pytest.mark.parametrize("press", ["pause", "resume", "extend", "clear", "next", "back", "nothing"])
def test_a_button_pressed_at_the_wrong_time_says_why(
    prepared: Workshop, femi: User, sign_in: SignIn, press: str
) -> None:
    answer = sign_in(femi).post(f"{prepared.get_absolute_url()}desk/do/", {"do": press})
    assert answer.status_code == 409
    assert "That did not happen" in answer.content.decode()


def test_back_is_there_at_the_drafting_step_whatever_was_drafted(
    workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    draft = go_to(femi, workshop, "drafting")
    browser, desk = sign_in(femi), f"{workshop.get_absolute_url()}desk/"
    back = 'name="do" value="back"'
    assert back in browser.get(desk).content.decode()
    for number in range(2):
        drafting.write_version(femi, draft, f"Version {number}", ["One"], "More.", seen=number)
        assert back in browser.get(desk).content.decode()
    leaving = {"do": "back", "leaving": str(draft.pk)}
    browser.post(f"{desk}do/", leaving)
    workshop.refresh_from_db()
    assert workshop.current is not None
    assert workshop.current.position == draft.position - 1


def test_the_wall_says_how_many_more_there_are_than_it_shows(
    workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    ideas = go_to(femi, workshop, "ideas")
    paper.type_in(femi, ideas, [f"Idea number {number}" for number in range(45)])
    wall = sign_in(femi).get(f"{workshop.get_absolute_url()}wall/").content.decode()
    # Six surely fit where no script measures; the others stand there for the script to show.
    assert wall.count("data-fit-card hidden") == 45 - 6
    assert 'data-total="45"' in wall
    assert "and 39 more" in wall
    assert "ideas so far" in wall


def test_the_wall_opens_in_a_new_tab_and_says_so(
    workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    for page in ("", "desk/"):
        body = sign_in(femi).get(f"{workshop.get_absolute_url()}{page}").content.decode()
        link = f'{workshop.get_absolute_url()}wall/" target="_blank" rel="noopener">Open the wall'
        assert f"{link} (opens in new tab)</a>" in body


def test_one_dot_and_one_person_are_not_many(
    workshop: Workshop, femi: User, come_in: ComeIn, sign_in: SignIn
) -> None:
    theme = grouping.make_theme(femi, workshop, "Streets", {})
    dots = go_to(femi, workshop, "priorities")
    person = come_in()
    dotting.set_dots(person, dots, theme.pk, 1)
    desk = f"{workshop.get_absolute_url()}desk/"
    assert "1 dot<" in sign_in(femi).get(desk).content.decode()
    draft = go_to(femi, workshop, "drafting")
    drafting.write_version(femi, draft, "Children play out.", ["One"], "", seen=0)
    drafting.stand(person, draft, 1, "support", "")
    body = sign_in(femi).get(desk).content.decode()
    assert "1 person<" in body
    assert "0 people<" in body


def test_a_phone_leads_to_the_endorsement_when_the_room_has_agreed(
    workshop: Workshop, femi: User, ada: User, come_in: ComeIn
) -> None:
    draft = go_to(femi, workshop, "drafting")
    drafting.write_version(femi, draft, "Children play out.", ["One"], "", seen=0)
    drafting.stand(come_in(), draft, 1, "support", "")
    phone, room = phone_of(workshop), f"/j/{workshop.code}/"
    drafting.agree(ada, draft, 1, "")
    running.close_workshop(femi, workshop)
    page = phone.get(room).content.decode()
    endorse = reverse("programmes:endorse", args=[workshop.programme.slug])
    assert f'<a href="{endorse}">Stand behind the vision</a>' in page


def test_a_session_that_was_opened_early_was_held_on_the_day_it_was_opened(
    workshop: Workshop, femi: User
) -> None:
    later = timezone.now() + timedelta(days=7)
    preparing.write_settings(femi, workshop, settings_of(workshop, held_on=later))
    workshop.refresh_from_db()
    assert workshop.is_on == later
    closed = running.close_workshop(femi, workshop)
    assert closed.is_on == closed.opened_at


def test_a_desk_asks_before_a_session_is_opened_ahead_of_its_day(
    prepared: Workshop, femi: User, sign_in: SignIn
) -> None:
    later = timezone.now() + timedelta(days=7)
    preparing.write_settings(femi, prepared, settings_of(prepared, held_on=later))
    browser, do = sign_in(femi), f"{prepared.get_absolute_url()}desk/do/"

    page = browser.post(do, {"do": "open"})
    prepared.refresh_from_db()
    assert prepared.status == "prepared"
    body = page.content.decode()
    assert "7 days from now" in body
    assert day(later) in body
    assert "Rehearse with 30 simulated people" in body

    # The day was changed while somebody looked at the page: they are asked once more.
    planned = re.search(r'name="planned" value="([^"]+)"', body)
    assert planned
    preparing.write_settings(femi, prepared, settings_of(prepared, held_on=later + timedelta(1)))
    asked = browser.post(do, {"do": "open", "planned": planned[1]}).content.decode()
    assert "8 days from now" in asked

    again = re.search(r'name="planned" value="([^"]+)"', asked)
    assert again
    assert browser.post(do, {"do": "open", "planned": again[1]}).status_code == 302
    prepared.refresh_from_db()
    assert prepared.status == "open"


@pytest.mark.parametrize("days", [None, 0, -3])
def test_on_its_day_a_session_is_opened_by_one_press(
    prepared: Workshop, femi: User, sign_in: SignIn, days: int | None
) -> None:
    held_on = None
    if days is not None:
        # Late in the evening: it is the day that counts, not the hour.
        midnight = timezone.localtime().replace(hour=23, minute=59)
        held_on = midnight + timedelta(days=days)
    preparing.write_settings(femi, prepared, settings_of(prepared, held_on=held_on))
    sign_in(femi).post(f"{prepared.get_absolute_url()}desk/do/", {"do": "open"})
    prepared.refresh_from_db()
    assert prepared.status == "open"


def test_the_room_goes_on_behind_cleared_screens_and_comes_back_where_it_is(
    ideas: Activity, workshop: Workshop, femi: User, sign_in: SignIn
) -> None:
    phone, address = phone_of(workshop), f"/j/{workshop.code}/"
    wall, desk = (f"{workshop.get_absolute_url()}{sight}/" for sight in ("wall", "desk"))
    browser = sign_in(femi)
    running.clear_screens(femi, workshop)
    running.go_on(femi, workshop, ideas.pk)
    workshop.refresh_from_db()
    themes = workshop.current
    assert themes is not None
    assert themes.kind == "themes"
    for page in (phone.get(address), browser.get(wall)):
        assert "One moment, please" in page.content.decode()
        assert themes.title not in page.content.decode()
    assert "Every screen is cleared" in browser.get(desk).content.decode()
    # The time of the step begins when the screens come back, and the one that was left keeps its.
    assert (themes.time_up_at, themes.seconds_left) == (None, themes.minutes * 60)
    ideas.refresh_from_db()
    assert ideas.ended_at is not None
    assert 0 < (ideas.seconds_left or 0) <= ideas.minutes * 60

    running.go_back(femi, workshop, themes.pk)
    running.go_on(femi, workshop, ideas.pk)
    running.show_screens(femi, workshop)
    themes.refresh_from_db()
    assert themes.time_up_at is not None
    left = (themes.time_up_at - timezone.now()).total_seconds()
    assert themes.minutes * 60 - 5 <= left <= themes.minutes * 60
    assert "Look at the wall" in phone.get(address).content.decode()
    assert "data-clock" in browser.get(wall).content.decode()


def test_paused_and_cleared_the_room_goes_on_and_both_are_taken_off_one_by_one(
    ideas: Activity, workshop: Workshop, femi: User
) -> None:
    phone, address = phone_of(workshop), f"/j/{workshop.code}/"
    running.pause(femi, workshop)
    running.clear_screens(femi, workshop)
    running.go_on(femi, workshop, ideas.pk)
    assert "One moment, please" in phone.get(address).content.decode()
    running.show_screens(femi, workshop)
    assert "We go on in a moment" in phone.get(address).content.decode()
    running.resume(femi, workshop)
    assert "Look at the wall" in phone.get(address).content.decode()
    themes = workshop.activities.get(kind="themes")
    assert themes.time_up_at is not None
