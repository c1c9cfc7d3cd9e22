"""The same line read twice is one line; two identical payments of one file are two."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from places.spending.fingerprint import LineRow, Occurrences, pence
from tests.places.spending.conftest import line

PLACE = uuid4()


def ids(*rows: LineRow, undated: str = "file-1") -> list[UUID]:
    identify = Occurrences(PLACE, undated).identify
    return [identify(row) for row in rows]


def test_a_file_read_twice_gives_the_same_ids() -> None:
    rows = [line("Ferry Cabs Ltd", 90), line("Ferry Cabs Ltd", 90), line("Lanes", 12)]
    assert ids(*rows) == ids(*rows)
    assert len(set(ids(*rows))) == 3


def test_spelling_of_a_name_makes_no_second_line() -> None:
    assert ids(line("The Ferry Cabs Ltd.", "90.00")) == ids(line("FERRY CABS LIMITED", 90))


def test_anything_else_that_differs_makes_another_line() -> None:
    base = line("Lanes", 12, reference="1")
    others = [
        line("Lanes", 13, reference="1"),
        line("Lanes", 12, reference="2"),
        line("Lanes", 12, reference="1", day=date(2026, 4, 2)),
        line("Lanes", 12, "Other Council", reference="1"),
        line("Lanes", 12, reference="1", service="Adults"),
        line("Lanes", 12, reference="1", currency="EUR"),
    ]
    assert len({*ids(base), *(found for other in others for found in ids(other))}) == 7


def test_undated_totals_of_two_files_are_not_the_same_money() -> None:
    total = line("Lanes", 12, day=None)
    assert ids(total, undated="january") != ids(total, undated="february")
    assert ids(line("Lanes", 12), undated="january") == ids(line("Lanes", 12), undated="february")


@given(st.decimals(-(10**11), 10**11, places=2, allow_nan=False))
def test_pence_are_the_same_words_for_the_same_sum(amount: Decimal) -> None:
    assert pence(amount) == f"{amount:.2f}"
    assert pence(amount.normalize()) == f"{amount:.2f}"
