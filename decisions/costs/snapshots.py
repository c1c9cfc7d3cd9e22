"""The model as it stood on a day: what a kept version and a record hold."""

from typing import Any

from decisions.costs.costed import QuestionCosts
from decisions.costs.rows import RouteCost, SaidInput


def snapshot(costs: QuestionCosts) -> dict[str, Any]:
    """The whole model with its figures as JSON: what a kept version and a record hold."""
    return {
        "value": costs.frame.value,
        "years": costs.frame.years,
        "shared": {one.key: _points(one) for one in costs.shared()},
        "routes": [
            {
                "route": one.key,
                "name": str(one.name),
                "inputs": {said.key: _points(said) for said in costs.inputs_of(one.key)},
                "figures": _figures(one),
            }
            for one in costs.compare()
        ],
    }


def _points(said: SaidInput) -> list[float]:
    return [said.estimate.low, said.estimate.likely, said.estimate.high]


def _figures(one: RouteCost) -> dict[str, list[float]]:
    figures = one.costed.figures
    named = {
        "authority": figures.authority,
        "authority_cash": figures.cash,
        "authority_staff": figures.staff,
        "others": figures.others,
        "others_that_get_nothing": figures.losers,
        "months": figures.months,
        "person_months": figures.person_months,
    }
    return {name: [three.low, three.middle, three.high] for name, three in named.items()}
