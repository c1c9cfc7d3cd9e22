"""The other programmes: one in its vision, one with an open call, one to practise voting on."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import uuid4

from django.utils import timezone

from commissioning.demo.people import Town, bring_in
from commissioning.demo.pictures import picture_of
from commissioning.demo.resources import map_the_quay
from commissioning.demo.workshops import hold_the_young, prepare_the_river
from commissioning.ground.uploads import PICTURES, check_upload
from commissioning.programmes.actions import members, openness, stages
from commissioning.programmes.actions import programme as programmes
from commissioning.programmes.actions import vision as visions
from commissioning.programmes.models import Given, Membership, Outcome, Programme, Role, Stage
from participation.budgeting import actions, keyring, register
from participation.budgeting.codes import grouped
from participation.budgeting.models import Elector, Round
from participation.calls.actions import applying, calls
from participation.calls.clock import database_now
from participation.calls.models import Call, EligibilityCheck

STYLES: Final[dict[str, dict[str, int]]] = {
    "approval": {"at_most": 3, "at_least": 1},
    "budget": {},
    "score": {"lowest": 1, "highest": 5},
    "points": {"points": 10, "most_on_one": 5, "all_of_them": 1},
    "ranking": {"at_most": 3, "at_least": 1},
}
PRACTICE_CARDS: Final = 20


def make_river(town: Town) -> Programme:
    """A programme at its very beginning: nobody talks about money yet."""
    ada = town.people["ada"]
    programme = _begin(
        town,
        programmes.About(
            title="Young people and the river",
            about="Young people say that the river belongs to everybody but them. Before anybody "
            "plans anything, we ask what they would want it to be.",
            starts_on=date(2026, 11, 2),
            what_taking_part_pays="£15 an evening for under-18s, and a hot meal.",
        ),
    )
    bring_in(town, programme, "femi", Role.FACILITATOR, "rva")
    bring_in(town, programme, "joan", Role.CITIZEN)
    bring_in(town, programme, "olu", Role.OBSERVER)
    members.invite(ada, programme, "wren@rivermead.example", Role.PARTNER, town.bodies["kitchen"])
    openness.say_given(
        ada, programme, Given.Kind.FIXED, "The weir is closed to swimmers. That is the law."
    )
    openness.say_given(ada, programme, Given.Kind.OPEN, "What the old boathouse is for.")
    visions.write_draft(ada, programme, "Every young person in Rivermead can say: this is my river")
    visions.add_outcome(ada, programme, "There is a place on the water that young people run")
    visions.add_outcome(ada, programme, "Nobody is told to move on")
    programmes.publish_programme(ada, programme)
    hold_the_young(town, programme)
    prepare_the_river(town, programme)
    return programme


def make_food(town: Town) -> Programme:
    """A programme with a call that is open now: Priya can apply, Wren has begun."""
    programme = _begin(
        town,
        programmes.About(
            title="Good food in Quayside",
            about="There is no shop in Quayside, and no bus on Sundays. People who live there "
            "want to eat well without leaving it.",
            starts_on=date(2026, 6, 1),
        ),
    )
    bring_in(town, programme, "cora", Role.COMMISSIONER, "council")
    bring_in(town, programme, "sami", Role.CITIZEN)
    programme = _to_delivery(
        town,
        programme,
        "Canteen on the quay, open after three",
        "Everybody in Quayside can buy fresh food within a short walk",
        "Fresh food is sold in Quayside every day",
        "People cook and eat together",
    )
    wren, call = town.people["wren"], _open_call(town, programme)
    begun = applying.begin_expression(wren, call, town.bodies["kitchen"])
    typed = {"contact_name": wren.name, "contact_email": wren.email, "profile_right": "on"}
    applying.save_section(wren, begun, "organisation", typed, applying.Edit(0, uuid4()))
    return programme


def make_practice(town: Town) -> list[Round]:
    """Five small open votes, one for each ballot style, to try with."""
    programme = _begin(
        town,
        programmes.About(
            title="Practice: five ways to vote",
            about="For trying things out. Nothing here is counted for anything.",
            starts_on=date(2026, 11, 1),
        ),
    )
    programme = _to_delivery(
        town,
        programme,
        "Meeting room above the canteen, with a screen",
        "Everybody knows how the vote works",
        "Nobody is surprised on the day",
    )
    return [_practice(town, programme, style) for style in STYLES]


def make_elsewhere(town: Town) -> Programme:
    """Somebody else's programme, which is not public: nobody of Rivermead can see it."""
    nell = town.people["nell"]
    about = programmes.About(
        title="Weirside winter plan",
        about="How four districts get through the winter.",
        starts_on=date(2026, 10, 1),
    )
    programme = programmes.create_programme(nell, town.bodies["weir"], town.place, about)
    Programme.objects.filter(pk=programme.pk).update(is_demo=True)
    members.declare(nell, programme, could_gain=False, words="")
    return programme


