"""A duty that is still to be done is said so, with who does it and by when: it is not met yet."""

import pytest
from django.urls import reverse

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import cautions, missing_to_recommend
from tests.cast import SignIn
from tests.decisions.records.conftest import fresh
from tests.decisions.records.test_on_paper import section, table

WORDS = "The contracts officer gives the carers three months' notice by 1 March 2027."
TO_DO = {"best_value": ("to_do", WORDS)}


def test_what_is_still_to_be_done_stops_nothing_and_is_told_before_it_is_recommended(
    ada: User, ready: Decision
) -> None:
    drafting.answer_duties(ada, ready, TO_DO)
    assert missing_to_recommend(fresh(ready)) == []
    assert f"Still to be done. Best value: {WORDS}" in cautions(fresh(ready))


def test_the_record_prints_it_as_open_and_with_what_happens_next(
    ada: User, ready: Decision
) -> None:
    assert "Duties still to be done" not in str(section(ready, "next"))
    drafting.answer_duties(ada, ready, TO_DO)
    draft = fresh(ready)
    (row,) = [row for row in table(draft, "duties")["rows"] if row[0] == "Best value"]
    assert row[1:3] == ["Still to be done", WORDS]
    follows = section(draft, "next")["blocks"]
    heading = next(at for at, one in enumerate(follows) if "Duties still to be done" in str(one))
    assert f"Best value: {WORDS}" in str(follows[heading + 1])


def test_it_is_offered_for_every_duty_and_asks_who_does_it_and_by_when(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    address = reverse("records:duties", args=[draft.question.programme.slug, draft.pk])
    browser = sign_in(ada)
    form = browser.get(address).context["form"]
    assert dict(form.fields["equality"].choices)["to_do"] == "Still to be done"
    answer = browser.post(address, {"best_value": "to_do"})
    assert answer.status_code == 422
    assert "Say what is still to be done, by whom and by when." in answer.content.decode()
    with pytest.raises(Invalid, match="by whom and by when"):
        drafting.answer_duties(ada, draft, {"best_value": ("to_do", " ")})


def test_words_that_were_left_for_somebody_to_end_are_not_kept(
    ada: User, draft: Decision, sign_in: SignIn
) -> None:
    words = "What was looked at for economy, efficiency and effectiveness:"
    address = reverse("records:duties", args=[draft.question.programme.slug, draft.pk])
    answer = sign_in(ada).post(address, {"best_value": "met", "best_value_words": words})
    assert set(answer.context["form"].errors) == {"best_value_words"}
    with pytest.raises(Invalid, match="say the rest"):
        drafting.answer_duties(ada, draft, {"best_value": ("met", words)})
    assert not draft.duties.exists()
