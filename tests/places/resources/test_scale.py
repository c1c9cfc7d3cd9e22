"""Twenty thousand resources: the first page stays small, and indexes answer the filters."""

import sys
import time
from random import Random

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Area
from places.resources.filters import Filters, in_box
from places.resources.geo import Box
from places.resources.models import Kind, OutcomeLink, Resource, State, Where

MANY = 20_000
LARGEST_PAGE = 300_000


@pytest.fixture
def many(
    programme: Programme, outcome: Outcome, northbank: Area, the_lanes: Area
) -> list[Resource]:
    """A place with a great deal, spread over both its areas."""
    chance, kinds = Random(4), list(Kind)
    rows = [
        Resource(
            place=programme.place,
            kind=kinds[number % len(kinds)],
            what=f"{chance.choice(['Hall', 'Choir', 'Drivers', 'Garden'])} {number}",
            about="Open to all, with a kettle.",
            where=Where.POINT,
            longitude=0.30 + chance.random() * 0.04,
            latitude=52.93 + chance.random() * 0.04,
            area=northbank if number % 9 else the_lanes,
            state=State.PUBLISHED,
        )
        for number in range(MANY)
    ]
    Resource.objects.bulk_create(rows, batch_size=2000)
    # Much helps another outcome; one in two hundred helps this one.
    other = programme.outcomes.exclude(pk=outcome.pk).get()
    links = [(row, other) for row in rows[::5]] + [(row, outcome) for row in rows[::200]]
    OutcomeLink.objects.bulk_create(
        OutcomeLink(resource=row, outcome=towards, how="Company", sure="told", said_by="Ada")
        for row, towards in links
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE resources_resource")
        cursor.execute("ANALYZE resources_outcomelink")
    return rows


def say(figure: str) -> None:
    """Printed for ``script/bench resources``."""
    sys.stdout.write(f"{figure}\n")


def plan(found: QuerySet[Resource]) -> str:
    return found[:15].explain()


def first_page(programme: Programme, at_most: DjangoAssertNumQueries) -> None:
    """The page and the points of its map, each small, in few queries."""
    url = reverse("resources:programme", args=[programme.slug])
    browser = Client()
    browser.get(url)
    began = time.perf_counter()
    with at_most(20):
        page = browser.get(url)
    took = time.perf_counter() - began
    say(f"first page of {MANY}: {len(page.content) / 1000:.0f} kB in {took * 1000:.0f} ms")
    assert f"{MANY} resources" in page.content.decode()
    assert len(page.content) < LARGEST_PAGE
    spots = browser.get(reverse("resources:points", args=[programme.place.slug]))
    say(f"points for the map: {len(spots.content) / 1000:.0f} kB")
    assert len(spots.content) < LARGEST_PAGE


def plans(programme: Programme, the_lanes: Area, outcome: Outcome) -> None:
    """What PostgreSQL means to do for each filter."""
    place, nobody = programme.place, AnonymousUser()
    rows = {
        "resource_by_name": Filters().rows(place, nobody),
        "resource_by_kind": Filters(kind=Kind.GROUPS).rows(place, nobody),
        "resource_by_area": Filters(area=the_lanes).rows(place, nobody),
        "resource_search": Filters(words="hall 1999").rows(place, nobody),
    }
    for index, found in rows.items():
        assert index in plan(found), (index, plan(found))
    box = Box(0.30, 52.93, 0.301, 52.931)
    here = in_box(Resource.objects.filter(place=place, state=State.PUBLISHED), box)
    assert "resource_by_spot" in plan(here.order_by())
    linked = plan(Filters(outcome=outcome).rows(place, nobody))
    assert "Seq Scan on resources_outcomelink" not in linked


def test_twenty_thousand_resources(
    many: list[Resource],
    programme: Programme,
    the_lanes: Area,
    outcome: Outcome,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # One test, since filling the place takes longest.
    first_page(programme, django_assert_max_num_queries)
    plans(programme, the_lanes, outcome)
