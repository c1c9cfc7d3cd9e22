"""The fictional place's workshops: two held, one up to its vision; one ready to be opened."""

import random
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pgtrigger
from django.utils import timezone

from commissioning.demo import outcomes
from commissioning.demo.people import Town
from commissioning.programmes.models import Programme
from participation.workshops.actions import (
    contributing,
    drafting,
    grouping,
    joining,
    moderating,
    preparing,
    running,
)
from participation.workshops.activities.base import kind_of
from participation.workshops.agendas import ready
from participation.workshops.models import (
    Activity,
    Contribution,
    DraftVersion,
    Participant,
    Workshop,
)

LIBRARY: Final = "The library, Market Square"
# Who came, by first name where they gave one, and for which body.
CAME: Final = (
    ("Joan", None), ("Priya", "lanes"), ("", None), ("Wren", "kitchen"), ("Robin", "carers"),
    ("", None), ("Sami", None), ("Femi", "rva"), ("Maud", None), ("", None), ("Idris", None),
    ("Zosia", None), ("", None), ("Elin", None), ("", None), ("Ravi", None), ("Pru", None),
    ("", None), ("Gwil", None), ("Tess", None), ("", None), ("Bilal", None), ("Anwen", None),
    ("", None), ("Otto", None), ("", None),
)  # fmt: skip


# Young people who came to the river's first evening, by first name where they gave one.
YOUNG: Final = (
    "Wyn", "Bea", "", "Kit", "Nia", "Jude", "", "Mo", "Tess", "", "Sol", "Fern", "Cai", "", "Lark",
    "Ola", "Pip",
)  # fmt: skip


def hold_the_first(town: Town, programme: Programme) -> Workshop:
    """The session in which Rivermead's vision for growing older was drafted and agreed."""
    ada, said = town.people["ada"], _content()
    held_on = _evening(-42)
    workshop = _prepared(
        town, programme, "whole-place", "Growing older together: what should be true?", held_on
    )
    preparing.choose_helpers(ada, workshop, [town.people["cora"]])
    asked = outcomes.plan_the_first(town, workshop)
    workshop = _opened_on(town, workshop, held_on)
    people = [
        joining.come_in(
            workshop,
            name=name,
            organisation=town.bodies[body] if body else None,
            answers=outcomes.answers_of(place, asked),
        )[0]
        for place, (name, body) in enumerate(CAME)
    ]
    _say_ideas(town, workshop, people, said)
    _group(town, workshop, said)
    chance = random.Random(14)  # noqa: S311
    _drive(_go_to(town, workshop, "priorities"), people, 5, chance)
    _drive(_go_to(town, workshop, "statements"), people, 12, chance)
    _draft(town, _go_to(town, workshop, "drafting"), people, chance, said)
    _drive(_go_to(town, workshop, "offers"), people, 1, chance)
    _closed_after(town, workshop, 95)
    outcomes.tell_what_came_out(town, workshop)
    return workshop


def hold_the_young(town: Town, programme: Programme) -> Workshop:
    """A first evening with young people: their ideas, and what matters most to them."""
    ada, held_on = town.people["ada"], _evening(-21)
    workshop = _prepared(
        town,
        programme,
        "young-commissioners",
        "The river: a first evening",
        held_on,
        venue="The old boathouse, Quayside",
        guardian_contact="01632 960 018, all evening",
        chaperones="Joan Sluicegate, at the door\nOlu Eddystream, by the kitchen",
    )
    asked = outcomes.ask_the_young(town, workshop)
    workshop = _opened_on(town, workshop, held_on)
    people = [
        joining.come_in(workshop, name=name, answers=outcomes.answers_of_the_young(place, asked))[0]
        for place, name in enumerate(YOUNG)
    ]
    chance = random.Random(7)  # noqa: S311
    _drive(_go_to(town, workshop, "ideas"), people, 2, chance)
    # What young people write waits until one of the grown-ups has read it.
    for said in workshop.contributions.filter(state=Contribution.State.HELD):
        moderating.release(ada, workshop, said.pk)
    _go_to(town, workshop, "themes")
    grouping.suggest_themes(ada, workshop)
    _drive(_go_to(town, workshop, "priorities"), people, 3, chance)
    _closed_after(town, workshop, 60)
    outcomes.release_all(town, workshop)
    return workshop


def prepare_the_river(town: Town, programme: Programme) -> Workshop:
    """A session with young people, ready to be rehearsed and opened."""
    workshop = _prepared(
        town,
        programme,
        "young-commissioners",
        "The river, by those who swim in it",
        _evening(7),
        venue="The old boathouse, Quayside",
        guardian_contact="01632 960 018, all evening",
        chaperones="Joan Sluicegate, at the door\nOlu Eddystream, by the kitchen",
    )
    outcomes.plan_the_river(town, workshop)
    return workshop


