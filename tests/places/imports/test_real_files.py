"""The shared council's own files: every one is read, and its figures are its own."""

from decimal import Decimal
from pathlib import Path

import pytest

from places.imports.formats.texts import FileError
from tests.places.imports.files import GIVING, LAMBETH, PAYMENTS, REFERRAL, needs_shared, tell

pytestmark = needs_shared

# Rows of payments, and their sum: what each file prints as its own total, to the penny. January
# 2011 prints none; its sum was added up with another program (awk, in pence).
SUMS = {
    "2011-01": (1072, "38447618.14"),
    "2011-02": (1138, "40354087.84"),
    "2011-03": (1134, "46307126.33"),
    "2011-04": (965, "37361284.82"),
    "2011-05": (967, "42881868.96"),
    "2011-06": (1040, "43385857.97"),
    "2011-07": (1043, "36508441.64"),
    "2011-08": (1010, "41146090.89"),
    "2011-10": (1016, "33908610.45"),
    "2011-11": (1014, "38293628.86"),
    "2011-12": (687, "27883188.83"),
    "2012-01": (895, "40507893.99"),
    "2012-02": (933, "44773003.39"),
    "2012-03": (1083, "50107019.65"),
    "2012-04": (971, "38864454.90"),
    "2012-05": (945, "43292721.79"),
    "2012-06": (3155, "40292334.84"),
}
PLACES = {
    "adventure-playgrounds": (15, 0),
    "childrens-centres": (30, 0),
    "community-toilets": (30, 0),
    "core-office-buildings": (17, 0),
    "food-growing-projects": (142, 0),
    "leisure-centres": (5, 0),
    "meals-on-wheels-counts-by-ward": (0, 21),
    "police-stations": (6, 0),
    "schools": (87, 0),
    "work-ready-locations": (77, 29),
}


def test_there_are_figures_for_every_file() -> None:
    """A new shared file fails here until somebody looks at it."""
    assert sorted(SUMS) == sorted(path.name[:7] for path in PAYMENTS.glob("*.csv"))
    assert sorted(PLACES) == sorted(path.stem for path in (LAMBETH / "locations").glob("*.csv"))


@pytest.mark.parametrize("month", SUMS)
def test_payments_add_up_to_the_files_own_total(month: str) -> None:
    told = tell(PAYMENTS / f"{month}-payments.csv", "spending")
    rows, total = SUMS[month]
    assert (len(told.values), told.errors, told.total) == (rows, {}, Decimal(total))
    if month != "2011-01":
        assert "add up to the file's own total" in told.said


def test_an_amount_that_ran_into_a_name_is_what_the_total_proves() -> None:
    """Academy21 was paid 740; reading Academy and 21740 would have made up 21,000 pounds."""
    told = tell(PAYMENTS / "2011-10-payments.csv", "spending")
    academy = next(row for row in told.values if "Academy2" in row.supplier)
    assert (academy.supplier, academy.amount) == (
        "Inter High Education/Academy21",
        Decimal("740.00"),
    )
    assert "1 row had cells run together, such as row 954" in told.said


def test_dates_that_ran_into_names_and_amounts_are_parted() -> None:
    told = tell(PAYMENTS / "2012-06-payments.csv", "spending")
    by_row = dict(zip(told.rows, told.values, strict=True))
    assert (by_row[19].paid_on.isoformat(), by_row[19].amount) == ("2012-06-25", Decimal("900"))
    assert (by_row[441].supplier, by_row[441].paid_on.day) == ("Catch22", 12)
    assert by_row[1044].supplier == "Foundation66"
    assert "639 rows had cells run together" in told.said


def test_hard_spaces_that_went_wrong_are_spaces_again() -> None:
    names = {
        row.supplier
        for month in ("2011-10", "2011-11", "2012-05", "2012-04", "2011-06")
        for row in tell(PAYMENTS / f"{month}-payments.csv", "spending").values
    }
    assert "Bupa Care Homes Seabrooke Manor Residential & Nursing Home" in names
    assert not [name for name in names if set(name) & set("†Êÿ\xa0")]


