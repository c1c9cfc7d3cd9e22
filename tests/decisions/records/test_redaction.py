"""What is marked is gone wherever it stands; what is not stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.records.redaction import Passage, Remover

GONE = "[removed]"
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=3, max_size=12)


def remover(*texts: str) -> Remover:
    return Remover(Passage(text, GONE) for text in texts)


@pytest.mark.parametrize(
    "words",
    [
        "Wilma Lock lives there",
        "WILMA LOCK lives there",
        "Wilma\u00a0Lock lives there",
        "Wilma\n  Lock lives there",
        "Ｗilma Lock lives there",
    ],
)
def test_a_passage_goes_however_it_is_written(words: str) -> None:
    assert remover("Wilma Lock").text(words) == f"{GONE} lives there"


def test_a_word_within_a_word_stays() -> None:
    assert remover("Ann").text("Ann reads the annual plan") == f"{GONE} reads the annual plan"


def test_the_longest_passage_goes_first() -> None:
    both = remover("Wilma", "Wilma Lock")
    assert both.text("Wilma Lock and Wilma") == f"{GONE} and {GONE}"


def test_it_goes_out_of_every_string_and_key() -> None:
    value = {"by Wilma": [{"title": "Wilma's plan", "n": 3, "open": True}, None]}
    assert remover("Wilma").value(value) == {
        f"by {GONE}": [{"title": f"{GONE}'s plan", "n": 3, "open": True}, None]
    }


def test_an_amount_goes_with_its_sign() -> None:
    assert remover("£4,310").text("It costs £4,310.") == f"It costs {GONE}."


def test_a_passage_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="has words"):
        remover("  ")


def test_text_without_the_passage_stays_to_the_byte() -> None:
    written = "ﬁrst  ½"
    assert remover("Wilma").text(written) == written


@given(secret=WORDS, before=st.text(max_size=30), after=st.text(max_size=30))
def test_two_secrets_leave_the_same_words(secret: str, before: str, after: str) -> None:
    other = "Qqq zzz"
    left = remover(secret).text(f"{before} | {secret} | {after}")
    if secret.casefold() in f"{before}{after}".casefold() or "qqq" in f"{before}{after}".casefold():
        return
    assert left == remover(other).text(f"{before} | {other} | {after}") or left != ""
    assert secret not in left.replace(GONE, "")


def test_how_often_a_passage_stands_is_told() -> None:
    assert remover("Wilma").counts({"a": "Wilma, wilma", "Wilma": ["x"]}) == [3]
