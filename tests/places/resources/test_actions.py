"""What people put on the map, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.models import Notice
from commissioning.people.models import User
from commissioning.programmes.models import HistoryEntry, Outcome, Programme
from places.directory.models import Area, Organisation, Place
from places.directory.place_actions import undo_boundaries, upload_boundaries, use_boundaries
from places.resources.actions.keeping import save_view
from places.resources.actions.links import link_to_outcome, unlink
from places.resources.actions.merging import merge, undo_merge
from places.resources.actions.resources import (
    Facts,
    add_from_offer,
    add_resource,
    check_resource,
    edit_resource,
    hide_resource,
    publish_resource,
    suggest_resource,
)
from places.resources.models import Kind, Resource, SavedView, Source, State, Where
from places.resources.tasks import remind
from tests.places.resources.conftest import Make

SURE = "seen"


def test_a_point_finds_its_area_by_itself(hall: Resource, the_lanes: Area) -> None:
    assert hall.area == the_lanes
    assert hall.state == State.PUBLISHED
    assert hall.review_on is not None


def test_a_point_outside_every_area_says_so_by_having_none(make: Make, northbank: Area) -> None:
    assert make("A boat", where=Where.POINT, longitude=2.0, latitude=51.0).area is None


def test_areas_are_found_anew_when_boundaries_change(
    hall: Resource, ada: User, place: Place, the_lanes: Area
) -> None:
    geojson = (
        b'{"type":"Feature","properties":{"name":"Harbour"},"geometry":{"type":"Polygon",'
        b'"coordinates":[[[0.3,52.93],[0.33,52.93],[0.33,52.95],[0.3,52.95],[0.3,52.93]]]}}'
    )
    upload = upload_boundaries(ada, place, "new.geojson", geojson)
    use_boundaries(ada, upload, "name", replaces=True)
    hall.refresh_from_db()
    assert hall.area is not None
    assert hall.area.name == "Harbour"
    undo_boundaries(ada, upload)
    hall.refresh_from_db()
    assert hall.area is not None
    assert hall.area.name == "The Lanes"


def test_an_area_that_something_is_in_stays(make: Make, ada: User, the_lanes: Area) -> None:
    make("Eleven drivers", Kind.PEOPLE, where=Where.AREA, area=the_lanes)
    with pytest.raises(IntegrityError), transaction.atomic():
        the_lanes.delete()


def test_anybody_suggests_and_somebody_who_looks_after_it_publishes(
    nell: User, femi: User, place: Place, programme: Programme
) -> None:
    suggested = suggest_resource(nell, place, Facts(kind=Kind.EQUIPMENT, what="A minibus"))
    assert suggested.state == State.SUGGESTED
    assert suggested not in Resource.objects.visible_to(femi)
    with pytest.raises(Refused):
        publish_resource(nell, suggested)
    publish_resource(femi, suggested)
    assert suggested in Resource.objects.visible_to(nell)
    assert Notice.objects.filter(user=nell, kind="resources.answered").count() == 1


def test_an_organisation_puts_in_its_own_and_nobody_elses(
    priya: User, place: Place, lanes: Organisation, council: Organisation
) -> None:
    facts = Facts(kind=Kind.TIME, what="Six cooks", organisation=lanes)
    assert add_resource(priya, place, facts).state == State.PUBLISHED
    with pytest.raises(Refused):
        add_resource(priya, place, Facts(kind=Kind.TIME, what="Clerks", organisation=council))


@pytest.mark.parametrize("field", ["what", "about", "whose", "when", "for_whom"])
def test_no_amount_is_said_anywhere(field: str, ada: User, place: Place, council: object) -> None:
    facts = replace(
        Facts(kind=Kind.BUILDINGS, what="A hall"), **cast("Any", {field: "A hall at £20 an hour"})
    )
    with pytest.raises(Invalid) as no:
        add_resource(ada, place, facts)
    assert no.value.field == field


def test_an_offer_at_a_workshop_becomes_a_resource_once_without_its_amount(
    femi: User, programme: Programme, lanes: Organisation
) -> None:
    offer = add_from_offer(femi, programme, "Our kitchen, worth £500 a week", "buildings", lanes)
    assert offer.source == Source.OFFER
    assert "£" not in offer.what
    again = add_from_offer(femi, programme, "Our kitchen, worth £500 a week", "buildings", lanes)
    assert again == offer
    assert HistoryEntry.objects.filter(sentence__contains="kept the offer").count() == 1


def test_what_came_through_a_private_programme_stays_its_members(
    nell: User, ada: User, other_programme: Programme
) -> None:
    offer = add_from_offer(nell, other_programme, "A barge", "equipment")
    assert offer in Resource.objects.visible_to(nell)
    assert offer not in Resource.objects.visible_to(ada)
    assert offer not in Resource.objects.published()


def test_a_link_says_how_how_sure_and_who_said_so(
    hall: Resource, femi: User, sami: User, outcome: Outcome
) -> None:
    with pytest.raises(Refused):
        link_to_outcome(sami, hall, outcome, "A place to eat", SURE, "Sami")
    link_to_outcome(femi, hall, outcome, "A place to eat", "guess", "Femi")
    link = link_to_outcome(femi, hall, outcome, "Lunch for forty", SURE, "Priya, at the workshop")
    assert hall.links.get() == link
    unlink(femi, link)
    assert not hall.links.exists()


def test_two_that_are_one_are_merged_and_made_two_again(
    make: Make, hall: Resource, femi: User, outcome: Outcome
) -> None:
    twin = make("Saint Brannoc's Hall")
    link_to_outcome(femi, twin, outcome, "Lunch", SURE, "Priya")
    done = merge(femi, hall, twin)
    twin.refresh_from_db()
    assert twin.state == State.MERGED
    assert hall.links.get().how == "Lunch"
    assert twin not in Resource.objects.visible_to(femi)
    with pytest.raises(Invalid):
        merge(femi, hall, twin)
    undo_merge(femi, done)
    twin.refresh_from_db()
    assert twin.state == State.PUBLISHED
    assert twin.links.get().how == "Lunch"
    assert not hall.links.exists()
    with pytest.raises(Invalid):
        undo_merge(femi, done)


def test_hidden_with_a_reason_and_published_again(hall: Resource, priya: User, ada: User) -> None:
    with pytest.raises(Invalid):
        hide_resource(priya, hall, "  ")
    hide_resource(priya, hall, "The roof leaks.")
    assert hall not in Resource.objects.visible_to(ada)
    publish_resource(ada, hall)
    assert hall in Resource.objects.visible_to(ada)


def test_the_owner_is_asked_once_when_it_is_time_to_look_again(hall: Resource, ada: User) -> None:
    assert remind() == 0
    Resource.objects.filter(pk=hall.pk).update(review_on=timezone.localdate())
    assert remind() == 1
    remind()
    assert Notice.objects.filter(user=ada, kind="resources.review_due").count() == 1
    check_resource(ada, hall)
    assert remind() == 0
    with pytest.raises(Invalid):
        check_resource(ada, hall, timezone.localdate() - timedelta(days=1))


def test_only_who_looks_after_it_changes_it(hall: Resource, priya: User, nell: User) -> None:
    facts = Facts(kind=Kind.BUILDINGS, what="The hall", organisation=hall.organisation)
    with pytest.raises(Refused):
        edit_resource(nell, hall, facts)
    changed = edit_resource(priya, hall, facts)
    assert (changed.what, changed.where, changed.area) == ("The hall", Where.EVERYWHERE, None)


@pytest.mark.parametrize(
    "broken",
    [
        {"where": "point"},
        {"where": "area"},
        {"where": "everywhere", "longitude": 0.1, "latitude": 52.9},
        {"state": "merged"},
        {"where": "point", "longitude": 500.0, "latitude": 52.9},
    ],
)
def test_the_database_refuses_what_does_not_fit(broken: dict[str, object], place: Place) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Resource.objects.create(**{"place": place, "kind": "groups", "what": "X"} | broken)


def test_words_find_what_begins_so_whose_and_for_whom(
    hall: Resource, make: Make, place: Place
) -> None:
    make("A choir", Kind.GROUPS, for_whom="Carers")
    found = Resource.objects.filter(place=place)
    assert [row.what for row in found.matching("kitch")] == ["St Brannoc's hall"]
    assert [row.what for row in found.matching("LANES neigh")] == ["St Brannoc's hall"]
    assert [row.what for row in found.matching("carer")] == ["A choir"]
    assert found.matching("!!! & |").count() == 2


def test_a_view_kept_under_the_same_name_takes_the_new_filters(ada: User, place: Place) -> None:
    save_view(ada, place, "Halls", "kind=buildings")
    save_view(ada, place, "Halls", "kind=buildings&q=hall")
    assert SavedView.objects.get(user=ada).query == "kind=buildings&q=hall"
