"""What is typed at a question is not lost by looking for evidence."""

import re
import uuid
from collections.abc import Mapping

import pytest
from django.test import Client

from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import Appraisal
from decisions.trees.standpoint import Standing
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS, at, said
from tests.decisions.walks.test_evidence_pages import mapped

__all__ = ["mapped"]
WHY = "At the hall in Quayside nobody could name a second place that they would ring."


def typed(**more: str) -> dict[str, str]:
    """The form of a question as a browser sends it."""
    return {"value": "yes", "reason": WHY, "seen": "0", "op": str(uuid.uuid4())} | more


def is_still_there(browser: Client, walk: Appraisal, key: str, value: str) -> bool:
    """Whether the answer and the reason stand in the form."""
    page = said(browser, at("ask", walk, key))
    field = re.search(rf'<input[^>]*name="value"[^>]*value="{value}"[^>]*>', page)
    return WHY in page and field is not None and ("checked" in field[0] or "radio" not in field[0])


def button(page: str, words: str) -> Mapping[str, str]:
    """The attributes of the first button with these words."""
    found = next(one for one in re.findall(r"<button[^>]*>[^<]*", page) if one.endswith(words))
    return dict(re.findall(r'([\w-]+)="([^"]*)"', found))


@pytest.mark.usefixtures("mapped")
def test_using_evidence_keeps_the_answer_and_the_reason_that_are_being_typed(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = said(browser, at("ask", walk, "need_to_buy"))
    assert '<form method="post" id="answer" novalidate>' in page
    use = button(page, "Use as evidence")
    assert use["form"] == "answer", "the button sends what is typed along"
    browser.post(use["formaction"], typed(**{use["name"]: use["value"]}))
    assert walk.picks.count() == 1
    assert is_still_there(browser, walk, "need_to_buy", "yes")
    away = button(said(browser, at("ask", walk, "need_to_buy")), " Take it away".strip())
    browser.post(away["formaction"], typed(reason=f"{WHY} And more."))
    assert f"{WHY} And more." in said(browser, at("ask", walk, "need_to_buy"))


@pytest.mark.usefixtures("mapped")
def test_looking_through_all_the_evidence_keeps_them_too(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    look = button(said(browser, at("ask", walk, "need_to_buy")), "All that this programme knows")
    opened = browser.post(look["formaction"], typed(**{look["name"]: look["value"]}))
    assert opened["Location"] == at("evidence", walk, "need_to_buy")
    here = at("evidence", walk, "need_to_buy")
    source, item = re.findall(r'name="(?:source|item)" value="([^"]*)"', said(browser, here))[:2]
    browser.post(here, {"source": source, "item": item})
    assert is_still_there(browser, walk, "need_to_buy", "yes")


def test_what_is_saved_is_typed_no_more_and_shows_at_no_other_question(
    whole: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    own = Standing(whole).own("need_to_buy", whole.question.programme.memberships.get(user=ada))
    assert own is not None
    browser.post(at("evidence", whole, "need_to_buy"), typed(look="yes", seen=str(own.number)))
    assert WHY not in said(browser, at("ask", whole, "need_evidence"))
    assert WHY not in said(sign_in(sami), at("ask", whole, "need_to_buy")), "it is Ada's own"
    now = typed(value="perhaps_not", reason="Our own words.", seen=str(own.number))
    browser = sign_in(ada)
    browser.post(at("ask", whole, "need_to_buy"), now)
    page = said(browser, at("ask", whole, "need_to_buy"))
    assert WHY not in page
    assert "Our own words." in page


@pytest.mark.parametrize(("key", "value"), [("net_value", "180,000"), ("vat", "none")])
def test_a_sum_that_is_typed_stays_as_it_was_typed(
    whole: Appraisal, ada: User, sign_in: SignIn, key: str, value: str
) -> None:
    browser = sign_in(ada)
    browser.post(at("evidence", whole, key), typed(look="yes", value=value))
    assert is_still_there(browser, whole, key, value)


def test_a_walk_of_another_question_shows_nothing_of_it(
    question: Question, walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    other = actions.begin_walk(ada, question, "england-general", BEGINS)
    browser = sign_in(ada)
    browser.post(at("evidence", walk, "need_to_buy"), typed(look="yes"))
    assert WHY not in said(browser, at("ask", other, "need_to_buy"))
