"""What the walk, the file of talks and the duty say of early talks agrees, or is printed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from commissioning.people.models import User
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import cautions, cautions_by_officer, missing_to_recommend
from decisions.records.sections.weighed import level_field
from decisions.records.talks import contradictions
from decisions.trees.fairness import by_its_law
from decisions.trees.models import Appraisal
from decisions.trees.talks import nothing_written
from places.directory.models import Organisation
from tests.cast import SignIn
from tests.decisions.records.conftest import fresh
from tests.decisions.walks.conftest import walk, whole

__all__ = ["walk", "whole"]


def walked(decision: Decision, took: str) -> Decision:
    """The decision, resting on a walk that says so."""
    path = [{"question": "providers_took_part", "answer": took, "seats": []}]
    walk = Appraisal(result={"path": path, "ranked": []}, question=decision.question)
    decision.question.__dict__["_rests_on"] = walk
    return decision


def printed(decision: Decision) -> str:
    """The section of the record about talks."""
    return str(level_field(decision))


def talked(decision: Decision) -> None:
    """One who might provide it was at a conversation about it."""
    body = Organisation.objects.filter(kind=Organisation.Kind.CHARITY).first()
    assert body is not None
    words = f"The conversation about “{decision.question.title}”."
    note(decision.question.programme, body, LevelFieldEntry.Kind.ATTENDED, words)


def test_an_empty_file_says_that_nothing_is_written_down_and_not_that_nobody_took_part(
    ready: Decision,
) -> None:
    said = printed(ready)
    assert "Nothing has been written down" in said
    assert "That does not say that nobody took part." in said
    assert "No possible provider is known" not in said


def test_talks_that_the_walk_tells_of_and_the_file_does_not_are_warned_of_and_printed(
    ready: Decision,
) -> None:
    decision = walked(ready, "yes")
    (one,) = contradictions(decision)
    assert one[0] == "file"
    assert "the file of talks holds nothing" in one[1]
    assert one[1] in cautions(decision)
    said = printed(decision)
    assert "does not agree with itself" not in said, "who is still to be talked to is in no file"
    assert "possible providers took part or will. Who did, on which day" in said
    assert "no possible provider took part" not in said.lower()


def test_talks_of_the_file_that_the_walk_denies_are_warned_of(ready: Decision) -> None:
    talked(ready)
    decision = walked(ready, "no")
    (one,) = contradictions(decision)
    assert one[0] == "talks"
    assert "This record does not agree with itself." in printed(decision)


def test_a_duty_that_is_met_by_nobody_is_warned_of(ready: Decision) -> None:
    decision = walked(ready, "no")
    assert [where for where, _words in contradictions(decision)] == ["duties"]


def test_a_duty_that_is_met_beside_an_empty_file_is_warned_of_and_no_longer_with_a_talk_in_it(
    ada: User, ready: Decision
) -> None:
    missed = "the level-playing-field file has no talk about this question"
    assert any(missed in words for where, words in cautions_by_officer(ready) if where == "duties")
    talked(ready)
    assert not any(missed in words for _where, words in cautions_by_officer(ready))


def test_a_session_that_nobody_judged_is_told_of_beside_a_duty_that_was_answered(
    ready: Decision,
) -> None:
    told = "nobody has said whether it was an early talk about this question"
    asked = ready.question
    body = Organisation.objects.filter(kind=Organisation.Kind.CHARITY).first()
    assert body is not None
    note(asked.programme, body, LevelFieldEntry.Kind.ATTENDED, "A workshop at the mill.")
    assert not any(told in words for words in cautions(ready)), "it came after the question"
    Question.objects.filter(pk=asked.pk).update(put_at=timezone.now() + timedelta(hours=1))
    asked.refresh_from_db()
    assert any(told in words for where, words in cautions_by_officer(ready) if where == "talks")
    ready.duties.filter(key="engagement_fairness").update(standing="to_do")
    assert not any(told in words for words in cautions(fresh(ready)))


def test_what_agrees_is_not_warned_of(ada: User, ready: Decision) -> None:
    talked(ready)
    assert contradictions(walked(ready, "yes")) == []


def test_whoever_recommends_is_told_where_to_mend_it(
    ada: User, ready: Decision, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafting.answer_duties(ada, ready, {"engagement_fairness": ("not_apply", "Nobody.")})
    talked(ready)
    (one,) = contradictions(ready)
    assert "said not to apply, although possible providers took part" in one[1]
    args = [ready.question.programme.slug, ready.pk]
    page = sign_in(ada).get(reverse("records:recommend", args=args)).content.decode()
    assert "said not to apply, although possible providers took part" in page
    assert "mend what does not agree before you recommend it" in page
    draft = sign_in(ada).get(ready.get_absolute_url()).content.decode()
    assert reverse("records:duties", args=args) in draft
    assert missing_to_recommend(ready) == [], "it warns, and stops nothing"


@pytest.mark.parametrize(
    ("took", "wanted", "unwanted"),
    [
        ("yes", "No notice and no explanation is drafted", "took part in preparing “"),
        ("", "No notice and no explanation is drafted", "took part in preparing “"),
        ("no", "no possible provider took part in preparing “", "is drafted from an empty file"),
    ],
)
def test_the_explanation_that_nobody_took_part_is_drafted_only_where_somebody_said_so(
    whole: Appraisal, took: str, wanted: str, unwanted: str
) -> None:
    path = [{"question": "providers_took_part", "answer": took}] if took else []
    whole.result = {"path": path}
    said = by_its_law(whole, [])["draft"]
    assert wanted in said
    assert unwanted not in said
    assert "nobody took part" not in nothing_written(True)
