"""Each page from which people bring files in says so to those who may; files are forgotten."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissioning.people.models import User
from commissioning.people.registers import personal_data
from commissioning.programmes.models import Programme
from places.directory.models import Place
from places.imports import store, tasks
from places.imports.models import Import
from tests.cast import SignIn

pytestmark = pytest.mark.django_db


def pages(programme: Programme) -> dict[str, str]:
    """The pages and where each of them leads those who bring files."""
    place, money = [programme.place.slug], [programme.slug]
    files = reverse("imports:place", args=place)
    return {
        reverse("directory:place", args=place): files,
        reverse("resources:place", args=place): files,
        reverse("resources:programme", args=money): files,
        reverse("spending:overview", args=money): reverse("imports:programme_new", args=money),
    }


def test_whoever_runs_the_programme_finds_the_imports(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    for page, way_in in pages(programme).items():
        assert f'href="{way_in}"' in browser.get(page).content.decode(), page


def test_nobody_else_is_shown_a_door_that_stays_shut(
    programme: Programme, priya: User, sign_in: SignIn
) -> None:
    for browser in (Client(), sign_in(priya)):
        for page, way_in in pages(programme).items():
            assert f'href="{way_in}"' not in browser.get(page).content.decode(), page


def test_what_came_in_is_linked_for_every_kind_of_file(
    programme: Programme, ada: User, sign_in: SignIn
) -> None:
    browser, place = sign_in(ada), programme.place
    for importer in ("locations", "open-referral-uk", "geojson"):
        made = Import.objects.create(
            place=place,
            by=ada,
            importer=importer,
            file_name="a-file",
            state="done",
            finished_at=timezone.now(),
        )
        page = browser.get(reverse("imports:import", args=[made.pk])).content.decode()
        assert reverse("resources:place", args=[place.slug]) + f"?file={made.pk}" in page


def test_files_are_forgotten_with_their_rows_and_samples(place: Place, ada: User) -> None:
    names = [store.keep(ContentFile(b"Name\r\nMrs P\r\n", name="x.csv")) for _ in range(2)]
    made = Import.objects.create(
        place=place,
        by=ada,
        importer="locations",
        file_name="halls.csv",
        file=names[0],
        errors_file=names[1],
        errors=[[2, "“Mrs P” is not a place."]],
        detected={"kind": "csv", "sample": [["Mrs P"]]},
        state="done",
        finished_at=timezone.now() - dt.timedelta(days=91),
    )
    assert tasks.forget() == 1
    made.refresh_from_db()
    assert (str(made.file), str(made.errors_file), made.errors) == ("", "", [])
    assert made.detected == {"kind": "csv"}
    assert not any(map(default_storage.exists, names))
    assert tasks.forget() == 0


def test_the_register_of_personal_data_names_the_files_somebody_brought(
    place: Place, ada: User
) -> None:
    Import.objects.create(place=place, by=ada, importer="locations", file_name="halls.csv")
    held = personal_data["imports"]
    assert "90 days" in str(held.kept)
    assert [row["file"] for row in held.export(ada)] == ["halls.csv"]
