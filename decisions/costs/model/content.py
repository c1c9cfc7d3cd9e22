"""The content files: published evidence, indices and each route's defaults, with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import yaml

from decisions.costs.model.estimates import Estimate
from decisions.costs.model.inputs import complete
from decisions.costs.model.prices import Index, Rate
from decisions.costs.model.published import Row, row_of
from decisions.costs.model.worth import GoodUses

FOLDER: Final = Path(__file__).resolve().parents[1] / "content"
INDICATIVE: Final = "indicative"
COMPETITION_BUYS: Final = ("new_entrants", "tested_price", "openness", "equal_chance")


@dataclass(frozen=True, slots=True)
class Default:
    """An input's default, with the published row it rests on and why it stands here."""

    estimate: Estimate
    row: str = INDICATIVE
    why: str = ""
    # Whether a walk of the question was told it, so that it is no default of ours.
    told: bool = False


@dataclass(frozen=True, slots=True)
class RouteContent:
    """One route's defaults. ``price_share`` is what the price pays of a charity's true cost, where
    a published figure fits; ``pays_present`` says that whoever does it now is who is paid."""

    key: str
    name: str
    is_grant: bool
    has_provider: bool
    pays_nobody: bool
    pays_present: bool
    defaults: Mapping[str, Default]
    price_share: float | None
    price_row: str
    buys: Mapping[str, str]

    @property
    def estimates(self) -> dict[str, Estimate]:
        """Every input of the route itself; the shared ones are the question's."""
        return complete({key: default.estimate for key, default in self.defaults.items()})


@dataclass(frozen=True, slots=True)
class Small:
    """What takes less of everybody where the thing itself is worth less than ``below`` pounds."""

    below: float
    defaults: Mapping[str, Default]


@dataclass(frozen=True, slots=True)
class Content:
    """All of it."""

    rows: Mapping[str, Row]
    index: Index
    rate: Rate
    uses: GoodUses
    shared: Mapping[str, Default]
    small: Small
    routes: Mapping[str, RouteContent]


@lru_cache(maxsize=1)
def content() -> Content:
    """The content as shipped, read once."""
    evidence = _read("evidence.yaml")
    routes = _read("routes.yaml")
    families: dict[str, dict[str, Any]] = {}
    for name, family in routes["families"].items():
        families[name] = _over(families.get(family.get("like", ""), {}), family)
    return Content(
        rows={key: row_of(key, row) for key, row in evidence["rows"].items()},
        index=Index(**evidence["index"]),
        rate=Rate(**evidence["rate"]),
        uses=GoodUses(**{key: float(use["rate"]) for key, use in evidence["uses"].items()}),
        shared={key: _default(given) for key, given in routes["shared"].items()},
        small=Small(
            float(routes["small"]["below"]),
            {key: _default(given) for key, given in routes["small"]["inputs"].items()},
        ),
        routes={
            key: _route(key, _over(families[route["family"]], route))
            for key, route in routes["routes"].items()
        },
    )


def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def _over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """A route over its family: its own inputs and what it buys replace single entries."""
    merged = {**below, **above}
    for nested in ("inputs", "buys"):
        merged[nested] = {**below.get(nested, {}), **above.get(nested, {})}
    return merged


def _default(given: Any) -> Default:
    if isinstance(given, dict):
        return Default(
            _estimate(given["points"]), given.get("row", INDICATIVE), given.get("why", "")
        )
    return Default(_estimate(given))


def _estimate(points: Any) -> Estimate:
    if isinstance(points, list):
        return Estimate(*(float(point) for point in points))
    return Estimate.exactly(float(points))


def _route(key: str, merged: Mapping[str, Any]) -> RouteContent:
    price = merged["price_share"]
    return RouteContent(
        key=key,
        name=merged["name"],
        is_grant=merged["is_grant"],
        has_provider=merged.get("has_provider", True),
        pays_nobody=merged.get("pays_nobody", False),
        pays_present=merged.get("pays_present", False),
        defaults={name: _default(given) for name, given in merged["inputs"].items()},
        price_share=price["value"],
        price_row=price["row"] or "",
        buys=merged["buys"],
    )
