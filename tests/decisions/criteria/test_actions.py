"""Criteria: written by those who run the programme, judged by those who cannot gain, then final."""

import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import jsonschema
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commissioning.documents.actions import request_document
from commissioning.documents.making import make
from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import Membership, Programme, Role
from decisions.criteria import actions
from decisions.criteria.models import CriteriaSet, Criterion
from decisions.criteria.ocds import release_package
from decisions.criteria.paper import PAPER
from decisions.criteria.reading import Reading
from decisions.questions.actions import Words, make_question
from decisions.questions.models import Question
from tests.commissioning.documents.conftest import SEED
from tests.decisions.criteria.conftest import make_final, write_draft

SCHEMA = json.loads((Path(__file__).parent / "ocds_release_schema.json").read_text())


def test_a_draft_from_the_library_has_local_knowledge_first(draft: CriteriaSet) -> None:
    reading = Reading(draft)
    assert reading.rows[0].suggestion == "knows_the_communities"
    assert reading.total == 100
    assert len(reading.scale) == 6
    assert reading.flagged == []


def test_final_criteria_are_read_by_everybody_and_never_change(
    draft: CriteriaSet, cora: User
) -> None:
    held = make_final(cora, draft)
    assert held.is_final
    with pytest.raises(Refused, match="Begin a new version"):
        actions.save_criterion(cora, held, None, {"title": "More", "weight": Decimal(1)})
    for change in (
        lambda: Criterion.objects.filter(criteria_set=held).update(weight=1),
        lambda: Criterion.objects.filter(criteria_set=held).delete(),
        lambda: held.scale.all().delete(),
        lambda: held.judges.all().delete(),
        lambda: CriteriaSet.objects.filter(pk=held.pk).update(tie_break="Whoever is first"),
        lambda: CriteriaSet.objects.filter(pk=held.pk).update(finalised_at=None),
    ):
        with pytest.raises(IntegrityError, match="stands"), transaction.atomic():
            change()


@pytest.mark.parametrize("weight", ["24.99", "25.01", "1"])
def test_the_database_itself_counts_to_100(draft: CriteriaSet, cora: User, weight: str) -> None:
    Criterion.objects.filter(criteria_set=draft, suggestion="knows_the_communities").update(
        weight=Decimal(weight)
    )
    with pytest.raises(IntegrityError, match="weights do not make 100"), transaction.atomic():
        CriteriaSet.objects.filter(pk=draft.pk).update(
            finalised_at=timezone.now(), finalised_by=cora
        )


def test_the_database_itself_counts_parts(draft: CriteriaSet, cora: User) -> None:
    whole = draft.criteria.get(suggestion="knows_the_communities")
    _part(cora, draft, whole, "Languages", 10)
    with pytest.raises(IntegrityError, match="parts do not make"), transaction.atomic():
        CriteriaSet.objects.filter(pk=draft.pk).update(
            finalised_at=timezone.now(), finalised_by=cora
        )
    assert "Understanding of these communities" in " ".join(map(str, Reading(draft).missing()))
    _part(cora, draft, whole, "Trust", 15)
    assert [part.title for part in Reading(draft).tops[0][1]] == ["Languages", "Trust"]
    assert make_final(cora, draft).is_final


def _part(cora: User, held: CriteriaSet, whole: Criterion, title: str, weight: int) -> Criterion:
    values = {
        "title": title,
        "asks": "What do you know?",
        "judged": "By what is true.",
        "weight": Decimal(weight),
        "parent": whole,
    }
    return actions.save_criterion(cora, held, None, values)


def test_what_is_missing_is_said(question: Question, cora: User) -> None:
    held = actions.begin_criteria(cora, question, "below")
    said = " ".join(map(str, Reading(held).missing()))
    for words in ("at least one criterion", "not 100", "how price is judged", "tie", "who judges"):
        assert words in said
    with pytest.raises(Invalid, match="not 100"):
        actions.finalise(cora, held)


def test_a_price_that_is_given_gets_no_marks(draft: CriteriaSet, cora: User) -> None:
    actions.set_demands(cora, draft, {"price_method": "fixed"})
    with pytest.raises(Invalid, match="The price is given, so it gets no marks"):
        make_final(cora, CriteriaSet.objects.get(pk=draft.pk))
    actions.set_demands(cora, draft, {"price_method": "linear"})
    assert make_final(cora, CriteriaSet.objects.get(pk=draft.pk)).is_final


def test_a_criterion_with_an_address_is_not_made_final(draft: CriteriaSet, cora: User) -> None:
    row = draft.criteria.get(suggestion="reaches_people")
    actions.save_criterion(cora, draft, row, {"asks": "Is your office within 5 miles of here?"})
    with pytest.raises(Invalid, match="Say without a whereabouts: Reaching people"):
        make_final(cora, draft)


