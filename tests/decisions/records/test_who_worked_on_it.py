"""Conflicts are met only once everybody who worked on it has declared; the recipient is named."""

import html
import uuid

import pytest

from commissioning.people.models import User
from decisions.questions.actions import declare_about, name_group
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import missing_to_recommend
from decisions.records.suggested_duties import suggested_duties
from decisions.records.worked import not_met, undeclared
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.conftest import SECTIONS, fresh
from tests.decisions.records.test_on_paper import section
from tests.decisions.walks.conftest import walk, whole

__all__ = ["walk", "whole"]
MET = {"conflicts": ("met", "All were asked.")}


@pytest.fixture
def walked(ada: User, whole: Appraisal) -> Decision:
    """A draft of what Ada locked; its route written."""
    trees.lock_for_good(ada, whole)
    draft = drafting.begin_decision(ada, whole.question, "Daytime company in the Lanes")
    route = {"route": "devolved_grants", "route_name": "", "why_other": ""}
    return fresh(drafting.write_section(ada, draft, "route", route))


def to_ask(decision: Decision) -> str:
    told = [words for _part, words in missing_to_recommend(fresh(decision))]
    return next((words for words in told if "not met yet" in words), "")


def test_ada_who_walked_and_locked_is_asked_before_conflicts_are_met(
    ada: User, walked: Decision
) -> None:
    said = suggested_duties(walked)["conflicts"]
    assert said[0] == ""
    assert "Declared for this very question: 0 of" in said[1]
    assert ada.short_name in said[1]
    drafting.answer_duties(ada, walked, MET)
    assert f"{ada.short_name} must still declare for this question" in to_ask(walked)
    assert "nobody can do it for them" in to_ask(walked)
    declare_about(ada, walked.question, could_gain=False, words="")
    assert ada.short_name not in to_ask(walked)


def test_those_who_run_it_read_the_name_of_a_citizen_and_nothing_printed_has_it(
    ada: User, sami: User, whole: Appraisal, sign_in: SignIn
) -> None:
    """Who gives their own time is not named in public; whoever has to ask them needs the name."""
    trees.recommend(sami, whole, "devolved_grants", "Small and near.", uuid.uuid4())
    trees.lock_for_good(ada, whole)
    draft = drafting.begin_decision(ada, whole.question, "Daytime company in the Lanes")
    assert "A citizen commissioner" in undeclared(draft)
    assert sami.short_name not in undeclared(draft)
    drafting.answer_duties(ada, draft, MET)
    assert sami.short_name in to_ask(draft)
    page = sign_in(ada).get(draft.get_absolute_url()).content.decode()
    assert to_ask(draft) in html.unescape(page)
    assert sami.short_name not in str(section(fresh(draft), "conflicts"))


def test_whoever_recommends_without_a_walk_declares_first(
    ada: User, cora: User, ready: Decision
) -> None:
    assert not_met(ready, ada) == ""
    assert cora.short_name in not_met(ready, cora)
    declare_about(cora, ready.question, could_gain=False, words="")
    assert not_met(fresh(ready), cora) == ""


def test_who_declared_for_the_programme_only_stands_apart_from_who_gains_from_this_question(
    ada: User, priya: User, draft: Decision
) -> None:
    declare_about(ada, draft.question, could_gain=True, words="The path ends at my garden.")
    tables = [one for one in section(draft, "conflicts")["blocks"] if one["kind"] == "table"]
    here, at_large = (str(one["rows"]) for one in tables)
    assert "The path ends at my garden." in here
    assert "only for the programme as a whole that they could gain" in str(tables[1]["caption"])
    assert ada.short_name not in at_large
    assert "Of the programme as a whole" in at_large
    declare_about(priya, draft.question, could_gain=True, words="We build paths.")
    told = section(fresh(draft), "conflicts")["blocks"]
    (only,) = [one for one in told if one["kind"] == "table"]
    assert "We build paths." in str(only["rows"])


def test_the_group_that_gets_the_grant_heads_those_who_could_gain(
    ada: User, draft: Decision
) -> None:
    drafting.write_section(ada, draft, "power", SECTIONS["power"])
    name_group(ada, draft.question, None, "The hall on the hill")
    said = str(section(fresh(draft), "conflicts"))
    assert "By fact: named to get the grant" in said
    assert "Not in the directory: who belongs to it is not known" in said
    hall = Organisation.objects.create(name="St Brannock's Hall", slug="brannock", kind="charity")
    name_group(ada, draft.question, hall)
    said = str(section(fresh(draft), "conflicts"))
    assert "St Brannock's Hall" in said
    assert "No member of the programme is of it" in said
