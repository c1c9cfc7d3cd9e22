"""Families of legal cases: one decision, and what a lawyer expects of each small change to it.

A file in `cases/families/` holds answers that all its variants share (every place question is
`not_known` unless it says otherwise) and a table of variants, each with what differs:
`answers`, `begins`; and what it must come to: `open` and `shut` routes (a shut one with words of
its first reason or its source), `recommended`, `told` and `not_told` (notices and checks by
route; `all` for the whole walk), `warnings` (exactly), `asks`, `skips`, `stops`.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from decisions.trees.engine import Walk, shipped_trees, walk
from decisions.trees.engine.text import read_text
from tests.decisions.trees.base import GENERAL, HEALTH, open_routes, place_not_known

FAMILIES = sorted((Path(__file__).parent.parent / "cases" / "families").glob("*.yaml"))
BASE = {"england-general": GENERAL, "england-health": HEALTH}
KEYS = {
    *("name", "answers", "begins", "open", "shut", "recommended", "told", "not_told"),
    *("warnings", "asks", "skips", "stops"),
}


def variants() -> Iterator[Any]:
    """Every variant of every family, with what the family shares already in it."""
    for path in FAMILIES:
        family = read_text(path.read_text("utf-8"))
        for number, variant in enumerate(family["variants"], 1):
            assert set(variant) <= KEYS, (path.name, number, set(variant) - KEYS)
            name = f"{path.stem}: {variant['name']}"
            yield pytest.param(family, variant, id=name)


def test_there_are_fourteen_families_and_dozens_of_variants() -> None:
    assert len(FAMILIES) >= 14
    assert len(list(variants())) >= 150


@pytest.mark.parametrize(("family", "variant"), list(variants()))
def test_a_variant_comes_to_what_a_lawyer_expects(family: Any, variant: Any) -> None:
    walked = walked_as(family, variant)
    if "stops" in variant:
        assert walked.stopped
        assert walked.stopped.id == variant["stops"]
        return
    assert not walked.stopped, walked.stopped
    open_ones = open_routes(walked)
    assert set(variant.get("open", [])) <= open_ones
    for option, words in variant.get("shut", {}).items():
        excludes(walked, option, words)
    told_as_expected(walked, variant)
    if "recommended" in variant:
        best = [each.option for each in walked.ranked if each.standing == "recommended"]
        assert best == variant["recommended"]
    asked = {step.question for step in walked.path}
    assert set(variant.get("asks", [])) <= asked
    assert not set(variant.get("skips", [])) & asked


def walked_as(family: Any, variant: Any) -> Walk:
    """The walk of one variant."""
    tree = shipped_trees()[family["tree"]]
    answers = {**place_not_known(tree), **BASE[tree.id], **family.get("answers", {})}
    begins = date.fromisoformat(str(variant.get("begins", family["begins"])))
    return walk(tree, {**answers, **variant.get("answers", {})}, begins)


def excludes(walked: Walk, option: str, words: str) -> None:
    """The route is shut, and its first reason says so with its answer and source."""
    standing = walked.standing(option)
    assert standing.standing == "excluded", option
    first = standing.reasons("exclude")[0]
    assert words in f"{first.answer} {first.source} {first.words}", first


def told_as_expected(walked: Walk, variant: Any) -> None:
    """Notices and checks stand with the routes they belong to, and with no other."""
    notes = (*walked.notices, *walked.checks)
    for option, ids in variant.get("told", {}).items():
        assert set(ids) <= of_route(notes, option), option
    for option, ids in variant.get("not_told", {}).items():
        assert not set(ids) & of_route(notes, option), option
    if "warnings" in variant:
        assert {note.id for note in walked.warnings} == set(variant["warnings"])


def of_route(notes: Any, option: str) -> set[str]:
    """The ids that go with a route; with `all`, every id of the walk."""
    return {note.id for note in notes if option == "all" or option in note.options}
