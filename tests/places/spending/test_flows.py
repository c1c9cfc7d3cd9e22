"""The flow picture: all adds up, nothing overlaps, and the same money gives the same picture."""

import random
import re
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from places.spending.flows import COLUMNS, End, Flow, Limits, broken, draw, gather, net

# On a busy machine making the examples takes its time.

COUNCIL, HEALTH = End("c", "Rivermead Council"), End("h", "Rivermead Health Partnership")
STREET, NONE = End("o1", "People know someone on their street"), End("", "Not linked", last=True)


def flow(payer: End, recipient: str, outcome: End, amount: int) -> Flow:
    return Flow(payer, End(recipient, recipient), outcome, Decimal(amount))


YEAR = [
    flow(COUNCIL, "Weirside Home Care", STREET, 60000),
    flow(COUNCIL, "Weirside Home Care", STREET, -5000),
    flow(COUNCIL, "Ferry Cabs", NONE, 9000),
    flow(HEALTH, "Lanes Neighbours", STREET, 6000),
    flow(HEALTH, "Ghost Ltd", NONE, -400),
]

ends = st.sampled_from("abcdefghijklmnop").map(lambda key: End(key, f"Name {key}"))
flows = st.lists(
    st.builds(Flow, ends, ends, ends, st.decimals(-10000, 10**7, places=2, allow_nan=False)),
    max_size=60,
)


def test_credit_notes_are_taken_off_and_what_is_below_zero_is_said() -> None:
    picture = draw("GBP", YEAR)
    assert picture is not None
    assert picture.drawn == 70000
    assert picture.not_drawn == -400
    assert picture.total == sum(one.amount for one in YEAR)


def test_nothing_to_draw_is_no_picture() -> None:
    assert draw("GBP", []) is None
    assert draw("GBP", [flow(COUNCIL, "Ghost Ltd", NONE, -5)]) is None


def test_small_recipients_are_gathered_and_the_money_stays() -> None:
    many = [flow(COUNCIL, f"Provider {number:02}", STREET, 100 + number) for number in range(30)]
    picture = draw("GBP", many, Limits(recipients=5, more_recipients=5, others="{} others".format))
    assert picture is not None
    recipients = [node for node in picture.nodes if node.column == "recipient"]
    assert [node.end.name for node in recipients][-1] == "26 others"
    assert len(recipients) == 5
    assert picture.gathered == 26
    assert picture.drawn == sum(one.amount for one in many)


def test_one_recipient_too_many_makes_others_of_two() -> None:
    three = [flow(COUNCIL, name, STREET, 1) for name in "abc"]
    names = {one.recipient.name for one in gather(three, "recipient", 2, "{} others".format)}
    assert names == {"a", "2 others"}


def test_what_is_linked_to_nothing_stands_last_however_large() -> None:
    picture = draw("GBP", [flow(COUNCIL, "a", NONE, 99), flow(COUNCIL, "b", STREET, 1)])
    assert picture is not None
    assert [node.end for node in picture.nodes if node.column == "outcome"] == [STREET, NONE]


def test_long_names_are_broken_and_the_rest_is_an_ellipsis() -> None:
    assert broken("Rivermead", 24) == ("Rivermead",)
    assert broken("a" * 40, 10) == ("a" * 9 + "…",)
    assert broken("one two three four five six", 9)[-1].endswith("…")
    assert broken("", 9) == ("",)


@given(flows)
def test_drawn_and_not_drawn_are_all_the_money(some: list[Flow]) -> None:
    picture = draw("GBP", some)
    total = sum((one.amount for one in some), Decimal(0))
    if picture is None:
        assert total <= 0
        return
    assert picture.total == total
    for column in COLUMNS:
        assert sum(one.amount for one in picture.nodes if one.column == column) == picture.drawn
    assert sum(one.amount for one in picture.table) == picture.drawn


@given(flows)
def test_bars_and_labels_of_a_column_never_overlap_and_lie_in_the_picture(some: list[Flow]) -> None:
    picture = draw("GBP", some)
    if picture is None:
        return
    for column in COLUMNS:
        nodes = [node for node in picture.nodes if node.column == column]
        for above, below in pairwise(nodes):
            assert above.y + above.height <= below.y
            assert above.label_y + 16 * len(above.lines) <= below.label_y + 0.11
    assert all(node.y + node.height <= picture.height for node in picture.nodes)
    for ribbon in picture.ribbons:
        assert all(-1 < float(n) < 2000 for n in re.findall(r"-?\d+\.\d", ribbon.path))


@given(flows, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_nothing(some: list[Flow], chance: random.Random) -> None:
    other = list(some)
    chance.shuffle(other)
    assert draw("GBP", some) == draw("GBP", other)


@given(flows)
def test_net_keeps_every_penny(some: list[Flow]) -> None:
    kept, rest = net(some)
    assert sum((one.amount for one in kept), rest) == sum((one.amount for one in some), Decimal(0))
    assert all(one.amount > 0 for one in kept)


def test_where_the_others_have_over_half_more_are_drawn_and_the_rest_is_told() -> None:
    even = [flow(COUNCIL, f"Provider {number:03}", STREET, 1000 - number) for number in range(100)]
    picture = draw("GBP", even)
    assert picture is not None
    assert picture.gathered == 100 - 19
    assert picture.gathered_most == 1000 - 19
    assert picture.gathered_sum == sum(1000 - number for number in range(19, 100))
    few = [flow(COUNCIL, f"Large {number}", STREET, 9000) for number in range(11)]
    some = draw("GBP", [*few, *even[:20]])
    assert some is not None
    assert some.gathered == 20


def test_no_label_of_the_picture_lies_on_the_next() -> None:
    long = "Families get care and help early, whoever they are"
    ends = [End(f"{at}", f"{long} {at}") for at in range(6)]
    picture = draw("GBP", [Flow(COUNCIL, COUNCIL, end, Decimal(5)) for end in ends])
    assert picture is not None
    nodes = [node for node in picture.nodes if node.column == "outcome"]
    for above, below in pairwise(nodes):
        amount_at = above.label_y + 17 * len(above.lines)
        assert below.label_y - amount_at >= 17
