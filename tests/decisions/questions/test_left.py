"""One list says what is left before a record can be sealed, and a save leads to the next."""

from django.test import Client
from django.urls import reverse

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions import actions
from decisions.questions.left import next_of, next_url, what_is_left
from decisions.questions.models import Question
from decisions.records.actions import deciding, drafting
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from tests.cast import SignIn
from tests.decisions.records.conftest import minute, write_all
from tests.decisions.walks.conftest import BEGINS, answer_all, walk, whole

__all__ = ["walk", "whole"]


def next_title(question: Question, user: User) -> str:
    """What comes next, as the page of the question says it."""
    step = next_of(what_is_left(Question.objects.get(pk=question.pk), user))
    return str(step.title) if step else ""


def test_it_goes_from_the_question_to_the_record_step_by_step(
    ada: User, draft_question: Question
) -> None:
    question = draft_question
    assert next_title(question, ada) == "Put the question to everybody"
    question = actions.open_question(ada, question)
    assert next_title(question, ada) == "Begin a walk of a decision tree"
    found = trees.begin_walk(ada, question, "england-general", BEGINS)
    assert next_title(question, ada) == "Answer “Walk 1” and lock it"
    trees.lock_for_good(ada, answer_all(ada, found))
    assert next_title(question, ada) == "Declare for this question"
    actions.declare_about(ada, question, could_gain=False, words="")
    assert next_title(question, ada) == "Draft the decision"
    draft = drafting.begin_decision(ada, question, "Daytime company")
    assert next_title(question, ada) == "Draft the decision and recommend it"
    route: dict[str, object] = {
        "route": "devolved_grants",
        "route_name": "small grants",
        "why_other": "",
    }
    draft = drafting.recommend(ada, write_all(ada, draft, route=route))
    assert next_title(question, ada) == "Write down what was decided"
    deciding.enter_decision(ada, draft, minute())
    assert next_title(question, ada) == "Issue the record"


def test_what_nobody_needs_for_a_record_stands_in_it_and_is_never_next(
    ada: User, whole: Appraisal
) -> None:
    trees.lock_for_good(ada, whole)
    steps = {str(one.title): one for one in what_is_left(whole.question, ada)}
    costs = steps["Look at what each way costs"]
    criteria = steps["Write the criteria, where applications are compared"]
    assert not costs.needed
    assert not criteria.needed
    assert criteria.url == reverse(
        "criteria:begin", args=[whole.question.programme.slug, whole.question_id]
    )


def test_only_those_who_run_it_read_the_list_and_not_before_the_vision(
    ada: User, sami: User, question: Question, vision_programme: Programme, sign_in: SignIn
) -> None:
    assert what_is_left(question, sami) == []
    said = "What is left before the record can be sealed"
    assert said not in Client().get(question.get_absolute_url()).content.decode()
    page = sign_in(ada).get(question.get_absolute_url()).content.decode()
    assert said in page
    assert f'href="{next_url(question, ada)}"' in page
    words = actions.Words(title="Sunday streets", what="Who looks after the barriers?")
    early = actions.make_question(ada, vision_programme, words)
    assert what_is_left(early, ada) == []


def test_a_locked_walk_leads_back_to_the_list(ada: User, whole: Appraisal, sign_in: SignIn) -> None:
    question = whole.question
    lock = reverse("trees:lock", args=[question.programme.slug, question.pk, whole.pk])
    answer = sign_in(ada).post(lock)
    assert answer["Location"] == question.get_absolute_url()
