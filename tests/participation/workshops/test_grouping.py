"""Helpers group ideas at once: one truth, every step undone in one."""

import csv
import json
import random
import re
from pathlib import Path

import pytest
from django.utils.html import escape
from hypothesis import given, settings
from hypothesis import strategies as st

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from participation.workshops.actions import contributing, grouping, moderating, preparing
from participation.workshops.grouping import LONGEST_TITLE, suggest
from participation.workshops.models import Activity, Contribution, Workshop
from participation.workshops.simulated import content
from tests.cast import SignIn
from tests.participation.budgeting.together import at_once
from tests.participation.workshops.conftest import ComeIn, go_to

IDEAS: tuple[str, ...] = tuple(content("everyone")["ideas"][:25])
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cards(ideas: Activity, come_in: ComeIn) -> list[Contribution]:
    """Ideas of a few people."""
    people = [come_in() for _ in range(3)]
    for number, words in enumerate(IDEAS):
        contributing.say(people[number % 3], ideas, words)
    return list(ideas.contributions.order_by("text"))


def seen(*cards: Contribution) -> dict[str, str]:
    return {str(card.pk): str(card.theme_id or "") for card in cards}


def themes_of(workshop: Workshop) -> dict[str, set[str]]:
    return {
        theme.title: set(theme.contributions.values_list("text", flat=True))
        for theme in workshop.themes.all()
    }


def test_two_people_who_move_one_card_at_once_end_in_one_truth(
    cards: list[Contribution], workshop: Workshop, femi: User, ada: User
) -> None:
    one = grouping.make_theme(femi, workshop, "Company", {})
    other = grouping.make_theme(femi, workshop, "Getting about", {})
    card = cards[0]
    came = at_once(
        [
            lambda: grouping.move(femi, workshop, seen(card), str(one.pk)),
            lambda: grouping.move(ada, workshop, seen(card), str(other.pk)),
        ]
    )
    told = [result for result in came if isinstance(result, Invalid)]
    assert len(told) == 1
    card.refresh_from_db()
    assert card.theme is not None
    assert card.theme.title in str(told[0].reason)


def test_themes_are_named_merged_split_and_taken_apart(
    cards: list[Contribution], workshop: Workshop, femi: User
) -> None:
    buses = grouping.make_theme(femi, workshop, "Buses", seen(*cards[:2]))
    walks = grouping.make_theme(femi, workshop, "Walks", seen(*cards[2:4]))
    grouping.rename(femi, workshop, str(buses.pk), "Getting about")
    grouping.merge(femi, workshop, str(walks.pk), str(buses.pk))
    assert {name: len(words) for name, words in themes_of(workshop).items()} == {"Getting about": 4}
    for card in cards:
        card.refresh_from_db()
    grouping.make_theme(femi, workshop, "On foot", seen(cards[0]))
    assert {name: len(words) for name, words in themes_of(workshop).items()} == {
        "Getting about": 3,
        "On foot": 1,
    }
    grouping.drop_theme(femi, workshop, str(buses.pk))
    assert set(themes_of(workshop)) == {"On foot"}


def test_every_step_is_undone_in_one(
    cards: list[Contribution], workshop: Workshop, femi: User, ada: User
) -> None:
    states = [themes_of(workshop)]

    def did(step: object) -> None:
        states.append(themes_of(workshop))

    did(grouping.suggest_themes(femi, workshop))
    first, second = workshop.themes.all()[:2]
    did(grouping.merge(ada, workshop, str(second.pk), str(first.pk)))
    did(grouping.rename(femi, workshop, str(first.pk), "Ours"))
    loose = grouping.cards_of(workshop).filter(theme__isnull=True)[0]
    did(grouping.move(femi, workshop, seen(loose), str(first.pk)))
    did(grouping.drop_theme(ada, workshop, str(first.pk)))
    while len(states) > 1:
        assert themes_of(workshop) == states.pop()
        grouping.undo(ada, workshop)
    assert themes_of(workshop) == {}
    with pytest.raises(Invalid, match="nothing to undo"):
        grouping.undo(femi, workshop)


