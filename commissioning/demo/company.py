"""The programme that has come furthest: a call, a vote in a hall, a result, a record."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import uuid4

import pgtrigger
from django.utils import timezone

from commissioning.demo import workshops
from commissioning.demo.ballots import cast_scores, code_holders
from commissioning.demo.content import Idea
from commissioning.demo.days import Days, date_vision
from commissioning.demo.people import Town, bring_in
from commissioning.demo.pictures import picture_of
from commissioning.demo.resources import make_resources
from commissioning.documents.actions import request_document
from commissioning.people.models import User
from commissioning.programmes.actions import members, openness, stages
from commissioning.programmes.actions import programme as programmes
from commissioning.programmes.actions import vision as visions
from commissioning.programmes.models import Given, Membership, Outcome, Programme, Role, Stage
from participation.budgeting import actions, close, count, register, results
from participation.budgeting.models import Adoption, Round
from participation.budgeting.record import RECORD
from participation.calls.actions import applying, assessing, ballot, calls
from participation.calls.clock import database_now
from participation.calls.forms.sections import field_name
from participation.calls.models import Call, Decision, EligibilityCheck, Expression, Question

BUDGET: Final = Decimal(50_000)
PRINTED: Final = 600
HANDED_OUT: Final = 512
VOTED: Final = 487
HALL: Final = "Rivermead Leisure Centre"


def make_company(town: Town) -> Programme:
    """Nobody over 65 goes a week without company: from the vision to an open vote in the hall."""
    programme = _vision(town)
    call = _call(town, programme)
    _assess(town, call)
    round_ = _open_vote(town, programme)
    cast_scores(round_, town.content.ideas, code_holders(round_, VOTED))
    return programme


def finish_company(town: Town, programme: Programme) -> None:
    """From the close to the adopted result and its record; each step may be repeated."""
    ada, round_ = town.people["ada"], programme.rounds.get()
    if round_.status == Round.Status.OPEN:
        close.close_now(ada, round_, "Everybody in the hall who wanted to had voted by half past.")
    close.resume(round_.pk)
    round_.refresh_from_db()
    if round_.backup_confirmed_at is None:
        close.confirm_backup(ada, round_, "Nightly copy of the demo database, read back by Ada.")
    close.resume(round_.pk)
    count.count_round(round_.pk)
    round_.refresh_from_db()
    if round_.published_at is None:
        results.review(ada, round_)
        results.tell_owners(ada, round_)
        results.publish(ada, round_)
    _adopt(ada, round_)
    request_document(ada, RECORD, round_.pk, issue=True)


def _vision(town: Town) -> Programme:
    ada = town.people["ada"]
    about = programmes.About(
        title="Growing older together",
        about="Too many people in Rivermead see nobody from one week to the next. We want to know "
        "what would change that, street by street, before we decide what to pay for.",
        starts_on=date(2026, 9, 4),
        what_taking_part_pays="£20 for each evening, bus fares and a sitter, for anybody who "
        "gives their own time.",
    )
    programme = programmes.create_programme(ada, town.bodies["council"], town.place, about)
    Programme.objects.filter(pk=programme.pk).update(is_demo=True)
    members.declare(ada, programme, could_gain=False, words="")
    bring_in(town, programme, "cora", Role.COMMISSIONER, "council")
    bring_in(town, programme, "femi", Role.FACILITATOR, "rva", gains=_RVA_GAINS)
    bring_in(town, programme, "priya", Role.PARTNER, "lanes", gains=_LANES_GAIN)
    bring_in(town, programme, "wren", Role.PARTNER, "kitchen", gains=_KITCHEN_GAINS)
    bring_in(town, programme, "robin", Role.PARTNER, "carers", gains=_CARERS_GAIN)
    bring_in(town, programme, "sami", Role.CITIZEN)
    bring_in(town, programme, "joan", Role.CITIZEN)
    bring_in(town, programme, "olu", Role.OBSERVER)
    openness.say_given(ada, programme, Given.Kind.FIXED, "The day centre's lease ends in June.")
    openness.say_given(
        ada, programme, Given.Kind.FIXED, "Help that people have by law stays as it is."
    )
    openness.say_given(ada, programme, Given.Kind.OPEN, "Everything else, and who does it.")
    programmes.publish_programme(ada, programme)
    workshops.hold_the_first(town, programme)
    date_vision(programme, Days())
    for who, key, words in _ENDORSED:
        visions.endorse(town.people[who], programme, town.bodies[key], words)
    programme.refresh_from_db()
    make_resources(town, programme)
    for stage in (Stage.RESOURCES, Stage.OPTIONS):
        programme = stages.sign_off_stage(ada, programme, stage, _SIGNED[stage])
    return programme


_RVA_GAINS = "Rivermead Voluntary Action might run small grants if the programme chooses that way."
_LANES_GAIN = "Lanes Neighbours will ask for money for lunches."
_KITCHEN_GAINS = "Quayside Kitchen will ask for money for bread and street parties."
_CARERS_GAIN = "The Carers' Circle will ask for money for sitters."
_ENDORSED = (
    ("ada", "council", "We will be judged by this."),
    ("femi", "rva", "We will bring the groups that never come to meetings."),
    ("priya", "lanes", "It is what we do anyway. Now it has a name."),
    ("wren", "kitchen", "A table is the shortest way."),
    ("robin", "carers", "And those who look after them."),
)
_SIGNED = {
    Stage.RESOURCES: "Sixty things mapped; what is missing is on the wall of the library.",
    Stage.OPTIONS: "Small grants, chosen by the people who live here.",
}


def _call(town: Town, programme: Programme) -> Call:
    ada, now = town.people["ada"], database_now()
    call = calls.make_call(ada, programme, "Company on every street")
    call = calls.write_call(ada, call, _declared(programme) | _dates(now))
    calls.add_from_library(ada, call, ["what_you_will_do", "who_takes_part", "safeguarding"])
    for words in ("It happens in Rivermead.", "It is for people over 65, or who look after them."):
        calls.save_asked(ada, call, EligibilityCheck(words=words))
    assessors = Membership.objects.filter(programme=programme, user__name__in=_assessor_names(town))
    calls.choose_assessors(ada, call, list(assessors))
    call = calls.publish_call(ada, call)
    questions = {question.kind: field_name(question) for question in call.questions.all()}
    for place, idea in enumerate([*town.content.ideas, *_TURNED_DOWN]):
        _apply(town, call, idea, questions, hours=Decimal(4 + place % 7))
    return call


def _assessor_names(town: Town) -> list[str]:
    return [town.people[key].name for key in ("cora", "sami")]


def _declared(programme: Programme) -> dict[str, object]:
    return {
        "about": "Ideas, small or not so small, that mean nobody over 65 here goes a week "
        "without company.",
        "outcomes": list(Outcome.objects.filter(programme=programme)),
        "funded": "Meals, visits, lifts, walks, music, repairs: whatever brings people together. "
        "Equipment and training for it.",
        "not_funded": "Buildings, and what the council or the NHS has to pay for by law.",
        "who_may_apply": "Any group that works in Rivermead, with a form or without.",
        "already_done": "The Friendship Centre and St Brannock's Hall are open most days. Nobody "
        "brings people there who cannot come by themselves.",
        "amount_available": BUDGET,
        "project_minimum": Decimal(500),
        "project_maximum": Decimal(6_000),
        "expected_applications": 30,
        "can_fund": 14,
        "hours_others_took": Decimal(6),
        "decided_by": "The people who live here, in a vote; the council's cabinet adopts it",
        "several_per_organisation": True,
    }


def _dates(now: datetime) -> dict[str, object]:
    return {
        "opens_at": now - timedelta(days=40),
        "closes_at": now + timedelta(days=1),
        "decision_on": (now + timedelta(days=20)).date(),
    }


_TURNED_DOWN = (
    Idea(
        title="A statue of the ferry",
        body="arts",
        ward="Quayside",
        cost=Decimal(6000),
        outcome=2,
        warmth=0,
        summary="A bronze ferry on the quay, for people to look at.",
    ),
)


def _apply(
    town: Town, call: Call, idea: Idea, questions: dict[str, str], *, hours: Decimal
) -> Expression:
    body = town.bodies[idea.body]
    keeper = body.members.get(role="keeper").user
    expression = applying.begin_expression(keeper, call, body)
    typed = {
        "organisation": {
            "contact_name": keeper.name,
            "contact_email": keeper.email,
            "contact_telephone": "",
            "profile_right": "on",
        },
        "project": {
            "name": idea.title,
            "summary": idea.summary,
            "area": str(town.areas[idea.ward].pk),
        },
        "questions-1": {questions[Question.Kind.LONG]: idea.summary},
        "questions-2": {questions[Question.Kind.NUMBER]: "40"},
        "questions-3": {questions[Question.Kind.YES_NO]: "no"},
        "budget": {
            "asked": str(idea.cost),
            "line_what_0": "People's time and expenses",
            "line_amount_0": str(idea.cost - 400),
            "line_what_1": "Food and materials",
            "line_amount_1": "400",
        },
    }
    for key, raw in typed.items():
        applying.save_section(keeper, expression, key, raw, applying.Edit(0, uuid4()))
    applying.submit(keeper, expression, op=uuid4(), hours=hours)
    return expression


def _assess(town: Town, call: Call) -> None:
    ada, cora = town.people["ada"], town.people["cora"]
    with pgtrigger.ignore("calls.Call:closes_only_later"):
        # The demo cannot wait three weeks for the close.
        Call.objects.filter(pk=call.pk).update(closes_at=database_now())
    calls.begin_assessing(ada, call)
    ideas = {idea.title: idea for idea in town.content.ideas}
    for expression in assessing.assessed(call).select_related("standing"):
        assert expression.standing is not None
        if expression.standing.title in ideas:
            assessing.decide(cora, expression, Decision.Outcome.APPROVED, "Clear, local, wanted.")
            continue
        assessing.decide(
            cora,
            expression,
            Decision.Outcome.NOT_APPROVED,
            "It would be good to look at, but it brings nobody together who is alone now.",
        )
        assessing.give_feedback(
            cora,
            expression,
            "Ask people on the quay what would make them stop and talk, and come back with that.",
        )
    assessing.release(ada, call)
    outcomes = {outcome.position: outcome for outcome in call.outcomes.all()}
    for expression in assessing.assessed(call).select_related("standing", "decision"):
        assert expression.standing is not None
        idea = ideas.get(expression.standing.title)
        if idea is not None:
            _prepare(town, expression, idea, outcomes[idea.outcome])


def _prepare(town: Town, expression: Expression, idea: Idea, outcome: Outcome) -> None:
    ballot.prepare_entry(
        town.people["cora"],
        expression,
        ballot.EntryWords(
            title=idea.title,
            summary=idea.summary,
            cost=idea.cost,
            area=town.areas[idea.ward],
            outcome=outcome,
            picture_alt="Houses, trees and hills, drawn in flat colours.",
            ready=True,
        ),
        picture=picture_of(idea.title),
    )


def _open_vote(town: Town, programme: Programme) -> Round:
    ada, now = town.people["ada"], timezone.now()
    round_ = actions.make_round(
        ada,
        programme,
        {
            "title": "Growing older together: which ideas should we fund?",
            "about": "Thirty ideas, one evening, one card each.",
            "hall": HALL,
            "style": "score",
            "style_options": {"lowest": 1, "highest": 5},
            "rule": "greedy",
            "rule_options": {"utility": "points"},
            "part_fit": Round.PartFit.OFFER,
            "reserves": 3,
            "budget": BUDGET,
            "eligibility": "Anybody aged 14 or over who lives in Rivermead. Say your street at "
            "the door; nobody writes it down.",
            "minimum_age": 14,
            "opens_at": now - timedelta(hours=2),
            "closes_at": now + timedelta(hours=1),
            "expected_cards": PRINTED,
            "own_projects": Round.OwnProjects.ASKED_NOT,
            "adopting_body": "Rivermead Council's cabinet",
            "adopting_power": "section 1 of the Localism Act 2011 and part 3.4 of the constitution",
        },
    )
    actions.take_entries(ada, round_)
    actions.draw_lot(ada, round_, "Drawn from a hat by Sami: 9 of hearts, 2 of clubs, queen")
    register.make_cards(ada, round_, PRINTED, "Both doors")
    register.hand_out(ada, round_, 1, HANDED_OUT)
    return actions.open_round(ada, round_)


def _adopt(ada: User, round_: Round) -> None:
    today = timezone.localdate()
    waiting = round_.projects.filter(number__in=round_.count.winners, adoptions__isnull=True)
    if waiting.exists():
        reason = "The vote was well attended and fairly run; every group passed its checks."
        results.adopt_all(ada, round_, reason, today)
    offer = round_.count.result["purses"][0]["part_offer"]
    if offer is None:
        return
    project = round_.projects.get(number=offer["number"])
    if not project.adoptions.exists():
        results.decide(
            ada,
            project,
            results.Ruling(
                Adoption.Decision.PART_ACCEPTED,
                "Its group can begin with what is left of the money.",
                today,
                amount=Decimal(offer["offered"]),
            ),
        )
