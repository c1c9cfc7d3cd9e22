"""The whole-system review, and what resources show on other rooms' pages."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from commissioning.documents.making import make as make_document
from commissioning.documents.models import Rendering
from commissioning.people.models import User
from commissioning.programmes.evidence import evidence_sources
from commissioning.programmes.journey import stage_parts
from commissioning.programmes.models import Outcome, Programme
from places.directory.measure_actions import Measured, say_measure, withdraw_measure
from places.directory.models import Area, Organisation
from places.resources.actions.links import link_to_outcome
from places.resources.matrix import gaps_of, matrix_of
from places.resources.models import Kind, Resource, State, Where
from places.resources.review import SAID_ABOVE, data
from tests.cast import SignIn
from tests.places.resources.conftest import Make
from tests.reading import lines_of


@pytest.fixture
def linked(hall: Resource, femi: User, outcome: Outcome) -> Resource:
    link_to_outcome(femi, hall, outcome, "Lunch for forty", "told", "Priya, at the workshop")
    return hall


def test_every_room_speaks_in_the_review_and_each_line_leads_somewhere(
    linked: Resource, programme: Programme, client: Client
) -> None:
    said = client.get(reverse("resources:review", args=[programme.slug])).content.decode()
    for name in evidence_sources.names():
        assert name in SAID_ABOVE or str(evidence_sources[name].title) in said
    assert linked.get_absolute_url() in said
    assert "1 resource helps" in said
    assert "Lunch for forty" in said


def links_in(said: str) -> list[tuple[str, str]]:
    """Where the page's own part leads to, and the words of each link."""
    main = said[said.index("<main") : said.index("</main>")]
    found = re.findall(r'<a\b[^>]*href="([^"]+)"[^>]*>(.*?)</a>', main, re.DOTALL)
    return [(unescape(url), unescape(strip_tags(words)).strip()) for url, words in found]


@pytest.mark.parametrize("name", ["programme", "vision_programme"])
def test_every_link_of_the_review_opens_and_tells_the_figure_that_led_there(
    name: str,
    linked: Resource,
    make: Make,
    ada: User,
    sign_in: SignIn,
    request: pytest.FixtureRequest,
) -> None:
    make("Reading room")
    programme = request.getfixturevalue(name)
    browser = sign_in(ada)
    page = browser.get(reverse("resources:review", args=[programme.slug])).content.decode()
    links = links_in(page)
    assert len(links) > 10
    for url, words in links:
        address, _hash, part = url.partition("#")
        answer = browser.get(address)
        assert answer.status_code == 200, (words, url, answer.status_code)
        there = answer.content.decode()
        assert not part or f'id="{part}"' in there, (words, url)
        if figure := re.match(r"(\d+) (thing|resource|organisation|gap)", words):
            told = figure[0].replace("thing", "resource")
            assert told in strip_tags(there), (words, url)


def test_the_review_says_what_an_organisation_measures_as_its_own_word_and_without_amounts(
    linked: Resource,
    lanes: Organisation,
    council: Organisation,
    priya: User,
    ada: User,
    programme: Programme,
    vision_programme: Programme,
    client: Client,
) -> None:
    words = Measured("Calls made", "64", "October 2026", "It saves £900 a year.", unit="a week")
    said_by_lanes = say_measure(priya, lanes, words)
    # The council brings nothing to the map, so what it measures is not the review's matter.
    say_measure(ada, council, Measured("Potholes", "9", "2026", "We looked."))
    page = reverse("resources:review", args=[programme.slug])
    said = client.get(page).content.decode()
    assert "Lanes Neighbours says of itself, not checked: Calls made: 64 a week" in said
    assert f"{lanes.get_absolute_url()}#measures" in said
    assert "Potholes" not in said
    assert "Calls made: 64 a week" in str(data(programme.pk))
    early = client.get(reverse("resources:review", args=[vision_programme.slug])).content.decode()
    assert "Calls made: 64 a week" in early
    assert "£900" not in early
    assert "£900" in said
    withdraw_measure(priya, said_by_lanes)
    assert "Calls made" not in client.get(page).content.decode()


def test_the_paper_says_what_anybody_may_read(
    linked: Resource, programme: Programme, femi: User, sign_in: SignIn
) -> None:
    suggestion = Resource.objects.create(
        place=programme.place, kind=Kind.TIME, what="Secret", state=State.SUGGESTED
    )
    said = str(data(programme.pk))
    assert "Lunch for forty" in said
    assert suggestion.what not in said
    browser = sign_in(femi)
    browser.post(reverse("resources:print_review", args=[programme.slug]))
    rendering = Rendering.objects.get()
    make_document(rendering.pk)
    rendering.refresh_from_db()
    assert rendering.state == Rendering.State.DONE, rendering.trouble


def test_a_stage_with_nothing_linked_is_not_done(
    programme: Programme, hall: Resource, femi: User, outcome: Outcome
) -> None:
    part = stage_parts["resources"]
    assert part.unmet(programme)
    link_to_outcome(femi, hall, outcome, "Lunch", "seen", "Priya")
    assert not part.unmet(programme)
    assert "1 thing mapped" in str(part.summary(programme, femi).text)


def test_the_next_workshop_can_be_given_the_gaps(
    linked: Resource, programme: Programme, sami: User, northbank: Area
) -> None:
    gaps = gaps_of(programme, sami)
    assert gaps[0].area is None
    assert [gap.area for gap in gaps[1:]] == [northbank]
    assert len({gap.key for gap in gaps}) == len(gaps)
    items = evidence_sources["gaps"].items(programme, sami)
    assert [item.words for item in items] == [gap.words for gap in gaps]


