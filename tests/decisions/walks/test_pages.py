"""The pages of a walk, as each person meets them."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commissioning.documents.models import Rendering
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import Appraisal, RulesSheet, SeatAnswer, TreeVersion
from decisions.trees.offered import evidence_for
from decisions.trees.paper import PAPER, data
from decisions.trees.standpoint import Standing
from tests.cast import SignIn
from tests.decisions.walks.conftest import BEGINS, COMPANY, WHY, answer_all, say, settle
from tests.permissions.rooms.trees import own_tree

ROOT = Path(__file__).resolve().parents[3]


def at(name: str, walk: Appraisal, *more: object) -> str:
    question = walk.question
    return reverse(f"trees:{name}", args=[question.programme.slug, question.pk, walk.pk, *more])


def said(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


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
    assert stale.status_code == 409
    assert "Both are true." in stale.content.decode()
    typed["seen"] = stale.context["form"]["seen"].value()
    assert browser.post(address, typed).status_code == 302
    assert "Carried into the record: Both are true." in said(browser, at("walk", whole))


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
    assert "<b>Law:</b> Localism Act 2011" in page
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
    assert "No law stands against these: what they need is not there" in page


def test_a_result_names_first_what_would_make_the_second_route_win(
    whole: Appraisal, ada: User, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    page = said(browser, at("result", whole))
    second = browser.get(at("result", whole)).context["possible"][0]
    would = page[page.index("What would have to be different:") :]
    assert would.index(f"“{second['title']}” comes next.") < 60


def test_a_grant_in_england_rests_on_english_power_and_scotland_only_compares(
    whole: Appraisal,
) -> None:
    source = Standing(whole).tree.laws["grant_test"].source
    assert source.startswith("Localism Act 2011 s.1")
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
    assert page.count("Nobody could do it well yet, says one answer") >= 2, "and in warnings"


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
    assert "no possible provider took part" in said(sign_in(ada), at("fairness", whole))
    say(priya, whole, "history", "good")
    page = said(sign_in(ada), at("fairness", whole))
    assert "Draft preliminary market engagement notice (UK2)" in page
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


def test_rooms_below_the_gate_show_no_walks(
    vision_programme: Programme, ada: User, sign_in: SignIn
) -> None:
    for name in ("trees", "sheet"):
        address = reverse(f"trees:{name}", args=[vision_programme.slug])
        page = said(sign_in(ada), address, 403)
        assert "Never ever start by talking about the money" in page


def test_the_rules_sheet_is_written_once_dated_and_cited(
    question: Question, ada: User, sign_in: SignIn, client: Client
) -> None:
    programme = question.programme
    browser = sign_in(ada)
    address = reverse("trees:write_sheet", args=[programme.slug])
    typed = {
        "dated-day": "1",
        "dated-month": "4",
        "dated-year": "2026",
        "quotation_levels": "0: one written quote\n25,000: three written quotes",
        "key_decision_sum": "500,000",
        "delegations": "50000: the head of service",
        "grants_policy": "Grants for what people do for themselves.",
        "decides": "cabinet",
        "paragraph": "part 3.4 of the constitution",
        "call_in_days": "5",
        "call_in_who": "any five councillors",
    }
    broken = browser.post(address, typed | {"quotation_levels": "three quotes"})
    assert broken.status_code == 422
    assert "Write a sum, a colon and words" in broken.content.decode()
    assert browser.post(address, typed).status_code == 302
    page = said(client, reverse("trees:sheet", args=[programme.slug]))
    assert "£25,000: three written quotes" in page
    assert "5 working days after the decision: any five councillors" in page
    walk = actions.begin_walk(ada, question, "england-general", BEGINS)
    assert walk.sheet == RulesSheet.objects.get()
    answer_all(ada, walk)
    noted = json.dumps(Standing(walk).walked.notices, default=str)
    assert "Rivermead: rules sheet of 1 April 2026" in noted
    assert "can be called in by any five councillors for 5 working days" in noted
    shown = browser.get(at("result", walk))
    assert "can be called in by any five councillors" in shown.content.decode()
    assert {one["id"] for one in shown.context["own_rules"]} >= {"who_decides", "call_in"}
    to_publish = [one["id"] for part in shown.context["notices"] or () for one in part]
    assert "call_in" not in to_publish, "no rule of our own is a notice to publish"
    again = browser.get(address).context["form"]
    assert (again["call_in_days"].value(), again["call_in_who"].value()) == (
        5,
        "any five councillors",
    )


def test_a_place_publishes_its_own_tree_and_every_flaw_is_named(
    programme: Programme, ada: User, sami: User, sign_in: SignIn, client: Client
) -> None:
    browser = sign_in(ada)
    address = reverse("trees:publish", args=[programme.slug])

    def post(text: str, why: str = "") -> object:
        upload = SimpleUploadedFile("tree.json", text.encode())
        return browser.post(address, {"file": upload, "what_changed": why})

    raw = json.loads(own_tree())
    raw["questions"]["need_to_buy"]["next"] = "nowhere_at_all"
    broken = post(json.dumps(raw))
    assert broken.status_code == 422  # type: ignore[attr-defined]
    assert "nowhere_at_all" in broken.content.decode()  # type: ignore[attr-defined]
    assert not TreeVersion.objects.exists()
    for rubbish in ("", "[]", "{", "\x00", "a: &x [*x]", "id: x\n" * 3):
        assert post(rubbish).status_code == 422  # type: ignore[attr-defined]

    assert post(own_tree()).status_code == 302  # type: ignore[attr-defined]
    assert post(own_tree()).status_code == 422  # type: ignore[attr-defined]
    raw = json.loads(own_tree())
    raw["questions"]["need_to_buy"]["text"] = "Must anything be bought at all?"
    assert post(json.dumps(raw)).status_code == 422  # type: ignore[attr-defined]
    assert post(json.dumps(raw), "Plainer words.").status_code == 302  # type: ignore[attr-defined]
    newest = TreeVersion.objects.get(version=2)
    page = said(client, reverse("trees:version", args=[programme.slug, newest.pk]))
    assert "Must anything be bought at all?" in page
    assert "Plainer words." in page
    # In both pictures one box is marked, with a word.
    assert page.count("cc-tree__mark-word") == 2
    assert sign_in(sami).get(address).status_code == 404


def test_a_tree_withdrawn_in_mid_walk_is_kept_by_the_walk_which_says_so(
    question: Question, ada: User, sign_in: SignIn
) -> None:
    from decisions.trees.versions import publish_tree

    programme = question.programme
    version = publish_tree(ada, programme, own_tree(), "")
    walk = actions.begin_walk(ada, question, str(version.pk), BEGINS)
    say(ada, walk, "need_to_buy", "yes")
    browser = sign_in(ada)
    withdraw = reverse("trees:withdraw", args=[programme.slug, version.pk])
    assert browser.post(withdraw, {"reason": "A threshold was wrong."}).status_code == 302
    answer_all(ada, walk)
    for name in ("walk", "result"):
        assert "A threshold was wrong." in said(browser, at(name, walk))
    begin = reverse("trees:begin", args=[programme.slug, question.pk])
    assert str(version.pk) not in said(browser, begin)


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
    for name, most in (("walk", 26), ("result", 30), ("fairness", 30)):
        with django_assert_max_num_queries(most):
            said(browser, at(name, whole))
    with django_assert_max_num_queries(60):
        said(browser, at("ask", whole, "history"))


@pytest.mark.parametrize("tree", ["england-general", "england-health", "wales", "scotland"])
def test_every_tree_that_ships_is_read_as_picture_and_list(
    tree: str, programme: Programme, client: Client
) -> None:
    page = said(client, reverse("trees:tree", args=[programme.slug, tree]))
    if tree in ("wales", "scotland"):
        assert "Nothing is ranked here." in page
        assert "Local Government (Exclusion" not in page
        assert "est value" not in page
    else:
        assert "cc-tree__box" in page
        assert "cc-outline" in page


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


def test_evidence_beside_a_question_begins_with_what_is_about_its_own_outcomes(
    question: Question, walk: Appraisal, ada: User
) -> None:
    """Carers are not shown dog walkers first."""
    first, last = question.outcomes.all()[0], question.outcomes.all()[1]
    for only in (first, last):
        question.outcomes.set([only])
        fresh = Appraisal.objects.select_related("question__programme__place").get(pk=walk.pk)
        unfunded = next(
            one for one in evidence_for(fresh, "need_to_buy", ada) if one.name == "nobody_funds"
        )
        assert unfunded.items[0].outcome_id == only.pk
        assert len(unfunded.items) == 2
