# Fixtures of the room are imported by name, and named again by the tests that take them.
# ruff: noqa: F811
"""From a question to a ranked result, as several people; every page at three widths."""

from uuid import uuid4

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from commissioning.people.models import User
from commissioning.programmes.level_field import note
from commissioning.programmes.models import LevelFieldEntry
from decisions.questions.models import Question
from decisions.trees import actions
from decisions.trees.models import Appraisal
from decisions.trees.standpoint import Standing
from decisions.trees.versions import publish_tree, write_sheet
from places.directory.models import Organisation
from tests.browser.conftest import WIDTHS, Axe, Console, PageFor, fits, press_on
from tests.browser.looking import Look, look  # noqa: F401
from tests.decisions.conftest import draft_question, question  # noqa: F401
from tests.decisions.walks.conftest import (
    BEGINS,
    answer_all,
    say,
    settle,
    walk,  # noqa: F401
    whole,  # noqa: F401
)
from tests.permissions.rooms.trees import own_tree

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_question_is_put_walked_by_three_settled_recommended_and_locked(
    programme: object, ada: User, sami: User, priya: User, page_for: PageFor
) -> None:
    result = put_and_walk(ada, sami, priya, page_for)
    stranger = page_for(None)
    stranger.goto(result)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(
        "Devolved grants through an intermediary"
    )
    expect(stranger.get_by_text("Small, near, and by people we know.")).to_be_visible()


def put_and_walk(ada: User, sami: User, priya: User, page_for: PageFor) -> str:
    """Ada puts a question; three people walk it, one of whom could gain. The result's address."""
    lead = page_for(ada)
    lead.goto(reverse("questions:questions", args=["growing-older-together"]))
    lead.get_by_role("link", name="Put a question").first.click()
    lead.get_by_label("A short name for the question").fill("Daytime company in the Lanes")
    lead.get_by_label("What are you deciding?").fill("How do people find company in the daytime?")
    press_on(lead, "Save and continue")
    press_on(lead, "Save and continue")
    press_on(lead, "Put the question")
    lead.get_by_label("England, general").check()
    for part, value in (("Day", "11"), ("Month", "1"), ("Year", "2027")):
        lead.get_by_label(part).fill(value)
    lead.get_by_role("button", name="Begin").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("What we know already")
    press_on(lead, "Confirm and go on")

    # One question by hand, with the picture that follows; the rest as Ada would.
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Does anything have to be bought")
    lead.get_by_label("Yes", exact=True).check()
    lead.get_by_label("Why do you say so?").fill("About 400 people see nobody all week.")
    lead.get_by_role("button", name="Save and continue").click()
    expect(lead.get_by_text("Question 2 of about")).to_be_visible()
    began = Appraisal.objects.get()
    answer_all(ada, began)

    # The citizen commissioner differs, and reads what others said once he has answered.
    citizen = page_for(sami, width=320)
    ask = reverse(
        "trees:ask", args=["growing-older-together", began.question_id, began.pk, "history"]
    )
    citizen.goto(ask)
    expect(citizen.get_by_text("You see what it said once you have")).to_be_visible()
    citizen.get_by_label("Bad: people feel let down or are divided").check()
    press_on(citizen, "Save and continue")
    citizen.goto(ask)
    expect(citizen.get_by_text("Seats answer differently.")).to_be_visible()

    # Who could gain answers, marked, and is told why she does not decide.
    keeper = page_for(priya)
    keeper.goto(ask)
    keeper.get_by_label("Good: promises were kept").check()
    press_on(keeper, "Save and continue")
    result = ask.replace("/q/history/", "/result/")
    keeper.goto(result)
    keeper.get_by_role("link", name="I leave those to others: show me the result").click()
    expect(keeper.get_by_text("so you do not decide")).to_be_visible()

    # Ada settles it, Sami recommends, Ada locks; then anybody reads the result.
    lead.goto(ask.replace("/q/history/", "/"))
    lead.get_by_role("link", name="Settle").first.click()
    lead.get_by_label("Mixed, or nothing much").check()
    lead.get_by_label("Why?").fill("Both are true.")
    press_on(lead, "Save this")
    citizen.goto(f"{result}?show=all")
    citizen.get_by_role("link", name="Recommend a route").click()
    citizen.get_by_label("Devolved grants through an intermediary").check()
    citizen.get_by_label("Why?").fill("Small, near, and by people we know.")
    press_on(citizen, "Recommend it")
    lead.goto(result)
    lead.get_by_role("link", name="Lock the walk").click()
    press_on(lead, "Lock the walk")
    return result


