"""From closed ballots to a result: counted by the declared rule, told first to owners, adopted."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pabulib.checker import Checker

from commissioning.ground.answers import Invalid, Refused
from commissioning.notices.models import Notice
from commissioning.people.models import User
from participation.budgeting import actions, close, count, published, register, results
from participation.budgeting.comparison import comparisons_of
from participation.budgeting.models import Adoption, Award, Count, Round
from participation.budgeting.result_page import result_of
from participation.budgeting.results import Ruling
from places.directory.models import Area, Organisation, Place
from tests.participation.budgeting.conftest import IDEAS, MakeRound, Vote, save_marks, voter_of

pytestmark = pytest.mark.django_db(transaction=True)
Decision = Adoption.Decision


@pytest.fixture
def counted(open_round: MakeRound, vote: Vote, ada: User) -> Any:
    """Makes a counted round from ballots: each the numbers that somebody ticked."""

    def make(ballots: list[list[int]], **fields: Any) -> Round:
        round_ = open_round(len(ballots), **fields)
        for serial, numbers in enumerate(ballots, start=1):
            vote(round_, serial, *numbers)
        return finish(round_, ada)

    return make


def finish(round_: Round, by: User) -> Round:
    """Close, verify and count."""
    close.close_now(by, round_, "Everybody has voted.")
    close.close_and_count(round_.pk)
    count.count_round(round_.pk)
    round_.refresh_from_db()
    return round_


def published_round(round_: Round, by: User) -> Round:
    results.review(by, round_)
    results.tell_owners(by, round_)
    results.publish(by, round_)
    round_.refresh_from_db()
    return round_


MANY = [[1, 2], [1], [2, 5], [6], [3, 6], [1, 6], [4, 7], [8]] * 15


def test_the_declared_rule_decides_and_the_other_is_only_shown(counted: Any) -> None:
    round_ = counted([[1, 2], [1], [2, 5], [6], [3]])
    made = Count.objects.get(round=round_)
    assert made.digest == round_.closing.digest
    assert made.winners == [2, 1, 6]
    (purse,) = made.result["purses"]
    assert purse["options"]["rule"] == "greedy"
    assert purse["other"]["options"]["rule"] == "equal-shares"
    assert Decimal(purse["spent"]) == Decimal(9600) == made.spent
    whys = {line["number"]: line["why"] for line in purse["projects"]}
    assert "so it is funded" in whys[2]
    assert "£" in whys[7]


def test_counting_twice_finds_the_first_count(counted: Any) -> None:
    round_ = counted([[1], [2]])
    assert count.count_round(round_.pk) == Count.objects.get(round=round_)


def test_a_withdrawn_idea_keeps_its_ballots_and_gets_no_money(
    open_round: MakeRound, vote: Vote, ada: User
) -> None:
    round_ = open_round(3)
    for serial in (1, 2, 3):
        vote(round_, serial, 2)
    actions.withdraw_project(ada, round_.projects.get(number=2), "The group has disbanded.")
    round_ = finish(round_, ada)
    made = Count.objects.get(round=round_)
    assert round_.closing.ballots == 3
    assert 2 not in made.winners
    assert made.result["withdrawn"] == [2]


def test_each_area_with_its_own_money_is_counted_by_itself(
    prepared: MakeRound, place: Place, ada: User, vote: Vote
) -> None:
    round_ = prepared()
    north = Area.objects.get(name="Northbank")
    for number in (1, 2, 3):
        actions.change_project(ada, round_.projects.get(number=number), {"area": north})
    actions.set_area_budgets(ada, round_, {north: Decimal(4000)})
    register.make_cards(ada, round_, 4)
    register.hand_out(ada, round_, 1, 4)
    round_ = actions.open_round(ada, round_)
    for serial, numbers in enumerate([[1, 8], [1, 2], [1, 6], [2]], start=1):
        vote(round_, serial, *numbers)
    round_ = finish(round_, ada)
    purses = {p["area"]: p for p in Count.objects.get(round=round_).result["purses"]}
    assert purses["Northbank"]["winners"] == [2]
    assert set(purses[""]["winners"]) >= {6, 8}
    assert purses["Northbank"]["voters"] == 4
    assert purses[""]["voters"] == 2


def test_scores_decide_where_scores_were_given(open_round: MakeRound, ada: User) -> None:
    round_ = open_round(
        2,
        ideas=IDEAS[:3],
        style="score",
        style_options={},
        rule_options={"utility": "points"},
        budget=Decimal(5000),
    )
    save_marks(voter_of(round_, 1), {1: 5, 2: 1, 3: 2})
    save_marks(voter_of(round_, 2), {1: 3, 2: 1, 3: 2})
    round_ = finish(round_, ada)
    assert Count.objects.get(round=round_).winners == [1]


def test_a_part_fit_is_offered_where_that_was_declared(counted: Any) -> None:
    round_ = counted([[7], [7], [1], [2], [2], [2]], part_fit="offer", budget=Decimal(8000))
    (purse,) = Count.objects.get(round=round_).result["purses"]
    assert purse["winners"] == [2]
    assert purse["part_offer"] == {"number": 7, "offered": "4100.00"}
    assert purse["reserves"][0] == 7


def test_owners_read_it_before_anybody(
    open_round: MakeRound, vote: Vote, ada: User, priya: User, lanes: Organisation, prepared: Any
) -> None:
    round_ = prepared()
    actions.change_project(ada, round_.projects.get(number=1), {"owner": lanes})
    register.make_cards(ada, round_, 1)
    register.hand_out(ada, round_, 1, 1)
    round_ = actions.open_round(ada, round_)
    vote(round_, 1, 1)
    round_ = finish(round_, ada)
    with pytest.raises(Invalid, match="Tell the groups"):
        results.publish(ada, round_)
    results.review(ada, round_)
    assert results.tell_owners(ada, round_) == 1
    told = Notice.objects.get(kind=results.OWNER_KIND)
    assert told.user == priya
    context = results.owner_context(told.about)
    assert context is not None
    assert context["figures"]["votes"] == 1
    assert context["figures"]["funded"]
    results.publish(ada, round_)
    round_.refresh_from_db()
    assert round_.published_at is not None


def test_nobody_who_could_gain_publishes_or_adopts(counted: Any, cora: User, ada: User) -> None:
    round_ = counted([[1], [2]])
    with pytest.raises(Refused):
        results.review(cora, round_)
    membership = round_.programme.memberships.get(user=ada)
    membership.declarations.create(could_gain=True, words="My sister runs the choir.")
    with pytest.raises(Refused, match="could gain"):
        results.review(ada, round_)


def test_both_rules_stand_side_by_side_by_area_and_outcome(
    prepared: MakeRound, vote: Vote, ada: User
) -> None:
    round_ = prepared()
    area = Area.objects.get(place=round_.programme.place, name="Northbank")
    round_.projects.filter(number=1).update(area=area)
    register.make_cards(ada, round_, 3)
    register.hand_out(ada, round_, 1, 3)
    actions.open_round(ada, round_)
    for serial, chosen in enumerate([[1, 2], [1, 3], [5]], start=1):
        vote(round_, serial, *chosen)
    finish(round_, ada)
    found = result_of(round_)
    assert found is not None
    (comparison,) = comparisons_of(round_, found)
    here = sum((here for _name, here, _there in comparison.by_area), Decimal(0))
    assert here == comparison.purse.spent
    assert [name for name, _here, _there in comparison.by_area] == ["Everywhere", "Northbank"]
    assert comparison.by_outcome == []
    assert comparison.purse.money_each > 0


class TestAdopting:
    def test_the_body_adopts_the_winners_and_awards_follow(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted([[1, 2], [1], [2, 5], [6], [3]]), ada)
        assert results.adopt_all(ada, round_, "The vote was clear.", date(2027, 6, 3)) == 3
        assert Award.objects.filter(project__round=round_).count() == 3
        said = round_.programme.history.filter(sentence__contains="as it stands")
        assert [entry.reason for entry in said] == ["The vote was clear."]
        assert not round_.programme.history.filter(sentence__contains="decided about").exists()

    def test_a_winner_may_be_declined_and_a_reserve_called(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted([[1, 2], [1], [2, 5], [6], [3]]), ada)
        first, reserve = round_.projects.get(number=1), round_.projects.get(number=8)
        today = date(2027, 6, 3)
        results.decide(ada, first, Ruling(Decision.ADOPTED, "Clear.", today, Decimal(4800)))
        results.decide(ada, first, Ruling(Decision.DECLINED, "No bank account.", today))
        assert not Award.objects.filter(project=first).exists()
        called = Ruling(Decision.RESERVE_CALLED, "Money came free.", today, Decimal(1250))
        results.decide(ada, reserve, called)
        assert Award.objects.get(project=reserve).amount == 1250
        assert results.standing(round_)[1].decision == Decision.DECLINED
        assert Adoption.objects.filter(project=first).count() == 2

    def test_no_more_is_awarded_than_there_is(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted([[1], [2]], budget=Decimal(5000)), ada)
        today = date(2027, 6, 3)
        winner, next_one = round_.projects.get(number=2), round_.projects.get(number=1)
        results.decide(ada, winner, Ruling(Decision.ADOPTED, "Clear.", today, Decimal(3900)))
        called = Ruling(Decision.RESERVE_CALLED, "Too.", today, Decimal(4800))
        with pytest.raises(Invalid, match="left of the budget"):
            results.decide(ada, next_one, called)

    def test_what_the_vote_did_not_fund_is_not_adopted(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted([[1], [2]], budget=Decimal(5000), reserves=1), ada)
        today = date(2027, 6, 3)
        loser, last = round_.projects.get(number=1), round_.projects.get(number=7)
        with pytest.raises(Invalid, match="did not fund"):
            results.decide(ada, loser, Ruling(Decision.ADOPTED, "All the same.", today, Decimal(9)))
        called = Ruling(Decision.RESERVE_CALLED, "From nowhere.", today, Decimal(9))
        with pytest.raises(Invalid, match="reserve list"):
            results.decide(ada, last, called)

    def test_every_decision_has_a_reason(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted([[1], [2]]), ada)
        project = round_.projects.get(number=1)
        with pytest.raises(Invalid, match="reason"):
            results.decide(ada, project, Ruling(Decision.DECLINED, " ", date(2027, 6, 3)))


class TestWhatIsPublished:
    def test_a_small_crowd_is_not_shown_ballot_by_ballot(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted([[1], [2], [3]]), ada)
        assert published.pb_files(round_) == {}
        assert published.ballots_csv(round_) == b""
        totals = published.totals_csv(round_).decode("utf-8-sig")
        assert next(csv.DictReader(io.StringIO(totals)))["votes"] == "1"

    def test_the_file_passes_the_official_checker(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted(MANY), ada)
        (content,) = published.pb_files(round_).values()
        judged = Checker().process_files([content.decode()])
        assert judged["metadata"]["valid"] == 1, judged

    def test_its_digest_is_that_of_the_close(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted(MANY), ada)
        (content,) = published.pb_files(round_).values()
        assert published.digest_of_pb(content, round_.closing.blank) == round_.closing.digest

    def test_blank_ballots_are_in_the_digest(
        self, open_round: MakeRound, vote: Vote, ada: User
    ) -> None:
        round_ = open_round(101)
        for serial in range(1, 101):
            vote(round_, serial, 1 + serial % 8)
        save_marks(voter_of(round_, 101), {}, blank=True)
        round_ = published_round(finish(round_, ada), ada)
        assert round_.closing.blank == 1
        (content,) = published.pb_files(round_).values()
        assert content.decode().count("\n") > 100
        assert published.digest_of_pb(content, 1) == round_.closing.digest

    def test_no_column_is_about_a_person(self, counted: Any, ada: User) -> None:
        round_ = published_round(counted(MANY), ada)
        (content,) = published.pb_files(round_).values()
        votes = content.decode().split("VOTES\n")[1]
        assert votes.splitlines()[0] == "voter_id;vote"
        header = published.ballots_csv(round_).decode("utf-8-sig").splitlines()[0]
        assert header == "ballot," + ",".join(f"idea {n}" for n in range(1, 9)) + ",line"

    def test_nothing_before_the_result_is_published(self, counted: Any) -> None:
        round_ = counted(MANY)
        assert published.pb_files(round_) == {}
        assert published.ballots_csv(round_) == b""

    def test_a_title_that_is_a_formula_is_text_in_a_spreadsheet(
        self, prepared: Any, ada: User, vote: Vote
    ) -> None:
        round_ = prepared(ideas=[("=HYPERLINK(1)", 100), ("Choir", 200)], style_options={})
        register.make_cards(ada, round_, 1)
        register.hand_out(ada, round_, 1, 1)
        round_ = actions.open_round(ada, round_)
        vote(round_, 1, 1)
        round_ = published_round(finish(round_, ada), ada)
        assert b"'=HYPERLINK" in published.totals_csv(round_)

    def test_the_result_holds_no_ballot(self, counted: Any) -> None:
        round_ = counted([[1, 2], [1], [2, 5]])
        assert "[[1,1],[2,1]]" not in json.dumps(Count.objects.get(round=round_).result)
