"""The opinion map as plain figures that can be kept and drawn: no people in them, no order.

Of small groups only words are given ("most agree"), and nothing where fewer than five answered;
the picture has one round shape a group and no dots, so that nobody can be picked out.
"""

import math
from typing import Any, Final

import numpy as np

from participation.workshops.opinion.findings import LEAST_SEEN, Side
from participation.workshops.opinion.votes import Numbers
from participation.workshops.opinion_map import OpinionMap

Figures = dict[str, Any]

# From how many answers on a percentage is shown beside the words.
PERCENT_FROM: Final = 20
NEARLY_ALL, MOST, MANY_UNSURE = 0.85, 0.6, 0.5
WIDTH, HEIGHT, MARGIN = 400, 260, 12
# How many standard deviations a shape reaches from its middle; what still holds its label.
REACH, LEAST_RADIUS = 1.5, 44


def figures_of(drawn: OpinionMap) -> Figures:
    """What pages show of a map. Statements are named by their ids, groups by position."""
    firmness = drawn.firmness
    return {
        "people": len(drawn.votes.people),
        "mapped": len(drawn.mapped),
        "groups": [len(people) for people in drawn.groups],
        "firmness": firmness.word if firmness else "",
        "why_one": drawn.verdict.why_one,
        "agreed": [_row(drawn, one.statement) for one in drawn.agreed() if one.holds],
        "rejected": [_row(drawn, one.statement) for one in drawn.rejected() if one.holds],
        "held": [
            [_row(drawn, one.statement, one.side) for one in drawn.held(group)]
            for group in range(len(drawn.groups))
        ],
        "divides": [_row(drawn, one.statement) for one in drawn.divides()],
        "all": [_row(drawn, one.statement) for one in drawn.agreed()],
        "shapes": shapes([drawn.places[people] for people in drawn.groups]),
        "extremity": {
            str(one): round(float(value), 4)
            for one, value in zip(drawn.votes.statements, drawn.extremity, strict=True)
        },
    }


def _row(drawn: OpinionMap, statement: int, side: Side | None = None) -> Figures:
    counts = drawn.counts
    return {
        "statement": str(drawn.votes.statements[statement]),
        "side": side or "",
        "cells": [
            cell(
                int(counts.agreed[group, statement]),
                int(counts.disagreed[group, statement]),
                int(counts.seen[group, statement]),
            )
            for group in range(len(drawn.groups))
        ],
    }


def cell(agreed: int, disagreed: int, seen: int) -> Figures:
    """How a group took a statement: a word's key, and the percentage that it speaks of if any."""
    if seen < LEAST_SEEN:
        return {"word": "few", "percent": None}
    agree, disagree = agreed / seen, disagreed / seen
    word, part = _word(agree, disagree)
    told = part is not None and seen >= PERCENT_FROM
    return {"word": word, "percent": round(100 * part) if told and part is not None else None}


def _word(agree: float, disagree: float) -> tuple[str, float | None]:
    for part, name in ((agree, "agree"), (disagree, "disagree")):
        if part >= MOST:
            return (f"nearly_{name}" if part >= NEARLY_ALL else f"most_{name}"), part
    unsure = 1 - agree - disagree
    return ("unsure", unsure) if unsure >= MANY_UNSURE else ("mixed", None)


def shapes(groups: list[Numbers]) -> list[Figures]:
    """An ellipse for each group, in a picture of 400 by 260; near means alike."""
    if not groups:
        return []
    found = [_ellipse(places) for places in groups]
    reach = np.array([[one["x"], one["y"], max(one["rx"], one["ry"])] for one in found])
    low = (reach[:, :2] - reach[:, 2:]).min(axis=0)
    high = (reach[:, :2] + reach[:, 2:]).max(axis=0)
    span = np.maximum(high - low, 1e-9)
    scale = float(min((WIDTH - 2 * MARGIN) / span[0], (HEIGHT - 2 * MARGIN) / span[1]))
    middle = (low + high) / 2
    return [
        {
            "x": _inside(WIDTH / 2 + scale * (one["x"] - middle[0]), WIDTH),
            "y": _inside(HEIGHT / 2 - scale * (one["y"] - middle[1]), HEIGHT),
            "rx": max(round(scale * one["rx"]), LEAST_RADIUS),
            "ry": max(round(scale * one["ry"]), LEAST_RADIUS),
            "turn": -round(one["turn"]),
        }
        for one in found
    ]


def _inside(value: float, most: int) -> int:
    edge = LEAST_RADIUS + MARGIN
    return round(min(max(value, edge), most - edge))


def _ellipse(places: Numbers) -> dict[str, float]:
    middle = places.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(places.T, bias=True) if len(places) > 1 else np.eye(2))
    small, large = REACH * np.sqrt(values.clip(0))
    turn = math.degrees(math.atan2(vectors[1, 1], vectors[0, 1]))
    return {
        "x": float(middle[0]),
        "y": float(middle[1]),
        "rx": float(large),
        "ry": float(small),
        "turn": turn,
    }