@pytest.mark.parametrize("name", PLACES)
def test_places_are_read_or_reported_row_by_row(name: str) -> None:
    told = tell(LAMBETH / "locations" / f"{name}.csv", "locations")
    assert (len(told.values), len(told.errors)) == PLACES[name]
    assert all(message.endswith(".") for message in told.errors.values())


def test_eastings_and_northings_become_degrees() -> None:
    told = tell(LAMBETH / "locations" / "adventure-playgrounds.csv", "locations")
    tulse_hill = told.first
    assert tulse_hill.name == "Tulse Hill Youth and Play Project"
    assert tulse_hill.point.longitude == pytest.approx(-0.11542, abs=5e-4)
    assert tulse_hill.point.latitude == pytest.approx(51.44869, abs=5e-4)
    assert told.values[-1].postcode == "SE5 9DT"


def test_names_of_people_are_left_out() -> None:
    told = tell(LAMBETH / "locations" / "work-ready-locations.csv", "locations")
    assert "“Contact Name” was left out" in told.said
    assert "Beverley Randall" not in str(told.values)


@pytest.mark.parametrize(
    "name",
    ["fundingproviders-grants_2_grants.xlsx", "fundingproviders-grants_2_grants_cp1252.csv"],
)
def test_grants_in_tables(name: str) -> None:
    told = tell(GIVING / name, "threesixtygiving")
    assert (len(told.values), told.errors, told.total) == (2, {}, Decimal(331495))
    assert told.first.recipient_name == "Company Name Limited"
    assert told.first.awarded_on.isoformat() == "2014-07-24"


def test_a_grant_that_stands_twice_is_counted_once() -> None:
    told = tell(GIVING / "fundingproviders-grants_fixed_2_grants.json", "threesixtygiving")
    assert (len(told.values), sorted(told.errors), told.total) == (2, [2, 4], Decimal(331495))
    assert "stands in 1 already" in told.errors[2]


def test_everything_wrong_with_a_grant_is_said_at_once() -> None:
    told = tell(GIVING / "badfile_all_validation_errors.json", "threesixtygiving")
    for part in ("9001", "This should be a number", "bad date", "who gave it", "BAD CURRENCY"):
        assert part in told.errors[1]


def test_broken_json_is_said_with_its_line() -> None:
    with pytest.raises(FileError, match="line 10") as caught:
        tell(GIVING / "fundingproviders-grants_malformed.json", "threesixtygiving")
    assert caught.value.row == 10


@pytest.mark.parametrize(
    ("name", "things"),
    [
        ("organization.json", 2),
        ("organization_list.json", 10),
        ("service_at_location_full.json", 1),
        ("service_full.json", 1),
        ("service_list.json", 1),
    ],
)
def test_services_and_organisations(name: str, things: int) -> None:
    told = tell(REFERRAL / name, "open-referral-uk")
    assert (len(told.values), told.errors) == (things, {})


def test_a_service_whose_place_is_not_on_earth_is_kept_without_its_point() -> None:
    told = tell(REFERRAL / "service_full.json", "open-referral-uk")
    (service,) = told.values
    assert (service.name, service.organisation.name) == (
        "Community Counselling",
        "Example Organization Inc.",
    )
    assert (service.minimum_age, service.places[0].point) == (12, None)
    assert "Latitude 100 and longitude 101 are not on Earth" in told.warnings[0][1]


def test_a_page_of_a_feed_says_that_it_is_one() -> None:
    told = tell(REFERRAL / "organization_list.json", "open-referral-uk")
    assert "page 1 of 10" in told.said


def test_a_word_of_a_taxonomy_is_no_service() -> None:
    with pytest.raises(FileError, match="taxonomy"):
        tell(REFERRAL / "taxonomy_term.json", "open-referral-uk")


def test_wards() -> None:
    told = tell(LAMBETH / "wards.geojson", "geojson")
    assert (len(told.values), told.errors) == (21, {})
    assert "Bishop's" in {ward.name for ward in told.values}


def test_every_key_of_a_file_is_its_own_and_stays_the_same(tmp_path: Path) -> None:
    once, again = (tell(PAYMENTS / "2012-06-payments.csv", "spending") for _ in range(2))
    assert len(set(once.keys)) == len(once.keys)
    assert once.keys == again.keys