def test_nobody_judges_who_could_gain_or_has_not_said(
    draft: CriteriaSet, cora: User, programme: Programme
) -> None:
    priya = Membership.objects.get(programme=programme, role=Role.PARTNER)
    with pytest.raises(Invalid, match="could gain, so does not judge"):
        actions.choose_judges(cora, draft, [priya])
    olu = Membership.objects.get(programme=programme, role=Role.OBSERVER)
    Membership.objects.filter(pk=olu.pk).update(since=timezone.now())
    olu.refresh_from_db()
    with pytest.raises(Invalid, match="has not declared yet"):
        actions.choose_judges(cora, draft, [olu])


def test_a_judge_who_comes_to_gain_stops_the_criteria_from_being_final(
    draft: CriteriaSet, cora: User, programme: Programme
) -> None:
    sami = Membership.objects.get(programme=programme, role=Role.CITIZEN)
    actions.choose_judges(cora, draft, [sami])
    sami.declarations.create(could_gain=True, words="My sister might bid.")
    actions.set_demands(cora, draft, {"tie_break": "Local knowledge."})
    with pytest.raises(Invalid, match="could gain"):
        actions.finalise(cora, draft)


@pytest.mark.parametrize("who", ["priya", "sami", "olu", "femi", "nell"])
def test_only_those_who_run_the_programme_write_criteria(
    who: str, draft: CriteriaSet, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        actions.add_suggestions(person, draft, ["lasting"])
    with pytest.raises(Refused):
        actions.finalise(person, draft)


def test_criteria_wait_for_the_vision(vision_programme: Programme, ada: User) -> None:
    question = make_question(ada, vision_programme, Words("Play", "Which streets?"))
    with pytest.raises(Refused, match="Never ever start by talking about the money"):
        actions.begin_criteria(ada, question, "above")


def test_a_new_version_begins_as_a_copy(draft: CriteriaSet, cora: User) -> None:
    with pytest.raises(Invalid, match="There is a draft already"):
        actions.begin_criteria(cora, draft.question, "above")
    whole = draft.criteria.get(suggestion="knows_the_communities")
    _part(cora, draft, whole, "Languages", 25)
    first = make_final(cora, draft)
    second = actions.begin_criteria(cora, first.question, "above")
    one, two = Reading(first), Reading(second)
    assert second.version == 2
    assert [(row.title, row.weight) for row in two.rows] == [
        (row.title, row.weight) for row in one.rows
    ]
    assert [part.title for part in two.tops[0][1]] == ["Languages"]
    assert not {row.pk for row in one.rows} & {row.pk for row in two.rows}
    actions.discard_criteria(cora, second)
    assert CriteriaSet.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"weight": Decimal(0)}, "weight"),
        ({"weight": Decimal(101)}, "weight"),
        ({"is_price": True}, "is_price"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    draft: CriteriaSet, cora: User, values: dict[str, Any], field: str
) -> None:
    row = draft.criteria.get(suggestion="reaches_people")
    with pytest.raises(Invalid) as refused:
        actions.save_criterion(cora, draft, row, values)
    assert refused.value.field == field


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_begin_one_draft(question: Question, ada: User, cora: User) -> None:
    begin, done = Barrier(2), []

    def press(person: User) -> None:
        begin.wait()
        try:
            actions.begin_criteria(person, question, "above")
            done.append("begun")
        except Invalid:
            done.append("there is one")
        finally:
            connection.close()

    threads = [Thread(target=press, args=[person]) for person in (ada, cora)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["begun", "there is one"]


# Data and paper ------------------------------------------------------------------------------


@pytest.mark.parametrize("what_for", ["above", "below"])
def test_the_data_file_passes_the_schema_of_open_contracting(
    question: Question, cora: User, what_for: str
) -> None:
    held = make_final(cora, write_draft(cora, question, what_for))
    package = release_package(held, "https://example.org/criteria.json")
    (release,) = package["releases"]
    checker = jsonschema.FormatChecker()
    jsonschema.Draft4Validator(SCHEMA, format_checker=checker).validate(release)
    assert datetime.fromisoformat(release["date"]).tzinfo
    tender = release["tender"]
    assert tender["awardCriteria"] == "ratedCriteria"
    criteria = tender["lots"][0]["awardCriteria"]["criteria"]
    assert sum(one["numbers"][0]["number"] for one in criteria) == 100
    assert [one["type"] for one in criteria].count("price") == 1
    assert "Understanding of these communities (25%)" in tender["awardCriteriaDetails"]


def test_the_schema_would_notice(question: Question, cora: User) -> None:
    held = make_final(cora, write_draft(cora, question))
    (release,) = release_package(held, "https://example.org/")["releases"]
    release["tender"]["awardCriteria"] = {"criteria": []}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate(release)


def test_the_paper_is_issued_and_the_set_points_to_it(
    draft: CriteriaSet, cora: User, settings: Any, tmp_path: Path
) -> None:
    settings.RECORD_SIGNING_KEY = SEED
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(Refused, match="not final yet"):
        request_document(cora, PAPER, draft.pk, issue=True)
    held = make_final(cora, draft)
    make(request_document(cora, PAPER, held.pk, issue=True).pk)
    held.refresh_from_db()
    assert held.paper
    assert held.paper.number.startswith("RIV")
