"""A draft begins with what the walk, the question and the place already said; people confirm it."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from commissioning.ground.answers import Invalid
from commissioning.people.models import User
from decisions.criteria import actions as criteria
from decisions.criteria.judging.health import to_begin_with
from decisions.criteria.judging.library import Standing
from decisions.questions.actions import declare_about, make_question, open_question
from decisions.questions.heading import heading_of
from decisions.questions.models import Question
from decisions.records.actions import drafting
from decisions.records.models import Decision
from decisions.records.readiness import missing_to_recommend
from decisions.records.suggested import suggested
from decisions.records.suggested_duties import no_longer_so, suggested_duties
from decisions.trees import actions as trees
from decisions.trees.models import Appraisal
from decisions.trees.versions import write_sheet
from tests.cast import SignIn
from tests.decisions.conftest import company_words
from tests.decisions.records.conftest import SECTIONS, fresh, write_all
from tests.decisions.records.test_law_of_its_size import CONTRACT
from tests.decisions.records.test_on_paper import RULES
from tests.decisions.walks.conftest import BEGINS, answer_all, walk, whole

__all__ = ["walk", "whole"]


@pytest.fixture
def walked(ada: User, whole: Appraisal) -> Decision:
    """A draft of what a locked walk recommends, its route written."""
    trees.lock_for_good(ada, whole)
    decision = drafting.begin_decision(ada, whole.question, "Daytime company in the Lanes")
    route = {"route": "devolved_grants", "route_name": "", "why_other": ""}
    return fresh(drafting.write_section(ada, decision, "route", route))


def page(browser: Client, decision: Decision, name: str) -> str:
    """The address of a section."""
    if name == "duties":
        return reverse("records:duties", args=[decision.question.programme.slug, decision.pk])
    return reverse("records:section", args=[decision.question.programme.slug, decision.pk, name])


def test_without_a_finished_walk_nothing_is_filled_in(draft: Decision) -> None:
    assert suggested_duties(draft) == {}
    assert all(suggested(draft, name) == {} for name in SECTIONS)


def test_the_route_that_the_walk_recommends_is_chosen_already(ada: User, whole: Appraisal) -> None:
    trees.lock_for_good(ada, whole)
    decision = drafting.begin_decision(ada, whole.question, "Daytime company")
    assert suggested(decision, "route") == {"route": "devolved_grants"}


def test_the_words_are_the_questions_the_walks_and_the_plans(walked: Decision) -> None:
    told = suggested(walked, "words")
    assert told["summary"].startswith("The way that is chosen: Devolved grants"), "no question"
    assert "What was asked: “How should people over 65 in the Lanes find" in told["summary"]
    assert "Devolved grants through an intermediary" in told["summary"]
    assert "without options and extensions; " in told["summary"], "what may come on top"
    assert "36 months, and up to 24 months more" in told["summary"]
    assert "Many small projects meet it better than one service" in told["reasons"]
    assert told["next_steps"].startswith("This decision is about how to choose.")


@pytest.mark.parametrize(("level", "generic"), [("20000", False), ("900000", True)])
def test_where_its_own_rules_say_how_many_quotes_are_asked_for_no_general_words_do(
    ada: User, question: Question, level: str, *, generic: bool
) -> None:
    ask = {"quotation_levels": [{"at_least": level, "ask": "three written quotes"}]}
    write_sheet(ada, question.programme, date(2026, 4, 1), RULES | ask, "")
    begun = trees.begin_walk(ada, question, "england-general", BEGINS)
    trees.lock_for_good(ada, answer_all(ada, begun, CONTRACT))
    draft = drafting.begin_decision(ada, question, "Daytime company")
    quotes = {"route": "quotes_or_award", "route_name": "", "why_other": "It is small."}
    drafting.write_section(ada, draft, "power", SECTIONS["power"])
    told = suggested(fresh(drafting.write_section(ada, draft, "route", quotes)), "words")
    assert ("Ask a few for a quote, or award directly" in told["summary"]) is generic
    assert ("Its own rules ask for: three written quotes." in told["summary"]) is not generic
    assert "; who gets it is decided later." in told["summary"]


def test_what_somebody_wrote_is_never_replaced(ada: User, walked: Decision) -> None:
    drafting.write_section(
        ada, walked, "words", SECTIONS["words"] | {"summary": "Our own words.", "reasons": ""}
    )
    assert set(suggested(fresh(walked), "words")) == {"reasons"}


def test_nothing_is_kept_until_it_is_saved_and_then_it_goes_on_to_what_is_left(
    ada: User, walked: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = page(browser, walked, "words")
    form = browser.get(address).context["form"]
    assert "make it your own" in browser.get(address).content.decode()
    assert fresh(walked).summary == ""
    typed = {name: form[name].value() for name in ("title", "summary", "reasons", "next_steps")}
    answer = browser.post(address, typed)
    assert answer["Location"] == page(browser, walked, "duties")
    assert fresh(walked).summary.split() == typed["summary"].split()
    to_list = browser.post(address, typed | {"list": "yes"})
    assert to_list["Location"] == walked.get_absolute_url()


def test_who_decides_is_as_in_the_last_decision_of_the_same_body_and_its_power_is_its_own(
    ada: User, walked: Decision
) -> None:
    drafting.write_section(ada, walked, "power", SECTIONS["power"])
    programme = walked.question.programme
    words = replace(company_words(programme), title="Meals at home")
    other = open_question(ada, make_question(ada, programme, words))
    decision = drafting.begin_decision(ada, other, "Meals at home")
    same = {name: SECTIONS["power"][name] for name in ("body_kind", "body_name")}
    assert suggested(decision, "power") == same


def test_duties_are_filled_in_with_where_they_are_known_from(walked: Decision) -> None:
    told = suggested_duties(walked)
    standing, words = told["reorganisation"]
    assert standing == "not_apply"
    assert words.startswith("From the walk: “Is the council being abolished")
    assert told["staff_transfer"][0] == "not_apply"
    # A grant has a power to name, an intermediary gives on to others, nobody judges for us, and
    # nobody knows the VAT of what could be given or bought.
    assert not {"grant_power", "subsidy", "equality", "social_value", "vat"} & set(told)


def test_best_value_is_not_met_by_a_walk_that_ends_nothing_and_its_words_are_ended_by_a_person(
    ada: User, walked: Decision
) -> None:
    standing, words = suggested_duties(walked)["best_value"]
    assert standing == ""
    assert words.startswith("From the walk: no notice of an end is owed: “")
    assert words.endswith("effectiveness (Local Government Act 1999, section 3):")
    with pytest.raises(Invalid, match="say the rest"):
        drafting.answer_duties(ada, walked, {"best_value": ("met", words)})
    whole = f"{words} three prices, and what the Lanes said."
    drafting.answer_duties(ada, walked, {"best_value": ("met", whole)})
    assert no_longer_so(fresh(walked)) == []


def test_a_sentence_more_behind_what_was_filled_in_is_no_other_answer(
    ada: User, walked: Decision
) -> None:
    words = suggested_duties(walked)["reorganisation"][1]
    more = {"reorganisation": ("not_apply", f"{words.strip()} The clerk has looked it up.")}
    drafting.answer_duties(ada, walked, more)
    assert no_longer_so(fresh(walked)) == []
    drafting.answer_duties(ada, walked, {"reorganisation": ("not_apply", words[:30])})
    assert no_longer_so(fresh(walked)) != []


def test_conflicts_are_filled_in_only_with_what_was_declared(
    ada: User, priya: User, walked: Decision
) -> None:
    standing, words = suggested_duties(walked)["conflicts"]
    assert standing == ""  # nobody has declared for this very question: somebody judges
    assert "could gain from it" not in words
    assert (
        "1 declared only for the programme as a whole that they could gain, and did not settle, "
        "recommend or lock anything."
    ) in words
    declare_about(ada, walked.question, could_gain=True, words="My sister works there.")
    told = suggested_duties(fresh(walked))["conflicts"][1]
    assert "1 could gain from it, and did not settle" in told
    assert "1 declared only for the programme" in told
    for member in walked.question.programme.memberships.exclude(user=ada):
        declare_about(member.user, walked.question, could_gain=False, words="")
    assert suggested_duties(fresh(walked))["conflicts"][0] == "met"


@pytest.mark.parametrize(
    ("what_for", "asked"),
    [("below", "and bidders are asked: Say"), ("grant", "and those who apply are asked: What")],
)
def test_social_value_is_filled_in_where_final_criteria_count_it(
    ada: User, walked: Decision, what_for: str, asked: str
) -> None:
    why = "Should the grants find nobody."
    held = criteria.begin_criteria(ada, walked.question, what_for, why)
    criteria.add_suggestions(ada, held, to_begin_with(Standing(what_for)))
    assert "social_value" not in suggested_duties(fresh(walked))
    criteria.set_demands(ada, held, {"tie_break": "Local knowledge."})
    judge = walked.question.programme.memberships.get(user=ada)
    criteria.choose_judges(ada, held, [judge])
    criteria.finalise(ada, held)
    standing, words = suggested_duties(fresh(walked))["social_value"]
    assert standing == "met"
    assert words.startswith("From the criteria: “What else it leaves here” counts for 10 of 100")
    assert asked in words


def test_saving_confirms_and_what_is_otherwise_afterwards_is_said_before_it_is_recommended(
    ada: User, priya: User, walked: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = page(browser, walked, "duties")
    form = browser.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    assert walked.duties.count() == 0
    browser.post(address, typed | {"conflicts": "met"})
    assert walked.duties.get(key="conflicts").words.startswith("From the declarations: ")
    told = [words for _section, words in missing_to_recommend(fresh(walked))]
    assert not any("otherwise now" in one for one in told)
    declare_about(ada, walked.question, could_gain=True, words="My sister works there.")
    told = [words for _section, words in missing_to_recommend(fresh(walked))]
    assert any(one.endswith("otherwise now: Conflicts of interest.") for one in told)


def test_every_duty_that_lacks_its_words_says_so_and_equality_always_binds(
    ada: User, walked: Decision, sign_in: SignIn
) -> None:
    browser = sign_in(ada)
    address = page(browser, walked, "duties")
    form = browser.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    answer = browser.post(address, typed | {"equality": "met", "social_value": "met"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"equality_words", "social_value_words"}
    with pytest.raises(Invalid, match="always binds"):
        drafting.answer_duties(ada, walked, {"equality": ("not_apply", "See the paper.")})


def test_a_route_is_told_by_its_name_wherever_it_is_headed_for(ada: User, walked: Decision) -> None:
    draft = write_all(ada, walked, route={"route": "devolved_grants", "route_name": ""})
    drafting.recommend(ada, draft)
    heading = heading_of(Question.objects.get(pk=walked.question_id))
    assert heading is not None
    assert heading.title == "Devolved grants through an intermediary"
