"""The record tells how the choice was reached, from the walk that was locked."""

import json
from io import BytesIO
from typing import Final

import pgtrigger
import pypdf
import pytest
from django.test import Client

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from commissioning.programmes.models import GateLift
from decisions.questions.models import Question
from decisions.records.actions import drafting, recording
from decisions.records.blocks import Section
from decisions.records.models import Decision
from decisions.records.public import without_marked
from decisions.records.routes import route_choices
from decisions.records.story import story
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from places.directory.measure_actions import Measured, say_measure
from places.directory.models import Organisation
from places.resources.actions.links import link_to_outcome
from places.resources.actions.resources import Facts, add_resource
from places.resources.models import Kind
from tests.decisions.records.conftest import SECTIONS, WHY, Issue, write_all
from tests.decisions.records.test_record import text_of
from tests.decisions.walks.conftest import say, walk, whole

__all__ = ["walk", "whole"]

A4: Final = 600  # points of its width, and a few more


@pytest.fixture
def locked(ada: User, priya: User, whole: Appraisal) -> Appraisal:
    """A walk in which Priya, who could gain, answered too; locked by Ada."""
    say(priya, whole, "local_knowledge", "much", "We have lived here for thirty years.")
    return trees.lock_for_good(ada, whole)


def section(decision: Decision, key: str) -> str:
    """A section of the record as one text."""
    return next(str(one) for one in story(decision)["sections"] if one["key"] == key)


def test_without_a_walk_the_record_says_so(draft: Decision) -> None:
    assert "No walk of a decision tree was finished" in section(draft, "path")
    assert len(route_choices(draft.question)) > 15


def test_the_path_every_route_and_the_facts_are_told(
    ada: User, locked: Appraisal, draft: Decision
) -> None:
    path, routes = section(draft, "path"), section(draft, "routes")
    assert "England" in path
    assert "We have lived here for thirty years." in path
    assert "(could gain: evidence only)" in path
    assert "Priya" not in path
    opened, rejected = routes.split("Routes that were rejected, and why")
    assert "For: " in opened
    assert "The law closes it: " in rejected
    assert "For: " not in rejected, "a merit closes nothing"

    assert "(recommended)" in routes
    assert section(draft, "without")
    assert "Check before relying on it" in section(draft, "checks") + section(draft, "facts")
    assert "Other people" in section(draft, "costs")


def test_an_excluded_route_is_not_recommended(
    ada: User, locked: Appraisal, draft: Decision
) -> None:
    assert locked.result is not None
    excluded = next(
        one["option"] for one in locked.result["ranked"] if one["standing"] == "excluded"
    )
    assert excluded not in dict(route_choices(draft.question))
    with pytest.raises(Invalid, match="The walk excluded that route"):
        drafting.write_section(ada, draft, "route", {"route": excluded, "route_name": "x"})


def test_a_whole_record_is_small_and_public(
    ada: User, locked: Appraisal, draft: Decision, issue: Issue, client: Client
) -> None:
    from decisions.records.actions import deciding
    from tests.decisions.records.conftest import minute

    decided = deciding.enter_decision(ada, drafting.recommend(ada, write_all(ada, draft)), minute())
    record = issue(decided)["records.decision"]
    assert record.size < 2_000_000
    assert "Every route, and why or why not" in text_of(record)
    with record.file.open("rb") as file:
        pages = pypdf.PdfReader(BytesIO(file.read())).pages
        wall = [page for page in pages if page.mediabox.width > A4]
        assert len(wall) == 1, "the tree for the wall, and nothing else, is larger than A4"
        assert "Facts relied on" not in wall[0].extract_text()
        last = "".join(page.extract_text() for page in pages[-3:])
        assert "Facts relied on" in last
        assert "What is in this record" in pages[1].extract_text(), "the summary is one page"
    assert Question.objects.get(pk=decided.question_id).state == Question.State.DECIDING


def kinds(sections: list[Section], key: str) -> list[str]:
    """What a section is made of."""
    return [block["kind"] for one in sections if one["key"] == key for block in one["blocks"]]


def test_the_path_the_costs_and_the_tree_are_drawn(locked: Appraisal, draft: Decision) -> None:
    told = story(draft)["sections"]
    assert [key for key in ("path", "costs", "tree") if "picture" in kinds(told, key)] == [
        "path",
        "costs",
        "tree",
    ]


def test_every_open_route_and_the_chosen_one_are_costed(
    ada: User, locked: Appraisal, draft: Decision
) -> None:
    values = {"route": "devolved_grants", "route_name": "grants through an intermediary"}
    chosen = drafting.write_section(ada, draft, "route", values)
    told = section(chosen, "costs")
    assert "Devolved grants through an intermediary (chosen)" in told
    for open_route in ("Do it in-house", "Community-led", "Competition under the Act"):
        assert open_route in told, open_route
    assert "Not costed: Stop and take advice." in told


