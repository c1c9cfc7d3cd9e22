"""Ready agendas are whole, and a place builds and keeps its own."""

import pytest

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from commissioning.programmes.money_talk import amounts_in
from participation.workshops import wording
from participation.workshops.actions import preparing
from participation.workshops.activities.base import kinds
from participation.workshops.agendas import READY, all_for, find, ready
from participation.workshops.models import Workshop
from tests.cast import SignIn

MINUTES = {
    "whole-place": 90,
    "young-commissioners": 60,
    "hard-conversation": 120,
    "two-rooms": 90,
    "refine-and-endorse": 45,
}


@pytest.mark.parametrize("key", READY)
def test_a_ready_agenda_takes_as_long_as_it_says(key: str) -> None:
    assert ready(key).minutes == MINUTES[key]


@pytest.mark.parametrize("key", READY)
def test_a_ready_agenda_is_whole_and_welcomes_with_fixed_and_open(key: str) -> None:
    content = ready(key).content
    for name in ("title", "purpose", "for_whom", "notes", "bring"):
        assert content[name], name
    assert content["activities"][0]["kind"] == "welcome"
    for activity in content["activities"]:
        assert activity["prompt"], activity
        assert activity["notes"], activity
        assert activity["title"], activity


@pytest.mark.parametrize("key", READY)
def test_no_ready_agenda_asks_people_about_money(key: str) -> None:
    for activity in ready(key).content["activities"]:
        asked = f"{activity['title']} {activity['prompt']}"
        assert not amounts_in(asked)
        assert not wording.money_talk_in(asked, wording.money_words())


def test_hard_and_young_sessions_hold_what_people_write_until_it_is_released(
    femi: User, vision_programme: Programme
) -> None:
    for key in ("hard-conversation", "young-commissioners"):
        made = preparing.make_workshop(femi, vision_programme, ready(key), key)
        assert made.releases_by_hand
    plain = preparing.make_workshop(femi, vision_programme, ready("whole-place"), "Plain")
    assert not plain.releases_by_hand


def test_an_agenda_is_built_ordered_timed_and_kept_for_the_place(
    femi: User, vision_programme: Programme
) -> None:
    mine = preparing.make_workshop(femi, vision_programme, None, "My own")
    words = {"prompt": "What?", "minutes": 7, "notes": "", "settings": {}}
    for kind in ("welcome", "ideas", "talk"):
        preparing.add_activity(femi, mine, kind, words | {"title": kind.capitalize()})
    last = mine.activities.get(kind="talk")
    preparing.move_activity(femi, mine, last.pk, up=True)
    preparing.drop_activity(femi, mine, mine.activities.get(kind="ideas").pk)
    assert [step.kind for step in mine.activities.all()] == ["welcome", "talk"]

    preparing.keep_agenda(femi, mine, "Ours")
    kept = next(one for one in all_for(vision_programme) if one.title == "Ours")
    assert kept.minutes == 14
    again = preparing.make_workshop(
        femi, vision_programme, find(vision_programme, kept.key), "Once more"
    )
    assert [step.title for step in again.activities.all()] == ["Welcome", "Talk"]
    with pytest.raises(Invalid, match="of that name"):
        preparing.keep_agenda(femi, mine, "Ours")


def test_a_session_held_again_has_a_code_of_its_own_and_nobodys_words(
    ideas: object, workshop: Workshop, femi: User
) -> None:
    again = preparing.copy_workshop(femi, workshop, "Held again")
    assert again.code != workshop.code
    assert again.activities.count() == workshop.activities.count()
    assert again.status == Workshop.Status.PREPARED
    assert again.safeguarding_lead == workshop.safeguarding_lead


def test_somebody_prepares_one_by_the_pages_alone(
    femi: User, vision_programme: Programme, sign_in: SignIn
) -> None:
    browser = sign_in(femi)
    base = f"/programmes/{vision_programme.slug}/workshops/"
    assert "Whole-place vision, 90 minutes" in browser.get(f"{base}new/").content.decode()
    browser.post(f"{base}new/", {"title": "Ours", "agenda": "none"})
    made = Workshop.objects.get()
    new_step = f"{made.get_absolute_url()}steps/new/"
    chosen = browser.post(new_step, {"kind": "priorities"})
    typed = {"title": "Dots", "prompt": "Where first?", "minutes": "6", "own-dots": "4"}
    browser.post(chosen["Location"], typed | {"own-shows": "on"})
    step = made.activities.get()
    assert step.settings == {"dots": 4, "shows": True}
    assert "Dots" in browser.get(made.get_absolute_url()).content.decode()


def test_every_kind_says_what_it_is_for() -> None:
    for kind in kinds:
        assert str(kind.title)
        assert str(kind.about).endswith(".")
