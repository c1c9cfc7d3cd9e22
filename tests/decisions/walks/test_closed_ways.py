"""A way that a locked walk closed is costed to be compared with, and marked as closed wherever."""

from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from decisions.costs import actions as costs
from decisions.questions.closed import closed_here
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import Appraisal
from tests.cast import SignIn

MARK = "closed here: costed only to compare"


def page(client: Client, name: str, question: Question, *more: str) -> str:
    address = reverse(f"costs:{name}", args=[question.programme.slug, question.pk, *more])
    return " ".join(client.get(address).content.decode().split())


def test_a_resident_reads_on_the_costs_page_which_ways_are_closed_here(
    question: Question, whole: Appraisal, ada: User, client: Client
) -> None:
    costs.choose_routes(ada, question, ["devolved_grants", "extend_or_vary", "direct_award"])
    before = page(client, "compare", question)
    assert MARK not in before, "a walk that goes on has closed nothing yet"
    actions.lock_for_good(ada, whole)
    closed = closed_here(question)
    assert "direct_award" in closed
    assert "devolved_grants" not in closed
    after = page(client, "compare", question)
    row = after.split('<th scope="row"')
    marked = {
        key: any(f"/{key}/" in part and MARK in part.split("</th>")[0] for part in row[1:])
        for key in ("devolved_grants", "direct_award")
    }
    assert marked == {"devolved_grants": False, "direct_award": True}
    assert "The walk that was locked closed this way" in page(
        client, "route", question, "direct_award"
    )
    assert "The walk that was locked" not in page(client, "route", question, "devolved_grants")


def test_the_picture_on_the_questions_own_page_marks_them_too(
    question: Question, whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    costs.choose_routes(ada, question, ["devolved_grants", "direct_award"])
    actions.lock_for_good(ada, whole)
    said = sign_in(ada).get(question.get_absolute_url()).content.decode()
    assert said.count(MARK) == 1
