"""Files of other councils and funders: what each must give, told to the row and to the penny."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from places.imports.formats.rows import Point
from places.imports.formats.texts import FileError
from tests.places.imports.cases import Case
from tests.places.imports.cases_awkward import AWKWARD
from tests.places.imports.cases_feet import FEET
from tests.places.imports.cases_headings import HEADINGS
from tests.places.imports.cases_others import OTHERS
from tests.places.imports.cases_spending import SPENDING
from tests.places.imports.cases_totals import TOTALS
from tests.places.imports.files import tell

CASES = (*SPENDING, *TOTALS, *HEADINGS, *OTHERS, *AWKWARD, *FEET)


def said(value: Any) -> str:
    """A value as the cases write it."""
    return f"{value.longitude} {value.latitude}" if isinstance(value, Point) else str(value)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_file_of_another_council(case: Case, tmp_path: Path) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.bytes())
    if case.refused:
        with pytest.raises(FileError, match=case.refused):
            tell(path, case.format)
        return
    told = tell(path, case.format)
    assert told.errors.keys() == case.errors.keys(), (told.errors, told.values)
    for row, words in case.errors.items():
        assert re.search(words, told.errors[row]), told.errors[row]
    assert len(told.values) == case.taken
    assert told.total == Decimal(case.total)
    assert {name: said(getattr(told.first, name)) for name in case.first} == case.first
    assert re.search(case.says, told.said), told.said
    assert len(set(told.keys)) == len(told.keys)
    # Read once more, everything has the key it had: nothing comes in twice.
    assert tell(path, case.format).keys == told.keys


def test_there_are_many_of_them() -> None:
    assert len(CASES) >= 60
    assert len({case.what for case in CASES}) == len(CASES)
