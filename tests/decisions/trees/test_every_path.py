"""Every path of every tree that ships, walked to its end; and what holds on all of them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.trees.engine import Tree, Walk, shipped_trees, walk
from decisions.trees.engine.diff import differences
from decisions.trees.engine.paths import paths
from decisions.trees.seats import SeatVoice, Settled, Standpoint, work_out
from tests.decisions.trees.base import SPRING, open_routes

ENGLISH = ["england-general", "england-health"]
DAYS = [date(2023, 12, 31), date(2025, 1, 1), date(2025, 12, 31), SPRING, date(2028, 1, 1)]
SEATS = {"ada": "commissioner", "priya": "practitioner", "sami": "citizen"}
BELOW = {
    "quotes_or_award",
    "below_threshold_competition",
    "below_threshold_reserved_vcse",
    "below_threshold_reserved_area",
}


def is_well_told(walked: Walk) -> None:
    """It ends somewhere, and everything excluded says by which answer and which source."""
    assert walked.complete
    assert any(each.standing != "excluded" for each in walked.ranked)
    if not walked.stopped:
        always = {"change_nothing", "no_purchase", "stop_and_take_advice"}
        assert open_routes(walked) >= always
    for standing in walked.ranked:
        reasons = standing.reasons("exclude")
        assert bool(reasons) == (standing.standing == "excluded")
        for reason in reasons:
            assert all("=" in answer for answer in reason.answers)
            assert reason.answers
            assert reason.source
            assert reason.words
            assert "…" not in reason.words


@pytest.mark.parametrize("name", ENGLISH)
def test_every_path_ends_in_something_lawful_and_says_why_not(name: str) -> None:
    tree = shipped_trees()[name]
    ways = set()
    for answers in paths(tree, SPRING):
        walked = walk(tree, answers, SPRING)
        is_well_told(walked)
        ways.add(tuple(step.question for step in walked.path))
    assert len(ways) > 500
    assert {name for way in ways for name in way} == set(tree.questions)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["wales", "scotland"])
def test_signposts_rank_nothing_and_say_nothing_of_england(name: str, day: date) -> None:
    walked = walk(shipped_trees()[name], {}, day)
    assert walked.complete
    assert [walked.ranked, walked.path, walked.forms] == [(), (), ()]
    assert [note.id for note in walked.warnings] == ["refuses_to_rank"]
    said = " ".join(n.words + n.source for n in (*walked.notices, *walked.checks, *walked.warnings))
    for english in ("Order 2026", "Best Value", "best-value", "663,540", "207,720", "Localism"):
        assert english not in said
    assert all("Check before relying on it" in note.words for note in walked.notices)


def some_answer(question: Any) -> st.SearchStrategy[Any]:
    """Any answer to a question."""
    if question.answers:
        return st.sampled_from(list(question.answers))
    if question.kind == "percent":
        return st.sampled_from(["0", "29.99", "30", "80", "80.01", "100"])
    if question.kind == "money":
        return st.sampled_from(["0", "12000", "100000", "207720", "315000", "663540", "6000000"])
    return st.integers(0, 20)


def answers_to(tree: Tree) -> st.SearchStrategy[dict[str, Any]]:
    """Any answers to all the questions of a tree."""
    return st.fixed_dictionaries({name: some_answer(q) for name, q in tree.questions.items()})


GENERAL_TREE = shipped_trees()["england-general"]
HEALTH_TREE = shipped_trees()["england-health"]
ANY_DAY = st.dates(date(2023, 6, 1), date(2029, 1, 1))


def place_only(tree: Tree) -> st.SearchStrategy[dict[str, Any]]:
    """Any answers to the place questions of a tree."""
    questions = {name: q for name, q in tree.questions.items() if q.group == "place"}
    return st.fixed_dictionaries({name: some_answer(q) for name, q in questions.items()})


@pytest.mark.parametrize("tree", [GENERAL_TREE, HEALTH_TREE], ids=ENGLISH)
@given(data=st.data(), day=ANY_DAY)
@settings(max_examples=60)
def test_any_answers_at_all_are_well_told(tree: Tree, data: st.DataObject, day: date) -> None:
    is_well_told(walk(tree, data.draw(answers_to(tree)), day))


@pytest.mark.parametrize("tree", [GENERAL_TREE, HEALTH_TREE], ids=ENGLISH)
@given(data=st.data(), day=ANY_DAY)
@settings(max_examples=60)
def test_no_place_answer_lifts_what_the_law_excludes(
    tree: Tree, data: st.DataObject, day: date
) -> None:
    answers = data.draw(answers_to(tree))
    others = {**answers, **data.draw(place_only(tree))}
    excluded = [
        {each.option for each in walk(tree, given_, day).ranked if each.standing == "excluded"}
        for given_ in (answers, others)
    ]
    assert excluded[0] == excluded[1]


@pytest.mark.parametrize("tree", [GENERAL_TREE, HEALTH_TREE], ids=ENGLISH)
@given(data=st.data(), day=ANY_DAY)
@settings(max_examples=60)
def test_no_legal_answer_makes_a_route_recommended(
    tree: Tree, data: st.DataObject, day: date
) -> None:
    answers = data.draw(answers_to(tree))
    neutral = {n: "not_known" for n, q in tree.questions.items() if q.group == "place"}
    walked = walk(tree, {**answers, **neutral}, day)
    if not walked.stopped:
        assert {each.standing for each in walked.ranked} <= {"possible", "excluded"}
    for standing in walked.ranked:
        assert not standing.reasons("raise")
        assert not standing.reasons("lower")


@given(answers=answers_to(GENERAL_TREE), day=ANY_DAY, pence=st.integers(0, 700_000_000))
@settings(max_examples=100)
def test_a_penny_more_never_adds_a_route_below_threshold(
    answers: Mapping[str, Any], day: date, pence: int
) -> None:
    value = Decimal(pence) / 100
    before = below(answers, value, day)
    after = below(answers, value + Decimal("0.01"), day)
    assert after <= before


@pytest.mark.parametrize("threshold", ["207720", "135018", "663540", "5193000"])
@given(answers=answers_to(GENERAL_TREE))
@settings(max_examples=25)
def test_nor_does_it_at_a_threshold(threshold: str, answers: Mapping[str, Any]) -> None:
    at = Decimal(threshold)
    told = {**answers, "options_value": 0, "vat": "none"}
    assert below(told, at, SPRING) <= below(told, at - Decimal("0.01"), SPRING)


def below(answers: Mapping[str, Any], value: Decimal, day: date) -> set[str]:
    """The open routes below threshold at this net value."""
    walked = walk(GENERAL_TREE, {**answers, "net_value": value}, day)
    return open_routes(walked) & BELOW


@given(answers=answers_to(GENERAL_TREE))
@settings(max_examples=60)
def test_across_4_february_2026_only_the_reservation_to_an_area_changes(
    answers: Mapping[str, Any],
) -> None:
    start = date(2026, 2, 4)
    before, after = (walk(GENERAL_TREE, answers, day) for day in (start - timedelta(days=1), start))
    assert before.path == after.path
    changed = open_routes(before) ^ open_routes(after)
    assert changed <= {"below_threshold_reserved_area"}
    for one in before.ranked:
        other = after.standing(one.option)
        assert one.balance == other.balance or one.option == "below_threshold_reserved_area"
    assert {n.id for n in before.warnings} == {n.id for n in after.warnings}


@pytest.mark.parametrize("tree", [GENERAL_TREE, HEALTH_TREE], ids=ENGLISH)
@given(data=st.data())
@settings(max_examples=40)
def test_the_answers_of_a_conflicted_seat_can_always_be_taken_out(
    tree: Tree, data: st.DataObject
) -> None:
    """Without it the walk is that of the others, as if it had never spoken, and as complete."""
    voices: dict[str, list[SeatVoice]] = {}
    for member, gains in (("ada", False), ("priya", True), ("sami", data.draw(st.booleans()))):
        for key, answer in data.draw(answers_to(tree)).items():
            if member == "ada" or data.draw(st.booleans()):
                voice = SeatVoice(member, SEATS[member], str(answer), len(voices), gains)
                voices.setdefault(key, []).append(voice)
    others = {key: [one for one in said if not one.gains] for key, said in voices.items()}
    without = work_out(tree, Standpoint(voices, {}), SPRING, without_gain=True)
    assert without == work_out(tree, Standpoint(others, {}), SPRING)
    assert without.walked.complete
    for key, answer in without.answers.items():
        assert answer in {one.value for one in others[key]}


@pytest.mark.parametrize("tree", [GENERAL_TREE, HEALTH_TREE], ids=ENGLISH)
@given(data=st.data())
@settings(max_examples=40)
def test_the_ranking_without_a_seat_is_that_of_a_walk_it_never_took_part_in(
    tree: Tree, data: st.DataObject
) -> None:
    """What was settled only because of it goes too; what the others settled among them stays.

    In the walk without Priya, Ada and Sami settle where the two of them differ, as one of them
    said; where they do not differ there is nothing to settle.
    """
    said = {name: data.draw(answers_to(tree)) for name in ("ada", "sami", "priya")}
    voices: dict[str, list[SeatVoice]] = {}
    settled, apart = {}, {}
    first = walk(tree, said["ada"], SPRING)
    before = dict(
        zip((s.question for s in first.path), ["", *(s.question for s in first.path)], strict=False)
    )
    for key in said["ada"]:
        for name, answers in said.items():
            if key in answers and (name == "ada" or data.draw(st.booleans())):
                gains = name == "priya"
                voice = SeatVoice(name, SEATS[name], str(answers[key]), len(voices), gains)
                voices.setdefault(key, []).append(voice)
        others = {one.value for one in voices[key] if not one.gains}
        if data.draw(st.booleans()) and len({one.value for one in voices[key]}) > 1:
            value = data.draw(st.sampled_from([one.value for one in voices[key]]))
            settled[key] = Settled(value, 10_000, before.get(key, ""))
            if len(others) > 1 and value in others:
                apart[key] = settled[key]
    rest = {key: [one for one in found if not one.gains] for key, found in voices.items()}
    once = {key: {one.value for one in found if one.gains} for key, found in voices.items()}
    without = work_out(tree, Standpoint(voices, settled, {}, once), SPRING, without_gain=True)
    never = work_out(tree, Standpoint(rest, apart), SPRING)
    assert without.walked == never.walked
    assert without.walked.complete
    for step in without.walked.path:
        assert without.answers[step.question] in {one.value for one in rest[step.question]}


@given(answers=answers_to(GENERAL_TREE), more=answers_to(GENERAL_TREE))
@settings(max_examples=40)
def test_answers_to_what_is_not_asked_change_nothing(
    answers: Mapping[str, Any], more: Mapping[str, Any]
) -> None:
    walked = walk(GENERAL_TREE, answers, SPRING)
    asked = {step.question for step in walked.path}
    mixed = {**more, **{name: answers[name] for name in asked}}
    assert walk(GENERAL_TREE, mixed, SPRING) == walked


def _words_in(value: Any) -> list[str]:
    """Every text of a walk, however deep; the tree itself is looked at on its own."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Tree):
        return []
    if isinstance(value, Mapping):
        return [words for each in value.values() for words in _words_in(each)]
    if isinstance(value, tuple | list | frozenset):
        return [words for each in value for words in _words_in(each)]
    if is_dataclass(value):
        return [words for each in fields(value) for words in _words_in(getattr(value, each.name))]
    return []


