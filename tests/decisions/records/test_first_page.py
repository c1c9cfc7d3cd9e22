"""The first page, the paper before the meeting, and a new version that would change nothing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from commissioning.documents.models import IssuedDocument
from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.records.actions import advising, deciding, drafting, recording
from decisions.records.models import Decision
from decisions.records.papers import paper_data
from decisions.records.story import story
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from tests.cast import SignIn
from tests.decisions.records.conftest import WHY, Issue, minute
from tests.decisions.records.test_advice import lena
from tests.decisions.records.test_on_paper import ruled, section, table
from tests.decisions.walks.conftest import walk, whole
from tests.reading import words_of

__all__ = ["lena", "ruled", "walk", "whole"]


def headings(decision: Decision) -> list[str]:
    """The headings of the first page, in order."""
    blocks = section(decision, "summary")["blocks"]
    return [one["words"] for one in blocks if one["kind"] == "heading"]


def test_the_first_page_says_what_why_for_how_much_by_whom_and_what_next(
    decided: Decision,
) -> None:
    assert headings(decided) == [
        "Why this way",
        "What it is worth",
        "Who decided",
        "What happens next",
    ]
    said = str(section(decided, "summary"))
    assert "Cabinet of Rivermead Council (The Cabinet, its leader in the chair), on" in said
    assert "reasons" not in [one["key"] for one in story(decided)["sections"]]


@pytest.mark.parametrize(("vat", "said"), [("standard", " without VAT."), ("none", ".")])
def test_the_amount_decided_says_that_it_is_without_vat_where_vat_comes_on_top(
    ada: User, recommended: Decision, vat: str, said: str
) -> None:
    decided = deciding.enter_decision(ada, recommended, minute(amount=Decimal(180_000)))
    decided.question.vat = vat
    assert f"Decided: £180,000{said} Estimated" in str(section(decided, "summary"))


def test_reasons_that_would_fill_the_page_stand_on_the_next_and_are_never_cut(
    ada: User, ready: Decision
) -> None:
    Decision.objects.filter(pk=ready.pk).update(reasons="Because of what people said. " * 60)
    ready.refresh_from_db()
    assert "Why this way" not in headings(ready)
    assert "Because of what people said." in str(section(ready, "reasons"))


def test_before_it_is_recommended_the_paper_says_that_nobody_has_recommended_it(
    ada: User, sami: User, ready: Decision
) -> None:
    told = paper_data(ready.pk)
    assert told["sentence"].startswith("Draft, not recommended yet. To be put to Cabinet")
    assert told["recommended"] is False
    titles = [one["title"] for one in told["sections"]]
    assert "Who decides, and how" in titles
    assert not [one for one in titles if one.startswith(("Who decided", "Who disagreed"))]
    recommended = drafting.recommend(ada, ready)
    assert paper_data(recommended.pk)["sentence"].startswith("Recommended to Cabinet")


def test_a_reason_for_a_new_version_that_changes_nothing_is_answered(
    ada: User, decided: Decision, issue: Issue
) -> None:
    issue(decided)
    decided.refresh_from_db()
    with pytest.raises(Invalid, match="Nothing of the record has changed since version 1"):
        recording.issue_record(ada, decided, "To be sure.")
    assert decided.versions.count() == 1


def test_to_issue_what_has_not_changed_says_that_nothing_new_was_issued(
    ada: User, decided: Decision, issue: Issue, sign_in: SignIn
) -> None:
    issue(decided)
    address = reverse("records:issue", args=[decided.question.programme.slug, decided.pk])
    page = sign_in(ada).post(address, {"why": ""}, follow=True).content.decode()
    assert "Nothing has changed since version 1, so nothing new was issued" in page
    assert decided.versions.count() == 1


def test_what_was_typed_in_for_an_officer_is_confirmed_after_the_decision_and_dated(
    ada: User, lena: User, recommended: Decision, sign_in: SignIn
) -> None:
    decided = deciding.enter_decision(ada, recommended, minute())
    page = sign_in(ada).get(decided.get_absolute_url()).content.decode()
    ask = reverse("records:adviser", args=[decided.question.programme.slug, decided.pk, "legal"])
    assert ask in page
    assert "not confirmed by them" in str(section(decided, "advice"))
    assert sign_in(ada).post(ask, {"adviser": str(lena.pk)}).status_code == 302
    advising.confirm_advice(lena, decided, "legal", decided.advice.get(kind="legal").seal)
    decided.refresh_from_db()
    told = str(section(decided, "advice"))
    assert "confirmed by Lena" in told
    with pytest.raises(Invalid, match="names you"):
        advising.name_adviser(ada, decided, "finance", ada)


def test_evidence_is_said_once_with_the_questions_that_it_was_laid_beside(
    ada: User, whole: Appraisal, draft: Decision
) -> None:
    outcome = draft.question.outcomes.all()[0]
    for key in ("need_to_buy", "need_evidence"):
        trees.pick_evidence(ada, whole, key, "vision", f"outcome-{outcome.pk}")
    trees.lock_for_good(ada, whole)
    items = next(one for one in section(draft, "path")["blocks"] if one["kind"] == "items")
    (line,) = items["lines"]
    assert line.count(outcome.title) == 1
    assert "Laid beside: “Does anything have to be bought or paid for?”; “How good is" in line


def test_the_record_speaks_of_the_place_and_not_to_whoever_walked(
    ruled: Appraisal, draft: Decision
) -> None:
    told = str(story(draft))
    assert "key decision by the place's own sum of £250,000" in told
    assert "your own sum" not in told
    assert "your constitution" not in told


def test_what_to_check_stays_with_a_duty_that_does_not_apply(ada: User, draft: Decision) -> None:
    drafting.answer_duties(ada, draft, {"staff_transfer": ("not_apply", "Nobody works on it.")})
    rows = {row[0]: row for row in table(draft, "duties")["rows"]}
    assert "Check before" in rows["Staff transfer"][3]
    assert "Check before" in rows["VAT"][3], "and with one that nobody has answered"


def test_a_call_in_that_is_over_is_no_reason_to_lose_the_first_page(decided: Decision) -> None:
    Decision.objects.filter(pk=decided.pk).update(
        call_in_until=timezone.localdate() - timedelta(days=1)
    )
    deciding.take_effect_where_due()
    decided.refresh_from_db()
    assert "Who decided" in headings(decided)


def pages_of(document: IssuedDocument) -> list[str]:
    """What each page of a PDF says."""
    with document.file.open("rb") as file:
        return words_of(file.read())


SAID = "Sitters who belong to a voluntary organisation give nine carers one day off a week. "


@pytest.mark.parametrize("times", [1, 5, 7])
def test_the_plain_summary_is_one_page_and_the_next_begins_what_is_in_the_record(
    ada: User, sami: User, ready: Decision, issue: Issue, times: int
) -> None:
    words = {
        "title": "A day off each week for carers in the Lanes",
        "summary": SAID * times,
        "reasons": SAID * times,
        "next_steps": SAID * times,
    }
    draft = drafting.write_section(ada, ready, "words", words)
    recommended = drafting.recommend(ada, draft)
    drafting.dissent(sami, recommended, "Nobody asked the carers.")
    made = deciding.enter_decision(ada, recommended, minute())
    recording.mark_removal(
        ada, made, passage="Nobody asked the carers.", ground="individual", public_interest=WHY
    )
    for document in issue(made).values():
        first, second = pages_of(document)[:2]
        assert first.count(SAID.strip()) == 3 * times, "nothing is cut"
        for heading in ("Why this way", "What happens next", "Who disagreed"):
            assert heading in first, heading
        assert "What is in this record" in second
