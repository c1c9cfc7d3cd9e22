"""The public API: the standard's shape, only what is published, as many as one asks for."""

import json
from typing import Any

import jsonschema
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from places.directory.models import Area, Organisation, Place
from places.resources import oruk
from places.resources.actions.resources import Facts, add_from_offer, suggest_resource
from places.resources.models import Kind, Resource, Where
from tests.places.resources import oruk_schema as schema
from tests.places.resources.conftest import Make
from tests.places.resources.test_imports import DATA, needs_data


def get(path: str, status: int = 200) -> Any:
    response = Client().get(f"/api/oruk/{path}")
    assert response.status_code == status, path
    assert response["Access-Control-Allow-Origin"] == "*"
    return json.loads(response.content)


def fits(document: Any, to: dict[str, Any]) -> None:
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(to, format_checker=checker).validate(document)


@pytest.fixture
def things(hall: Resource, make: Make, lanes: Organisation, the_lanes: Area) -> None:
    make("A choir", Kind.GROUPS, whose="Whoever sings", for_whom="Carers", website="https://a.org")
    make("Six cooks", Kind.TIME, organisation=lanes, where=Where.AREA, area=the_lanes)
    make("A clinic", Kind.SERVICES, where=Where.UNPLACED, postcode="AB1 2CD", telephone="01")


@needs_data
@pytest.mark.parametrize(
    ("name", "to"),
    [
        ("service_list.json", schema.page(schema.SERVICE_LINE)),
        ("organization_list.json", schema.page(schema.ORGANIZATION)),
        ("taxonomy_term.json", schema.TERM),
    ],
)
def test_the_standards_own_examples_fit_what_we_hold_ourselves_to(
    name: str, to: dict[str, Any]
) -> None:
    document = json.loads((DATA / "open-referral-uk" / name).read_text())
    loose = schema.loose(to)
    # An identifier's type is left out in one example, and an id there is no UUID.
    jsonschema.validate(document, json.loads(json.dumps(loose).replace('"identifier_type", ', "")))


def test_every_answer_has_the_shape_of_the_standard(things: None, lanes: Organisation) -> None:
    about = get("")
    assert about["version"] == "HSDS-UK-3.0"
    assert get("openapi.json")["openapi"].startswith("3.")
    listed = get("services")
    fits(listed, schema.page(schema.SERVICE_LINE))
    assert [one["name"] for one in listed["contents"]] == [
        "A choir",
        "A clinic",
        "Six cooks",
        "St Brannoc's hall",
    ]
    fits(get("services?full=true"), schema.page(schema.SERVICE))
    for one in listed["contents"]:
        fits(get(f"services/{one['id']}"), schema.SERVICE)
    organizations = get("organizations")
    fits(organizations, schema.page(schema.ORGANIZATION))
    fits(get(f"organizations/{lanes.pk}"), schema.ORGANIZATION_IN_FULL)
    at = get("service_at_locations")
    fits(at, schema.page(schema.AT_LOCATION_WITH_SERVICE))
    fits(get(f"service_at_locations/{at['contents'][0]['id']}"), schema.AT_LOCATION_WITH_SERVICE)
    fits(get("taxonomies"), schema.page(schema.TAXONOMY))
    fits(get(f"taxonomies/{oruk.TAXONOMY_ID}"), schema.TAXONOMY)
    terms = get("taxonomy_terms")
    fits(terms, schema.page(schema.TERM))
    fits(get(f"taxonomy_terms/{terms['contents'][0]['id']}"), schema.TERM)


def test_what_nobody_in_the_directory_has_stands_with_its_place(things: None, place: Place) -> None:
    choir = get("services?search=choir")["contents"][0]
    assert choir["organization"]["name"] == "Rivermead"
    assert "Of: Whoever sings" in choir["description"]
    of_place = get(f"organizations/{place.pk}")
    fits(of_place, schema.ORGANIZATION_IN_FULL)
    assert {one["name"] for one in of_place["services"]} == {"A choir", "A clinic"}


def test_lists_come_in_pages_and_are_filtered(things: None, lanes: Organisation) -> None:
    second = get("services?per_page=3&page=2")
    assert (second["total_items"], second["total_pages"], second["size"]) == (4, 2, 1)
    assert (second["first_page"], second["last_page"], second["empty"]) == (False, True, False)
    beyond = get("services?page=99")
    assert (beyond["empty"], beyond["contents"]) == (True, [])
    groups = next(key for key, kind in oruk.TERM_IDS.items() if kind == Kind.GROUPS)
    assert get(f"services?taxonomy_term_id={groups}")["total_items"] == 1
    assert get(f"services?organization_id={lanes.pk}")["total_items"] == 2
    assert get("services?modified_after=2000-01-01")["total_items"] == 4
    assert get("services?modified_after=2999-01-01T00:00:00Z")["total_items"] == 0
    assert get("services?modified_after=nonsense&per_page=x&page=-1")["total_items"] == 4
    for nothing in ("taxonomy_term_id=x", "organization_id=x", "taxonomy_id=x"):
        assert get(f"services?{nothing}")["total_items"] == 0


def test_only_what_is_published_and_public_is_given(
    nell: User, ada: User, place: Place, other_programme: Programme, council: Organisation
) -> None:
    hidden = suggest_resource(ada, place, Facts(kind=Kind.TIME, what="Waiting"))
    private = add_from_offer(nell, other_programme, "A barge", "equipment")
    assert get("services")["total_items"] == 0
    for one in (hidden.pk, private.pk, "x", "00000000-0000-0000-0000-000000000000"):
        get(f"services/{one}", 404)
        get(f"service_at_locations/{one}", 404)
    get(f"organizations/{council.pk}", 404)
    get(f"taxonomies/{council.pk}", 404)
    get("taxonomy_terms/x", 404)


def test_nothing_is_written_through_it(things: None) -> None:
    assert Client().post("/api/oruk/services").status_code == 405
    assert Client().delete("/api/oruk/services").status_code == 405


def test_a_page_asks_the_same_few_questions(
    things: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for path, most in (("services", 2), ("services?full=1", 2), ("organizations", 3)):
        with django_assert_max_num_queries(most):
            get(path)
