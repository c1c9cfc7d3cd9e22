"""A question of Rivermead's, walked from several seats, with one difference still open."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils import timezone

from commissioning.demo.people import Town
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from decisions.questions.actions import Value, Words, make_question, open_question, value_question
from decisions.questions.models import Question, Vat
from decisions.trees import actions
from decisions.trees.actions import Said, Settling
from decisions.trees.models import Appraisal
from decisions.trees.seen import last_said
from decisions.trees.standpoint import Standing
from decisions.trees.versions import write_sheet

TITLE: Final = "Daytime company in the Lanes"

_RULES: Final = {
    "quotation_levels": [
        {"at_least": "0", "ask": "one written quote, local where there is one"},
        {"at_least": "25000", "ask": "three written quotes"},
        {"at_least": "100000", "ask": "a competition that is advertised"},
    ],
    "waivers": "The monitoring officer may allow one, in writing, before anybody is asked.",
    "key_decision_sum": "250000",
    "delegations": [
        {"up_to": "50000", "who": "the head of service"},
        {"up_to": "250000", "who": "the director in consultation with the cabinet member"},
    ],
    "grants_policy": "Grants are for what people do for themselves and each other; never for a "
    "service that the council specifies.",
    "decides": "cabinet",
    "paragraph": "part 3.4 of the constitution",
    "call_in_days": 5,
    "call_in_who": "any three councillors who are not in the cabinet",
}
# Ada's answers, and why; the rest by _PLAIN.
_ADA: Final = {
    "need_to_buy": ("yes", "What is there reaches 60 people. About 400 live alone in the Lanes."),
    "need_evidence": ("strong", "Figures for each ward, and what people said at both workshops."),
    "present_works": ("partly", "Those who come to the day centre love it. Most cannot get there."),
    "local_knowledge": ("some", "It helps, but people can get to know somebody new."),
    "market_opening": ("some", "Three groups have asked why they never hear of these things."),
    "payment_for": (
        "could_be_either",
        "Each group could do more of what it does anyway, or we say what a day out is and buy it.",
    ),
    "direct_award_ground": ("none", "Nobody says so."),
}
_PLAIN: Final = {
    "what_works": "known",
    "capable_providers": "few",
    "small_provider_risk": "high",
    "collaboration": "much",
    "shape_of_need": "many_small",
    "residents_ready": "some",
    "history": "mixed",
    "community_lead": "possible",
    "intermediary": "yes",
    "personal_choice": "some",
    "own_staff": "no",
    "framework_available": "no",
    "effort_in_proportion": "some",
    "time_left": "from_3_to_12_months",
    "label": "grant",
    "recipient_enterprise": "no",
    "present": "contract",
    "extension": "none",
    "ending_or_reducing": "yes",
    "public_partner": "none",
    "individual_budgets": "no",
    "buyer": "council",
    "reorganisation": "no",
    "health_services": "no",
    "contract_type": "light_touch",
    "net_value": "180000",
    "options_value": "120000",
    "vat": "none",
    "area": "none",
    "reserved_to": "none",
}
_OTHERS: Final = (
    (
        "sami",
        "local_knowledge",
        "much",
        "My aunt only opens the door to somebody she has seen before.",
    ),
    (
        "priya",
        "local_knowledge",
        "much",
        "We walked every street twice before anybody came. You cannot bid for that.",
    ),
    ("sami", "history", "bad", "They closed the lunch club in 2019 and never said why."),
    ("joan", "history", "mixed", "Some promises were kept."),
    ("sami", "collaboration", "much", "One group has the bus, another the kitchen."),
)


def make_question_of_company(town: Town, programme: Programme) -> Question:
    """The question, its rules sheet, and a walk that waits for one difference to be settled."""
    ada, next_year = town.people["ada"], timezone.localdate().year + 1
    words = Words(
        title=TITLE,
        what="The day centre's lease ends in June. How should people over 65 in the Lanes find "
        "company in the daytime from then on, and who does it?",
        for_whom="About 400 people over 65 who live alone in the Lanes",
        outcomes=list(programme.outcomes.all()[:2]),
        areas=[town.areas["The Lanes"]] if "The Lanes" in town.areas else [],
        present_ends_on=date(next_year, 6, 30),
        begins_on=date(next_year, 1, 11),
    )
    question = make_question(ada, programme, words)
    value_question(ada, question, Value(Decimal(180_000), Decimal(120_000), Vat.NONE, 36, 24))
    question = open_question(ada, question)
    write_sheet(ada, programme, date(next_year - 1, 4, 1), _RULES, "")
    _walk(town, question)
    return question


def _walk(town: Town, question: Question) -> Appraisal:
    ada = town.people["ada"]
    assert question.begins_on is not None
    walk = actions.begin_walk(ada, question, "england-general", question.begins_on)
    answer_what_is_asked(ada, walk, _PLAIN, _ADA)
    say(town, walk, _OTHERS)
    settling = Settling(
        "mixed",
        "Both are true. What was promised in 2019 is answered in writing before anything begins.",
        carried=True,
        seen=last_said(Standing(walk), "history"),
        op=uuid.uuid4(),
    )
    actions.settle(town.people["cora"], walk, "history", settling)
    actions.pick_evidence(ada, walk, "need_to_buy", "vision", _first_outcome(question))
    actions.try_what_if(town.people["cora"], walk, {"local_knowledge": "little"})
    return walk


def answer_what_is_asked(
    user: User,
    walk: Appraisal,
    plain: Mapping[str, str],
    reasoned: Mapping[str, tuple[str, str]],
    *,
    stop_at: str = "",
) -> None:
    """Somebody answers one question after the other, up to ``stop_at`` or to the end."""
    while (waiting := Standing(walk).working.walked.next_question) is not None:
        if waiting.id == stop_at:
            return
        value, reason = reasoned.get(waiting.id, (plain.get(waiting.id, "1"), ""))
        if waiting.answers and value not in waiting.answers:
            value = next(iter(waiting.answers))
        actions.answer(user, walk, waiting.id, Said(value, reason, 0, uuid.uuid4()))


def say(town: Town, walk: Appraisal, answers: Sequence[tuple[str, str, str, str]]) -> None:
    """Others answer from their own seats: (who, question, answer, reason)."""
    for who, key, value, reason in answers:
        actions.answer(town.people[who], walk, key, Said(value, reason, 0, uuid.uuid4()))


def settle(user: User, walk: Appraisal, key: str, value: str, reason: str) -> None:
    """Settle a difference, having seen everything that was said on it."""
    seen = last_said(Standing(walk), key)
    actions.settle(user, walk, key, Settling(value, reason, False, seen, uuid.uuid4()))


def _first_outcome(question: Question) -> str:
    outcome = question.outcomes.first()
    assert outcome is not None
    return f"outcome-{outcome.pk}"
