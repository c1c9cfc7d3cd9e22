"""Two tabs, or two people, on one form: nobody's words are lost, and nothing goes unseen."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from commissioning.design.fields import DateField
from commissioning.people.models import User
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions.level_field import entries_of
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.models import Decision
from places.directory.models import Organisation
from tests.cast import SignIn


def sent_back(form: Any) -> dict[str, Any]:
    """What a browser sends of a form that nobody touched."""
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if isinstance(bound.field, DateField):
            day = (value.day, value.month, value.year) if isinstance(value, date) else value
            for part, one in zip(("day", "month", "year"), day or ("", "", ""), strict=True):
                sent[f"{bound.html_name}-{part}"] = str(one)
        elif isinstance(value, list):
            sent[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
        else:
            sent[bound.html_name] = "" if value is None else str(value)
    return sent


def edit(question: Question) -> str:
    """The page that says the question again."""
    return reverse("questions:edit", args=[question.programme.slug, question.pk])


def value(question: Question) -> str:
    """The page of what it is worth."""
    return reverse("questions:value", args=[question.programme.slug, question.pk])


def duties(decision: Decision) -> str:
    """The page of every duty."""
    return reverse("records:duties", args=[decision.question.programme.slug, decision.pk])


def advice(decision: Decision) -> str:
    """The page of what the legal officer says."""
    return reverse("records:advice", args=[decision.question.programme.slug, decision.pk, "legal"])


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


def test_what_stands_there_now_is_written_as_people_write_it(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    browser, question = sign_in(ada), ready.question
    for address, name, first, second, said in (
        (edit(question), "present_ends_on-year", "2029", "2028", "30 June 2029"),
        (value(question), "net_value", "95000", "20000", "95,000"),
    ):
        sent = sent_back(browser.get(address).context["form"])
        assert browser.post(address, sent | {name: first}).status_code == 302
        clash = browser.post(address, sent | {name: second})
        assert clash.status_code == 422
        assert f"<p>{said}</p>" in clash.content.decode()


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
    assert "This was not saved" in page
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


def test_an_older_tab_overwrites_no_advice_and_no_duty_unseen(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    for address, name in ((advice(ready), "words"), (duties(ready), "social_value_words")):
        sent = sent_back(browser.get(address).context["form"])
        assert browser.post(address, sent | {name: "The first tab."}).status_code == 302
        clash = browser.post(address, sent | {name: "The second tab."})
        assert clash.status_code == 422
        page = clash.content.decode()
        assert "The first tab." in page
        assert "The second tab." in page
        again = sent_back(clash.context["form"])
        assert browser.post(address, again).status_code == 302, "with both in sight"
    assert ready.advice.get(kind="legal").words == "The second tab."
    assert ready.duties.get(key="social_value").words == "The second tab."


def test_one_tab_answers_one_duty_and_another_the_next_and_both_are_kept(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    browser, address = sign_in(ada), duties(ready)
    sent = sent_back(browser.get(address).context["form"])
    assert browser.post(address, sent | {"social_value_words": "Weighed."}).status_code == 302
    assert browser.post(address, sent | {"equality_words": "Assessed."}).status_code == 302
    kept = {one.key: one.words for one in ready.duties.all()}
    assert (kept["social_value"], kept["equality"]) == ("Weighed.", "Assessed.")


def test_what_was_typed_about_a_value_a_duty_or_advice_is_shown_once_it_is_recommended(
    ada: User, ready: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    pages = {
        value(ready.question): {"net_value": "98,765"},
        duties(ready): {"social_value_words": "An hour about social value."},
        advice(ready): {"words": "An hour with the lawyer."},
        reverse("questions:plan_lengths", args=[ready.question.programme.slug, ready.question_id])
        + "?way=grant": {"prepare": "44"},
    }
    sent = {at: sent_back(browser.get(at).context["form"]) | said for at, said in pages.items()}
    drafting.recommend(ada, ready)
    for at, said in pages.items():
        late = browser.post(at, sent[at])
        assert late.status_code == 403, at
        page = late.content.decode()
        assert "This was not saved" in page
        assert "as it stands" in page or "stays as it is" in page, "and why"
        for typed in said.values():
            assert typed in page


def test_a_comment_that_came_after_the_last_day_is_shown_to_who_wrote_it(
    ada: User, sami: User, ready: Decision, sign_in: SignIn
) -> None:
    address = reverse("records:comment", args=[ready.question.programme.slug, ready.pk])
    Decision.objects.filter(pk=ready.pk).update(status="consulting", consult_until="2026-01-05")
    late = sign_in(sami).post(address, {"words": "Pay the drivers' petrol."})
    assert late.status_code == 403
    page = late.content.decode()
    assert "Comments closed on 5 January 2026." in page
    assert "Pay the drivers&#x27; petrol." in page
    assert not ready.comments.exists()
    assert "What you typed" not in sign_in(sami).post(address).content.decode()


def test_nobody_is_asked_for_advice_in_anothers_place_unseen(
    ada: User, cora: User, sami: User, ready: Decision, sign_in: SignIn
) -> None:
    here = [ready.question.programme.slug, ready.pk, "finance"]
    address, browser = reverse("records:adviser", args=here), sign_in(ada)
    first = sent_back(browser.get(address).context["form"])
    second = dict(first)
    fit = browser.get(address).context["form"].fields["adviser"].queryset
    one, other = fit[:2]
    assert browser.post(address, first | {"adviser": str(one.pk)}).status_code == 302
    clash = browser.post(address, second | {"adviser": str(other.pk)})
    assert clash.status_code == 422
    assert "What somebody else wrote here meanwhile" in clash.content.decode()
    assert ready.advisers.get(kind="finance").user == one


def test_a_second_answer_to_a_comment_is_read_beside_the_first(
    ada: User, cora: User, sami: User, ready: Decision, sign_in: SignIn
) -> None:
    drafting.consult(ada, ready, timezone.localdate() + timedelta(days=1))
    said = drafting.comment(sami, ready, "Pay the drivers' petrol.")
    address = reverse("records:reply", args=[ready.question.programme.slug, ready.pk, said.pk])
    assert sign_in(ada).post(address, {"words": "It is in the grant."}).status_code == 302
    late = sign_in(cora).post(address, {"words": "We have no money for that."})
    assert late.status_code == 422
    page = late.content.decode()
    assert "This comment has its answer already." in page
    assert "It is in the grant." in page
    assert "We have no money for that." in page


def test_two_who_write_down_a_call_in_and_what_came_of_it_read_each_other(
    ada: User, cora: User, decided: Decision, sign_in: SignIn
) -> None:
    address = reverse("records:call_in", args=[decided.question.programme.slug, decided.pk])
    hers, his = sign_in(ada), sign_in(cora)
    assert hers.post(address, {"reason": "The buses."}).status_code == 302
    late = his.post(address, {"reason": "Five councillors asked for it."})
    assert late.status_code == 422
    assert "It is called in already, and why: The buses." in late.content.decode()
    assert "Five councillors asked for it." in late.content.decode()
    came = {"stands": "yes", "words": "The committee was content."}
    assert hers.post(address, came).status_code == 302
    late = his.post(address, {"stands": "no", "words": "It goes back."})
    assert late.status_code == 422
    assert "written down already: The committee was content." in late.content.decode()
    assert "It goes back." in late.content.decode()


def test_a_talk_that_was_noted_while_a_page_was_open_is_not_left_out_by_it(
    ada: User, ready: Decision, lanes: Organisation, sign_in: SignIn
) -> None:
    question = ready.question
    address = reverse("questions:talks", args=[question.programme.slug, question.pk])
    browser = sign_in(ada)
    before = sent_back(browser.get(address).context["form"])
    note(question.programme, lanes, LevelFieldEntry.Kind.SAID, f"About “{question.title}”: ask us.")
    assert browser.post(address, before).status_code == 302
    assert [one.what for one in entries_of(question)] == [f"About “{question.title}”: ask us."]
