"""Loading the demo place: once, whole, and never into a database that has real programmes."""

from django.db import transaction

from commissioning.demo import company, costs, decided, others, outcomes, spending, steady, walks
from commissioning.demo.content import rivermead
from commissioning.demo.people import PLACE, Town, make_town
from commissioning.ground.answers import Invalid
from commissioning.ground.locks import lock
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Place


def load_demo() -> bool:
    """Load the demo place if it is not there; True if it was loaded now.

    Raises :class:`Invalid` where the database has programmes of real people.
    """
    if Programme.objects.filter(is_demo=False).exists():
        raise Invalid("This database has real programmes, so the demo place stays out of it.")
    with transaction.atomic():
        lock("demo")
        if Place.objects.filter(slug=PLACE).exists():
            town = None
        else:
            town = make_town(rivermead())
            programme = company.make_company(town)
            spending.make_spending(town, programme)
            walks.make_question_of_company(town, programme)
            costs.make_costs(town, programme)
            decided.make_half_walked(town, programme)
            decided.make_decided(town, programme)
            steady.make_steady(town, programme)
            others.make_river(town)
            others.make_food(town)
            others.make_practice(town)
            others.make_elsewhere(town)
    # The close has steps that commit each by themselves; a loading that was cut off goes on here.
    programme = Programme.objects.get(slug="growing-older-together", is_demo=True)
    town_now = town or known_town()
    company.finish_company(town_now, programme)
    decided.issue_the_record(town_now, programme)
    outcomes.issue_the_record(town_now, programme)
    return town is not None


def known_town() -> Town:
    """The demo place as it was loaded before."""
    people = {user.email.partition("@")[0]: user for user in User.objects.filter(is_demo=True)}
    return Town(rivermead(), Place.objects.get(slug=PLACE), people, {}, {})
