"""A rehearsal: thirty simulated people, the real actions, nothing of it left afterwards."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.actions.vision import agreed_vision
from commissioning.programmes.models import HistoryEntry, Vision
from participation.workshops import rehearsal, tasks
from participation.workshops.actions import (
    contributing,
    drafting,
    grouping,
    joining,
    preparing,
    rehearsing,
    running,
)
from participation.workshops.activities.themes import slice as themes_slice
from participation.workshops.agendas import ready
from participation.workshops.models import (
    Activity,
    Consent,
    Contribution,
    Participant,
    StatementVote,
    Workshop,
)
from participation.workshops.room import cookie_name
from tests.cast import SignIn
from tests.participation.workshops.conftest import go_to, phone_of, settings_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Turns that a worker is asked to take."""
    asked: list[UUID] = []
    monkeypatch.setattr(rehearsal, "queue", lambda pk, wait=0.0: asked.append(pk))
    monkeypatch.setattr(rehearsing, "queue", lambda pk, wait=0.0: asked.append(pk))
    return asked


@pytest.fixture
def practice(prepared: Workshop, femi: User, queued: list[UUID]) -> Workshop:
    """A rehearsal of the prepared session, open."""
    return running.open_workshop(femi, rehearsing.begin_rehearsal(femi, prepared))


def turns(workshop: Workshop, number: int) -> None:
    """Let the simulated people act so many times, as a worker would."""
    for _ in range(number):
        cache.delete(f"rehearsal:{workshop.pk}")
        rehearsal.turn(workshop.pk)


def test_thirty_people_come_in_a_few_at_a_time(practice: Workshop) -> None:
    turns(practice, 1)
    assert practice.participants.count() == rehearsal.COME_EACH_TURN
    turns(practice, 12)
    assert practice.participants.filter(is_simulated=True).count() == 30


