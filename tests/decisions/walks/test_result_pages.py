"""What a walk's result says and to whom, walks side by side, and the lock."""

import re
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.documents.models import Rendering
from commissioning.people.models import User
from decisions.trees import actions
from decisions.trees.give_or_buy import BOUGHT, other_side
from decisions.trees.models import Appraisal
from decisions.trees.paper import PAPER, data
from decisions.trees.results import result_of
from decisions.trees.standpoint import Standing
from decisions.trees.views.results import _places
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS, answer_all, at, said, say

ROOT = Path(__file__).resolve().parents[3]


def test_the_result_says_why_why_not_and_what_would_have_to_be_different(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("result", whole))
    assert "Devolved grants through an intermediary" in page
    for words in (
        "It would be open if",
        "Closed by the law",
        "Closed by the facts of this case",
        "Facts it rests on",
        "£663,540",
        "11 January 2027",
        "Lock the walk",
    ):
        assert words in page, words


def test_what_could_be_given_or_bought_says_where_the_other_side_stands(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    shown = result_of(Standing(whole))
    (other,) = other_side(shown)
    assert not other["is_given"]
    assert other["row"]["family"] in BOUGHT
    assert shown["ranked"][other["place"] - 1] == other["row"]
    page = said(sign_in(ada), at("result", whole))
    assert (
        f"“{other['row']['title']}” stands {other['place']} of {other['of']} that are open"
        in (page)
        or f"“{other['row']['title']}” comes next" in page
    )
    say(ada, whole, "payment_for", "service_we_specify")
    assert other_side(result_of(Standing(whole))) == []


def test_a_route_that_no_law_stands_against_is_not_said_to_be_closed_by_the_law(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    answer = browser.get(at("result", whole))
    by_law, by_case = answer.context["by_law"], answer.context["by_case"]
    assert {row["option"] for row in by_case} == {
        "extend_or_vary",
        "controlled_company",
        "public_cooperation",
        "direct_payments",
        "reserved_supported_employment",
        "reserved_mutual",
        "below_threshold_reserved_area",
        # Below the threshold the Act's competition, and a ground, are not needed: no law says no.
        "light_touch_competition",
        "direct_award",
    }
    assert {row["option"] for row in by_law} == {"health_regime"}
    page = answer.content.decode()
    assert "Closed by the law (1)" in page
    assert f"Closed by the facts of this case ({len(by_case)})" in page
    nobody_considers = page[page.index('id="not-there"') :].split("<h2")[0]
    assert "The case closes it:" in nobody_considers
    assert "The law closes it:" not in nobody_considers


def test_a_route_that_the_law_closes_names_its_law(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    answer_all(ada, walk, {"payment_for": "service_we_specify"})
    page = said(sign_in(ada), at("result", walk))
    assert 'href="#closed"' in page
    closed = page[page.index('id="closed"') :].split("<h2")[0]
    assert 'id="fold-grant"' in closed
    assert "The law closes it:" in closed
    assert "<b>Law:</b>" in closed


def test_a_result_tells_nobody_what_others_answered_before_they_answer_or_ask_to_see_it(
    whole: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    browser = sign_in(sami)
    way = said(browser, at("walk", whole))
    assert "What others say you see once you have answered." in way
    assert "The result so far" not in way
    veiled = said(browser, at("result", whole))
    assert "Your own answers first" in veiled
    risk = Standing(whole).tree.questions["small_provider_risk"]
    assert risk.text not in veiled
    assert "Recommended by the walk" not in veiled
    asked_for = said(browser, at("result", whole) + "?show=all")
    assert "there it goes by what others said" in asked_for
    assert "Recommended by the walk" in said(sign_in(ada), at("result", whole))


def test_an_answer_that_speaks_against_nearly_every_way_names_a_few_of_them(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("ask", walk, "need_to_buy"))
    assert "Does anything have to be bought or paid for?" in page
    hint = page.partition("Speaks against: Steward the market")[2].partition("</div>")[0]
    assert re.search(r"; and \d\d more of \d\d ways\.", hint)
    assert "Direct award on a ground" not in hint


def test_law_and_practice_are_told_apart_and_what_practice_is_stands_there_once(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("result", whole))
    assert "Better Way dinner" not in page
    assert page.count("Better Way network") == 1
    assert "<b>Practice:</b> the true costs of competitive tendering" in page
    assert "<b>Law:</b> Procurement Act 2023 s.3" in page
    assert "<b>This case:</b> " in page
    competition = page[page.index('id="fold-open_competition"') :].split("</details>")[0]
    assert "the Act asks for no competition" in competition


def test_the_result_begins_with_its_answer_and_folds_the_other_routes(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("result", whole))
    first = page[: page.index("Recommended by the walk")]
    for words in ("Why:", "Against it:", "What would have to be different:"):
        assert words in first, words
    for anchor in ("possible", "closed", "not-there", "notices", "checks", "facts", "path"):
        assert f'href="#{anchor}"' in first, anchor
        assert f'id="{anchor}"' in page, anchor
    folded = page[page.index('id="possible"') :]
    assert folded.count('<details class="cc-fold"') == 24
    # In one line, why a route is closed; the rest opens, and prints.
    assert "no ground is needed" in folded


def test_a_result_speaks_in_the_words_of_its_questions_and_says_which_side_each_reason_is_on(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = said(browser, at("result", whole))
    for raw in ("small_provider_risk=", "payment_for=", "estimated_value="):
        assert raw not in page, raw
    questions = Standing(whole).tree.questions
    risk = questions["small_provider_risk"]
    assert f"“{risk.text}” <b>{risk.answers['high'].text}</b>" in page
    context = browser.get(at("result", whole)).context
    for row in context["possible"]:
        fold = page[page.index(f'id="fold-{row["option"]}"') :].split("</summary>")[0]
        assert any(
            side in fold for side in ("or:</b>", "gainst:</b>", "allows it:</b>", "Right where")
        ), row["option"]
    assert "No answer about the place opens these" not in page
    assert "What these need is not there, nobody is considering it" in page


def test_a_result_names_first_what_would_make_the_second_route_win(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = said(browser, at("result", whole))
    second = browser.get(at("result", whole)).context["possible"][0]
    would = page[page.index("What would have to be different:") :]
    assert would.index(f"“{second['title']}” comes next.") < 60


def test_what_is_no_grant_is_closed_by_english_law_and_scotland_only_compares(
    whole: Appraisal,
) -> None:
    source = Standing(whole).tree.laws["grant_test"].source
    assert source.startswith("Procurement Act 2023 s.3 ")
    assert "by way of comparison, guidance from Scotland: Scottish Public Finance" in source


def test_who_has_not_answered_is_told_whose_answers_the_result_goes_by(
    whole: Appraisal, ada: User, sami: User, sign_in: SignIn
) -> None:
    assert "of its questions yourself" not in said(sign_in(ada), at("result", whole))
    browser = sign_in(sami)
    asked = len(Standing(whole).working.path)
    assert f"You have not answered {asked} of its questions" in said(browser, at("result", whole))
    say(sami, whole, "history", "mixed")
    assert f"answered {asked - 1} of its questions" in said(browser, at("result", whole))


def test_a_result_says_what_the_recommended_route_needs_before_what_the_others_do(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    page = said(sign_in(ada), at("result", whole))
    checks = page[page.index('id="checks"') :]
    assert checks.index("Follow the money") < checks.index("For the other routes")
    assert checks.index("For the other routes") < checks.index("Dividing to stay below")


def test_answers_that_do_not_go_together_lead_from_the_result_to_both_questions(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    answer_all(ada, walk, {"capable_providers": "none", "framework_available": "yes"})
    page = said(sign_in(ada), at("result", walk))
    assert "Two answers do not go together." in page
    for key in ("capable_providers", "framework_available"):
        assert at("ask", walk, key) in page
    assert page.count("Nobody could do it well yet, says one answer") == 1, "once"


def test_an_open_walk_is_for_members_and_a_locked_one_for_everybody(
    whole: Appraisal, ada: User, nell: User, sign_in: SignIn, client: Client
) -> None:
    for name in ("walk", "result"):
        assert client.get(at(name, whole)).status_code == 404
        assert sign_in(nell).get(at(name, whole)).status_code == 404
    assert sign_in(ada).post(at("lock", whole)).status_code == 302
    for name in ("walk", "result"):
        page = said(client, at(name, whole))
        assert "Recommend a route" not in page
    assert client.get(at("fairness", whole)).status_code == 302


def test_a_what_if_is_tried_and_put_beside_the_walk(
    whole: Appraisal, sami: User, sign_in: SignIn
) -> None:
    browser = sign_in(sami)
    answer = browser.post(
        at("what_if", whole) + "?key=local_knowledge",
        {
            "value": "little",
            "begins_on-day": "11",
            "begins_on-month": "1",
            "begins_on-year": "2027",
        },
    )
    tried = Appraisal.objects.get(what_if_of=whole)
    assert answer["Location"] == at("result", tried)
    assert "This only tries something." in said(browser, at("result", tried))
    compare = reverse("trees:compare", args=[whole.question.programme.slug, whole.question_id])
    page = said(browser, f"{compare}?a={whole.pk}&b={tried.pk}")
    assert "Much: it fails without them" in page
    moved, unmoved = page.split("routes that stand as they did")
    assert "Routes that stand otherwise" in moved
    assert "Direct award on a ground" not in moved
    assert "Direct award on a ground" in unmoved
    assert "Both go by the law of 11 January 2027." in page


def test_fairness_shows_who_could_gain_and_a_draft_of_what_others_are_told(
    whole: Appraisal, ada: User, priya: User, sign_in: SignIn
) -> None:
    assert "Nothing has been written down" in said(sign_in(ada), at("fairness", whole))
    say(priya, whole, "history", "good")
    page = said(sign_in(ada), at("fairness", whole))
    assert "Draft note to everybody on the talks so far" in page
    assert "Lanes Neighbours" in page
    assert "Gives evidence, marked." in page


def test_members_print_conflicts_and_fairness(
    whole: Appraisal, ada: User, priya: User, sami: User, sign_in: SignIn, client: Client
) -> None:
    say(priya, whole, "history", "good")
    answer = sign_in(sami).post(at("fairness_paper", whole))
    rendering = Rendering.objects.get(type_name=PAPER)
    assert answer["Location"] == rendering.get_absolute_url()
    printed = data(whole.pk)
    assert [one["organisation"] for one in printed["seats"] if one["gains"]] == ["Lanes Neighbours"]
    assert any("UK2" in line for line in printed["draft"])
    # Who gives their own time is not named on paper.
    assert "Sami" not in str(printed)
    assert client.post(at("fairness_paper", whole)).status_code == 302


def test_a_walk_is_never_put_beside_itself_unasked(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    """“Put it beside another walk” on the first of two walks used to compare it with itself."""
    browser = sign_in(ada)
    question = whole.question
    address = reverse("trees:compare", args=[question.programme.slug, question.pk])
    alone = browser.get(f"{address}?b={whole.pk}").content.decode()
    assert "There is one walk only." in alone
    other = actions.begin_walk(ada, question, "england-general", BEGINS)
    one, two = str(whole.pk), str(other.pk)
    for asked in ({"b": one}, {"a": two}, {"b": two}, {"a": one}, {}):
        context = browser.get(address, asked).context
        assert context["left"] != context["right"], asked
    twice = browser.get(address, {"a": one, "b": one}).content.decode()
    assert "That is the same walk twice." in twice


def test_half_a_walk_beside_a_whole_one_moves_no_route(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    question = whole.question
    half = actions.begin_walk(ada, question, "england-general", BEGINS)
    say(ada, half, "need_to_buy", "perhaps_not")
    address = reverse("trees:compare", args=[question.programme.slug, question.pk])
    page = sign_in(ada).get(address, {"a": str(half.pk), "b": str(whole.pk)}).content.decode()
    assert "Perhaps not" in page
    assert "Half a path excludes nothing and recommends nothing." in page
    assert "the other has not come to them yet." in page
    for untrue in ("not asked", "Recommended", "Closed", "<b>differs</b>"):
        assert untrue not in page, untrue


def test_who_goes_back_after_locking_is_shown_the_result_and_no_refusal(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    assert browser.post(at("lock", whole)).status_code == 302
    for again in (browser.get(at("lock", whole)), browser.post(at("lock", whole))):
        assert (again.status_code, again["Location"]) == (302, at("result", whole))


def test_whoever_locks_a_second_walk_is_told_what_the_record_rests_on_from_then_on(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    assert "The decision record rests on it." in said(browser, at("lock", whole))
    actions.lock_for_good(ada, whole)
    second = actions.begin_walk(ada, whole.question, "england-general", BEGINS)
    answer_all(ada, second)
    assert f"and no longer on “{whole.title}”." in said(browser, at("lock", second))


def test_to_stop_has_no_place_among_the_open_routes() -> None:
    """No answer ranks it, so where it stands in the list differs between no two walks."""
    ranked = [
        {"option": "grant", "standing": "recommended", "title": "Grant"},
        {"option": "stop_and_take_advice", "standing": "possible", "title": "Stop"},
        {"option": "in_house", "standing": "possible", "title": "In-house"},
        {"option": "framework", "standing": "excluded", "title": "Framework"},
    ]
    places = {key: one["place"] for key, one in _places({"ranked": ranked}).items()}
    assert places == {"grant": 1, "stop_and_take_advice": None, "in_house": 2, "framework": None}


def test_what_is_published_and_checked_names_its_routes_only_where_they_are_several(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    answer = sign_in(ada).get(at("result", whole))
    (best,) = answer.context["recommended"]
    checked = answer.content.decode().partition('id="checks"')[2]
    for_it, _rest, for_others = checked.partition("For the other routes")
    assert "Keep the record of due regard to equality." in for_it
    assert f"({best['title']}" not in for_it
    assert "<small>(" in for_others.partition("</details>")[0]


def test_the_lead_of_a_result_says_under_which_law_the_first_way_is_open(
    walk: Appraisal, ada: User, sign_in: SignIn
) -> None:
    answer_all(ada, walk, {"payment_for": "service_we_specify", "net_value": "186000"})
    answer = sign_in(ada).get(at("result", walk))
    lead = answer.content.decode().partition("cc-answer")[2].partition("</div>")[0]
    (first, *_more) = answer.context["recommended"]
    allowed = [one["words"] for one in first["because"] if one["effect"] == "allow"]
    assert allowed
    assert all(words in unescape(lead) for words in allowed)


def test_a_sum_that_would_open_a_way_is_a_truth_and_no_answer_to_pick(
    walk: Appraisal, ada: User
) -> None:
    answer_all(ada, walk, {"payment_for": "service_we_specify", "net_value": "700000"})
    told = {
        change["answer"]: change["words"]
        for row in result_of(Standing(walk))["ranked"]
        for change in row["if"]
        if change["question"] == "net_value"
    }
    assert told
    for answer, words in told.items():
        side = "less" if Decimal(answer) < 700_000 else "more"
        assert re.search(rf"were truly £[0-9,.]+ or {side}", words), words


def test_what_another_answer_would_bring_along_is_said_with_it(walk: Appraisal, ada: User) -> None:
    asked = {"payment_for": "service_we_specify", "net_value": "700000"}
    answer_all(ada, walk, asked | {"capable_providers": "one"})
    award = next(
        row for row in result_of(Standing(walk))["ranked"] if row["option"] == "direct_award"
    )
    sole = next(one for one in award["if"] if one["answer"] == "sole_supplier")
    assert "”, and then “" in sole["words"]


def test_no_way_is_said_to_open_by_an_answer_that_another_contradicts(
    walk: Appraisal, ada: User
) -> None:
    asked = {"payment_for": "service_we_specify", "net_value": "700000"}
    answer_all(ada, walk, asked | {"capable_providers": "many"})
    award = next(
        row for row in result_of(Standing(walk))["ranked"] if row["option"] == "direct_award"
    )
    assert not [one for one in award["if"] if one["answer"] == "sole_supplier"]


@pytest.mark.parametrize(
    ("paid_for", "words"),
    [
        ("not_sure", "Nobody has settled whether the money would buy something"),
        ("service_we_specify", ""),
    ],
)
def test_the_lead_of_a_result_says_that_nobody_knows_whether_it_is_given_or_bought(
    walk: Appraisal, ada: User, sign_in: SignIn, paid_for: str, words: str
) -> None:
    answer_all(ada, walk, {"payment_for": paid_for})
    page = said(sign_in(ada), at("result", walk))
    lead = page.partition('aria-label="On this page"')[0]
    assert (words in lead) if words else ("Nobody has settled whether" not in page)
    assert page.count("Nobody has settled whether the money would buy") == bool(words)