def test_what_was_taken_back_meanwhile_does_not_hinder_an_undo(
    cards: list[Contribution], workshop: Workshop, femi: User
) -> None:
    grouping.make_theme(femi, workshop, "Buses", seen(*cards[:2]))
    person = cards[0].participant
    assert person is not None
    contributing.take_back(person, cards[0])
    grouping.undo(femi, workshop)
    assert themes_of(workshop) == {}


def test_a_helper_groups_and_an_observer_does_not(
    cards: list[Contribution], workshop: Workshop, femi: User, sami: User, olu: User
) -> None:
    with pytest.raises(Refused):
        grouping.make_theme(sami, workshop, "Ours", {})
    preparing.choose_helpers(femi, workshop, [sami])
    grouping.make_theme(sami, workshop, "Ours", seen(cards[0]))
    with pytest.raises(Refused):
        grouping.undo(olu, workshop)


def test_what_is_held_or_parked_is_not_grouped(
    cards: list[Contribution], workshop: Workshop, femi: User
) -> None:
    Contribution.objects.filter(pk=cards[0].pk).update(state="parked")
    with pytest.raises(Invalid, match="Tick"):
        grouping.make_theme(femi, workshop, "Money", seen(cards[0]))


def test_suggested_groups_share_words() -> None:
    texts = ["A bench in the sun", "Benches by the shop", "The bus on Sundays", "Sunday buses"]
    groups = suggest(texts)
    assert {group.members for group in groups} == {(0, 1), (2, 3)}
    assert {group.title for group in groups} == {"Benches by the shop", "The bus on Sundays"}


POLIS = Path(__file__).parents[4] / "shared/data/polis"


