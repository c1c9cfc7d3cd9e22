"""The pages on which a walk is begun and answered, as each person meets them."""

from pathlib import Path
from urllib.parse import urlsplit

from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import Appraisal, SeatAnswer
from decisions.trees.offered import evidence_for
from tests.cast import SignIn
from tests.decisions.money import some_grant
from tests.decisions.records.test_two_tabs import sent_back
from tests.decisions.walks.conftest import COMPANY, WHY, at, said, say, settle

ROOT = Path(__file__).resolve().parents[3]


def test_ada_begins_a_walk_and_is_asked_one_question_after_the_other(
    question: Question, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    begin = reverse("trees:begin", args=[question.programme.slug, question.pk])
    answer = browser.post(
        begin,
        {
            "tree": "england-general",
            "begins_on-day": "11",
            "begins_on-month": "1",
            "begins_on-year": "2027",
        },
    )
    walk = Appraisal.objects.get()
    # What the question says already stands first, to be confirmed; then one question a page.
    assert answer["Location"] == at("known", walk)
    op = browser.get(answer["Location"]).context["form"]["op"].value()
    answer = browser.post(answer["Location"], {"op": op})
    assert answer["Location"] == at("ask", walk, "need_to_buy")
    for _question in range(3):
        page = browser.get(answer["Location"])
        form = page.context["form"]
        key = urlsplit(answer["Location"]).path.rstrip("/").rpartition("/")[2]
        typed = {"value": COMPANY[key], "reason": WHY, "seen": "0", "op": form["op"].value()}
        answer = browser.post(answer["Location"], typed)
        assert answer.status_code == 302
        # A second press of the same button is the same answer.
        assert browser.post(answer["Location"], typed | {"op": form["op"].value()}).status_code
    assert walk.answers.count() == 3


def test_what_the_question_says_already_is_not_typed_twice(
    whole: Appraisal, sami: User, sign_in: SignIn
) -> None:
    form = sign_in(sami).get(at("ask", whole, "net_value")).context["form"]
    assert form["value"].value() == 180_000


def test_others_answers_are_read_once_you_have_answered(
    whole: Appraisal, sami: User, sign_in: SignIn
) -> None:
    browser = sign_in(sami)
    page = said(browser, at("ask", whole, "local_knowledge"))
    assert "1 other seat has answered" in page
    assert "What each seat says" not in page
    say(sami, whole, "local_knowledge", "little")
    page = said(browser, at("ask", whole, "local_knowledge"))
    assert "What each seat says" in page
    assert "Seats answer differently." in page
    assert "Settle it with a reason" not in page


def test_who_could_gain_is_marked_and_told_why_not(
    whole: Appraisal, priya: User, ada: User, sign_in: SignIn
) -> None:
    say(priya, whole, "local_knowledge", "little")
    page = said(sign_in(ada), at("walk", whole))
    assert "could gain: declared" in page
    page = said(sign_in(priya), at("result", whole) + "?show=all")
    assert "so you do not decide" in page
    assert sign_in(priya).get(at("recommend", whole)).status_code == 403
    assert sign_in(priya).get(at("lock", whole)).status_code == 403


def test_200_kilobytes_of_reasons_are_refused_in_words_and_kept_on_the_page(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = at("ask", walk, "need_to_buy")
    op = browser.get(address).context["form"]["op"].value()
    long = "word " * 40_000
    answer = browser.post(address, {"value": "yes", "reason": long, "seen": "0", "op": op})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "at most 10,000 characters" in page
    assert long.strip() in page
    assert "maxlength" not in page


def test_a_stale_tab_keeps_what_was_typed_and_writes_nothing(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = at("ask", walk, "need_to_buy")
    op = browser.get(address).context["form"]["op"].value()
    say(ada, walk, "need_to_buy", "yes")
    answer = browser.post(
        address, {"value": "no", "reason": "Typed in an old tab", "seen": "0", "op": op}
    )
    assert answer.status_code == 409
    assert "Typed in an old tab" in answer.content.decode()
    assert walk.answers.count() == 1
    form = answer.context["form"]
    kept = {name: form[name].value() for name in ("seen", "op")}
    again = kept | {"value": "no", "reason": "Typed"}
    assert browser.post(address, again).status_code == 302
    assert walk.answers.count() == 2


def test_the_picture_follows_the_answer_that_is_chosen(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = at("effect", whole, "local_knowledge")
    much, little = (said(browser, f"{address}?value={value}") for value in ("much", "little"))
    assert much != little
    assert "svg" in said(browser, f"{address}?value=rubbish")


def test_a_difference_is_settled_on_its_page(
    whole: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    say(sami, whole, "history", "bad")
    browser = sign_in(ada)
    address = at("settle", whole, "history")
    form = browser.get(address).context["form"]
    typed = {
        "value": "mixed",
        "carried": "yes",
        "reason": "Both are true.",
        "seen": form["seen"].value(),
        "op": form["op"].value(),
    }
    say(sami, whole, "history", "good")
    stale = browser.post(address, typed)
    assert stale.status_code == 422
    assert "Both are true." in stale.content.decode()
    assert "Somebody has said something on this since" in stale.content.decode()
    typed["seen"] = stale.context["form"]["seen"].value()
    assert browser.post(address, typed).status_code == 302
    assert "Carried into the record: Both are true." in said(browser, at("walk", whole))


def test_rooms_below_the_gate_show_no_walks(
    vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    for name in ("trees", "sheet"):
        address = reverse(f"trees:{name}", args=[vision_programme.slug])
        page = said(sign_in(ada), address, 403)
        assert "Never ever start by talking about the money" in page


def test_pages_of_a_walk_ask_the_same_few_questions_of_the_database(
    whole: Appraisal,
    ada: User,
    sami: User,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for key in ("history", "local_knowledge", "collaboration"):
        say(sami, whole, key, "little" if key != "history" else "bad")
    settle(ada, whole, "history", "mixed")
    browser = sign_in(ada)
    assert SeatAnswer.objects.count() > 30
    for name, most in (("walk", 27), ("result", 31), ("fairness", 33)):
        with django_assert_max_num_queries(most):
            said(browser, at(name, whole))
    with django_assert_max_num_queries(60):
        said(browser, at("ask", whole, "history"))


def test_evidence_beside_a_question_begins_with_what_is_about_its_own_outcomes(
    question: Question, walk: Appraisal, ada: User
) -> None:
    """Carers are not shown dog walkers first."""
    some_grant(ada, question.programme)
    first, last = question.outcomes.all()[0], question.outcomes.all()[1]
    for only in (first, last):
        question.outcomes.set([only])
        fresh = Appraisal.objects.select_related("question__programme__place").get(pk=walk.pk)
        unfunded = next(
            one for one in evidence_for(fresh, "need_to_buy", ada) if one.name == "nobody_funds"
        )
        assert unfunded.items[0].outcome_id == only.pk
        assert len(unfunded.items) == 2


def test_two_who_settle_one_difference_each_see_what_the_other_said(
    whole: Appraisal, ada: User, cora: User, sami: User, sign_in: SignIn
) -> None:
    say(sami, whole, "history", "bad")
    address, hers, his = at("settle", whole, "history"), sign_in(ada), sign_in(cora)
    sent = {browser: sent_back(browser.get(address).context["form"]) for browser in (hers, his)}
    first = {"value": "good", "reason": "The workshop was clear."}
    assert hers.post(address, sent[hers] | first).status_code == 302
    typed = sent[his] | {"value": "bad", "reason": "The files say otherwise."}
    late = his.post(address, typed)
    assert late.status_code == 422
    page = late.content.decode()
    for words in ("How it was settled last", "The workshop was clear.", "The files say otherwise."):
        assert words in page
    assert whole.settlements.count() == 1, "nothing is settled over another unseen"
    assert his.post(address, late.context["form"].data.dict()).status_code == 302
    assert [one.value for one in whole.settlements.all()] == ["good", "bad"]


def test_who_recommends_on_answers_that_have_changed_sees_what_changed_first(
    whole: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    browser, address = sign_in(sami), at("recommend", whole)
    typed = sent_back(browser.get(address).context["form"])
    typed |= {"option": "grant", "reason": "An hour of thinking."}
    say(ada, whole, "shape_of_need", "one_service")
    late = browser.post(address, typed)
    assert late.status_code == 422
    page = late.content.decode()
    assert "What changed since you opened the page" in page
    assert "An hour of thinking." in page
    assert "The ranking recommends now:" in page
    assert not whole.recommendations.exists()
    assert browser.post(address, late.context["form"].data.dict()).status_code == 302
    assert whole.recommendations.get().reason == "An hour of thinking."


def test_a_second_tab_does_not_recommend_over_the_first_unseen(
    whole: Appraisal, sami: User, sign_in: SignIn
) -> None:
    browser, address = sign_in(sami), at("recommend", whole)
    one, other = (sent_back(browser.get(address).context["form"]) for _tab in range(2))
    first = {"option": "devolved_grants", "reason": "Small and near."}
    assert browser.post(address, one | first).status_code == 302
    late = browser.post(address, other | {"option": "grant", "reason": "It is ours to do."})
    assert late.status_code == 422
    for words in ("You recommended “", "Small and near.", "It is ours to do."):
        assert words in late.content.decode()
    assert whole.recommendations.count() == 1


def test_what_was_typed_into_a_walk_while_it_was_locked_is_shown(
    whole: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    hers, his = sign_in(ada), sign_in(sami)
    typed = {
        (hers, at("settle", whole, "history")): {"value": "good"},
        (his, at("recommend", whole)): {"option": "grant"},
        (his, at("ask", whole, "history")): {"value": "good"},
    }
    sent = {
        where: sent_back(where[0].get(where[1]).context["form"]) | said | {"reason": "An hour."}
        for where, said in typed.items()
    }
    actions.lock_for_good(ada, whole)
    for (browser, address), data in sent.items():
        late = browser.post(address, data)
        assert late.status_code == 403, address
        assert "This was not saved" in late.content.decode()
        assert "An hour." in late.content.decode()
