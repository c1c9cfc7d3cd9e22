"""How a record is set: no page left half empty, no name without its line, nothing said twice."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdf
import pytest

from commissioning.documents.models import IssuedDocument
from commissioning.documents.render import render_pdf
from commissioning.people.models import User
from commissioning.programmes.level_field import entries_together, note
from commissioning.programmes.models import LevelFieldEntry
from decisions.records import blocks
from decisions.records.actions import deciding, drafting
from decisions.records.models import Decision
from decisions.records.sections.evidence import evidence, lines, only_what_was_read
from decisions.records.story import story
from decisions.trees import actions as trees
from decisions.trees import paper
from decisions.trees.models import Appraisal
from places.directory.models import Organisation
from tests.decisions.money import some_grant
from tests.decisions.records.conftest import Issue, minute
from tests.decisions.walks.conftest import walk, whole

__all__ = ["walk", "whole"]

Say = LevelFieldEntry.Kind


def pages_of(document: IssuedDocument) -> list[pypdf.PageObject]:
    with document.file.open("rb") as file:
        return list(pypdf.PdfReader(BytesIO(file.read())).pages)


def set_in_type(*told: dict[str, Any]) -> list[str]:
    """The text of each page of a record of these sections alone."""
    data = {
        **{"sentence": "The cabinet decided.", "facts": [], "glance": [], "version": 1},
        "sections": [{"key": "summary", "title": "In plain words", "blocks": []}, *told],
    }
    sheet = {"place": "Rivermead", "label": "Decision record", "date": datetime(2026, 11, 27)}
    body = render_pdf(
        "decisions/records/record.html",
        {"data": data, "sheet": sheet, "seal": None},
        title="Company",
        lang="en-GB",
        created=datetime(2026, 11, 27, tzinfo=UTC),
    )
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(body)).pages]


@pytest.mark.usefixtures("signed")
def test_the_big_sheet_of_the_tree_comes_last_so_that_no_page_before_it_stays_half_empty(
    ada: User, whole: Appraisal, ready: Decision, issue: Issue
) -> None:
    trees.lock_for_good(ada, whole)
    decided = deciding.enter_decision(ada, drafting.recommend(ada, ready), minute())
    assert story(decided)["sections"][-1]["key"] == "tree"
    *pages, sheet = pages_of(issue(decided)["records.decision"])
    width, height = (float(side) for side in sheet.mediabox[2:])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (594, 420)
    assert {round(float(page.mediabox[2])) for page in pages} == {595}, "all others are A4"
    last = pages[-1].extract_text()
    assert "How to check this document" in last
    assert "The money gate" in last


@pytest.mark.parametrize("before", range(20, 56))
def test_the_name_of_a_row_never_stands_alone_at_the_foot_of_a_page(before: int) -> None:
    """A row of many lines may break over two pages, and begins beside its name wherever that is."""
    long = "\n".join(f"- Reason {number}: " + "so it was said here. " * 5 for number in "ABCD")
    rows = [("Above", "x\n" * before), ("Devolved grants", long)]
    table = blocks.table("Routes", ["Route", "Because"], rows)
    pages = set_in_type({"key": "routes", "title": "Every route", "blocks": [table]})
    (begun,) = [page for page in pages if "Devolved grants" in page]
    assert "Reason A" in begun


def test_what_lists_cannot_tell_is_said_once_and_not_below_every_heading(
    decided: Decision, ada: User
) -> None:
    question = decided.question
    some_grant(ada, question.programme)
    of_lists = [
        name
        for name in ("spending", "market", "nobody_funds")
        if only_what_was_read() in lines(question.programme, name)
    ]
    assert of_lists
    said = str(evidence(question))
    assert said.count("as the lists that were read tell it") == 1


def test_what_three_attended_alike_is_one_line_in_the_file_and_in_the_draft_of_the_notice(
    walk: Appraisal, lanes: Organisation
) -> None:
    programme = walk.question.programme
    kitchen = Organisation.objects.exclude(pk=lanes.pk).first()
    assert kitchen is not None
    for body in (lanes, kitchen):
        note(programme, body, Say.ATTENDED, "The conversation about sitters.")
    note(programme, kitchen, Say.SAID, "Ask for six pages.")
    together = entries_together(programme)
    assert [len(one.names) for one in together] == [2, 1]
    said = paper.data(walk.pk)
    assert len(said["entries"]) == 2
    (line,) = [one for one in said["draft"] if "conversation about sitters" in one]
    assert lanes.name in line
    assert kitchen.name in line


@pytest.mark.parametrize("lines", [16, 22, 28])
def test_the_heading_of_the_plan_stands_on_the_page_of_its_picture(
    ada: User, ready: Decision, lines: int
) -> None:
    plan = next(one for one in story(ready)["sections"] if one["key"] == "plan")
    before = blocks.section("before", "What comes before", blocks.items(["A line."] * lines))
    assert before is not None
    pages = set_in_type(before, plan)
    (headed,) = [page for page in pages[1:] if "Counted for the route" in page]
    assert plan["title"] in headed
    assert "Bars on a line of months" in headed
