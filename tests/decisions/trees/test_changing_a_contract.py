"""Whether a contract that runs may be changed: worked out from the answers, in both English trees.

The sums and the sentences of each ground stand in `cases/families/22` and `23`; here is what holds
whatever the sums are, and that a file of answers written before this was asked goes on to work.
"""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.trees.engine import shipped_trees, walk
from tests.decisions.trees.base import GENERAL, HEALTH, SPRING, open_routes, place_not_known

BASE = {"england-general": GENERAL, "england-health": HEALTH}
ASKED = {
    *("let_under", "change_nature", "change_cause", "change_ground", "change_ground_holds"),
    *("term_awarded", "change_months", "change_balance", "value_before_change", "change_value"),
    "small_changes_together",
}
CAN_BE_UNSURE = ASKED - {"term_awarded", "change_months", "value_before_change", "change_value"}
TREES = pytest.mark.parametrize("name", list(BASE))
SUMS = st.decimals(0, 20_000_000, places=2)


def changing(name: str, **answers: Any) -> set[str]:
    """The open routes of a walk where a contract runs, and this is answered of its change."""
    tree = shipped_trees()[name]
    running = {"present": "contract", "extension": "work_it_out", "ending_or_reducing": "no"}
    return open_routes(
        walk(tree, {**place_not_known(tree), **BASE[name], **running, **answers}, SPRING)
    )


@TREES
@pytest.mark.parametrize("extension", ["in_the_contract", "permitted_change", "none", "not_sure"])
def test_a_file_written_before_this_was_asked_goes_on_to_work(name: str, extension: str) -> None:
    tree = shipped_trees()[name]
    running = {"present": "contract", "extension": extension, "ending_or_reducing": "no"}
    walked = walk(tree, {**place_not_known(tree), **BASE[name], **running}, SPRING)
    assert walked.complete
    assert not ASKED & {step.question for step in walked.path}
    allowed = extension in ("in_the_contract", "permitted_change")
    assert ("extend_or_vary" in open_routes(walked)) == allowed


@TREES
@given(
    law=st.sampled_from(["act_goods_services", "act_works", "health_services"]),
    ground=st.sampled_from(["small_value", "unforeseen", "known_risk", "additions"]),
    worth=SUMS,
    change=SUMS,
)
@settings(max_examples=60)
def test_a_penny_more_never_opens_a_change(
    name: str, law: str, ground: str, worth: Decimal, change: Decimal
) -> None:
    told = {
        **{"let_under": law, "change_nature": "no", "change_cause": "own_decision"},
        **{"change_ground": ground, "change_ground_holds": "yes", "small_changes_together": "yes"},
        "value_before_change": worth,
    }
    fewer = changing(name, **told, change_value=change)
    more = changing(name, **told, change_value=change + Decimal("0.01"))
    assert more <= fewer
    assert fewer - more <= {"extend_or_vary"}


@TREES
@pytest.mark.parametrize("unsure", sorted(CAN_BE_UNSURE))
def test_whoever_is_not_sure_opens_no_change(name: str, unsure: str) -> None:
    told = {
        **{"let_under": "act_goods_services", "change_nature": "no", "change_months": 1},
        **{"change_ground": "not_substantial", "change_balance": "no", "term_awarded": 60},
        **{"value_before_change": 1_000_000, "change_value": 1, "small_changes_together": "yes"},
        **{"change_ground_holds": "yes", "change_cause": "outside"},
    }
    told |= {
        "change_cause": {"let_under": "health_services"},
        "change_ground_holds": {"change_ground": "additions"},
        "small_changes_together": {"change_ground": "small_value"},
    }.get(unsure, {})
    assert "extend_or_vary" in changing(name, **told)
    assert "extend_or_vary" not in changing(name, **{**told, unsure: "not_sure"})