def real_sentences(conversation: str) -> list[str]:
    """What people wrote in a real conversation."""
    if not POLIS.exists():
        pytest.skip(f"no shared data at {POLIS}")
    with (POLIS / conversation / "comments.csv").open(encoding="utf-8") as file:
        return [row["comment-body"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("conversation", ["brexit-consensus", "london.youth.policing"])
def test_a_suggested_name_is_a_short_part_of_what_somebody_said(conversation: str) -> None:
    """Measured: 10 of 11 and 5 of 7 groups are named by words of one of their own texts; the rest
    by the two words that mark them, since no text has a short part that says what they share."""
    texts = real_sentences(conversation)
    groups = suggest(texts)
    spoken = 0
    for group in groups:
        assert len(group.title) <= LONGEST_TITLE
        own = [" ".join(texts[at].split()).casefold() for at in group.members]
        spoken += any(group.title.casefold() in text for text in own)
    assert spoken / len(groups) >= 0.7


def test_the_ideas_of_a_rehearsal_get_names_that_can_be_read_out() -> None:
    names = {group.title for group in suggest(list(content("everyone")["ideas"]))}
    assert {"A bench outside the shop", "One place to ask", "Know my neighbours' names"} <= names
    assert not any("," in name and len(name.split()) == 2 for name in names)


def test_words_that_are_taken_down_are_gone_from_a_themes_name_and_no_undo_brings_them_back(
    ideas: Activity, workshop: Workshop, femi: User, come_in: ComeIn
) -> None:
    person = come_in()
    said = [
        contributing.say(person, ideas, text).contribution
        for text in (
            "Benches in the sun, all along",
            "A bench by the shop",
            "A bench for everybody who waits",
        )
    ]
    grouping.suggest_themes(femi, workshop)
    theme = workshop.themes.get()
    assert theme.title == "Benches in the sun"
    grouping.rename(femi, workshop, str(theme.pk), "Benches in the sun")
    first, second, _third = said
    assert first
    assert second
    moderating.hide(femi, workshop, first.pk, "It names somebody.")
    theme.refresh_from_db()
    assert theme.title == "A bench by the shop"
    contributing.take_back(person, second)
    theme.refresh_from_db()
    assert theme.title == "A bench for everybody who waits"
    grouping.undo(femi, workshop)
    theme.refresh_from_db()
    assert theme.title == "A bench for everybody who waits"
    steps = json.dumps([[step.what, step.before] for step in workshop.theme_steps.all()])
    assert "shop" not in steps
    # A name of a word or two is the room's, and stays.
    grouping.rename(femi, workshop, str(theme.pk), "Bench")
    moderating.hide(femi, workshop, workshop.contributions.latest("created_at").pk, "Because.")
    theme.refresh_from_db()
    assert theme.title == "Bench"


def test_a_suggested_name_says_no_amount(
    ideas: Activity, workshop: Workshop, femi: User, come_in: ComeIn
) -> None:
    for text in ("Give £500 for benches", "Give £900 for benches"):
        contributing.say(come_in(), ideas, text, money="insist")
    grouping.suggest_themes(femi, workshop)
    assert "£" not in workshop.themes.get().title
    assert workshop.theme_steps.get().what == "took 1 suggested group"


def test_suggested_groups_are_looked_at_before_anybody_else_sees_them(
    cards: list[Contribution], workshop: Workshop, femi: User, come_in: ComeIn, sign_in: SignIn
) -> None:
    step = go_to(femi, workshop, "themes")
    browser = sign_in(femi)
    press = f"{workshop.get_absolute_url()}steps/{step.pk}/run/"
    wall = f"{workshop.get_absolute_url()}wall/"

    looked_at = browser.post(press, {"press": "suggest"}).content.decode()
    groups = grouping.suggestion(workshop)
    assert "Nobody sees these groups yet" in looked_at
    for group in groups:
        assert escape(group.title) in looked_at
        assert all(escape(card.text) in looked_at for card in group.cards)
    assert not workshop.themes.exists()
    assert not workshop.theme_steps.exists()
    assert escape(groups[0].title) not in browser.get(wall).content.decode()

    # An idea comes while they are looked at: what nobody looked at is not taken over.
    seen = re.search(r'name="seen" value="(\w+)"', looked_at)
    assert seen
    contributing.say(come_in(), cards[0].activity, groups[0].cards[0].text)
    again = browser.post(press, {"press": "suggest", "seen": seen[1]}).content.decode()
    assert "The ideas changed meanwhile" in again
    with pytest.raises(Invalid, match="once more"):
        grouping.suggest_themes(femi, workshop, seen[1])
    assert not workshop.themes.exists()

    seen = re.search(r'name="seen" value="(\w+)"', again)
    assert seen
    assert browser.post(press, {"press": "suggest", "seen": seen[1]}).status_code == 302
    taken = [group.title for group in grouping.suggestion(workshop)]
    assert taken == []
    assert escape(groups[0].title) in browser.get(wall).content.decode()
    grouping.undo(femi, workshop)
    assert not workshop.themes.exists()


def test_nothing_is_suggested_where_nothing_is_alike() -> None:
    assert suggest([]) == []
    assert suggest(["A bench"]) == []
    assert suggest(["A bench", "The 47 bus", "", "🌳", "مقعد"]) == []


def named(texts: list[str]) -> set[tuple[tuple[str, ...], str]]:
    """The suggested groups, as words and names."""
    return {
        (tuple(sorted(texts[at] for at in group.members)), group.title) for group in suggest(texts)
    }


@settings(max_examples=40)
@given(st.lists(st.sampled_from(IDEAS), max_size=25), st.integers(0, 1000))
def test_suggestions_do_not_hang_on_the_order_of_arrival(texts: list[str], seed: int) -> None:
    shuffled = list(texts)
    random.Random(seed).shuffle(shuffled)
    assert named(texts) == named(shuffled)
    everything = [at for group in suggest(texts) for at in group.members]
    assert len(everything) == len(set(everything))
