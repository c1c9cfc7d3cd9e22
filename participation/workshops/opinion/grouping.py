"""Groups of people who stand together: k-means from fixed starts, told apart by silhouette.

Polis tries k from 2 to 5 with k-means and keeps the k of the best mean silhouette (`clusters.clj`,
`conversation.clj`; Rousseeuw 1987). Mended here, for small and divided rooms:

- **No chance in it.** Polis starts from the first people who arrived; here each k starts from
  several places that follow from the points alone, and the tightest result is kept.
- **No group under five.** A handful far from the rest does not make a group, and would be singled
  out: the centre is dropped and its people join the nearest group, until every group has five.
- **The fewest groups that do as well.** Of all k, the smallest whose silhouette is within one
  standard error of the best (Breiman et al. 1984, section 3.4.3; Tibshirani, Walther and Hastie
  2001 use the same rule for the number of clusters).
- **One group is allowed**: `one_cloud.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .votes import Numbers, Whole

SMALLEST_GROUP = 5
MOST_GROUPS = 5
STEPS = 100
BLOCK = 256

Labels = NDArray[np.intp]


@dataclass(frozen=True)
class Grouping:
    """A way to group rows: ``labels`` (0 to k-1), and how well it tells them apart.

    ``silhouette``: mean over people, -1 to 1. ``error``: its standard error.
    """

    labels: Labels
    silhouette: float
    error: float

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return int(self.labels.max()) + 1 if len(self.labels) else 0


def best_grouping(found: list[Grouping]) -> Grouping | None:
    """The fewest groups within one standard error of the best; None where no two can be told."""
    if not found:
        return None
    best = max(found, key=lambda one: (one.silhouette, -one.groups))
    enough = [one for one in found if one.silhouette >= best.silhouette - best.error]
    return min(enough, key=lambda one: (one.groups, -one.silhouette))


def groupings(places: Numbers, weight: Whole) -> list[Grouping]:
    """Every way to make 2 to 5 groups, none under five people, that k-means finds."""
    if int(weight.sum()) < 2 * SMALLEST_GROUP:
        return []
    found: dict[bytes, Labels] = {}
    for k in range(2, min(MOST_GROUPS, len(places)) + 1):
        labels = split(places, weight, k)
        if labels.max() > 0:
            found[labels.tobytes()] = labels
    tried = list(found.values())
    each = silhouettes(places, tried, weight)
    return [_measured(labels, values, weight) for labels, values in zip(tried, each, strict=True)]


def split(places: Numbers, weight: Whole, k: int) -> Labels:
    """The tightest of several starts with ``k`` centres, without groups under five."""
    results = [_settled(places, weight, start) for start in starts(places, weight, k)]
    spreads = [_spread(places, weight, labels) for labels in results]
    return _renamed(results[int(np.argmin(spreads))])


def starts(places: Numbers, weight: Whole, k: int) -> list[Numbers]:
    """Centres to start from: even shares along each component, and the farthest from the rest."""
    shares = [_shares(places, weight, places[:, axis], k) for axis in range(places.shape[1])]
    slants = [_shares(places, weight, places[:, 0] + sign * places[:, 1], k) for sign in (1, -1)]
    middle = np.average(places, axis=0, weights=weight)
    near = _trimmed(places, weight, middle)
    return [*shares, *slants, _farthest(places, middle, k), _farthest(near, middle, k)]


def _shares(places: Numbers, weight: Whole, along: Numbers, k: int) -> Numbers:
    """The means of ``k`` equal shares of the people in order of ``along``."""
    order = np.lexsort((*places.T, along))
    middles = np.cumsum(weight[order]) - weight[order] / 2
    share = np.minimum((middles * k / weight.sum()).astype(np.intp), k - 1)
    means = [
        np.average(places[order[share == i]], axis=0, weights=weight[order[share == i]])
        for i in range(k)
        if (share == i).any()
    ]
    return np.array(means)


def _farthest(places: Numbers, middle: Numbers, k: int) -> Numbers:
    """The place farthest from the middle, then again and again the farthest from all chosen."""
    centres = [places[int(np.argmax(((places - middle) ** 2).sum(axis=1)))]]
    nearest = ((places - centres[0]) ** 2).sum(axis=1)
    while len(centres) < k:
        centres.append(places[int(np.argmax(nearest))])
        nearest = np.minimum(nearest, ((places - centres[-1]) ** 2).sum(axis=1))
    return np.array(centres)


def _trimmed(places: Numbers, weight: Whole, middle: Numbers) -> Numbers:
    """The nine tenths of the places that are nearest to the middle."""
    away = ((places - middle) ** 2).sum(axis=1)
    return np.asarray(places[away <= np.quantile(np.repeat(away, weight), 0.9)])


def _settled(places: Numbers, weight: Whole, centres: Numbers) -> Labels:
    """Lloyd's steps until nobody moves; then without the smallest group while one is too small."""
    while True:
        labels = lloyd(places, weight, centres)
        sizes = np.bincount(labels, weights=weight, minlength=len(centres))
        if len(centres) == 1 or sizes.min() >= SMALLEST_GROUP:
            return labels
        kept = np.arange(len(centres)) != int(np.argmin(sizes))
        centres = centres_of(places, weight, labels, centres)[kept]


