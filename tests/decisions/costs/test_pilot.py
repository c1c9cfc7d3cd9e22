"""A pilot is costed with the purchase that must follow it, and parts say that they are rounded."""

from commissioning.people.models import User
from decisions.costs.costed import QuestionCosts
from decisions.costs.model.lines import When
from decisions.costs.said import own_parts
from decisions.questions.models import Question
from decisions.trees import actions as trees
from tests.decisions.walks.conftest import BEGINS, answer_all

PILOT = "pilot_then_buy"


def test_a_pilot_costs_what_the_purchase_that_follows_costs_as_well(
    question: Question, ada: User
) -> None:
    costs = QuestionCosts(question)
    below = costs.purchase_after(PILOT)
    assert below == "below_threshold_competition", "until a walk has said"
    pilot, bought = costs.compare([PILOT, below])
    assert "with the purchase that follows: Competition below threshold" in str(pilot.name)
    figures, then = pilot.costed.figures, bought.costed.figures
    choosing = figures.authority_when[When.CHOOSING].middle
    assert choosing > 1.9 * then.authority_when[When.CHOOSING].middle
    assert figures.months.middle >= then.months.middle + 4
    assert figures.losers.middle > 1.5 * then.losers.middle
    lines = {cell.key: cell.worth.middle for cell in costs.breakdown(PILOT)}
    alone = {cell.key: cell.worth.middle for cell in costs.breakdown(below)}
    assert lines["prepare"] > alone["prepare"]
    years = costs.estimates(PILOT)["monitor_hours_year"]
    assert lines["monitoring"] < 2 * years.high * 3 * 42, "what runs is looked after once"


def test_above_the_threshold_a_competition_under_the_act_follows_the_pilot(
    question: Question, ada: User
) -> None:
    below = QuestionCosts(question).compare([PILOT])[0].costed.figures
    answers = {"label": "contract", "payment_for": "service_we_specify", "present": "contract"}
    answers |= {"net_value": "679200", "options_value": "0"}
    walk = trees.begin_walk(ada, question, "england-general", BEGINS)
    trees.lock_for_good(ada, answer_all(ada, walk, answers))
    costs = QuestionCosts(Question.objects.get(pk=question.pk))
    assert costs.purchase_after(PILOT) == "light_touch_competition"
    pilot, bought = costs.compare([PILOT, "light_touch_competition"])
    assert pilot.costed.figures.authority.middle > bought.costed.figures.authority.middle
    assert pilot.costed.figures.months.high > bought.costed.figures.months.high
    assert pilot.costed.figures.authority.middle > below.authority.middle


def test_parts_beside_a_total_add_up_as_shown_or_say_that_they_are_rounded(
    question: Question,
) -> None:
    costs = QuestionCosts(question)
    said = {True: 0, False: 0}
    for one in costs.compare(list(costs.content.routes)):
        figures = one.costed.figures
        shown = sum(worth.middle for worth in figures.authority_when.values())
        adds_up = shown == figures.authority.middle
        assert ("each rounded by itself" in own_parts(one, str)) is not adds_up, one.key
        said[adds_up] += 1
    assert all(said.values()), "both are there"
