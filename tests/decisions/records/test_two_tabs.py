"""Two tabs, or two people, on one form: nobody's words are lost, and nothing goes unseen."""

from datetime import date
from typing import Any

from django.urls import reverse

from commissioning.design.fields import DateField
from commissioning.people.models import User
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.models import Decision
from tests.cast import SignIn


def sent_back(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, DateField):
            for part in ("day", "month", "year"):
                sent[f"{bound.html_name}-{part}"] = str(getattr(value, part)) if value else ""
        elif isinstance(value, list):
            sent[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
        else:
            sent[bound.html_name] = "" if value is None else str(value)
    return sent


def edit(question: Question) -> str:
    """The page that says the question again."""
    return reverse("questions:edit", args=[question.programme.slug, question.pk])


def words(decision: Decision) -> str:
    """The page of the decision in words."""
    return reverse("records:section", args=[decision.question.programme.slug, decision.pk, "words"])


def test_what_one_tab_saved_is_kept_where_the_other_did_not_touch_it(
    ada: User, question: Question, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    first = sent_back(browser.get(edit(question)).context["form"])
    second = dict(first)
    first |= {"for_whom": "Everybody over 70"}
    first |= {
        "present_ends_on-day": "1",
        "present_ends_on-month": "9",
        "present_ends_on-year": "2027",
    }
    assert browser.post(edit(question), first).status_code == 302
    second["title"] = "Company by day"
    assert browser.post(edit(question), second).status_code == 302
    question.refresh_from_db()
    assert (question.title, question.for_whom) == ("Company by day", "Everybody over 70")
    assert question.present_ends_on == date(2027, 9, 1)


def test_where_both_changed_one_thing_both_texts_are_shown_and_neither_is_lost(
    ada: User,
    ready: Decision,
    sign_in: SignIn,
) -> None:
    browser, address = sign_in(ada), words(ready)
    first = sent_back(browser.get(address).context["form"])
    second = dict(first)
    assert browser.post(address, first | {"summary": "A says this."}).status_code == 302
    clash = browser.post(address, second | {"summary": "B says that.", "reasons": "B's reasons."})
    assert clash.status_code == 422
    page = clash.content.decode()
    assert "A says this." in page
    assert "B says that." in page
    assert "What somebody else wrote here meanwhile" in page
    ready.refresh_from_db()
    assert ready.summary == "A says this.", "nothing is put in its place unseen"
    again = sent_back(clash.context["form"])
    assert browser.post(address, again).status_code == 302
    ready.refresh_from_db()
    assert (ready.summary, ready.reasons) == ("B says that.", "B's reasons.")


def test_saving_twice_the_same_is_no_clash(
    ada: User,
    ready: Decision,
    sign_in: SignIn,
) -> None:
    browser, address = sign_in(ada), words(ready)
    sent = sent_back(browser.get(address).context["form"]) | {"summary": "Once."}
    assert [browser.post(address, sent).status_code for _time in range(2)] == [302, 302]


def test_what_was_typed_into_a_draft_that_was_recommended_meanwhile_is_shown(
    ada: User,
    ready: Decision,
    sign_in: SignIn,
) -> None:
    browser, address = sign_in(ada), words(ready)
    sent = sent_back(browser.get(address).context["form"]) | {"summary": "An hour of writing."}
    drafting.recommend(ada, ready)
    late = browser.post(address, sent)
    assert late.status_code == 403
    page = late.content.decode()
    assert "This came too late, and was not saved" in page
    assert "An hour of writing." in page
    assert "Send it back to change it." in page


def test_what_was_typed_into_a_question_before_the_cabinet_is_shown(
    ada: User,
    ready: Decision,
    sign_in: SignIn,
) -> None:
    browser, question = sign_in(ada), ready.question
    sent = sent_back(browser.get(edit(question)).context["form"]) | {"what": "Another question?"}
    drafting.recommend(ada, ready)
    late = browser.post(edit(question), sent)
    assert late.status_code == 403
    assert "Another question?" in late.content.decode()
