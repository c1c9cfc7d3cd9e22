"""Two people at once, with real threads on PostgreSQL: a decision is made once."""

import pytest

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from decisions.records.actions import deciding, drafting, recording
from decisions.records.models import Decision, Version
from decisions.records.readiness import missing_to_recommend
from tests.decisions.records.conftest import minute
from tests.decisions.walks.test_threads import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_who_press_decide_at_once_decide_once(
    recommended: Decision, ada: User, cora: User
) -> None:
    results = together(
        lambda: deciding.enter_decision(ada, recommended, minute(words="As Ada heard it.")),
        lambda: deciding.enter_decision(cora, recommended, minute(words="As Cora heard it.")),
    )
    assert sorted(type(one).__name__ for one in results) == ["Decision", "Refused"]
    (made,) = [one for one in results if isinstance(one, Decision)]
    (refused,) = [one for one in results if isinstance(one, Refused)]
    assert "Only what has been recommended is decided" in str(refused)
    kept = Decision.objects.get(pk=recommended.pk)
    assert (kept.decision_words, kept.entered_by_id) == (made.decision_words, made.entered_by_id)
    said = kept.question.programme.history.filter(sentence__contains="wrote down what")
    assert said.count() == 1


def test_deciding_and_taking_back_at_once_does_one_of_the_two(
    recommended: Decision, ada: User, cora: User
) -> None:
    results = together(
        lambda: deciding.enter_decision(ada, recommended, minute()),
        lambda: drafting.send_back(cora, recommended, "The figures were last year's."),
    )
    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == 1
    kept = Decision.objects.get(pk=recommended.pk)
    assert kept.status in {Decision.Status.DECIDED, Decision.Status.DRAFT}
    assert (kept.status == Decision.Status.DECIDED) == (kept.outcome == "agreed")


def test_a_comment_that_comes_while_it_is_recommended_is_not_passed_over(
    ready: Decision, ada: User, sami: User
) -> None:
    Decision.objects.filter(pk=ready.pk).update(status="consulting")
    results = together(
        lambda: drafting.recommend(ada, ready),
        lambda: drafting.comment(sami, ready, "Pay the drivers' petrol."),
    )
    kept = Decision.objects.get(pk=ready.pk)
    if kept.status == Decision.Status.RECOMMENDED:
        assert any(isinstance(one, Refused) for one in results)
        assert not kept.comments.exists()
    else:
        assert any(isinstance(one, Invalid) for one in results)
        assert [key for key, _words in missing_to_recommend(kept)] == ["comments"]


def test_two_presses_of_issue_make_one_version(decided: Decision, ada: User, cora: User) -> None:
    results = together(
        lambda: recording.issue_record(ada, decided),
        lambda: recording.issue_record(cora, decided),
    )
    assert not [one for one in results if isinstance(one, Exception)], results
    assert Version.objects.count() == 1
