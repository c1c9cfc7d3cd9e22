"""What bidders answer by a link, without an account."""

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.costs import actions
from decisions.costs.models import BidLink, BidReport
from decisions.questions.models import Question
from tests.cast import SignIn
from tests.decisions.costs.conftest import put_question, text, url


def test_a_bidder_who_lost_answers_by_link_without_an_account(
    question: Question, cora: User, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(cora)
    made = browser.post(
        url("surveys", question), {"title": "Day centre, 2025", "route": "grant", "links": "6"}
    )
    page = text(browser, made.headers["Location"])
    assert "0 of 6 have answered" in page
    link = BidLink.objects.get(number=1)
    address = reverse("costs:report", args=[actions.link_token(link.pk)])
    assert address in page
    for _look in range(2):
        assert "Three questions." in text(client, address)
    link.refresh_from_db()
    assert link.used_on is None
    answer = client.post(address, {"result": "lost", "hours": "41.5", "outlay": ""})
    assert answer.status_code == 302
    report = BidReport.objects.get()
    assert [str(report.hours), report.result, str(report.outlay)] == ["41.5", "lost", "0.00"]
    assert "Your answer is counted" in text(client, address)
    assert "41.5" not in text(browser, made.headers["Location"])
    again = client.post(address, {"result": "won", "hours": "1"})
    assert again.status_code == 422
    assert BidReport.objects.count() == 1


@pytest.mark.parametrize("hours", ["0", "-4", "9999", "many", ""])
def test_hours_that_nobody_believes_are_refused(
    question: Question, cora: User, client: Client, hours: str
) -> None:
    survey = actions.make_survey(cora, question, "Lunches", "grant", 1)
    address = reverse("costs:report", args=[actions.link_token(survey.links.get().pk)])
    assert client.post(address, {"result": "lost", "hours": hours}).status_code == 422
    assert not BidReport.objects.exists()


def test_a_link_that_does_not_exist(client: Client, db: None) -> None:
    assert client.get(reverse("costs:report", args=["no-such-token"])).status_code == 404


def test_one_survey_is_no_way_into_another_questions(
    question: Question, cora: User, other_programme: Programme, nell: User, sign_in: SignIn
) -> None:
    survey = actions.make_survey(cora, question, "Lunches", "grant", 1)
    theirs = put_question(nell, other_programme)
    assert sign_in(nell).get(url("survey", theirs, survey.pk)).status_code == 404
    assert sign_in(nell).get(url("survey", question, survey.pk)).status_code == 404


# Evidence ------------------------------------------------------------------------------------