@pytest.mark.parametrize("day", [*DAYS, date(2023, 1, 1)])
@pytest.mark.parametrize("name", ENGLISH)
def test_no_placeholder_is_left_in_anything_that_a_walk_says(name: str, day: date) -> None:
    """Also where the tree stops: “Begun on {begins}” must not stand over a page."""
    tree = shipped_trees()[name]
    for number, answers in enumerate(paths(tree, day)):
        if number % 41 and day.year != 2023:
            continue
        walked = walk(tree, answers, day)
        left = [words for words in _words_in(walked) if "{" in words or "…" in words]
        assert not left, (left, answers)


@pytest.mark.parametrize("buyer", ["parish_council", "school", "central_government"])
def test_a_tree_that_stops_at_a_buyer_names_the_buyer(buyer: str) -> None:
    tree = shipped_trees()["england-health"]
    answers = next(one for one in paths(tree, SPRING) if "buyer" in one) | {"buyer": buyer}
    stopped = walk(tree, answers, SPRING).stopped
    assert stopped is not None
    assert f"The buyer here is: {tree.questions['buyer'].answers[buyer].text}." in stopped.words


@pytest.mark.parametrize("name", [*ENGLISH, "wales", "scotland"])
def test_words_that_are_shown_as_they_stand_in_the_tree_have_no_placeholder(name: str) -> None:
    tree = shipped_trees()[name]
    shown = [
        tree.title,
        tree.summary,
        tree.sources,
        tree.sections,
        tree.laws,
        tree.options
        and [(one.title, one.summary, one.conditions) for one in tree.options.values()],
        tree.forms,
        [(one.text, one.help, one.unit, one.answers) for one in tree.questions.values()],
        [one.title for one in tree.figures.values()],
    ]
    assert not [words for words in _words_in(shown) if "{" in words]


def test_what_changed_between_two_versions_is_told_without_placeholders() -> None:
    tree = shipped_trees()["england-general"]
    bare = replace(
        tree, options={key: replace(one, needs=()) for key, one in tree.options.items()}, stops=()
    )
    told = [one.words for one in (*differences(bare, tree), *differences(tree, bare))]
    assert any("[The day it begins]" in words or "[the day it begins]" in words for words in told)
    assert not [words for words in told if "{" in words or "…" in words]
