"""Costs of a question: begun, changed with a reason, kept, locked; and what bidders reported."""

from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from commissioning.programmes.models import HistoryEntry, Programme
from decisions.costs import actions
from decisions.costs.actions import Points
from decisions.costs.costed import SHARED, QuestionCosts
from decisions.costs.models import BidLink, BidReport, BidSurvey, CostInput, CostModel
from decisions.costs.snapshots import snapshot
from decisions.questions.actions import (
    Words,
    discard_question,
    make_question,
    move_question,
)
from decisions.questions.models import Question
from tests.decisions.costs.conftest import put_question

BIDS = {"apply_hours_each": Points(Decimal(50), Decimal(80), Decimal(120))}


def test_every_way_is_costed_before_anybody_has_typed_anything(question: Question) -> None:
    costs = QuestionCosts(question)
    assert [one.key for one in costs.compare()] == [
        "change_nothing",
        "grant",
        "devolved_grants",
        "below_threshold_competition",
        "open_competition",
        "in_house",
    ]
    assert all(one.costed.figures.authority.middle > 0 for one in costs.compare())


def test_what_is_worth_little_takes_little_looking_after_whichever_way_it_is_got(
    question: Question,
) -> None:
    """A footpath for £23,000: no 60 hours of reports a year, and nobody keeps a post for quotes."""

    def hours(net: int, route: str, key: str) -> tuple[float, float, float]:
        Question.objects.filter(pk=question.pk).update(net_value=net, options_value=0)
        one = QuestionCosts(Question.objects.get(pk=question.pk)).said(key, route)
        assert one.default.why or one.estimate.likely == 60, "it says why it is other than usual"
        return one.estimate.low, one.estimate.likely, one.estimate.high

    care, report = "monitor_hours_year", "report_hours_each_year"
    for route in ("quotes_or_award", "below_threshold_competition", "open_competition"):
        assert hours(23_000, route, care) == (4, 12, 30)
        assert hours(23_000, route, report) == (1, 4, 12)
        assert hours(50_000, route, care) == (25, 60, 130)
        assert hours(50_000, route, report) == (20, 60, 150)
    assert hours(23_000, "grant_named", care) == (4, 12, 30)
    assert hours(50_000, "grant_named", care) == (8, 20, 50)
    # What has a reason of its own keeps it: no outside provider reports, each person has a payment.
    assert hours(23_000, "in_house", report) == (0, 0, 0)
    assert hours(23_000, "direct_payments", care) == (60, 150, 320)
    assert hours(400_000, "quotes_or_award", "standing_share") == (0, 0, 0)


def test_cora_says_what_bidding_takes_here_and_why(question: Question, cora: User) -> None:
    before = QuestionCosts(question).compare()[4].costed.figures.losers.middle
    actions.say_inputs(cora, question, "open_competition", BIDS, "Our last three tenders.")
    costs = QuestionCosts(question)
    said = costs.said("apply_hours_each", "open_competition")
    assert said.own
    assert (said.own.why, said.estimate.likely) == ("Our last three tenders.", 80)
    assert costs.compare()[4].costed.figures.losers.middle < before
    entry = HistoryEntry.objects.latest("at")
    assert "Writing each bid" in entry.sentence
    assert entry.reason == "Our last three tenders."


