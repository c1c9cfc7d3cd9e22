"""What is taken away: allow-listed columns, nothing that runs, grants that pass the standard."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker
from openpyxl import load_workbook

from commissioning.programmes.models import Programme
from places.directory.models import Organisation
from places.imports.formats.grants import GrantDocument
from places.imports.formats.rows import Item
from places.spending.exports import COLUMNS
from places.spending.models import Grant
from places.spending.papers import data
from tests.places.spending.conftest import ReadIn, line

STANDARD = Path(settings.BASE_DIR).parent / "shared" / "data" / "threesixtygiving"


def test_columns_are_an_allow_list() -> None:
    assert COLUMNS == (
        "payer",
        "recipient",
        "kind_of_recipient",
        "organisation_identifier",
        "amount",
        "currency",
        "from",
        "to",
        "kind_of_line",
        "purpose",
        "service_area",
        "outcome",
        "service",
        "reference",
        "source",
    )


def test_formulas_stay_text_and_numbers_numbers(
    spent: Programme, read_in: ReadIn, client: Client
) -> None:
    read_in([line("=cmd|' /C calc'!A0", "12.50", purpose="@SUM(A1)")], name="nasty.csv")
    csv = client.get(reverse("spending:lines_csv", args=[spent.slug])).content.decode()
    assert "'=cmd" in csv
    assert "'@SUM" in csv
    book = client.get(reverse("spending:lines_xlsx", args=[spent.slug])).content
    cells = [cell for row in load_workbook(io.BytesIO(book)).active for cell in row]  # type: ignore[union-attr]
    nasty = [cell for cell in cells if str(cell.value).startswith(("=", "@"))]
    assert [cell.data_type for cell in nasty] == ["s", "s"]
    assert any(cell.value == 12.5 and cell.data_type == "n" for cell in cells)


def test_people_and_names_held_back_are_in_no_file(spent: Programme, client: Client) -> None:
    csv = client.get(reverse("spending:lines_csv", args=[spent.slug])).content.decode()
    assert "Lockkeeper" not in csv
    assert "A person" in csv
    assert "Names held back" in csv


def test_the_paper_says_what_the_page_says_and_is_closed_behind_the_gate(
    spent: Programme, vision_programme: Programme
) -> None:
    flows = data(spent.pk)["flows"]
    assert flows["pictures"][0]["total"] == "£85,800"
    assert json.loads(json.dumps(flows)) == flows
    closed = data(vision_programme.pk)["flows"]
    assert not closed["pictures"]
    assert "Never ever start" in closed["closed"]


@pytest.fixture
def granted(programme: Programme, council: Organisation) -> Programme:
    """The standard's own example of grants, in Rivermead."""
    if not STANDARD.exists():
        pytest.skip("the shared data are not here: ../shared/data")
    file = STANDARD / "fundingproviders-grants_2_grants.xlsx"
    call_command(
        "import_data", "threesixtygiving", str(file), place="rivermead", stdout=io.StringIO()
    )
    return programme


def package(programme: Programme, client: Client) -> dict[str, Any]:
    response = client.get(reverse("spending:grants", args=[programme.slug]))
    found: dict[str, Any] = json.loads(response.content)
    return found


def test_grants_pass_the_standards_schema(granted: Programme, client: Client) -> None:
    schema = json.loads((STANDARD / "360-giving-schema.json").read_text())
    formats = FormatChecker(("date",))
    # A date is either a day or a date and time, never both: this is asked of us.
    formats.checks("date-time")(lambda said: "T" in str(said))
    found = package(granted, client)
    assert len(found["grants"]) == Grant.objects.count() > 0
    for grant in found["grants"]:
        assert not list(Draft202012Validator(schema, format_checker=formats).iter_errors(grant))


def test_grants_pass_the_standards_own_quality_checks(granted: Programme, client: Client) -> None:
    grants = package(granted, client)["grants"]
    ids = [grant["id"] for grant in grants]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("360G-") for one in ids)
    for grant in grants:
        assert len(grant["currency"]) == 3
        assert grant["amountAwarded"] > 0
        for body in (*grant["fundingOrganization"], *grant["recipientOrganization"]):
            assert " " not in body["id"]
            assert "-" in body["id"]


def test_grants_come_back_in_as_they_went_out(granted: Programme, client: Client) -> None:
    found = package(granted, client)
    back = list(GrantDocument().read(found))
    assert all(isinstance(item, Item) for item in back)
    assert {item.value.identifier for item in back if isinstance(item, Item)} == set(
        Grant.objects.values_list("identifier", flat=True)
    )
