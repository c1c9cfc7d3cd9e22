"""Names: one key for its spellings, names that were held back, kinds that a name hints at."""

import pytest

from places.spending.names import is_held_back, match_key, payee_key, suggested_kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Weir & Lock Ltd", "WEIR AND LOCK LIMITED"),
        ("Siân's Café", "Sians Cafe"),
        ("The Ferry  Company Ltd.", "ferry co ltd"),
        ("W.E.A. Branch", "WEA Branch"),
        ("Apollo Property Group Ld", "Apollo Property Group Ltd"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert payee_key(one) == payee_key(other)


def test_two_legal_forms_are_two_payees_and_match_the_same_organisation() -> None:
    assert payee_key("Weir Care Ltd") != payee_key("Weir Care plc")
    assert match_key("Weir Care Ltd") == match_key("Weir Care plc") == match_key("Weir Care")


@pytest.mark.parametrize(
    "name",
    [
        "REDACTED",
        "Redacted Personal Data",
        "redacted - s40",
        "Name withheld",
        "PERSONAL DATA",
        "***",
    ],
)
def test_a_word_in_the_place_of_a_name_is_known(name: str) -> None:
    assert is_held_back(name)
    assert suggested_kind(name) == "redacted"


@pytest.mark.parametrize("name", ["Redacre Farm Ltd", "Personal Care Services", "Star Data Ltd"])
def test_names_that_only_look_like_it_are_names(name: str) -> None:
    assert not is_held_back(name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Lambeth Lighting Services Ltd", "business"),
        ("Royal Borough of Weirside", "public"),
        ("Rivermead Council for Voluntary Service", "vcse"),
        ("Weir Hospice Trust", "vcse"),
        ("Miss N Michaels", "person"),
        ("Mr Kipling Services Ltd", "business"),
        ("Blue Door", ""),
        ("Jane Carrow", "person"),
        ("JANE CARROW", "person"),
        ("Carrow, Jane", "person"),
        ("Jane R. Carrow-Wells", "person"),
        ("Siân ap Rhys", "person"),
        ("Jean-Pierre Lock QC", "person"),
        ("Polly Thompson", "person"),
        ("Nelson Gomes", "person"),
        ("S Patel", "person"),
        ("J. J. McGinley", "person"),
        ("Lock, J.", "person"),
        ("S A Nortey", "person"),
        ("G M B", ""),
        ("A A GuestHouses", ""),
        ("J Sainsbury plc", "business"),
        ("Leonard Cheshire Disability", ""),
        ("Jane Carrow Architects", ""),
        ("Jane Carrow Ltd", "business"),
        ("Jane Carrow Foundation", "vcse"),
        ("Jane & Partners", ""),
        ("Anna House", ""),
        ("Alice Communities", ""),
        ("Kelly Windows", ""),
        ("Jane", ""),
        ("Carrow Lock", ""),
        ("Jane 2000", ""),
    ],
)
def test_what_a_name_hints_at(name: str, kind: str) -> None:
    assert suggested_kind(name) == kind
