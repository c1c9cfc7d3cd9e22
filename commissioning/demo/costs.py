"""What choosing costs in Rivermead, what bidders said it took, and what counts in a bid."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from commissioning.demo.people import Town
from commissioning.programmes.models import Membership, Programme, Role
from decisions.costs import actions as costs
from decisions.costs.actions import Points
from decisions.criteria import actions as criteria
from decisions.questions.actions import Value, Words, make_question, open_question, value_question
from decisions.questions.models import Question

TITLE: Final = "Daytime company in the Lanes"
ROUTES: Final = (
    "grant",
    "devolved_grants",
    "in_house",
    "below_threshold_reserved_area",
    "open_competition",
)
# Hours that six of eight bidders for the day centre gave, two years ago.
TOOK: Final = (
    ("lost", 62),
    ("lost", 95),
    ("won", 140),
    ("lost", 48),
    ("lost", 110),
    ("stopped", 30),
)
WEIGHTS: Final = {
    "knows_the_communities": 25,
    "reaches_people": 15,
    "lived_experience": 15,
    "how_you_will_do_it": 20,
    "works_with_others": 5,
    "price": 20,
}


def make_costs(town: Town, programme: Programme) -> Question:
    """The question with its costs, a survey that six of eight answered, and final criteria."""
    question = _question(town, programme)
    cora = town.people["cora"]
    costs.choose_routes(cora, question, ROUTES)
    hours = Points(Decimal(40), Decimal(70), Decimal(120))
    costs.say_inputs(
        cora,
        question,
        "below_threshold_reserved_area",
        {"apply_hours_each": hours},
        "Time sheets of the three groups that bid for the lunch club in 2024.",
    )
    survey = costs.make_survey(cora, question, "The day centre, 2024", "open_competition", 8)
    for link, (result, took) in zip(survey.links.all(), TOOK, strict=False):
        costs.report_hours(link, result, Decimal(took), Decimal(0))
    costs.keep_version(cora, question, "The first, for the workshop of 3 December.")
    write_criteria(town, question, WEIGHTS)
    return question


def _question(town: Town, programme: Programme) -> Question:
    """The question that is walked, or one of its own where nobody has put it."""
    found = Question.objects.filter(programme=programme, title=TITLE).first()
    if found is not None:
        return found
    ada = town.people["ada"]
    words = Words(TITLE, "How should company and lunch be there every day?", "Everyone over 65.")
    question = make_question(ada, programme, words)
    question = value_question(ada, question, Value(Decimal(180_000), length_months=36))
    return open_question(ada, question)


def write_criteria(town: Town, question: Question, weights: Mapping[str, int]) -> None:
    """Final criteria with these weights, which officers and citizen commissioners judge by."""
    cora = town.people["cora"]
    held = criteria.begin_criteria(cora, question, "below")
    criteria.add_suggestions(cora, held, list(weights))
    for row in held.criteria.all():
        criteria.save_criterion(cora, held, row, {"weight": Decimal(weights[row.suggestion])})
    judges = Membership.objects.filter(
        programme=question.programme, role__in=(Role.LEAD, Role.COMMISSIONER, Role.CITIZEN)
    )
    criteria.choose_judges(cora, held, list(judges))
    criteria.set_demands(
        cora, held, {"tie_break": "The higher score on understanding of these communities."}
    )
    criteria.finalise(cora, held)
