"""Decisions in the states that tests need."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from commissioning.documents.making import make
from commissioning.documents.models import IssuedDocument
from commissioning.people.models import User
from decisions.questions import actions as questions
from decisions.questions.models import Question
from decisions.records.actions import advising, deciding, drafting, recording
from decisions.records.duties import DUTIES
from decisions.records.models import Advice, Decision
from decisions.records.worked import silent
from tests.commissioning.documents.conftest import SEED
from tests.participation.calls.conftest import media as media_folder

media = media_folder

WHY = "Her door is known by it, and nobody needs it to judge the decision."
SECTIONS: dict[str, dict[str, object]] = {
    "power": {
        "body_kind": "cabinet",
        "body_name": "Cabinet of Rivermead Council",
        "power": "Section 1 of the Localism Act 2011; constitution, part 3, paragraph 4.2",
    },
    "route": {
        "route": "grant",
        "route_name": "small grants, given by a panel of residents",
        "why_other": "The panel of residents is ready; no intermediary is.",
    },
    "words": {
        "title": "Daytime company in the Lanes",
        "summary": "Small grants go to groups that people in the Lanes already know.",
        "reasons": "Mrs Wilma Lock of 4 Quay Street said that she opens to nobody new.",
        "next_steps": "A call opens in January.",
    },
    "publicity": {
        "is_key": False,
        "why_not_key": "Thirty people in one street come to it.",
        "notice_on": None,
        "urgency": "",
        "is_exempt": False,
        "exemption": "",
        "public_interest": "",
    },
}


@pytest.fixture
def signed(settings: Settings, media: Path) -> None:
    """A worker that can seal."""
    settings.RECORD_SIGNING_KEY = SEED


@pytest.fixture
def draft(ada: User, question: Question) -> Decision:
    """A decision just begun."""
    if question.state == Question.State.DRAFT:
        question = questions.open_question(ada, question)
    return drafting.begin_decision(ada, question, "Daytime company in the Lanes")


@pytest.fixture
def ready(ada: User, draft: Decision) -> Decision:
    """A draft that lacks nothing."""
    return write_all(ada, draft)


def fresh(decision: Decision) -> Decision:
    """As the next request finds it."""
    return Decision.objects.get(pk=decision.pk)


def write_all(ada: User, decision: Decision, **changed: dict[str, object]) -> Decision:
    """Write every section of a draft."""
    for name, values in SECTIONS.items():
        decision = drafting.write_section(ada, decision, name, values | changed.get(name, {}))
    for kind in (Advice.Kind.FINANCE, Advice.Kind.LEGAL):
        advising.write_advice(
            ada,
            decision,
            kind,
            officer="The officer whose post it is",
            words="Nothing speaks against it.",
            given_on=timezone.localdate(),
        )
    everybody_declares(ada, decision)
    drafting.answer_duties(
        ada, decision, {duty.key: ("met", f"How {duty.key} was met.") for duty in DUTIES}
    )
    return decision


def everybody_declares(recommends: User, decision: Decision) -> None:
    """Whoever worked on it, and who recommends, could not gain, and says so."""
    for one in silent(decision, recommends):
        questions.declare_about(one.member.user, decision.question, could_gain=False, words="")


@pytest.fixture
def recommended(ada: User, ready: Decision) -> Decision:
    """Before the cabinet."""
    return drafting.recommend(ada, ready)


def minute(**changed: object) -> deciding.Minute:
    """What the cabinet decided, today."""
    today = timezone.localdate()
    values: dict[str, object] = {
        "outcome": "agreed",
        "decided_on": today,
        "decided_by": "The Cabinet, its leader in the chair",
        "words": "Agreed as recommended.",
        "reference": "Minute 14",
        "call_in_until": today + timedelta(days=7),
        "report_on": today - timedelta(days=21),
        "report_why": "It recommended the same; it was written down here afterwards.",
        "had_interest": False,
    }
    return deciding.Minute(**(values | changed))  # type: ignore[arg-type]


@pytest.fixture
def decided(ada: User, recommended: Decision) -> Decision:
    """Decided by the cabinet, not yet in effect."""
    return deciding.enter_decision(ada, recommended, minute())


Issue = Callable[..., dict[str, IssuedDocument]]


@pytest.fixture
def issue(ada: User, signed: None) -> Issue:
    """Issue the record and have the worker make it; the documents by type."""

    def issue_it(decision: Decision, why: str = "") -> dict[str, IssuedDocument]:
        for rendering in recording.issue_record(ada, decision, why):
            make(rendering.pk)
        found = IssuedDocument.objects.filter(subject_id=decision.pk).order_by("version")
        return {document.type_name: document for document in found}

    return issue_it
