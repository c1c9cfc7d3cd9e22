"""The map as the command prints it: JSON for programs, a page of text for people."""

from __future__ import annotations

from typing import Any

from participation.workshops.opinion_map import OpinionMap

from .agreement import adjusted_rand_index
from .findings import SIDES, Divide, Held, Shared
from .votes import Id

DIGITS = 6


def as_dict(drawn: OpinionMap) -> dict[str, Any]:
    """The map as JSON; `docs/opinion-map.md` says what each key holds."""
    votes = drawn.votes
    return {
        "participants": len(votes.people),
        "mapped": len(drawn.mapped),
        "groups": [_group(drawn, i) for i in range(len(drawn.groups))],
        "consensus": [_shared(drawn, one, "agree") for one in drawn.agreed()],
        "consensus_disagree": [_shared(drawn, one, "disagree") for one in drawn.rejected()],
        "divides": [_divide(drawn, one) for one in drawn.divides()],
        "statements": len(votes.statements),
        "left_out": list(votes.left_out),
        "one_group": _one_group(drawn),
        "silhouettes": {str(k): _round(value) for k, value in drawn.silhouettes.items()},
        "explained": [_round(part) for part in drawn.explained],
        "stability": _stability(drawn),
        "adjusted_rand_index": against_theirs(drawn),
    }


def against_theirs(drawn: OpinionMap) -> float | None:
    """The adjusted Rand index against Polis's groups, over people that both put into a group."""
    theirs = drawn.votes.theirs
    if theirs is None:
        return None
    both = [
        (ours, theirs[person])
        for ours, people in enumerate(drawn.groups)
        for person in people
        if theirs[person]
    ]
    index = adjusted_rand_index([ours for ours, _ in both], [other for _, other in both])
    return None if index is None else _round(index)


def _group(drawn: OpinionMap, group: int) -> dict[str, Any]:
    people = drawn.groups[group]
    firmness = drawn.firmness
    return {
        "size": len(people),
        "participants": [drawn.votes.people[person] for person in people],
        "representative": [_held(drawn, one) for one in drawn.held(group)],
        "comes_back": None if firmness is None else _round(firmness.of_groups[group]),
    }


def _held(drawn: OpinionMap, one: Held) -> dict[str, Any]:
    return {
        "statement": _id(drawn, one.statement),
        "for": one.side,
        "votes": one.yes,
        "seen": one.seen,
        "share": _round(one.share),
        "z": _round(one.z),
        "ratio": _round(one.ratio),
        "z_rest": _round(one.z_rest),
        "strength": _round(one.strength),
    }


def _shared(drawn: OpinionMap, one: Shared, side: str) -> dict[str, Any]:
    counts = drawn.counts
    agreed, disagreed, seen = (
        int(of.sum(axis=0)[one.statement]) for of in (counts.agreed, counts.disagreed, counts.seen)
    )
    return {
        "statement": _id(drawn, one.statement),
        side: _round(one.product),
        f"{side}_mean": _round(one.mean),
        "holds": one.holds,
        "agreed": agreed,
        "disagreed": disagreed,
        "passed": seen - agreed - disagreed,
        "seen": seen,
    }


def _divide(drawn: OpinionMap, one: Divide) -> dict[str, Any]:
    return {
        "statement": _id(drawn, one.statement),
        "agreeing": list(one.agreeing),
        "disagreeing": list(one.disagreeing),
        "strength": _round(one.strength),
    }


def _one_group(drawn: OpinionMap) -> dict[str, Any]:
    verdict = drawn.verdict
    return {
        "groups_stand": verdict.groups_stand,
        "reason": verdict.reason,
        "hang_together": _maybe(verdict.hang_together),
        "hang_together_needed": verdict.hang_together_needed,
        "silhouette": _maybe(verdict.silhouette),
        "silhouette_needed": _maybe(verdict.silhouette_needed),
    }


def _stability(drawn: OpinionMap) -> dict[str, Any] | None:
    firmness = drawn.firmness
    if firmness is None:
        return None
    return {"word": firmness.word, "draws": firmness.draws,
            "lowest": _round(min(firmness.of_groups))}  # fmt: skip


def _id(drawn: OpinionMap, statement: int) -> Id:
    return drawn.votes.statements[statement]


def _round(value: float) -> float:
    return round(value, DIGITS)


def _maybe(value: float | None) -> float | None:
    return None if value is None else _round(value)


def as_text(drawn: OpinionMap) -> str:
    """The table for a reader: what unites, what each group holds, what divides."""
    lines = [
        f"{len(drawn.votes.people)} people, {len(drawn.mapped)} of them on the map, "
        f"{len(drawn.votes.statements)} statements",
        _groups_in_words(drawn),
        "",
    ]
    for side in SIDES:
        found = [one for one in _both(drawn, side) if one.holds]
        lines += _section(
            f"Every group {side}s", [_line(drawn, one.statement, one.mean) for one in found]
        )
    for group, people in enumerate(drawn.groups):
        rows = [
            f"{one.side} ({one.yes} of {one.seen}): {_name(drawn, one.statement)}"
            for one in drawn.held(group)
        ]
        if len(drawn.groups) > 1:
            lines += _section(f"What group {group + 1} ({len(people)} people) holds", rows)
    divided = [_line(drawn, one.statement, one.strength) for one in drawn.divides()]
    return "\n".join([*lines, *_section("What divides", divided)]).rstrip()


def _both(drawn: OpinionMap, side: str) -> list[Shared]:
    return drawn.agreed() if side == "agree" else drawn.rejected()


def _groups_in_words(drawn: OpinionMap) -> str:
    if not drawn.groups:
        return "Nobody answered enough statements to be on the map."
    if drawn.firmness is None:
        return f"One group. {drawn.verdict.reason}".strip()
    sizes = ", ".join(str(len(people)) for people in drawn.groups)
    return f"{len(drawn.groups)} groups ({sizes}). This grouping is {drawn.firmness.word}."


def _section(title: str, rows: list[str]) -> list[str]:
    return [f"{title}:", *(f"  {row}" for row in rows or ["nothing"]), ""]


def _line(drawn: OpinionMap, statement: int, value: float) -> str:
    return f"{value:.2f}  {_name(drawn, statement)}"


def _name(drawn: OpinionMap, statement: int) -> str:
    one = _id(drawn, statement)
    text = " ".join(drawn.votes.texts.get(one, "").split())
    return f"[{one}] {text}".strip()
