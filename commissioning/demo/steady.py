"""A question of health care: walked by its own regime, with the five key criteria final."""

from datetime import date
from decimal import Decimal
from typing import Final
from uuid import uuid4

from django.utils import timezone

from commissioning.demo.people import Town
from commissioning.demo.walks import answer_what_is_asked
from commissioning.programmes.models import Membership, Programme, Role
from decisions.criteria import actions as criteria
from decisions.criteria.judging.health import to_begin_with
from decisions.criteria.judging.library import Standing
from decisions.questions.actions import Value, Words, make_question, open_question, value_question
from decisions.questions.models import Question, Vat
from decisions.trees import actions as walks

TITLE: Final = "Steady again after a fall"
ROUTE: Final = "health_most_suitable_provider"
# What nobody need say why of; what is not listed is answered by its first answer.
_PLAIN: Final = {
    "need_evidence": "some",
    "what_works": "partly",
    "capable_providers": "few",
    "small_provider_risk": "some",
    "collaboration": "much",
    "shape_of_need": "one_service",
    "residents_ready": "some",
    "history": "mixed",
    "community_lead": "no",
    "intermediary": "no",
    "personal_choice": "some",
    "own_staff": "no",
    "framework_available": "no",
    "effort_in_proportion": "some",
    "time_left": "from_3_to_12_months",
    "label": "contract",
    "recipient_enterprise": "yes",
    "present": "nothing",
    "ending_or_reducing": "no",
    "public_partner": "none",
    "individual_budgets": "no",
    "buyer": "council",
    "reorganisation": "no",
    "health_services": "yes",
    "concluding_framework": "no",
    "unrestricted_choice": "no",
    "new_service": "yes",
    "urgent": "no",
}
_REASONED: Final = {
    "need_to_buy": ("yes", "A physiotherapist has to be there, and nobody here has one to lend."),
    "present_works": ("nothing_there", "People go home with a leaflet."),
    "local_knowledge": ("much", "Those who fell once stop going out, and tell nobody."),
    "market_opening": ("some", "Three could do it; nobody has been a favourite."),
    "payment_for": (
        "service_we_specify",
        "How often somebody comes, and how trained.",
    ),
    "only_existing_capable": ("no", "Nobody does it yet, and three could."),
}
_WHY: Final = (
    "A few could do it well, and they would have to work together afterwards. Weighing what each "
    "does already asks nobody to write a bid."
)
_IMPORTANCE: Final = (
    "Quality weighs most because a bad exercise hurts. Access weighs as much as value: at both "
    "workshops people said that those who fell stay at home and tell nobody. Social value weighs "
    "least, since so small a service leaves little behind."
)


def make_steady(town: Town, programme: Programme) -> Question:
    """The question, its walk locked, and criteria by which providers are weighed and none bids."""
    question = _question(town, programme)
    ada = town.people["ada"]
    assert question.begins_on is not None
    walk = walks.begin_walk(ada, question, "england-health", question.begins_on)
    answer_what_is_asked(ada, walk, _PLAIN, _REASONED)
    walks.recommend(ada, walk, ROUTE, _WHY, uuid4())
    walks.lock_for_good(ada, walk)
    question = Question.objects.get(pk=question.pk)
    _criteria(town, question)
    return question


def _question(town: Town, programme: Programme) -> Question:
    ada, next_year = town.people["ada"], timezone.localdate().year + 1
    words = Words(
        title=TITLE,
        what="Who helps people over 65 to stand and walk safely again after a fall, at home and in "
        "the hall round the corner, with a physiotherapist?",
        for_whom="About 120 people a year who come home from hospital after a fall",
        outcomes=list(programme.outcomes.all()[:1]),
        areas=[town.areas[name] for name in ("Eastfields", "The Lanes") if name in town.areas],
        begins_on=date(next_year, 4, 1),
    )
    question = make_question(ada, programme, words)
    value_question(ada, question, Value(Decimal(150_000), Decimal(50_000), Vat.NONE, 36, 12))
    return open_question(ada, question)


def _criteria(town: Town, question: Question) -> None:
    cora = town.people["cora"]
    held = criteria.begin_criteria(cora, question, "health_suitable")
    criteria.add_suggestions(cora, held, to_begin_with(Standing.HEALTH_SUITABLE))
    known = held.criteria.get(suggestion="knows_the_communities")
    criteria.save_criterion(cora, held, known, {"minimum": 3})
    criteria.set_basics(cora, held, {"importance": _IMPORTANCE})
    criteria.set_demands(
        cora, held, {"tie_break": "The higher score on “Understanding of these communities”."}
    )
    judges = Membership.objects.filter(
        programme=question.programme, role__in=(Role.LEAD, Role.COMMISSIONER, Role.CITIZEN)
    )
    criteria.choose_judges(cora, held, list(judges))
    criteria.finalise(cora, held)
