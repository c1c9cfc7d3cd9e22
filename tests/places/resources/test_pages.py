"""The map and the list, as people meet them."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Area, Organisation, Place
from places.imports.models import Import
from places.resources.actions.links import link_to_outcome
from places.resources.actions.resources import Facts, suggest_resource
from places.resources.models import Kind, Merge, OutcomeLink, Resource, SavedView, State, Where
from tests.cast import SignIn
from tests.places.resources.conftest import Make


def page(browser: Client, url: str) -> str:
    response = browser.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def here(place: Place) -> str:
    return reverse("resources:place", args=[place.slug])


def test_the_map_and_the_list_say_the_same(hall: Resource, make: Make, here: str) -> None:
    make("A choir", Kind.GROUPS)
    said = page(Client(), here)
    assert "What Rivermead already has" in said
    assert "2 resources" in said
    assert said.count("St Brannoc&#x27;s hall") == 2  # in the list and on the map
    assert "1 is everywhere" in said


def test_a_place_without_boundaries_has_a_list_and_says_why_no_map(make: Make, here: str) -> None:
    make("A choir", Kind.GROUPS)
    said = page(Client(), here)
    assert "There is no map yet" in said
    assert "A choir" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=groups", ["A choir"]),
        ("kind=nonsense", ["A choir", "A shed", "St Brannoc's hall"]),
        ("q=kitchen", ["St Brannoc's hall"]),
        ("where=everywhere", ["A choir"]),
        ("area=none", ["A shed"]),
        ("area={lanes}", ["St Brannoc's hall"]),
        ("near={lanes}&within=1", ["St Brannoc's hall"]),
        ("near={lanes}", ["St Brannoc's hall", "A shed"]),
        ("box=0.31,52.93,0.33,52.95", ["St Brannoc's hall"]),
        ("outcome={outcome}", ["A choir"]),
        ("near=' OR 1=1&within=99&box=1,2&area=x&outcome=y&sort=z", None),
    ],
)
def test_each_filter_lets_through_what_it_says(
    query: str,
    found: list[str] | None,
    hall: Resource,
    make: Make,
    femi: User,
    the_lanes: Area,
    outcome: Outcome,
    here: str,
) -> None:
    choir = make("A choir", Kind.GROUPS)
    make("A shed", where=Where.POINT, longitude=0.40, latitude=52.96)
    link_to_outcome(femi, choir, outcome, "Company", "seen", "Sami")
    response = Client().get(f"{here}?{query.format(lanes=the_lanes.pk, outcome=outcome.pk)}")
    names = [resource.what for resource in response.context["page_obj"]]
    assert names == (found or ["A choir", "A shed", "St Brannoc's hall"])


def test_the_gaps_of_a_programme_show_with_what_is_behind_each_number(
    hall: Resource, femi: User, programme: Programme, outcome: Outcome, northbank: Area
) -> None:
    link_to_outcome(femi, hall, outcome, "Lunch", "seen", "Priya")
    said = page(Client(), reverse("resources:programme", args=[programme.slug]))
    assert "Where the gaps are" in said
    assert f"outcome={outcome.pk}&amp;area={hall.area_id}" in said
    gaps = page(Client(), reverse("resources:gaps", args=[programme.slug]))
    assert "Nothing in Northbank towards" in gaps
    assert "Nothing is mapped yet towards “There is something to go to every day”" in gaps
    by_kind = page(Client(), reverse("resources:gaps", args=[programme.slug]) + "?by=kind")
    assert "Knowledge and data" in by_kind


def test_three_of_a_kind_in_one_area_are_an_overlap(
    make: Make, femi: User, programme: Programme, outcome: Outcome, the_lanes: Area
) -> None:
    for name in ("Lunch", "Tea", "Supper"):
        made = make(name, Kind.SERVICES, where=Where.AREA, area=the_lanes)
        link_to_outcome(femi, made, outcome, "A meal", "told", "Wren")
    said = page(Client(), reverse("resources:gaps", args=[programme.slug]))
    assert "3 of one kind (services) in The Lanes" in said


def test_somebody_adds_links_changes_checks_and_hides_it(
    ada: User, place: Place, programme: Programme, council: Organisation, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    new = reverse("resources:new", args=[place.slug]) + f"?programme={programme.slug}"
    wrong = browser.post(new, {"what": "A £5 hall", "kind": "buildings", "where": "everywhere"})
    assert wrong.status_code == 422
    assert "Say what there is, not what it costs" in wrong.content.decode()
    browser.post(new, {"what": "A hall", "kind": "buildings", "where": "everywhere"})
    hall = Resource.objects.get()
    assert hall.programme == programme
    outcome = programme.outcomes.first()
    assert outcome is not None
    link = reverse("resources:link", args=[place.slug, hall.pk, programme.slug])
    assert outcome.title in page(browser, link)
    browser.post(link, {"outcome": outcome.pk, "how": "Lunch", "sure": "told", "said_by": "Priya"})
    said = page(browser, hall.get_absolute_url())
    assert "Somebody told us: Priya" in said
    one = [place.slug, hall.pk]
    browser.post(
        reverse("resources:edit", args=one),
        {"what": "The hall", "kind": "buildings", "where": "everywhere"},
    )
    browser.post(reverse("resources:check", args=one), {})
    browser.post(
        reverse("resources:unlink", args=[*one, OutcomeLink.objects.get().pk]),
    )
    browser.post(reverse("resources:hide", args=one), {"why": "Sold."})
    hall.refresh_from_db()
    assert (hall.what, hall.state, hall.why_hidden) == ("The hall", State.HIDDEN, "Sold.")
    assert Client().get(hall.get_absolute_url()).status_code == 404


def test_what_nell_suggests_waits_for_femi(
    nell: User, femi: User, programme: Programme, place: Place, sign_in: SignIn
) -> None:
    sign_in(nell).post(
        reverse("resources:new", args=[place.slug]),
        {"what": "A minibus", "kind": "equipment", "where": "everywhere"},
    )
    bus = Resource.objects.get()
    waiting = page(sign_in(femi), reverse("resources:look_after", args=[place.slug]))
    assert "A minibus" in waiting
    assert "A minibus" not in page(Client(), reverse("resources:place", args=[place.slug]))
    sign_in(femi).post(reverse("resources:publish", args=[place.slug, bus.pk]))
    assert "A minibus" in page(Client(), reverse("resources:place", args=[place.slug]))


def test_two_that_seem_one_are_shown_made_one_and_made_two(
    hall: Resource, make: Make, femi: User, place: Place, programme: Programme, sign_in: SignIn
) -> None:
    twin = make("St Brannocs Hall", where=Where.POINT, longitude=0.3201, latitude=52.94)
    browser, here = sign_in(femi), reverse("resources:look_after", args=[place.slug])
    assert "One thing" in page(browser, here)
    browser.post(reverse("resources:merge", args=[place.slug, hall.pk, twin.pk]))
    said = page(browser, here)
    assert "One thing" not in said
    assert "Make them two again" in said
    assert "part of another now" in page(browser, twin.get_absolute_url())
    browser.post(reverse("resources:undo_merge", args=[place.slug, Merge.objects.get().pk]))
    browser.post(reverse("resources:different", args=[place.slug, hall.pk, twin.pk]))
    assert "One thing" not in page(browser, here)
    assert Resource.objects.filter(state=State.PUBLISHED).count() == 2


def test_a_view_is_kept_and_removed(ada: User, place: Place, here: str, sign_in: SignIn) -> None:
    browser = sign_in(ada)
    browser.post(
        reverse("resources:save_view", args=[place.slug]),
        {"name": "Halls", "query": "?kind=buildings"},
    )
    assert 'href="?kind=buildings">Halls' in page(browser, here)
    view = SavedView.objects.get()
    browser.post(reverse("resources:forget_view", args=[place.slug, view.pk]))
    assert not SavedView.objects.exists()


def test_a_private_programmes_things_stay_on_its_side(
    other_programme: Programme, nell: User, ada: User, sign_in: SignIn
) -> None:
    place = other_programme.place
    suggested = suggest_resource(nell, place, Facts(kind=Kind.TIME, what="Oars"), other_programme)
    Resource.objects.filter(pk=suggested.pk).update(state=State.PUBLISHED)
    here = reverse("resources:place", args=[place.slug])
    assert "Oars" in page(sign_in(nell), here)
    for browser in (Client(), sign_in(ada)):
        assert "Oars" not in page(browser, here)
        assert browser.get(suggested.get_absolute_url()).status_code == 404


def test_points_come_as_points_and_as_cells_where_they_are_many(
    hall: Resource, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = reverse("resources:points", args=[place.slug])
    one = json.loads(Client().get(url).content)
    assert one["points"] == [[0.32, 52.94, "buildings", str(hall.pk), "St Brannoc's hall"]]
    away = json.loads(Client().get(f"{url}?view=1,50,2,51").content)
    assert away["points"] == []
    monkeypatch.setattr("places.resources.points.MOST", 0)
    many = json.loads(Client().get(url).content)
    assert many["cells"] == [[0.32, 52.94, 1, [0.32, 52.94, 0.32, 52.94]]]


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    make: Make,
    hall: Resource,
    programme: Programme,
    ada: User,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(25):
        make(f"Hall {number}", programme=programme)
    browser, url = sign_in(ada), reverse("resources:programme", args=[programme.slug])
    browser.get(url)
    with django_assert_max_num_queries(20):
        browser.get(url)


def test_a_gap_takes_its_area_and_outcome_into_the_form(
    ada: User, femi: User, programme: Programme, outcome: Outcome, northbank: Area, sign_in: SignIn
) -> None:
    """Ada looks at what is missing, puts a hall there, and is asked how it helps that outcome."""
    browser = sign_in(ada)
    gap = reverse("resources:programme", args=[programme.slug])
    said = page(browser, f"{gap}?outcome={outcome.pk}&area={northbank.pk}")
    new = reverse("resources:new", args=[programme.place.slug])
    new += f"?programme={programme.slug}&outcome={outcome.pk}&area={northbank.pk}"
    assert new.replace("&", "&amp;") in said

    form = page(browser, new)
    assert f"Towards “{outcome.title}”" in form
    assert f'value="{northbank.pk}" selected' in form
    done = browser.post(
        new, {"what": "A hall", "kind": "buildings", "where": "area", "area": str(northbank.pk)}
    )
    hall = Resource.objects.get(what="A hall")
    assert hall.area == northbank
    way = reverse("resources:link", args=[programme.place.slug, hall.pk, programme.slug])
    assert done.status_code == 302
    assert done.headers["Location"] in (f"{way}?outcome={outcome.pk}", hall.get_absolute_url())


def test_what_a_file_brought_is_listed_alone(make: Make, place: Place, ada: User) -> None:
    brought, other = make("A brought hall"), make("Another hall")
    run = Import.objects.create(
        place=place,
        by=ada,
        importer="locations",
        file_name="halls.csv",
        state="done",
        finished_at=timezone.now(),
    )
    Resource.objects.filter(pk=brought.pk).update(brought_in=run)
    said = page(Client(), reverse("resources:place", args=[place.slug]) + f"?file={run.pk}")
    assert brought.what in said
    assert other.what not in said
    assert "from “halls.csv”" in said
    assert f'name="file" value="{run.pk}"' in said
