"""Where no single answer would let a route win: two or three that would, if they were otherwise.

Which ones is worked out from what each place answer alone does to every route's reasons, since
reasons are counted and added up. It is then walked, and told only if that walk recommends the
route.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from .answers import Value
from .rank import RECOMMENDED, Standing

Net = tuple[int, int]
Answer = tuple[str, Value]
# By (question, answer): what the reasons of each open route then come to.
Singles = Mapping[Answer, Mapping[str, Net]]
Changes = tuple[Answer, ...]
MOST_TOGETHER = 3
MOST_WEIGHED = 9  # changes of which sets are made, for one route
MOST_WALKED = 4  # sets that are walked, for one route


def likely_sets(route: str, ranked: Iterable[Standing], singles: Singles) -> Iterator[Changes]:
    """Sets of changes that should let an open route win, the smallest first; a few."""
    now = {each.option: each.balance.net for each in ranked if each.standing != "excluded"}
    moves = {answer: _moved(nets, now) for answer, nets in singles.items()}
    helpful = sorted(
        (answer for answer in moves if moves[answer].get(route, (0, 0)) > (0, 0)),
        key=lambda answer: moves[answer][route],
        reverse=True,
    )[:MOST_WEIGHED]
    told = 0
    for size in range(2, MOST_TOGETHER + 1):
        for changes in combinations(helpful, size):
            if len({question for question, _ in changes}) < size:
                continue
            if _wins(route, now, [moves[change] for change in changes]):
                yield changes
                told += 1
                if told == MOST_WALKED:
                    return


def _moved(then: Mapping[str, Net], now: Mapping[str, Net]) -> dict[str, Net]:
    """What one change does to each route that stays open."""
    return {
        option: (then[option][0] - strong, then[option][1] - other)
        for option, (strong, other) in now.items()
        if option in then
    }


def _wins(route: str, now: Mapping[str, Net], moves: list[Mapping[str, Net]]) -> bool:
    def after(option: str) -> Net:
        found = [now[option], *(move.get(option, (0, 0)) for move in moves)]
        return sum(one[0] for one in found), sum(one[1] for one in found)

    mine = after(route)
    return mine > (0, 0) and all(mine >= after(option) for option in now)


def recommends(route: str, ranked: Iterable[Standing]) -> bool:
    """Whether a walk recommends the route."""
    return any(each.option == route and each.standing == RECOMMENDED for each in ranked)
