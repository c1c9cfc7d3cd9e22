"""Every field of the Pabulib format, in the order that its official checker asks for.

Source: https://pabulib.org/format and `pabulib-checker` 1.0.8 (field definitions, April 2026).
A file may hold other fields too; they are kept as they are.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Field(NamedTuple):
    """A key of META, or a column of PROJECTS or VOTES."""

    name: str
    required: bool = False


def _fields(required: str, optional: str) -> tuple[Field, ...]:
    return tuple(Field(name, True) for name in required.split()) + tuple(
        Field(name) for name in optional.split()
    )


META_FIELDS: Final = (
    Field("description", True),
    Field("country", True),
    Field("unit", True),
    Field("district"),
    Field("subunit"),
    *_fields(
        "instance num_projects num_votes budget vote_type rule date_begin date_end",
        "min_length max_length min_sum_cost max_sum_cost min_points max_points min_sum_points "
        "max_sum_points default_score min_project_cost max_project_cost "
        "min_project_score_threshold neighborhoods subdistricts categories edition language "
        "currency fully_funded experimental comment acknowledgments leftover_budget "
        "budget_per_category budget_per_neighborhood min_length_per_category "
        "max_length_per_category min_sum_cost_per_category max_sum_cost_per_category",
    ),
)
PROJECT_FIELDS: Final = _fields(
    "project_id cost",
    "votes score name category beneficiaries selected neighborhood subunit district description "
    "proposer public_id latitude longitude",
)
VOTE_FIELDS: Final = _fields(
    "voter_id vote",
    "points age sex voting_method district neighborhood education topic_preference_transport "
    "topic_preference_culture topic_preference_nature district_preference time_taken_seconds "
    "format_easiness format_expressiveness format_rank",
)
VOTE_TYPES: Final = ("approval", "choose-1", "ordinal", "cumulative", "scoring")
POINT_TYPES: Final = ("ordinal", "cumulative", "scoring")
"""Vote types whose marks carry points; those of ordinal ballots follow from their order."""


def in_order(names: list[str], fields: tuple[Field, ...]) -> list[str]:
    """These names in the official order; names of our own come last, in the order given."""
    place = {field.name: index for index, field in enumerate(fields)}
    return sorted(names, key=lambda name: place.get(name, len(place)))
