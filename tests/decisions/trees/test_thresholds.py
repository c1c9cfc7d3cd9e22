"""A penny either side of every threshold, and a day either side of every change."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.decisions.trees.base import general, open_routes

BELOW = {"quotes_or_award", "below_threshold_competition", "below_threshold_reserved_vcse"}


@pytest.mark.parametrize(
    ("buyer", "kind", "begins", "threshold"),
    [
        ("council", "services", date(2025, 2, 24), "214904"),
        ("council", "goods", date(2025, 12, 31), "214904"),
        ("council", "services", date(2026, 1, 1), "207720"),
        ("parish_council", "services", date(2026, 1, 1), "207720"),
        ("best_value_authority", "services", date(2026, 1, 1), "207720"),
        ("other_public_body", "goods", date(2026, 1, 1), "207720"),
        ("nhs_body", "services", date(2025, 12, 31), "139688"),
        ("nhs_body", "goods", date(2026, 1, 1), "135018"),
        ("central_government", "services", date(2026, 6, 1), "135018"),
        ("council", "light_touch", date(2025, 12, 31), "663540"),
        ("nhs_body", "light_touch", date(2026, 1, 1), "663540"),
        ("council", "works", date(2025, 12, 31), "5372609"),
        ("nhs_body", "works", date(2026, 1, 1), "5193000"),
    ],
)
def test_at_exactly_the_threshold_the_act_applies(
    buyer: str, kind: str, begins: date, threshold: str
) -> None:
    at = Decimal(threshold)
    told: dict[str, Any] = {"buyer": buyer, "contract_type": kind}
    assert open_routes(general(begins, net_value=at - Decimal("0.01"), **told)) >= BELOW
    walked = general(begins, net_value=at, **told)
    assert not open_routes(walked) & BELOW
    for route in BELOW:
        (reason,) = walked.standing(route).reasons("exclude")
        assert reason.answers[0] == f"estimated_value={threshold}"
        assert reason.source


@pytest.mark.parametrize(
    ("net", "options", "vat", "below"),
    [
        ("173099.99", 0, "standard", True),
        ("173100", 0, "standard", False),
        ("100000", "73100", "standard", False),
        ("100000", "73099.99", "standard", True),
        ("207719.99", 0, "none", True),
        ("197828.56", 0, "reduced", True),
        ("197828.57", 0, "reduced", False),  # VAT of 9,891.4285 is 9,891.43
    ],
)
def test_vat_actually_payable_and_every_option_and_extension_count(
    net: str, options: object, vat: str, below: bool
) -> None:
    walked = general(net_value=net, options_value=options, vat=vat)
    assert ("quotes_or_award" in open_routes(walked)) == below


def test_a_part_of_the_vat_is_given_as_an_amount() -> None:
    below = general(net_value="207000", vat="part", vat_amount="719.99")
    exactly = general(net_value="207000", vat="part", vat_amount="720")
    assert "quotes_or_award" in open_routes(below)
    assert "quotes_or_award" not in open_routes(exactly)