def _opened_on(town: Town, workshop: Workshop, held_on: datetime) -> Workshop:
    """Opened, as of that evening: what is agreed in it says when."""
    workshop = running.open_workshop(town.people["ada"], workshop)
    Workshop.objects.filter(pk=workshop.pk).update(opened_at=held_on)
    workshop.refresh_from_db()
    return workshop


def _closed_after(town: Town, workshop: Workshop, minutes: int) -> None:
    """Closed, so many minutes after it was opened; what the room agreed, it agreed before."""
    running.close_workshop(town.people["ada"], workshop)
    workshop.refresh_from_db()
    assert workshop.opened_at is not None
    end = workshop.opened_at + timedelta(minutes=minutes)
    Workshop.objects.filter(pk=workshop.pk).update(closed_at=end)
    with pgtrigger.ignore("workshops.DraftVersion:what_the_room_agreed_stays"):
        DraftVersion.objects.filter(activity__workshop=workshop, agreed_at__isnull=False).update(
            agreed_at=end - timedelta(minutes=10)
        )
    workshop.refresh_from_db()


def _evening(days: int) -> datetime:
    """Half past six, so many days from today."""
    on = timezone.localtime() + timedelta(days=days)
    return on.replace(hour=18, minute=30, second=0, microsecond=0)


def _content() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("workshops.toml").read_text(encoding="utf-8"))


def _prepared(
    town: Town, programme: Programme, key: str, title: str, held_on: datetime, **more: str
) -> Workshop:
    """A session with everything said that must be said before people come in."""
    ada = town.people["ada"]
    made = preparing.make_workshop(ada, programme, ready(key), title)
    values = {name: getattr(made, name) for name in preparing.SETTINGS}
    values |= {"held_on": held_on, "venue": LIBRARY, "safeguarding_lead": town.people["femi"]}
    return preparing.write_settings(ada, made, values | more)


def _go_to(town: Town, workshop: Workshop, kind: str) -> Activity:
    workshop.refresh_from_db()
    while workshop.current is None or workshop.current.kind != kind:
        workshop = running.go_on(town.people["ada"], workshop, workshop.current_id or "")
    return workshop.current


def _drive(
    activity: Activity, people: list[Participant], times: int, chance: random.Random
) -> None:
    """Let everybody do so many times what somebody in such a room does."""
    for _ in range(times):
        for person in people:
            kind_of(activity).rehearse(person, activity, chance)


def _say_ideas(
    town: Town, workshop: Workshop, people: list[Participant], said: dict[str, Any]
) -> None:
    """Ideas; one of money is parked, one that names a neighbour is hidden with a reason."""
    activity, ada = _go_to(town, workshop, "ideas"), town.people["ada"]
    for number, (words, _theme) in enumerate(said["ideas"]):
        person = people[number % len(people)]
        contributing.say(person, activity, words, named=number % 5 == 0)
    parked = "The day centre had its budget cut twice. Say that too"
    contributing.say(people[3], activity, parked, money="park")
    named = contributing.say(people[5], activity, "Mrs Sluicegate at number 12 sees nobody")
    assert named.contribution is not None
    reason = "It names a neighbour. Please say it without her name: we would like to keep it."
    moderating.hide(ada, workshop, named.contribution.pk, reason)


def _group(town: Town, workshop: Workshop, said: dict[str, Any]) -> None:
    _go_to(town, workshop, "themes")
    theme_of = dict(said["ideas"])
    cards = list(grouping.cards_of(workshop))
    for number, title in enumerate(said["themes"]):
        seen = {str(card.pk): "" for card in cards if theme_of[card.text] == number}
        grouping.make_theme(town.people["cora"], workshop, title, seen)


def _draft(
    town: Town,
    activity: Activity,
    people: list[Participant],
    chance: random.Random,
    said: dict[str, Any],
) -> None:
    """A first version that some object to, their answers, a second one, and its agreement."""
    ada, first = town.people["ada"], said["first"]
    drafting.write_version(ada, activity, first["statement"], first["outcomes"], "", seen=0)
    objection, *_more = said["replies"]
    drafting.stand(people[8], activity, 1, "object", f"{objection['begins']}. I like my door shut.")
    _drive(activity, people, 2, chance)
    _answer(town, activity, said["replies"])
    drafting.write_version(
        ada,
        activity,
        town.content.vision,
        town.content.outcomes,
        said["second"]["what_changed"],
        seen=1,
    )
    _drive(activity, people, 2, chance)
    drafting.agree(
        ada,
        activity,
        2,
        "People of all six wards, four voluntary groups, the council and three unpaid carers.",
    )


def _answer(town: Town, activity: Activity, replies: list[dict[str, str]]) -> None:
    draft = drafting.newest_draft(activity)
    assert draft is not None
    for one in draft.consents.exclude(why=""):
        reply = next((each["reply"] for each in replies if one.why.startswith(each["begins"])), "")
        if reply:
            drafting.answer_objection(town.people["ada"], activity, one.pk, reply)
