"""Cells of an export: no formula, numbers stay numbers, and the text comes back as it was."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.calls.exports import safe_cell


def read_back(cell: str) -> str:
    """What an import makes of a cell: one apostrophe in front is ours."""
    return cell.removeprefix("'")


@pytest.mark.parametrize("text", ["=1+1", "+44", "-5", "@SUM(A1)", "\tx", "\rx", "'=1"])
def test_a_text_that_a_spreadsheet_would_run_is_only_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_a_number_stays_a_number() -> None:
    assert safe_cell(Decimal("-5.50")) == Decimal("-5.50")
    assert safe_cell(-3) == -3


@given(text=st.text())
def test_every_text_comes_back_as_it_was(text: str) -> None:
    cell = safe_cell(text)
    assert isinstance(cell, str)
    assert read_back(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
