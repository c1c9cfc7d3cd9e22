"""A decision of Rivermead's from its question to a sealed record, and a question half walked."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import uuid4

from django.utils import timezone

from commissioning.demo import decided_words as words
from commissioning.demo.costs import write_criteria
from commissioning.demo.days import (
    Days,
    at,
    date_advice,
    date_level_field,
    date_recommendation,
    date_walk,
    end_of_comments,
)
from commissioning.demo.people import Town, bring_in
from commissioning.demo.walks import answer_what_is_asked, say, settle
from commissioning.programmes.actions import openness
from commissioning.programmes.models import Programme, Role
from decisions.costs import actions as costs
from decisions.costs.actions import Points
from decisions.questions import actions as questions
from decisions.questions.actions import Value, Words
from decisions.questions.level_field import choose_lines, lines_of
from decisions.questions.models import Question, Vat
from decisions.records.actions import advising, deciding, drafting, recording
from decisions.records.models import Decision
from decisions.trees import actions as walks

TITLE: Final = "A day off each week for carers"
HALF_WALKED: Final = "The lunch bus"
ROUTE: Final = "below_threshold_reserved_vcse"
COMPARED: Final = (
    "in_house",
    "quotes_or_award",
    "below_threshold_competition",
    ROUTE,
    "open_competition",
)


def make_decided(town: Town, programme: Programme) -> Decision:
    """Walked from five seats, costed, weighed, commented on, and decided by the cabinet."""
    days = Days()
    question = _question(town, programme)
    _market(town, programme, days)
    _fair(town, question)
    _walk(town, question, days)
    _costs(town, question)
    write_criteria(town, question, words.WEIGHTS)
    decision = _draft(town, question, days)
    _say_what_you_think(town, decision, days)
    _advise(town, decision, days)
    return _decide(town, decision, days)


def issue_the_record(town: Town, programme: Programme) -> None:
    """The record, and the public edition without what the agency charges. May be repeated."""
    decision = Decision.objects.get(question__programme=programme, title=TITLE)
    if not decision.versions.exists():
        recording.issue_record(town.people["ada"], decision)


def make_half_walked(town: Town, programme: Programme) -> Question:
    """A question of which some answers are given: anybody of the programme can go on."""
    ada, next_year = town.people["ada"], timezone.localdate().year + 1
    question = questions.make_question(
        ada,
        programme,
        Words(
            title=HALF_WALKED,
            what="The bus that brings people to lunch stops in September. Who brings them then?",
            for_whom="The 60 people who come to lunch by bus",
            outcomes=[programme.outcomes.all()[1]],
            present_ends_on=date(next_year, 9, 30),
            begins_on=date(next_year, 2, 1),
        ),
    )
    question = questions.open_question(ada, question)
    walk = walks.begin_walk(ada, question, "england-general", date(next_year, 2, 1))
    answer_what_is_asked(ada, walk, words.PLAIN, words.BUS, stop_at="small_provider_risk")
    say(town, walk, words.BUS_OTHERS)
    return question


def _question(town: Town, programme: Programme) -> Question:
    ada, next_year = town.people["ada"], timezone.localdate().year + 1
    outcomes = list(programme.outcomes.all())
    question = questions.make_question(
        ada,
        programme,
        Words(
            title=TITLE,
            what=words.WHAT,
            for_whom=words.FOR_WHOM,
            outcomes=outcomes[2:] or outcomes,
            areas=[town.areas[name] for name in ("Eastfields", "Old Town", "The Lanes")],
            present_ends_on=date(next_year, 6, 30),
            begins_on=date(next_year, 1, 5),
        ),
    )
    value = Value(Decimal(96_000), Decimal(48_000), Vat.NONE, 24, 12)
    questions.value_question(ada, question, value)
    question = questions.open_question(ada, question)
    questions.set_plan(ada, question, "below_threshold", key_decision=True, lengths={})
    return question


def _market(town: Town, programme: Programme, days: Days) -> None:
    """The conversation with those who could do it, in the file that everybody reads."""
    for key, kind, said in words.MARKET:
        what = said.format(**days.words)
        openness.add_level_field_entry(town.people["ada"], programme, town.bodies[key], kind, what)
    date_level_field(programme, "The conversation about sitters", days.market)
    Programme.objects.filter(pk=programme.pk).update(
        level_field_published_at=at(days.market + timedelta(days=1))
    )


def _fair(town: Town, question: Question) -> None:
    """Which talks were about this question, and what members say they could gain from it."""
    about = {line.entry.pk for line in lines_of(question) if "about sitters" in line.entry.what}
    belonging = {line.entry.pk for line in lines_of(question) if line.belongs}
    choose_lines(town.people["ada"], question, about | belonging)
    for name, gains, said in words.DECLARED:
        questions.declare_about(town.people[name], question, could_gain=gains, words=said)


def _walk(town: Town, question: Question, days: Days) -> None:
    ada, cora = town.people["ada"], town.people["cora"]
    assert question.begins_on is not None
    walk = walks.begin_walk(ada, question, "england-general", question.begins_on)
    answer_what_is_asked(ada, walk, words.PLAIN, words.ADA)
    say(town, walk, words.OTHERS)
    for key, value, reason in words.SETTLED:
        settle(cora, walk, key, value, reason)
    for outcome in question.outcomes.all():
        walks.pick_evidence(ada, walk, "need_to_buy", "vision", f"outcome-{outcome.pk}")
    walks.recommend(cora, walk, ROUTE, words.CORA_RECOMMENDS, uuid4())
    walks.recommend(town.people["sami"], walk, ROUTE, words.SAMI_RECOMMENDS, uuid4())
    date_walk(walks.lock_for_good(ada, walk), days.walked)


def _costs(town: Town, question: Question) -> None:
    cora = town.people["cora"]
    costs.choose_routes(cora, question, COMPARED)
    hours = Points(Decimal(12), Decimal(22), Decimal(40))
    why = "Three groups timed themselves with the form for lifts, which had nine pages."
    costs.say_inputs(cora, question, ROUTE, {"apply_hours_each": hours}, why)
    survey = costs.make_survey(
        cora, question, "Lifts to the day centre, 2023", "below_threshold_competition", 7
    )
    for link, (result, took) in zip(survey.links.all(), words.TOOK, strict=False):
        costs.report_hours(link, result, Decimal(took), Decimal(0))
    costs.keep_version(cora, question, "As it went to the cabinet.")


def _draft(town: Town, question: Question, days: Days) -> Decision:
    ada = town.people["ada"]
    decision = drafting.begin_decision(ada, question, TITLE)
    publicity = words.PUBLICITY | {"notice_on": days.notice}
    for section, values in (words.SECTIONS | {"publicity": publicity}).items():
        decision = drafting.write_section(ada, decision, section, values)
    duties = {key: (how, said.format(**days.words)) for key, (how, said) in words.DUTIES.items()}
    drafting.answer_duties(ada, decision, duties)
    drafting.declare_interest(ada, decision, **words.INTEREST)
    return drafting.consult(ada, decision, timezone.localdate() + timedelta(days=14))


def _say_what_you_think(town: Town, decision: Decision, days: Days) -> None:
    ada = town.people["ada"]
    for who, body, said, answer in words.COMMENTS:
        organisation = town.bodies[body] if body else None
        comment = drafting.comment(town.people[who], decision, said, organisation)
        drafting.reply(ada, comment, answer)
    for who, said in words.DISSENTS:
        drafting.dissent(town.people[who], decision, said)
    date_level_field(decision.question.programme, "About the draft", days.consulted)
    end_of_comments(decision, days)


def _advise(town: Town, decision: Decision, days: Days) -> None:
    """Each officer signs in their own session: two write, one confirms what Ada typed."""
    ada, programme = town.people["ada"], decision.question.programme
    for kind, who, post, said in words.ADVICE:
        bring_in(town, programme, who, Role.OBSERVER, "council")
        adviser = town.people[who]
        advising.name_adviser(ada, decision, kind, adviser)
        hand = ada if kind == words.TYPED_IN else adviser
        advice = advising.write_advice(
            hand, decision, kind, officer=post, words=said, given_on=days.advised
        )
        if hand == ada:
            advising.confirm_advice(adviser, decision, kind, advice.seal)
    date_advice(decision, days)
    recording.mark_removal(ada, decision, words.KEPT_BACK, "business", words.WHY_BACK)


def _decide(town: Town, decision: Decision, days: Days) -> Decision:
    ada = town.people["ada"]
    decision = date_recommendation(drafting.recommend(ada, decision), days)
    decision = deciding.enter_decision(
        ada,
        decision,
        deciding.Minute(
            outcome=Decision.Outcome.AGREED,
            decided_on=days.decided,
            decided_by=words.DECIDED_BY,
            words=words.MINUTE,
            reference=f"Minute 41/{days.decided.year}",
            call_in_until=days.call_in_until,
            report_on=days.recommended,
            had_interest=True,
        ),
    )
    # Nobody called it in.
    deciding.take_effect_where_due()
    return decision