def test_who_took_part_is_counted_and_never_named(draft: Decision) -> None:
    told = section(draft, "participation")
    assert "['Citizen commissioner', '1']" in told
    assert "Sami" not in told


def test_the_picture_of_the_path_goes_only_where_it_held_what_is_left_out(
    ada: User, locked: Appraisal, draft: Decision
) -> None:
    """A reason never stood in it; an answer does, though the picture breaks it over two lines."""
    reason = recording.mark_removal(
        ada, draft, "At both workshops people said so", "individual", WHY
    )
    left = without_marked(draft, story(draft))["sections"]
    assert "picture" in kinds(left, "path")
    assert "At both workshops" not in str(left)
    recording.unmark_removal(ada, draft, reason.pk)
    recording.mark_removal(ada, draft, "What the money does", "individual", WHY)
    left = without_marked(draft, story(draft))["sections"]
    assert "picture" not in kinds(left, "path")
    assert "What the money" not in str(left)


def test_two_secret_reasons_leave_the_same_picture_of_the_path(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    """The strongest test, for the picture: whatever was said, the same bytes are left."""
    found = []
    for secret in ("Ann Other", "Wilhelmina of 4 Quay Street, who lives by herself"):
        say(ada, whole, "history", "mixed", f"Because {secret} said so.")
        draft.question.__dict__.pop("_rests_on", None)
        with pgtrigger.ignore("trees.Appraisal:locked_stays"):
            trees.lock_for_good(ada, whole)
            removal = recording.mark_removal(ada, draft, secret, "individual", WHY)
            data = without_marked(draft, story(draft))
            path = next(one for one in data["sections"] if one["key"] == "path")
            found.append(json.dumps(path, default=str))
            recording.unmark_removal(ada, draft, removal.pk)
            Appraisal.objects.filter(pk=whole.pk).update(
                locked_at=None, locked_by=None, result=None
            )
        whole.refresh_from_db()
    assert found[0] == found[1]
    assert "picture" in found[0]


def test_a_section_from_which_something_goes_loses_a_picture_whose_bars_could_tell(
    ada: User, locked: Appraisal, draft: Decision
) -> None:
    recording.mark_removal(ada, draft, "cash and staff time", "business", WHY)
    left = without_marked(draft, story(draft))["sections"]
    assert "picture" not in kinds(left, "costs")
    assert "picture" in kinds(left, "path")


def test_words_that_also_name_a_part_of_the_paper_leave_it_whole(
    ada: User, locked: Appraisal, draft: Decision
) -> None:
    """Somebody marks “table”: the word goes, tables stay."""
    values = SECTIONS["words"] | {"summary": "A table for everybody, and text for who reads."}
    draft = drafting.write_section(ada, draft, "words", values)
    for word in ("table", "text"):
        recording.mark_removal(ada, draft, word, "individual", WHY)
    left = without_marked(draft, story(draft))["sections"]
    assert "table" in kinds(left, "costs")
    assert "everybody" in str(left)
    assert "A table for" not in str(left)


def test_what_organisations_measure_is_told_only_where_it_is_linked_to_an_outcome(
    ada: User, priya: User, lanes: Organisation, draft: Decision
) -> None:
    programme = draft.question.programme
    hall = add_resource(
        ada, programme.place, Facts(kind=Kind.BUILDINGS, what="A hall", organisation=lanes), None
    )
    say_measure(priya, lanes, Measured("Calls made", "64", "October 2026", "We add up the lists."))
    apart = section(draft, "evidence-measures")
    assert "Calls made" not in apart
    assert "Nothing that an organisation measures is linked to an outcome." in apart
    outcome = programme.outcomes.first()
    assert outcome is not None
    link_to_outcome(ada, hall, outcome, "Lunch for forty", "told", "Priya, at the workshop")
    assert "Calls made" in section(draft, "evidence-measures")


def test_whether_the_money_gate_was_kept_stands_in_the_record(ada: User, draft: Decision) -> None:
    programme = draft.question.programme
    assert "Kept: no amount was shown" in section(draft, "gate")
    # As the lead does it while the vision is not agreed yet.
    words = "The grant ends in March, and all asked for the sums."
    GateLift.objects.create(programme=programme, by=ada, reason=words)
    told = section(Decision.objects.get(pk=draft.pk), "gate")
    assert "Lifted early on" in told
    assert words in told
    assert "Kept" not in told
