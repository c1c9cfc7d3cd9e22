"""Ballot styles: what may be stored, what counts, and what is said when something is missing."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.budgeting.choices import BadBallot, Choices
from participation.budgeting.styles import styles
from participation.budgeting.terms import OnBallot, Terms


def terms_of(style: str, ideas: int = 8, **fields: Any) -> Terms:
    options = styles[style].clean_options(fields.pop("options", {}), ideas)
    return Terms(
        style=style,
        options=options,
        rule="greedy",
        rule_options={},
        projects=tuple(
            OnBallot(number, f"Idea {number}", Decimal(100 * number))
            for number in range(1, ideas + 1)
        ),
        budget=Decimal(1000),
        **fields,
    )


def parse(terms: Terms, **posted: str) -> Choices:
    """Choices from a form: p1="4" stands for the field p-1."""
    fields = {
        name.replace("p", "p-", 1) if name[1:].isdigit() else name: posted[name] for name in posted
    }
    return styles[terms.style].parse(fields, terms)


EVERY_STYLE = ["approval", "budget", "score", "points", "ranking"]


@pytest.mark.parametrize("style", EVERY_STYLE)
class TestEveryStyle:
    def test_a_blank_ballot_is_whole(self, style: str) -> None:
        terms = terms_of(style)
        choices = parse(terms, blank="1")
        assert styles[style].is_whole(choices, terms)
        assert styles[style].missing(choices, terms) == ""

    def test_nothing_at_all_is_not_a_vote_and_says_what_to_do(self, style: str) -> None:
        terms = terms_of(style)
        choices = parse(terms)
        assert not styles[style].is_whole(choices, terms)
        assert styles[style].missing(choices, terms).endswith(".")

    def test_blank_and_chosen_at_once_is_refused(self, style: str) -> None:
        with pytest.raises(BadBallot, match="not both"):
            parse(terms_of(style), blank="1", p1="1")

    @pytest.mark.parametrize("number", ["9", "0", "-1", "x", "1e3", "٣", "99999999999999"])
    def test_an_idea_that_is_not_on_the_ballot_is_refused(self, style: str, number: str) -> None:
        with pytest.raises(BadBallot):
            styles[style].parse({f"p-{number}": "1"}, terms_of(style))

    @pytest.mark.parametrize("value", ["-1", "1.5", "x", "1001", "<script>", "9" * 400, "１"])
    def test_a_value_that_means_nothing_is_refused(self, style: str, value: str) -> None:
        with pytest.raises(BadBallot):
            parse(terms_of(style), p1=value)

    def test_no_ballot_is_longer_than_the_longest(self, style: str) -> None:
        terms = terms_of(style, ideas=120)
        marks, value = styles[style].largest(terms)
        longest = Choices.of(dict.fromkeys(sorted(terms.numbers, reverse=True)[:marks], value))
        assert len(longest.canonical()) <= styles[style].longest(terms)


@given(st.dictionaries(st.integers(1, 8), st.integers(0, 12)), st.sampled_from(EVERY_STYLE))
def test_whatever_is_posted_is_stored_within_the_limits_or_refused(
    marks: dict[int, int], style: str
) -> None:
    terms = terms_of(style)
    posted = {f"p-{number}": str(value) for number, value in marks.items()}
    try:
        choices = styles[style].parse(posted, terms)
    except BadBallot:
        return
    assert len(choices.canonical()) <= styles[style].longest(terms)
    values = [value for _number, value in choices.marks]
    if style == "approval":
        assert len(values) <= 5
    if style == "budget":
        assert sum(terms.by_number[number].cost for number in choices.numbers) <= terms.budget
    if style == "score":
        assert all(1 <= value <= 5 for value in values)
    if style == "points":
        assert sum(values) <= 10
    if style == "ranking":
        assert len(set(values)) == len(values)


class TestApproval:
    def test_one_too_many_is_refused_in_words(self) -> None:
        with pytest.raises(BadBallot, match=r"You chose 3 ideas\. Choose at most 2"):
            parse(terms_of("approval", options={"at_most": 2}), p1="1", p2="1", p3="1")

    def test_too_few_are_a_draft(self) -> None:
        terms = terms_of("approval", options={"at_most": 3, "at_least": 2})
        assert styles["approval"].missing(parse(terms, p1="1"), terms) == "Choose 1 idea more."


class TestWithinBudget:
    def test_a_basket_over_the_budget_is_refused_with_by_how_much(self) -> None:
        with pytest.raises(BadBallot, match="cost £100 too much"):
            parse(terms_of("budget"), p8="1", p3="1")

    def test_each_area_has_its_own_purse(self) -> None:
        terms = Terms(
            style="budget",
            options={},
            rule="greedy",
            rule_options={},
            projects=(
                OnBallot(1, "Bench", Decimal(300), area="Northbank"),
                OnBallot(2, "Choir", Decimal(600)),
            ),
            budget=Decimal(1000),
            areas={"Northbank": Decimal(250)},
        )
        assert styles["budget"].parse({"p-2": "1"}, terms).numbers == [2]
        with pytest.raises(BadBallot, match="in Northbank cost £50 too much"):
            styles["budget"].parse({"p-1": "1"}, terms)


class TestScoreEvery:
    def test_a_vote_counts_once_every_idea_has_a_score(self) -> None:
        terms = terms_of("score", ideas=3)
        assert styles["score"].missing(parse(terms, p1="4"), terms) == "2 ideas still to score."
        assert styles["score"].is_whole(parse(terms, p1="4", p2="1", p3="5"), terms)

    def test_an_idea_withdrawn_while_voting_need_not_be_scored(self) -> None:
        terms = terms_of("score", ideas=3)
        choices = parse(terms, p1="4", p2="1")
        assert styles["score"].is_whole(choices, terms, frozenset({3}))

    def test_who_leaves_early_counts_as_far_as_it_goes_where_that_was_declared(self) -> None:
        terms = terms_of("score", ideas=3, early_leavers="as_far")
        assert styles["score"].is_whole(parse(terms, p1="4"), terms)


class TestPoints:
    def test_all_points_are_to_be_given(self) -> None:
        terms = terms_of("points", options={"points": 5})
        assert styles["points"].missing(parse(terms, p1="3"), terms) == "2 points still to give."
        assert styles["points"].is_whole(parse(terms, p1="3", p2="2"), terms)

    def test_a_point_too_many_is_refused(self) -> None:
        with pytest.raises(BadBallot, match="1 point too many"):
            parse(terms_of("points", options={"points": 5}), p1="3", p2="3")

    def test_no_points_for_an_idea_are_no_mark(self) -> None:
        assert parse(terms_of("points"), p1="3", p2="0").numbers == [1]


class TestRanking:
    def test_two_ideas_in_one_place_are_refused(self) -> None:
        with pytest.raises(BadBallot, match="Two ideas have place 1"):
            parse(terms_of("ranking"), p1="1", p2="1")

    def test_a_gap_is_a_draft(self) -> None:
        terms = terms_of("ranking")
        assert styles["ranking"].missing(parse(terms, p4="2"), terms) == "No idea has place 1."

    def test_the_published_order_is_the_order_of_choice(self) -> None:
        terms = terms_of("ranking")
        assert styles["ranking"].pb_vote(parse(terms, p4="2", p7="1")) == [7, 4]


def test_options_that_nobody_could_meet_are_refused() -> None:
    with pytest.raises(ValueError, match="that people can reach"):
        styles["approval"].clean_options({"at_most": 3, "at_least": 4}, 8)
    with pytest.raises(ValueError, match="above the lowest"):
        styles["score"].clean_options({"lowest": 5, "highest": 5}, 8)
    with pytest.raises(ValueError, match="from 1 to 1000"):
        styles["points"].clean_options({"points": 0}, 8)
