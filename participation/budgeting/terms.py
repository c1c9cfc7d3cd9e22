"""The declared terms of a round, as they were frozen when it opened. Pure.

Built once from the round's tables into canonical JSON, whose digest is published; everything that
validates or counts a ballot reads these terms and never the tables.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from commissioning.ground.digests import canonical_json, sha256_hex


@dataclass(frozen=True, slots=True)
class OnBallot:
    """A project as the ballot shows it."""

    number: int
    title: str
    cost: Decimal
    area: str = ""
    outcome: str = ""
    owner: str = ""
    summary: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Terms:
    """What was declared before voting opened."""

    style: str
    options: Mapping[str, int]
    rule: str
    rule_options: Mapping[str, Any]
    projects: tuple[OnBallot, ...]
    budget: Decimal
    currency: str = "GBP"
    areas: Mapping[str, Decimal] = field(default_factory=dict)
    tie_order: tuple[int, ...] = ()
    early_leavers: str = "all"
    part_fit: str = "skip"
    reserves: int = 0
    full_from: int = 100
    area_from: int = 10

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers that stand on the ballot."""
        return frozenset(project.number for project in self.projects)

    @cached_property
    def by_number(self) -> dict[int, OnBallot]:
        """Number to project."""
        return {project.number: project for project in self.projects}


def written(declared: Mapping[str, Any]) -> tuple[str, str]:
    """The declaration as canonical JSON, and its SHA-256."""
    text = canonical_json(declared)
    return text.decode(), sha256_hex(text)


def read(text: str) -> Terms:
    """The terms in a frozen declaration."""
    declared = json.loads(text)
    return Terms(
        style=declared["style"]["name"],
        options=declared["style"]["options"],
        rule=declared["rule"]["name"],
        rule_options=declared["rule"]["options"],
        projects=tuple(_project(each) for each in declared["projects"]),
        budget=Decimal(declared["budget"]),
        currency=declared["currency"],
        areas={each["name"]: Decimal(each["budget"]) for each in declared["areas"]},
        tie_order=tuple(declared["ties"]["order"]),
        early_leavers=declared["early_leavers"],
        part_fit=declared["part_fit"],
        reserves=declared["reserves"],
        full_from=declared["publication"]["full_from"],
        area_from=declared["publication"]["area_from"],
    )


def _project(each: Mapping[str, Any]) -> OnBallot:
    return OnBallot(
        number=each["number"],
        title=each["title"],
        cost=Decimal(each["cost"]),
        area=each["area"],
        outcome=each["outcome"],
        owner=each["owner"],
        summary=each["summary"],
        reference=each["reference"],
    )