def test_a_facilitator_alone_walks_through_the_whole_session(
    practice: Workshop, femi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(themes_slice, "HELPS_AFTER", -1)
    turns(practice, 8)
    go_to(femi, practice, "ideas")
    turns(practice, 25)
    assert practice.contributions.filter(activity__kind="ideas").count() > 40
    go_to(femi, practice, "themes")
    turns(practice, 25)
    assert practice.themes.exists()
    priorities = go_to(femi, practice, "priorities")
    turns(practice, 20)
    assert priorities.dots.values("participant").distinct().count() > 20
    go_to(femi, practice, "statements")
    turns(practice, 30)
    assert StatementVote.objects.count() > 60
    drafts = go_to(femi, practice, "drafting")
    drafting.write_version(femi, drafts, "We know our neighbours.", ["Somebody calls"], "", seen=0)
    turns(practice, 20)
    draft = drafting.newest_draft(drafts)
    assert draft is not None
    assert draft.consents.count() > 20
    for objection in draft.consents.exclude(why=""):
        drafting.answer_objection(femi, drafts, objection.pk, "We heard you.")
    assert agree_over_all(femi, drafts) is None
    offers = go_to(femi, practice, "offers")
    turns(practice, 15)
    assert offers.contributions.count() >= 10
    running.close_workshop(femi, practice)


def agree_over_all(user: User, drafts: Activity) -> Vision | None:
    """Agree the first version, whoever may still object."""
    standing = drafting.tally(drafts.drafts.get())[Consent.Answer.OBJECT]
    over = drafting.Over("We come back to it.", standing) if standing else None
    return drafting.agree(user, drafts, 1, "", over)


def test_the_page_before_agreeing_is_rehearsed_too(
    practice: Workshop, femi: User, sign_in: SignIn
) -> None:
    drafts = go_to(femi, practice, "drafting")
    drafting.write_version(femi, drafts, "We know our neighbours.", ["Somebody calls"], "", seen=0)
    turns(practice, 3)
    for one in drafts.drafts.get().consents.exclude(why=""):
        drafting.answer_objection(femi, drafts, one.pk, "We heard you.")
    run = reverse("workshops:run_step", args=[practice.programme.slug, practice.pk, drafts.pk])
    press, browser = {"press": "agree", "version": "1"}, sign_in(femi)
    asked = browser.post(run, press).content.decode()
    assert "This is a rehearsal: none of it happens." in asked
    assert "How the room stands" in asked
    standing = drafting.tally(drafts.drafts.get())[Consent.Answer.OBJECT]
    browser.post(run, press | {"standing": str(standing), "why": "We come back to it."})
    assert drafts.drafts.get().agreed_at
    assert agreed_vision(practice.programme) is None


def test_nothing_of_it_touches_the_programme(
    practice: Workshop, prepared: Workshop, femi: User
) -> None:
    before = HistoryEntry.objects.count()
    drafts = go_to(femi, practice, "drafting")
    drafting.write_version(femi, drafts, "We know our neighbours.", ["Somebody calls"], "", seen=0)
    turns(practice, 8)
    for one in drafts.drafts.get().consents.exclude(why=""):
        drafting.answer_objection(femi, drafts, one.pk, "We heard you.")
    agree_over_all(femi, drafts)
    with pytest.raises(Invalid, match="rehearsal"):
        drafting.propose(femi, drafts, 1)
    running.close_workshop(femi, practice)
    assert agreed_vision(prepared.programme) is None
    assert HistoryEntry.objects.count() == before
    assert not prepared.participants.exists()


def test_simulated_people_never_come_to_a_real_session(workshop: Workshop) -> None:
    with pytest.raises(Invalid, match="rehearsals only"):
        joining.come_in(workshop, simulated=True)
    rehearsal.turn(workshop.pk)
    assert not workshop.participants.exists()


def test_they_stop_while_it_is_paused_or_every_screen_is_cleared(
    practice: Workshop, femi: User
) -> None:
    turns(practice, 8)
    go_to(femi, practice, "ideas")
    running.clear_screens(femi, practice)
    turns(practice, 3)
    running.show_screens(femi, practice)
    running.pause(femi, practice)
    turns(practice, 3)
    assert not Contribution.objects.exists()


def test_a_rehearsal_is_said_on_every_screen(practice: Workshop, femi: User) -> None:
    person, token = joining.come_in(practice, name="Femi's own phone")
    phone, desk = Client(), Client()
    phone.cookies[cookie_name(practice.code)] = token
    desk.force_login(femi, backend="django.contrib.auth.backends.ModelBackend")
    here = practice.get_absolute_url()
    said = "The people in it are simulated"
    for browser, page in (
        (Client(), practice.room_url()),
        (phone, practice.room_url()),
        (phone, f"{practice.room_url()}worry/"),
        *((desk, here + page) for page in ("", "desk/", "wall/", "people/", "car-park/")),
    ):
        assert said in browser.get(page).content.decode(), page
    assert "Rehearsal: Growing up here" in desk.get(f"{here}settings/").content.decode()
    assert person.name == "Femi's own phone"


def test_the_real_session_says_nothing_of_it_and_lists_leave_it_out(
    practice: Workshop, prepared: Workshop, femi: User, client: Client
) -> None:
    client.force_login(femi, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(prepared.get_absolute_url()).content.decode()
    assert "The people in it are simulated" not in page
    assert "Go to the rehearsal" in page
    every = client.get(f"/programmes/{prepared.programme.slug}/workshops/").content.decode()
    assert every.count("Growing up here") == 1


def test_pressed_twice_it_is_one_rehearsal(prepared: Workshop, femi: User) -> None:
    first = rehearsing.begin_rehearsal(femi, prepared)
    assert rehearsing.begin_rehearsal(femi, prepared).pk == first.pk
    with pytest.raises(Invalid, match="rehearsal already"):
        rehearsing.begin_rehearsal(femi, first)


def test_what_the_session_lacks_is_filled_in_for_the_rehearsal_alone(
    vision_programme: object, prepared: Workshop, femi: User, queued: list[UUID]
) -> None:
    bare = preparing.make_workshop(
        femi, prepared.programme, ready("young-commissioners"), "By those who swim"
    )
    made = running.open_workshop(femi, rehearsing.begin_rehearsal(femi, bare))
    assert made.safeguarding_lead == femi
    assert queued == [made.pk]
    bare.refresh_from_db()
    assert bare.safeguarding_lead is None


def test_of_a_closed_sessions_list_some_wait_at_the_door(
    prepared: Workshop, femi: User, queued: list[UUID]
) -> None:
    preparing.write_settings(femi, prepared, settings_of(prepared, is_closed_session=True))
    prepared.refresh_from_db()
    made = running.open_workshop(femi, rehearsing.begin_rehearsal(femi, prepared))
    turns(made, 10)
    waiting = made.participants.filter(state=Participant.State.WAITING)
    assert waiting.count() == rehearsal.WAIT_AT_THE_DOOR


def test_wiped_it_leaves_nothing_and_the_session_stays(
    practice: Workshop, prepared: Workshop, femi: User
) -> None:
    turns(practice, 8)
    go_to(femi, practice, "ideas")
    turns(practice, 10)
    go_to(femi, practice, "themes")
    grouping.suggest_themes(femi, practice)
    rehearsing.wipe_rehearsal(femi, practice)
    assert not Contribution.objects.exists()
    assert not Participant.objects.exists()
    assert list(Workshop.objects.all()) == [prepared]
    events = apps.get_model("workshops", "WorkshopEvent").objects
    assert not events.filter(pgh_obj_id=practice.pk).exists()
    assert events.filter(pgh_obj_id=prepared.pk).exists()
    rehearsal.turn(practice.pk)


def test_a_real_session_cannot_be_wiped(workshop: Workshop, femi: User, client: Client) -> None:
    with pytest.raises(Invalid, match="Only a rehearsal"):
        rehearsing.wipe_rehearsal(femi, workshop)
    client.force_login(femi, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"{workshop.get_absolute_url()}wipe/").status_code == 404


def test_what_nobody_wiped_is_wiped_by_itself(
    practice: Workshop, prepared: Workshop, femi: User
) -> None:
    tasks.sweep()
    assert prepared.rehearsals.exists()
    running.close_workshop(femi, practice)
    old = timezone.now() - rehearsing.KEPT_CLOSED - timedelta(minutes=1)
    Workshop.objects.filter(pk=practice.pk).update(closed_at=old)
    tasks.sweep()
    assert not prepared.rehearsals.exists()
    begun = rehearsing.begin_rehearsal(femi, prepared)
    old = timezone.now() - rehearsing.KEPT - timedelta(minutes=1)
    Workshop.objects.filter(pk=begun.pk).update(created_at=old)
    tasks.sweep()
    assert list(Workshop.objects.all()) == [prepared]


def test_one_turn_follows_another_until_it_ends_and_two_workers_take_one(
    practice: Workshop, femi: User, queued: list[UUID]
) -> None:
    queued.clear()
    tasks.rehearse(str(practice.pk))
    tasks.rehearse(str(practice.pk))
    assert queued == [practice.pk]
    running.close_workshop(femi, practice)
    cache.delete(f"rehearsal:{practice.pk}")
    tasks.rehearse(str(practice.pk))
    assert queued == [practice.pk]


def test_held_words_practise_releasing(prepared: Workshop, femi: User, queued: list[UUID]) -> None:
    preparing.write_settings(femi, prepared, settings_of(prepared, releases_by_hand=True))
    prepared.refresh_from_db()
    made = running.open_workshop(femi, rehearsing.begin_rehearsal(femi, prepared))
    turns(made, 8)
    ideas = go_to(femi, made, "ideas")
    turns(made, 3)
    assert ideas.contributions.filter(state="held").exists()
    assert not ideas.contributions.shown().exists()
    own = joining.come_in(made)[0]
    contributing.say(own, ideas, "From my own phone")


def test_screens_that_stay_open_on_a_wiped_rehearsal_are_told_kindly_and_led_to_the_session(
    prepared: Workshop, femi: User, sign_in: SignIn, nell: User
) -> None:
    made = rehearsing.begin_rehearsal(femi, prepared)
    running.open_workshop(femi, made)
    phone, room, wall = phone_of(made), f"/j/{made.code}/", f"{made.get_absolute_url()}wall/"
    rehearsing.wipe_rehearsal(femi, made)
    gone = phone.get(room)
    assert gone.status_code == 410
    assert "This rehearsal is over" in gone.content.decode()
    assert f'href="/j/{prepared.code}/"' in gone.content.decode()
    typed = phone.post("/j/", {"code": made.code}, follow=True)
    assert "This rehearsal is over" in typed.content.decode()
    desk = sign_in(femi).get(wall)
    assert desk.status_code == 410
    assert f'href="{prepared.get_absolute_url()}"' in desk.content.decode()
    # Nobody else learns that anything was there.
    assert sign_in(nell).get(wall).status_code == 404