def test_a_question_says_by_itself_that_another_seat_has_answered(
    walk: Appraisal, ada: User, sami: User, page_for: PageFor
) -> None:
    ask = reverse(
        "trees:ask", args=["growing-older-together", walk.question_id, walk.pk, "need_to_buy"]
    )
    lead = page_for(ada)
    with lead.expect_response(lambda answer: "/live/walk:" in answer.url):
        lead.goto(ask)
    lead.get_by_label("Why do you say so?").fill("About 400 people see nobody")
    say(sami, walk, "need_to_buy", "perhaps_not", "There is the hall.")
    expect(lead.get_by_text("1 other seat has answered.")).to_be_visible(timeout=20_000)
    expect(lead.get_by_text("There is the hall.")).to_have_count(0)
    # What she is writing stays, and so does where she is.
    why = lead.get_by_label("Why do you say so?")
    expect(why).to_have_value("About 400 people see nobody")
    expect(why).to_be_focused()


def test_folded_routes_open_and_print(whole: Appraisal, ada: User, page_for: PageFor) -> None:
    lead = page_for(ada)
    address = reverse("trees:result", args=["growing-older-together", whole.question_id, whole.pk])
    lead.goto(address)
    reason = lead.locator("#fold-quotes_or_award .cc-reason").first
    expect(reason).to_be_hidden()
    lead.locator("#fold-quotes_or_award > summary").click()
    expect(reason).to_be_visible()
    lead.locator("#fold-quotes_or_award > summary").click()
    lead.emulate_media(media="print")
    expect(reason).to_be_visible()
    expect(lead.get_by_role("heading", name="The path in the tree")).to_be_visible()


def test_pages_of_questions(
    question: Question, draft_question: Question, ada: User, page_for: PageFor, look: Look
) -> None:
    lead = page_for(ada)
    slug = question.programme.slug
    look(lead, reverse("questions:questions", args=[slug]))
    look(lead, reverse("questions:new", args=[slug]))
    for name in ("question", "edit", "value", "plan"):
        look(lead, reverse(f"questions:{name}", args=[slug, question.pk]))
    for name in ("plan", "plan_lengths"):
        look(lead, reverse(f"questions:{name}", args=[slug, question.pk]) + "?way=grant")


def test_what_a_member_could_gain_and_which_talks_were_about_it(
    question: Question, ada: User, priya: User, lanes: Organisation, page_for: PageFor, look: Look
) -> None:
    note(question.programme, lanes, LevelFieldEntry.Kind.SAID, "Ask for six pages, not accounts.")
    slug = question.programme.slug
    hers = page_for(priya)
    look(hers, reverse("questions:declare", args=[slug, question.pk]))
    hers.get_by_label("Yes, or perhaps").check()
    hers.get_by_label("What could you gain or lose?").fill("The grant that we have now.")
    press_on(hers, "Declare it")
    expect(hers.get_by_text("Thank you. It stands in the papers of this question.")).to_be_visible()

    lead = page_for(ada)
    look(lead, reverse("questions:talks", args=[slug, question.pk]))
    line = lead.get_by_label("Lanes Neighbours: Ask for six pages, not accounts.")
    line.set_checked(not line.is_checked())
    ticked = line.is_checked()
    press_on(lead, "Keep these lines")
    lead.goto(reverse("questions:talks", args=[slug, question.pk]))
    assert line.is_checked() is ticked


def test_a_session_is_written_down_as_an_early_talk(
    whole: Appraisal, ada: User, lanes: Organisation, page_for: PageFor, look: Look
) -> None:
    question = whole.question
    evening = "The workshop “Growing up here” on 2 September 2026."
    came = note(question.programme, lanes, LevelFieldEntry.Kind.ATTENDED, evening)
    question.put_at = came.at.replace(year=came.at.year + 1)
    question.save(update_fields=["put_at"])
    where = [question.programme.slug, question.pk]
    lead = page_for(ada)
    look(lead, reverse("trees:fairness", args=[*where, whole.pk]))
    lead.get_by_role("link", name=evening).click()
    session = reverse("questions:session", args=[*where, came.pk])
    look(lead, session)
    lead.get_by_label("Yes: write it down").check()
    expect(lead.get_by_label("Lanes Neighbours")).to_be_checked()
    look(lead, session)
    lead.get_by_label("Yes: write it down").check()
    lead.get_by_label("What was it?").fill("The lunch club needs a bigger kitchen.")
    press_on(lead, "Keep it")
    lead.goto(reverse("trees:fairness", args=[*where, whole.pk]))
    expect(lead.get_by_text("The lunch club needs a bigger kitchen.").first).to_be_visible()
    expect(lead.get_by_text("In this question's file")).to_be_visible()