def test_a_figure_needs_a_reason_an_order_and_to_be_possible(
    question: Question, cora: User
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.say_inputs(cora, question, "grant", BIDS, "  ")
    assert refused.value.field == "why"
    for bad in (Points(Decimal(3), Decimal(2), Decimal(4)), Points(*[Decimal(-1)] * 3)):
        with pytest.raises(Invalid):
            actions.say_inputs(cora, question, "grant", {"apply_hours_each": bad}, "A guess.")
    nothing = Points(*[Decimal(0)] * 3)
    with pytest.raises(Invalid, match="Somebody applies for a grant"):
        actions.say_inputs(
            cora, question, "grant", {"applicants": nothing, "winners": nothing}, "A guess."
        )
    with pytest.raises(Invalid, match="does not belong"):
        actions.say_inputs(cora, question, "grant", {"rate_officer": nothing}, "A guess.")
    assert not CostInput.objects.exists()


def test_going_back_to_the_defaults(question: Question, cora: User) -> None:
    actions.say_inputs(cora, question, "grant", BIDS, "A guess.")
    actions.forget_inputs(cora, question, "grant")
    assert QuestionCosts(question).said("apply_hours_each", "grant").own is None


def test_change_nothing_is_always_compared(question: Question, cora: User) -> None:
    model = actions.choose_routes(cora, question, ["open_competition", "no such way"])
    assert model.routes == ["change_nothing", "open_competition"]
    with pytest.raises(Invalid, match="at least one other"):
        actions.choose_routes(cora, question, [])


@pytest.mark.parametrize("who", ["priya", "sami", "olu", "femi", "nell"])
def test_only_those_who_run_the_programme_change_its_costs(
    who: str, question: Question, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    for act in (
        lambda: actions.begin_costs(person, question),
        lambda: actions.say_inputs(person, question, "grant", BIDS, "A guess."),
        lambda: actions.make_survey(person, question, "Lunches", "grant", 5),
    ):
        with pytest.raises(Refused):
            act()


def test_no_amount_before_the_vision_is_agreed(vision_programme: Programme, ada: User) -> None:
    question = make_question(ada, vision_programme, Words("Play", "Which streets?"))
    with pytest.raises(Refused, match="Never ever start by talking about the money"):
        actions.begin_costs(ada, question)


# Versions and the lock -----------------------------------------------------------------------


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_kept_version_never_changes(question: Question, cora: User) -> None:
    version = actions.keep_version(cora, question, "The first.")
    assert version.content == snapshot(QuestionCosts(question))
    assert actions.keep_version(cora, question, "The second.").number == 2
    for change in ("UPDATE costs_costversion SET number = 9", "TRUNCATE costs_costversion"):
        with pytest.raises((InternalError, Exception)), transaction.atomic():
            connection.cursor().execute(change)
    version.refresh_from_db()
    assert version.number == 1


def test_a_snapshot_says_both_purses_and_never_their_sum(question: Question) -> None:
    figures = snapshot(QuestionCosts(question))["routes"][1]["figures"]
    assert set(figures) == {
        "authority",
        "authority_cash",
        "authority_staff",
        "others",
        "others_that_get_nothing",
        "months",
        "person_months",
    }


def test_costs_are_locked_with_the_question_by_the_database_too(
    question: Question, cora: User
) -> None:
    actions.say_inputs(cora, question, "grant", BIDS, "A guess.")
    with transaction.atomic():
        move_question(question, Question.State.DECIDING)
    with pytest.raises(Refused, match="before the body that decides"):
        actions.say_inputs(cora, question, "grant", BIDS, "Another.")
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        CostInput.objects.update(likely=90)
    with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
        CostModel.objects.update(routes=["grant"])


def test_a_draft_question_is_thrown_away_with_its_costs(
    programme: Programme, ada: User, cora: User
) -> None:
    question = make_question(ada, programme, Words("Lunch", "Who cooks?"))
    actions.begin_costs(cora, question)
    actions.say_inputs(cora, question, "grant", BIDS, "A guess.")
    actions.make_survey(cora, question, "Lunches", "grant", 5)
    discard_question(ada, question)
    assert not CostModel.objects.exists()


# What bidding took ---------------------------------------------------------------------------


def answered(survey: BidSurvey, *hours: int) -> None:
    links = BidLink.objects.filter(survey=survey, used_on=None)
    for link, said in zip(links, hours, strict=False):
        actions.report_hours(link, "lost", Decimal(said), Decimal(0))


def test_reports_replace_the_default_from_five_on(question: Question, cora: User) -> None:
    survey = actions.make_survey(cora, question, "Day centre, 2025", "light_touch_competition", 8)
    default = QuestionCosts(question).said("apply_hours_each", "light_touch_competition")
    answered(survey, 200, 200, 200, 200)
    four = QuestionCosts(question).said("apply_hours_each", "light_touch_competition")
    assert four.estimate == default.estimate
    assert four.blend is None
    answered(survey, 200)
    five = QuestionCosts(question).said("apply_hours_each", "light_touch_competition")
    assert five.blend
    assert five.blend.used == 5
    assert five.estimate.likely == pytest.approx((200 * 5 + 90 * 10) / 15)
    answered(survey, 5000)
    six = QuestionCosts(question).said("apply_hours_each", "light_touch_competition")
    assert six.estimate == five.estimate


def test_the_places_own_word_wins_over_reports(question: Question, cora: User) -> None:
    survey = actions.make_survey(cora, question, "Lunches", "grant", 5)
    answered(survey, 200, 200, 200, 200, 200)
    actions.say_inputs(cora, question, "grant", BIDS, "Time sheets.")
    said = QuestionCosts(question).said("apply_hours_each", "grant")
    assert (said.estimate.likely, said.blend) == (80, None)


def test_reports_of_one_place_say_nothing_in_another(
    question: Question, cora: User, other_programme: Programme, nell: User
) -> None:
    answered(actions.make_survey(cora, question, "Lunches", "grant", 5), *[200] * 5)
    elsewhere = put_question(nell, other_programme)
    assert QuestionCosts(elsewhere).said("apply_hours_each", "grant").blend is None


def test_an_answer_is_kept_without_the_link_that_gave_it(question: Question, cora: User) -> None:
    survey = actions.make_survey(cora, question, "Lunches", "grant", 5)
    answered(survey, 12)
    report = BidReport.objects.get()
    assert not {"link", "by", "created_at", "organisation"} & {
        field.name for field in BidReport._meta.get_fields()
    }
    assert report.hours == 12
    assert not BidLink.objects.filter(token_digest__contains=actions.link_token(report.pk)).exists()


def test_a_link_works_once_and_not_after_the_close(question: Question, cora: User) -> None:
    survey = actions.make_survey(cora, question, "Lunches", "grant", 2)
    first, second = survey.links.all()
    actions.report_hours(first, "lost", Decimal(10), Decimal(0))
    with pytest.raises(Invalid, match="has been used"):
        actions.report_hours(first, "lost", Decimal(10), Decimal(0))
    actions.close_survey(cora, survey)
    with pytest.raises(Refused, match="closed"):
        actions.report_hours(second, "lost", Decimal(10), Decimal(0))
    assert BidReport.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_pressed_on_eight_phones_at_once_counts_once(question: Question, cora: User) -> None:
    link = actions.make_survey(cora, question, "Lunches", "grant", 1).links.get()
    begin, done = Barrier(8), []

    def press() -> None:
        begin.wait()
        try:
            actions.report_hours(link, "won", Decimal(10), Decimal(0))
            done.append("counted")
        except Invalid:
            done.append("used")
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["counted", *["used"] * 7]
    assert BidReport.objects.count() == 1


def test_what_all_ways_share_is_changed_once(question: Question, cora: User) -> None:
    before = [one.costed.figures.others.middle for one in QuestionCosts(question).compare()]
    dearer = {"rate_provider": Points(Decimal(50), Decimal(60), Decimal(70))}
    actions.say_inputs(cora, question, SHARED, dearer, "Pay scales of 2026.")
    after = [one.costed.figures.others.middle for one in QuestionCosts(question).compare()]
    assert all(now >= then for now, then in zip(after, before, strict=True))
    assert after[3] > before[3]
