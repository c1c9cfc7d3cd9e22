"""validate_tree and walk_tree, as strangers run them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from decisions.trees.engine import shipped_trees
from tests.decisions.trees.base import GENERAL, HEALTH, place_not_known
from tests.decisions.trees.test_validation import a_small_tree

KEYS = ["path", "ranked", "notices", "checks", "warnings"]
ANSWERS = {**place_not_known(shipped_trees()["england-general"]), **GENERAL}


def run(tmp_path: Path, answers: Any, *more: str, tree: str = "england-general") -> Any:
    """(exit code, JSON printed, what stderr says)."""
    file = tmp_path / "answers.json"
    file.write_text(answers if isinstance(answers, str) else json.dumps(answers))
    out, err = StringIO(), StringIO()
    begins = () if "--begins" in more else ("--begins", "2026-03-01")
    told = ["walk_tree", tree, "--answers", str(file), *begins, "--json", *more]
    code = 0
    try:
        call_command(*told, stdout=out, stderr=err)
    except SystemExit as stop:
        code = int(str(stop.code))
    return code, json.loads(out.getvalue()), err.getvalue()


def test_a_walk_has_exactly_the_documented_shape(tmp_path: Path) -> None:
    code, told, _ = run(tmp_path, ANSWERS)
    assert code == 0
    assert list(told) == KEYS
    assert told["path"][0] == {"question": "need_to_buy", "answer": "not_known"}
    for standing in told["ranked"]:
        assert list(standing) == ["option", "standing", "because"]
        assert standing["standing"] in ("recommended", "possible", "excluded")
        assert all(list(reason) == ["answer", "source"] for reason in standing["because"])
        assert standing["because"] or standing["standing"] == "possible"
    for key in ("notices", "checks", "warnings"):
        assert all(list(note) == ["id", "words", "source", "options"] for note in told[key])


def test_a_question_without_an_answer_is_named(tmp_path: Path) -> None:
    answers = {key: value for key, value in ANSWERS.items() if key != "vat"}
    code, told, words = run(tmp_path, answers)
    assert code == 1
    assert told["error"] == "missing_answer"
    assert told["question"] == "vat"
    assert list(told["answers"]) == ["none", "standard", "reduced", "part"]
    assert "vat" in words


def test_ids_that_are_not_known_are_named_with_those_that_are(tmp_path: Path) -> None:
    code, told, words = run(tmp_path, {**ANSWERS, "vatt": "none", "buyer": "the_council"})
    assert code == 1
    assert {problem["question"] for problem in told["problems"]} == {"vatt", "buyer"}
    assert "parish_council" in words
    assert "the_council" in words


NO_SUMS = ["1e999", "NaN", "Infinity", "12.345", "", "a lot", "1,5", "207.719,99", True, [], {}]


@pytest.mark.parametrize("value", [-1, 10**15, *NO_SUMS])
def test_a_value_that_is_no_sum_is_refused(tmp_path: Path, value: object) -> None:
    code, told, _ = run(tmp_path, {**ANSWERS, "net_value": value})
    assert code == 1
    assert [problem["question"] for problem in told["problems"]] == ["net_value"]


def test_a_share_is_not_taken_for_a_percentage(tmp_path: Path) -> None:
    company = {"public_partner": "own_company", "company_control": "yes", "company_share": 0.85}
    code, told, _ = run(tmp_path, {**ANSWERS, **company})
    assert code == 1
    assert "such as 80" in told["problems"][0]["words"]


@pytest.mark.parametrize("value", [100000, "100000", "100,000.00", "£100,000", 100000.0])
def test_numbers_are_given_as_numbers_or_words(tmp_path: Path, value: object) -> None:
    _, told, _ = run(tmp_path, {**ANSWERS, "net_value": value})
    assert {"question": "net_value", "answer": "100000"} in told["path"]


def test_one_file_may_hold_the_answers_for_every_tree(tmp_path: Path) -> None:
    both = {**HEALTH, **ANSWERS, "health_services": "mixed_separable"}
    for tree in ("england-general", "england-health"):
        code, told, _ = run(tmp_path, both, "--place-not-known", tree=tree)
        assert code == 0, told
        assert told["ranked"]


def test_yes_and_no_may_be_true_and_false(tmp_path: Path) -> None:
    _, told, _ = run(tmp_path, {**ANSWERS, "reorganisation": True})
    assert {"question": "reorganisation", "answer": "yes"} in told["path"]


@pytest.mark.parametrize("text", ["", "[]", "{", '"word"', '{"a": 1, "a": 2}', "null"])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    code, told, _ = run(tmp_path, text)
    assert (code, told["error"]) == (1, "bad_file")


NO_DAYS = ["2026-02-30", "20260301", "2026-W09-7", "2026-3-1", "yesterday", ""]


@pytest.mark.parametrize("begins", NO_DAYS)
def test_a_day_that_is_none_is_refused(tmp_path: Path, begins: str) -> None:
    code, told, _ = run(tmp_path, ANSWERS, "--begins", begins)
    assert code == 1
    assert told["error"] in ("bad_begins", "no_begins")


def test_the_day_may_stand_among_the_answers_but_not_contradict(tmp_path: Path) -> None:
    assert run(tmp_path, {**ANSWERS, "begins": "2026-03-01"})[0] == 0
    assert run(tmp_path, {**ANSWERS, "begins": "2026-03-02"})[1]["error"] == "bad_begins"


def test_an_unknown_tree_is_told_the_known_ones(tmp_path: Path) -> None:
    code, told, _ = run(tmp_path, ANSWERS, tree="france")
    assert (code, told["error"]) == (1, "no_tree")
    assert told["trees"] == ["england-general", "england-health", "wales", "scotland"]


@pytest.mark.parametrize("tree", ["wales", "scotland"])
def test_a_signpost_ranks_nothing_whatever_the_answers(tmp_path: Path, tree: str) -> None:
    code, told, _ = run(tmp_path, ANSWERS, tree=tree)
    assert code == 0
    assert told["ranked"] == []
    assert told["warnings"][0]["id"] == "refuses_to_rank"


def test_more_is_told_when_asked(tmp_path: Path) -> None:
    _, told, _ = run(tmp_path, ANSWERS, "--full")
    assert list(told) == [*KEYS, "forms", "figures", "contradictions", "stopped"]
    assert told["figures"]["estimated_value"] == "100000"
    assert "would_win_if" in told["ranked"][0]


def test_place_questions_may_be_left_to_not_known(tmp_path: Path) -> None:
    assert run(tmp_path, GENERAL)[0] == 1
    assert run(tmp_path, GENERAL, "--place-not-known")[1] == run(tmp_path, ANSWERS)[1]


@pytest.mark.parametrize("sheet", ["{}", '{"place": "A", "dated": "soon"}', "[]"])
def test_what_is_no_rules_sheet_is_refused(tmp_path: Path, sheet: str) -> None:
    file = tmp_path / "rules.json"
    file.write_text(sheet)
    code, told, _ = run(tmp_path, ANSWERS, "--rules", str(file))
    assert (code, told["error"]) == (1, "bad_file")


def test_the_rules_sheet_of_a_place_is_cited(tmp_path: Path) -> None:
    sheet = tmp_path / "rules.json"
    rules = {
        "place": "Rivermead",
        "dated": "2026-01-05",
        "quotation_levels": [
            {"at_least": 10_000, "ask": "three quotes"},
            {"at_least": 75_000, "ask": "an advertised competition"},
        ],
        "waivers": "by the head of procurement",
        "key_decision_sum": 100_000,
        "delegations": [{"up_to": 250_000, "who": "a director"}],
        "decides": "cabinet",
        "paragraph": "Part 3, paragraph 12",
    }
    sheet.write_text(json.dumps(rules))
    _, told, _ = run(tmp_path, ANSWERS, "--rules", str(sheet), "--full")
    quotes = next(each for each in told["ranked"] if each["option"] == "quotes_or_award")
    cited = [each for each in quotes["because"] if "Rivermead" in each["source"]]
    assert "an advertised competition" in cited[0]["words"]
    ids = {note["id"]: note["words"] for note in told["notices"]}
    assert "£100,000 this is a key decision" in ids["key_decision"]
    assert "Part 3, paragraph 12" in ids["who_decides"]
    assert "a director" in ids["delegation"]


def test_a_tree_of_the_places_own_is_walked_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "small.json"
    file.write_text(json.dumps(a_small_tree()))
    code, told, _ = run(tmp_path, {"trust": "yes", "kind": "gift"}, tree=str(file))
    assert code == 0
    assert told["ranked"][0] == {
        "option": "give",
        "standing": "recommended",
        "because": [{"answer": "trust=yes", "source": "The place"}],
    }


def test_a_tree_that_is_not_right_is_not_walked(tmp_path: Path) -> None:
    tree = a_small_tree()
    tree["questions"]["sum"]["next"] = "trust"
    file = tmp_path / "circle.json"
    file.write_text(json.dumps(tree))
    answers = {"trust": "yes", "kind": "sale", "sum": 5}
    code, told, words = run(tmp_path, answers, tree=str(file))
    assert (code, told["error"]) == (1, "no_tree")
    assert "goes round in a circle" in words