def test_pages_of_a_walk(
    whole: Appraisal,
    ada: User,
    sami: User,
    priya: User,
    page_for: PageFor,
    look: Look,
) -> None:
    say(sami, whole, "history", "bad")
    say(priya, whole, "local_knowledge", "little")
    tried = actions.try_what_if(ada, whole, {"local_knowledge": "little"})
    slug, question = whole.question.programme.slug, whole.question_id
    lead = page_for(ada)
    look(lead, reverse("trees:walks", args=[slug, question]))
    look(lead, reverse("trees:begin", args=[slug, question]))
    fresh = actions.begin_walk(ada, whole.question, "england-general", BEGINS)
    look(lead, reverse("trees:known", args=[slug, question, fresh.pk]))
    for name in ("walk", "result", "fairness", "what_if"):
        look(lead, reverse(f"trees:{name}", args=[slug, question, whole.pk]))
    for name in ("ask", "settle", "evidence"):
        look(lead, reverse(f"trees:{name}", args=[slug, question, whole.pk, "history"]))
    for key in ("net_value", "buyer"):
        look(lead, reverse("trees:ask", args=[slug, question, whole.pk, key]))
    compare = reverse("trees:compare", args=[slug, question])
    look(lead, f"{compare}?a={whole.pk}&b={tried.pk}")
    assert Standing(whole).working.differing


def test_late_tabs_show_both_at_every_width(
    whole: Appraisal,
    ada: User,
    sami: User,
    page_for: PageFor,
    axe: Axe,
    console: Console,
) -> None:
    console.expect(422)
    here = [whole.question.programme.slug, whole.question_id, whole.pk]
    say(sami, whole, "history", "bad")
    his, hers = page_for(sami, width=320), page_for(ada, width=320)
    his.goto(reverse("trees:recommend", args=here))
    hers.goto(reverse("trees:settle", args=[*here, "history"]))
    actions.recommend(sami, whole, "grant", "It is ours to do.", uuid4())
    settle(ada, whole, "history", "good")
    say(ada, whole, "shape_of_need", "one_service")
    his.get_by_label("Devolved grants through an intermediary").check()
    his.get_by_label("Why?").fill("Small and near.")
    his.get_by_role("button", name="Recommend it").click()
    expect(his.get_by_text("What changed since you opened the page")).to_be_visible()
    expect(his.get_by_text("It is ours to do.")).to_be_visible()
    hers.get_by_label("Why?").fill("The files say otherwise.")
    hers.get_by_role("button", name="Save this").click()
    expect(hers.get_by_text("How it was settled last")).to_be_visible()
    for late in (his, hers):
        for width in WIDTHS:
            late.set_viewport_size({"width": width, "height": 900})
            assert fits(late), width
        axe(late)


def test_pages_of_trees_and_rules(
    question: Question, ada: User, page_for: PageFor, look: Look
) -> None:
    programme, slug = question.programme, question.programme.slug
    write_sheet(
        ada,
        programme,
        BEGINS,
        {
            "quotation_levels": [{"at_least": "25000", "ask": "three quotes"}],
            "waivers": "",
            "key_decision_sum": "500000",
            "delegations": [],
            "grants_policy": "",
            "decides": "cabinet",
            "paragraph": "part 3.4",
        },
        "",
    )
    publish_tree(ada, programme, own_tree(), "")
    version = publish_tree(ada, programme, own_tree("Rivermead's own, shorter"), "A plainer title.")
    lead = page_for(ada)
    for name in ("trees", "publish", "sheet", "write_sheet"):
        look(lead, reverse(f"trees:{name}", args=[slug]))
    for tree in ("england-general", "wales"):
        look(lead, reverse("trees:tree", args=[slug, tree]))
    look(lead, reverse("trees:version", args=[slug, version.pk]))