def test_an_organisations_page_says_what_it_brings_and_who_works_beside_it(
    linked: Resource,
    lanes: Organisation,
    council: Organisation,
    make: Make,
    femi: User,
    outcome: Outcome,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    beside = make("Benches", Kind.EQUIPMENT, organisation=council)
    link_to_outcome(femi, beside, outcome, "A rest on the way", "seen", "Ada")
    with django_assert_max_num_queries(20):
        said = client.get(lanes.get_absolute_url()).content.decode()
    assert "St Brannoc&#x27;s hall" in said
    assert "Rivermead Council" in said
    place = client.get(lanes.place.get_absolute_url()).content.decode()  # type: ignore[union-attr]
    assert "?kind=buildings" in place


def test_what_somebody_left_stays_without_their_name(
    linked: Resource, femi: User, ada: User
) -> None:
    from commissioning.people.registers import personal_data

    held = personal_data["resources"]
    assert held.export(ada)["added_or_suggested"][0]["what"] == linked.what
    assert held.erase is not None
    held.erase(ada)
    linked.refresh_from_db()
    assert (linked.owner, linked.added_by) == (None, None)


def test_the_review_is_found_from_the_place_the_journey_and_the_list(
    linked: Resource, programme: Programme
) -> None:
    """Sami comes from anywhere: one link away."""
    review = reverse("resources:review", args=[programme.slug])
    for page in (
        programme.place.get_absolute_url(),
        programme.get_absolute_url(),
        reverse("resources:programme", args=[programme.slug]),
        reverse("resources:gaps", args=[programme.slug]),
    ):
        assert f'href="{review}"' in Client().get(page).content.decode(), page


def printed(programme: Programme, user: User, browser: Client) -> list[str]:
    """The words of the review's PDF, page by page, as its reader finds them."""
    browser.post(reverse("resources:print_review", args=[programme.slug]))
    rendering = Rendering.objects.get()
    make_document(rendering.pk)
    rendering.refresh_from_db()
    assert rendering.state == Rendering.State.DONE, rendering.trouble
    with rendering.file.open("rb") as file:
        body: bytes = file.read()
    return lines_of(body)


def test_the_printed_review_loses_no_area_and_no_outcome_of_a_large_place(
    linked: Resource, make: Make, programme: Programme, femi: User, sign_in: SignIn
) -> None:
    names = [f"Quarter {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTU"]
    areas = [Area.objects.create(place=programme.place, name=name) for name in names]
    long = "Young people of every street leave school ready for work, with somebody to call on"
    more = [
        Outcome.objects.create(programme=programme, title=f"{long} {at}", position=50 + at)
        for at in range(4)
    ]
    helps = make("Workshop in Quarter U", where=Where.AREA, area=areas[-1])
    link_to_outcome(femi, helps, more[-1], "Benches and tools", "seen", "Femi")
    said = "\n".join(printed(programme, femi, sign_in(femi)))
    rows = [line.split() for line in said.splitlines()]
    outcomes = programme.outcomes.count()
    for name in names:
        # Each area has a cell for every outcome, in as many parts as it takes.
        cells = [row[2:] for row in rows if row[:2] == name.split() and row[2:]]
        assert sum(map(len, cells)) == outcomes, (name, cells)
        assert sum(part.count("1") for part in cells) == (name == "Quarter U")
    # On the picture the outcome's name is broken, never cut.
    assert "with somebody to call on 3" in " ".join(said.split())
    assert "..." not in said


def test_the_number_of_gaps_falls_as_more_is_mapped_and_never_rises(
    make: Make, northbank: Area, programme: Programme, femi: User, outcome: Outcome
) -> None:
    def gaps() -> int:
        return matrix_of(programme, femi).gaps_number

    areas, outcomes = programme.place.areas.count(), programme.outcomes.count()
    assert gaps() == areas * outcomes
    shed = make("Shed", where=Where.AREA, area=northbank)
    link_to_outcome(femi, shed, outcome, "Tools", "seen", "Femi")
    assert gaps() == areas * outcomes - 1


def test_many_are_linked_to_an_outcome_at_once_and_taken_back_together(
    make: Make,
    northbank: Area,
    programme: Programme,
    femi: User,
    outcome: Outcome,
    sign_in: SignIn,
) -> None:
    sheds = [make(f"Shed {at}", where=Where.AREA, area=northbank) for at in range(3)]
    make("Choir", kind=Kind.GROUPS)
    browser = sign_in(femi)
    listed = reverse("resources:programme", args=[programme.slug])
    cell = {"outcome": str(outcome.pk), "area": str(northbank.pk)}
    said = strip_tags(browser.get(listed, cell).content.decode())
    assert "3 resources there are linked to nothing yet." in said
    page = reverse("resources:link_many", args=[programme.slug])
    shown = strip_tags(browser.get(page, {"q": "shed"}).content.decode())
    assert "3 resources are linked to no outcome yet." in shown
    assert "Choir" not in shown
    told = {"outcome": str(outcome.pk), "how": "Tools to lend", "sure": "told", "said_by": "Femi"}
    ticked = [str(one.pk) for one in sheds[:2]]
    browser.post(f"{page}?q=shed", {**told, "resource": ticked})
    assert outcome.resource_links.filter(how="Tools to lend", sure="told").count() == 2
    act = browser.get(page).context["acts"][0]
    assert act["number"] == 2
    browser.post(reverse("resources:unlink_many", args=[programme.slug, act["key"]]))
    assert not outcome.resource_links.exists()
    costs = browser.post(page, {**told, "how": "Saves £900", "resource": ticked})
    assert costs.status_code == 422