def lloyd(places: Numbers, weight: Whole, centres: Numbers) -> Labels:
    """To each place its nearest centre, to each centre the mean of its places, until they rest."""
    labels = np.full(len(places), -1, dtype=np.intp)
    for _ in range(STEPS):
        new = nearest_centre(places, centres)
        if np.array_equal(new, labels):
            break
        labels = new
        centres = centres_of(places, weight, labels, centres)
    return labels


def nearest_centre(places: Numbers, centres: Numbers) -> Labels:
    """The nearest centre of each place; of two that are equally near, the first."""
    away = np.zeros((len(centres), len(places)))
    for axis in range(places.shape[1]):
        step = centres[:, axis, None] - places[None, :, axis]
        step *= step
        away += step
    return np.asarray(away.argmin(axis=0))


def centres_of(places: Numbers, weight: Whole, labels: Labels, before: Numbers) -> Numbers:
    """The weighted mean of each group; an empty group keeps the centre it had."""
    k = len(before)
    sizes = np.bincount(labels, weights=weight, minlength=k)
    sums = np.stack(
        [np.bincount(labels, weights=weight * column, minlength=k) for column in places.T], axis=1
    )
    return np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], before)


def _spread(places: Numbers, weight: Whole, labels: Labels) -> float:
    """The sum of squared distances from the groups' means, to nine digits: less is a tie."""
    k = int(labels.max()) + 1
    centres = centres_of(places, weight, labels, np.zeros((k, places.shape[1])))
    total = float((weight * ((places - centres[labels]) ** 2).sum(axis=1)).sum())
    return float(f"{total:.9g}")


def _renamed(labels: Labels) -> Labels:
    """Groups named 0, 1, ... in the order of their first row, none empty."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    names = np.empty(len(first), dtype=np.intp)
    names[np.argsort(first)] = np.arange(len(first))
    return names[inverse.reshape(-1)]


def silhouettes(places: Numbers, tried: list[Labels], weight: Whole) -> list[Numbers]:
    """How much nearer each row stands to its own group than to the next one, -1 to 1.

    (b - a) / max(a, b), where a is the mean distance to the others of its own group and b the
    least mean distance to another group; 0 for somebody alone (Rousseeuw 1987, J. Comput. Appl.
    Math. 20, 53-65). A row stands for ``weight`` people. One answer for each way tried; distances
    are taken once for all, a block of rows at a time.
    """
    members = [_members(labels, weight) for labels in tried]
    if not members:
        return []
    sums = _sums_of_distances(places, np.concatenate(members, axis=1))
    ends = np.cumsum([one.shape[1] for one in members])
    parts = np.split(sums, ends[:-1], axis=1)
    return [
        _silhouettes(part, labels, one.sum(axis=0))
        for part, labels, one in zip(parts, tried, members, strict=True)
    ]


def _members(labels: Labels, weight: Whole) -> Numbers:
    members = np.zeros((len(labels), int(labels.max()) + 1))
    members[np.arange(len(labels)), labels] = weight
    return members


def _sums_of_distances(places: Numbers, members: Numbers) -> Numbers:
    """For each row, the sum of its Euclidean distances to the members of each group."""
    sums = np.empty((len(places), members.shape[1]))
    for begin in range(0, len(places), BLOCK):
        block = places[begin : begin + BLOCK]
        apart = np.zeros((len(block), len(places)))
        for axis in range(places.shape[1]):
            away = block[:, axis, None] - places[None, :, axis]
            away *= away
            apart += away
        np.sqrt(apart, out=apart)
        sums[begin : begin + BLOCK] = apart @ members
    return sums


def _silhouettes(sums: Numbers, labels: Labels, sizes: Numbers) -> Numbers:
    rows = np.arange(len(labels))
    own = sums[rows, labels] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    value = np.divide(other - own, larger, out=np.zeros(len(labels)), where=larger > 0)
    return np.where(sizes[labels] > 1, value, 0.0)


def _measured(labels: Labels, each: Numbers, weight: Whole) -> Grouping:
    people = float(weight.sum())
    mean = float((weight * each).sum() / people)
    variance = float((weight * (each - mean) ** 2).sum() / people)
    return Grouping(labels, mean, float(np.sqrt(variance / people)))