def practice_codes() -> list[tuple[str, str]]:
    """Each practice vote with a card that can vote in it, for trying them on a phone."""
    codes = []
    for round_ in Round.objects.filter(programme__is_demo=True, status=Round.Status.OPEN):
        card = Elector.objects.filter(round=round_, state=Elector.State.ACTIVE).last()
        if card is None or round_.code_symbols is None:
            continue
        issue_no = card.credentials.get(active=True).issue_no
        code = keyring.code_of(keyring.of(round_.pk), card.pk, issue_no, round_.code_symbols)
        codes.append((round_.title, grouped(code)))
    return codes


def _begin(town: Town, about: programmes.About) -> Programme:
    ada = town.people["ada"]
    programme = programmes.create_programme(ada, town.bodies["council"], town.place, about)
    Programme.objects.filter(pk=programme.pk).update(is_demo=True)
    members.declare(ada, programme, could_gain=False, words="")
    openness.say_given(ada, programme, Given.Kind.OPEN, "What happens, where, and who does it.")
    return programme


def _to_delivery(
    town: Town, programme: Programme, room: str, statement: str, *outcomes: str
) -> Programme:
    """Through every stage before delivery; ``room`` is the one thing on its map."""
    ada = town.people["ada"]
    visions.write_draft(ada, programme, statement)
    for title in outcomes:
        visions.add_outcome(ada, programme, title)
    visions.agree_vision(
        ada,
        programme,
        1,
        how_agreed="By everybody who came, with a show of hands.",
        who_was_there="Thirty people from Quayside, at the canteen.",
    )
    programmes.publish_programme(ada, programme)
    programme.refresh_from_db()
    map_the_quay(town, programme, room)
    for stage in (Stage.RESOURCES, Stage.OPTIONS):
        programme = stages.sign_off_stage(ada, programme, stage, "Agreed with those who took part.")
    return programme


def _open_call(town: Town, programme: Programme) -> Call:
    ada, now = town.people["ada"], database_now()
    call = calls.make_call(ada, programme, "Fresh food, every day")
    values: dict[str, Any] = {
        "about": "Ways of bringing good food to Quayside and keeping it there.",
        "outcomes": list(Outcome.objects.filter(programme=programme)),
        "funded": "Stalls, vans, kitchens, growing, cooking together.",
        "not_funded": "Food banks' running costs, which the council pays already.",
        "who_may_apply": "Any group or small business in Rivermead.",
        "already_done": "Quayside Kitchen cooks on weekdays.",
        "amount_available": Decimal(24_000),
        "project_minimum": Decimal(250),
        "project_maximum": Decimal(8_000),
        "expected_applications": 12,
        "can_fund": 5,
        "hours_others_took": Decimal(5),
        "decided_by": "Cora Millrace and two citizen commissioners; the council's cabinet adopts",
        "opens_at": now - timedelta(days=7),
        "closes_at": now + timedelta(days=21),
        "decision_on": (now + timedelta(days=40)).date(),
    }
    call = calls.write_call(ada, call, values)
    calls.add_from_library(ada, call, ["what_you_will_do", "how_you_know", "who_takes_part"])
    calls.save_asked(ada, call, EligibilityCheck(words="It feeds people in Quayside."))
    cora = Membership.objects.get(programme=programme, user=town.people["cora"])
    calls.choose_assessors(ada, call, [cora])
    return calls.publish_call(ada, call)


def _practice(town: Town, programme: Programme, style: str) -> Round:
    ada, now = town.people["ada"], timezone.now()
    round_ = actions.make_round(
        ada,
        programme,
        {
            "title": _PRACTICE_TITLES[style],
            "about": "A practice vote: try it, change your mind, try it on two phones.",
            "style": style,
            "style_options": STYLES[style],
            "rule": "greedy",
            "rule_options": {"min_votes": 1}
            | ({"utility": "points"} if style in _WITH_POINTS else {}),
            "budget": Decimal(10_000),
            "eligibility": "Anybody who is handed a practice card.",
            "minimum_age": 0,
            "opens_at": now,
            "closes_at": now + timedelta(days=60),
            "expected_cards": PRACTICE_CARDS,
            "adopting_body": "The practice panel",
            "adopting_power": "the rules of this practice: nothing is paid out",
        },
    )
    for idea in town.content.ideas[4:12]:
        picture = check_upload(picture_of(idea.title), kinds=PICTURES, longest_side=1200)
        fields = {
            "title": idea.title,
            "summary": idea.summary,
            "cost": idea.cost,
            "area": town.areas[idea.ward],
            "owner": town.bodies[idea.body],
            "picture_alt": "Houses, trees and hills, drawn in flat colours.",
        }
        actions.add_project(ada, round_, fields, picture)
    actions.draw_lot(ada, round_, "Three dice, thrown on the stage: 4, 1, 6")
    register.make_cards(ada, round_, PRACTICE_CARDS, "Practice")
    register.hand_out(ada, round_, 1, PRACTICE_CARDS)
    return actions.open_round(ada, round_)


_WITH_POINTS = frozenset({"score", "points", "ranking"})
_PRACTICE_TITLES = {
    "approval": "Practice: choose up to three",
    "budget": "Practice: spend the budget",
    "score": "Practice: score every idea",
    "points": "Practice: share out ten points",
    "ranking": "Practice: rank your best three",
}
