"""A record holds what of the programme is about its question, and counts the rest by a rule."""

from uuid import uuid4

import pytest
from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.evidence import EvidenceItem
from decisions.records.models import Decision
from decisions.records.sections.about import About, about
from decisions.records.sections.evidence import MOST
from decisions.records.story import story
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from participation.workshops.models import Activity, Contribution, Review, Workshop
from tests.decisions.walks.conftest import walk

__all__ = ["walk"]

OFFERS = (
    "I drive a van in the Lanes",
    "I would keep somebody company on Tuesdays",
    "Football boots for twelve boys",
    "A stall at the summer fair",
    "I know how to mend bicycles",
)


def offer(decision: Decision, by: User, *offers: str) -> list[Contribution]:
    """What people offered at a workshop of the whole programme; an officer has read it."""
    workshop = Workshop.objects.create(
        programme=decision.question.programme,
        title="What do we bring?",
        code=uuid4().hex[:8],
        led_by=by,
        status=Workshop.Status.CLOSED,
        opened_at=timezone.now(),
        closed_at=timezone.now(),
        words_read_at=timezone.now(),
        words_read_by=by,
    )
    activity = Activity.objects.create(
        workshop=workshop, kind="offers", position=1, title="What do you bring?"
    )
    return [
        Contribution.objects.create(
            workshop=workshop, activity=activity, op=uuid4(), text=text, review=Review.TOLD
        )
        for text in offers
    ]


def told(decision: Decision) -> str:
    """What the record says of what people offered."""
    sections = story(decision)["sections"]
    return str(next(one for one in sections if one["key"] == "evidence-offers"))


@pytest.fixture
def narrow(draft: Decision) -> Decision:
    """A decision that is towards one of the programme's outcomes, and not towards all."""
    draft.question.outcomes.set(draft.question.programme.outcomes.all()[:1])
    return draft


def test_offers_that_are_about_it_are_printed_and_the_others_counted(
    ada: User, narrow: Decision
) -> None:
    offer(narrow, ada, *OFFERS)
    said = told(narrow)
    assert "a van in the Lanes" in said, "it names the area"
    assert "keep somebody company" in said, "it speaks of what the question speaks of"
    assert "Football" not in said
    assert "3 more lines of this programme name neither the area of this question" in said


def test_what_was_laid_beside_an_answer_never_falls_away(
    ada: User, walk: Appraisal, narrow: Decision
) -> None:
    made = offer(narrow, ada, *OFFERS, *(f"Company on day {number}" for number in range(20)))
    bicycles = next(one for one in made if "bicycles" in one.text)
    trees.pick_evidence(ada, walk, "need_to_buy", "offers", str(bicycles.pk))
    said = told(narrow)
    assert "mend bicycles" in said
    assert said.count("Offered: ") == MOST
    assert f"And {len(made) - MOST} more in the whole-system review." in said


def test_where_nothing_is_about_it_the_record_says_how_many_the_review_has(
    ada: User, narrow: Decision
) -> None:
    offer(narrow, ada, *OFFERS[2:])
    sections = {one["key"]: str(one) for one in story(narrow)["sections"]}
    assert "evidence-offers" not in sections
    assert "What people offered in workshops: 3" in sections["evidence-elsewhere"]


def test_a_question_towards_every_outcome_is_about_all_that_was_offered(
    ada: User, draft: Decision
) -> None:
    offer(draft, ada, *OFFERS)
    assert about(draft.question).all_of_it
    assert told(draft).count("Offered: ") == len(OFFERS)


def test_a_question_towards_no_outcome_is_told_what_speaks_of_it_and_nothing_else(
    ada: User, draft: Decision
) -> None:
    offer(draft, ada, *OFFERS)
    draft.question.outcomes.clear()
    assert not about(draft.question).all_of_it
    said = told(draft)
    assert "a van in the Lanes" in said, "it names the area"
    assert "Football" not in said
    asked = str(next(one for one in story(draft)["sections"] if one["key"] == "question"))
    assert "None of the outcomes of the programme is named" in asked
    draft.question.title, draft.question.what = "Somebody to ring", "Who keeps company by phone?"
    assert "keep somebody company" in told(draft), "what it asks says more than its title"


def test_the_name_of_an_area_inside_another_word_does_not_name_it() -> None:
    of_lee = About(frozenset({1}), frozenset(), ("lee",), frozenset(), all_of_it=False)
    lines = [EvidenceItem("a", "I can teach people to sleep"), EvidenceItem("b", "A boat in Lee.")]
    assert [one.key for one in of_lee.only("offers", lines)] == ["b"]
