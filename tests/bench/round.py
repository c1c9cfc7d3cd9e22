"""A round of so many ideas with so many cards handed out, made through the real actions."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.actions.members import declare
from commissioning.programmes.actions.openness import say_given
from commissioning.programmes.actions.programme import (
    About,
    create_programme,
    publish_programme,
)
from commissioning.programmes.actions.stages import lift_money_gate
from commissioning.programmes.models import Given, Programme
from participation.budgeting import actions, register
from participation.budgeting.cast import Voter
from participation.budgeting.models import Credential, Round
from places.directory.models import Organisation, Place

WORDS = (
    "Neighbours cook for four people at a time in their own front rooms, every Thursday. "
    "Training, food and a taxi for those who need it. "
)


def make_round(ideas: int, cards: int) -> tuple[Round, list[Voter]]:
    """An open round in which every idea is scored, and its voters."""
    ada = User.objects.create_user("ada@example.org", "Ada Nwosu", is_staff=True)
    place = Place.objects.create(slug="rivermead", name="Rivermead", prefix="RIV")
    council = Organisation.objects.create(
        slug="council",
        name="Rivermead Council",
        kind=Organisation.Kind.COUNCIL,
        place=place,
        confirmed_at=timezone.now(),
    )
    programme = create_programme(
        ada, council, place, About("Growing older together", "Company for all.", date(2027, 1, 1))
    )
    declare(ada, programme, could_gain=False, words="")
    say_given(ada, programme, Given.Kind.FIXED, "The hall is booked.")
    say_given(ada, programme, Given.Kind.OPEN, "What is done.")
    lift_money_gate(ada, programme, "A bench.")
    publish_programme(ada, Programme.objects.get(pk=programme.pk))
    now = timezone.now()
    round_ = actions.make_round(
        ada,
        Programme.objects.get(pk=programme.pk),
        {
            "title": "Growing older together: which ideas should we fund?",
            "hall": "Leisure Centre",
            "style": "score",
            "style_options": {},
            "rule": "greedy",
            "rule_options": {"utility": "points"},
            "budget": Decimal(50_000),
            "eligibility": "Anyone who lives in Rivermead.",
            "opens_at": now - timedelta(minutes=1),
            "closes_at": now + timedelta(days=2),
            "adopting_body": "The cabinet",
            "adopting_power": "section 1 of the Localism Act 2011",
            "expected_cards": cards,
        },
    )
    for number in range(1, ideas + 1):
        fields = {"title": f"Idea {number}", "summary": WORDS * 3, "cost": Decimal(100 * number)}
        actions.add_project(ada, round_, fields)
    actions.draw_lot(ada, round_, "4 2 6 1 1 5")
    register.make_cards(ada, round_, cards, printed=False)
    register.hand_out(ada, round_, 1, cards)
    round_ = actions.open_round(ada, round_)
    rows = Credential.objects.filter(round=round_).order_by("elector__serial")
    return round_, [Voter(round_.pk, row.elector_id, row.pk) for row in rows]
