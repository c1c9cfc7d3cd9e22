"""Files that we build pass the official checker, and our list of fields is the checker's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from participation.budgeting.counting.pb import build_pb, parse_pb
from participation.budgeting.counting.pb_election import election_from
from participation.budgeting.counting.pb_fields import META_FIELDS, PROJECT_FIELDS, VOTE_FIELDS

checker = pytest.importorskip("pabulib.checker", reason="pabulib-checker is not installed.")
fields = pytest.importorskip("pabulib_helpers.fields")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (META_FIELDS, fields.META_FIELDS_ORDER),
        (PROJECT_FIELDS, fields.PROJECTS_FIELDS_ORDER),
        (VOTE_FIELDS, fields.VOTES_FIELDS_ORDER),
    ],
)
def test_every_field_of_the_format_in_its_order(ours: Any, theirs: Mapping[str, Any]) -> None:
    assert [field.name for field in ours] == list(theirs)
    required = {name for name, rules in theirs.items() if rules.get("obligatory")}
    assert {field.name for field in ours if field.required} == required


def test_a_built_file_passes() -> None:
    built = build_pb(
        {
            "description": "Ideas; and more",
            "country": "United Kingdom",
            "unit": "Rivermead",
            "instance": "2026",
            "num_projects": "3",
            "num_votes": "4",
            "budget": "150.50",
            "vote_type": "approval",
            "rule": "greedy",
            "date_begin": "01.03.2026",
            "date_end": "14.03.2026",
            "max_length": "3",
            "currency": "GBP",
            "language": "en",
        },
        [
            {
                "project_id": "1",
                "cost": "100",
                "votes": "3",
                "name": 'A "hall"',
                "selected": "1",
            },
            {
                "project_id": "2",
                "cost": "60",
                "votes": "2",
                "name": "Trees; ivy",
                "selected": "0",
            },
            {"project_id": "3", "cost": "50.5", "votes": "2", "name": "Paths", "selected": "1"},
        ],
        [
            {"voter_id": "1", "vote": "1,2,3"},
            {"voter_id": "2", "vote": "1,3"},
            {"voter_id": "3", "vote": "1"},
            {"voter_id": "4", "vote": "2"},
        ],
    )
    text = built.to_text()
    found = checker.Checker().process_files([text])
    assert found["metadata"]["valid"] == 1, found
    assert not election_from(parse_pb(text.encode())).warnings
