"""The flow picture: payer to recipient to outcome, laid out as a Sankey diagram.

Pure: no Django, no clock, no chance; the same flows give the same picture. One picture is of one
currency. What cannot be drawn (flows whose credit notes are as large as their payments) is given
back with its sum, so that drawn and not drawn always add up to all.

Units: amounts are in the currency's own units (Decimal), lengths in units of the picture's viewBox.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

ZERO: Final = Decimal(0)

WIDTH: Final = 960
BAR: Final = 14
LEFT: Final = 208  # where the payers' bars begin: their names stand left of them
MIDDLE: Final = 430
RIGHT: Final = 738
TOP: Final = 34
FULL: Final = 400  # the height of all the money
LEADING: Final = 17  # from one line of a label to the next
LEAST: Final = 4 + 2 * LEADING  # from one label to the next: a name on one line, and its amount
GAP: Final = 10

COLUMNS: Final = ("payer", "recipient", "outcome")


@dataclass(frozen=True, slots=True)
class End:
    """One end of a flow. ``key`` tells it from others, ``name`` is what people read.

    ``last`` ends stand at the foot of their column whatever their size: "not linked", "others".
    ``asks`` is the filter that finds its lines; ends that were gathered have none.
    """

    key: str
    name: str
    last: bool = False
    asks: tuple[str, str] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Flow:
    """Money from a payer to a recipient towards an outcome, credit notes taken off."""

    payer: End
    recipient: End
    outcome: End
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Node:
    """A bar: who, how much passes through it, and where it stands."""

    end: End
    column: str
    amount: Decimal
    x: float
    y: float
    height: float
    label_x: float
    label_y: float
    anchor: str  # SVG's text-anchor
    lines: tuple[str, ...]  # the name, broken to fit


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band between two bars. ``path`` is SVG path data; ``tone`` a number for its colour."""

    source: End
    target: End
    amount: Decimal
    path: str
    tone: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole picture of one currency.

    ``table`` holds every drawn flow, the largest first, with small ones gathered as in the picture.
    ``drawn + not_drawn == total``.
    """

    currency: str
    width: int
    height: int
    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]
    table: tuple[Flow, ...]
    drawn: Decimal
    not_drawn: Decimal
    gathered: int  # how many recipients stand in "others"
    gathered_sum: Decimal = ZERO
    gathered_most: Decimal = ZERO  # what the largest of them was paid

    @property
    def total(self) -> Decimal:
        """All the money, drawn or not."""
        return self.drawn + self.not_drawn


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bars a column may have before the smallest are gathered, and what they are called.

    ``others`` makes the name of the gathered from their number.
    """

    payers: int = 5
    recipients: int = 12
    # Where the others would have more than half of the money.
    more_recipients: int = 20
    outcomes: int = 8
    others: Callable[[int], str] = "{} others".format


def net(flows: Iterable[Flow]) -> tuple[list[Flow], Decimal]:
    """Flows with the same ends added up; those above zero, and the sum of the rest.

    >>> a = End("a", "A"); up = Flow(a, a, a, Decimal(5))
    >>> kept, rest = net([up, Flow(a, a, a, Decimal(-2))])
    >>> kept[0].amount, rest
    (Decimal('3'), Decimal('0'))
    """
    sums: dict[tuple[End, End, End], Decimal] = defaultdict(Decimal)
    for flow in flows:
        sums[flow.payer, flow.recipient, flow.outcome] += flow.amount
    kept = [Flow(*ends, amount) for ends, amount in sums.items() if amount > 0]
    return _ordered(kept), sum((one for one in sums.values() if one <= 0), ZERO)


def _ordered(flows: Iterable[Flow]) -> list[Flow]:
    return sorted(
        flows,
        key=lambda flow: (-flow.amount, flow.payer.key, flow.recipient.key, flow.outcome.key),
    )


def gather(
    flows: Sequence[Flow], column: str, most: int, others: Callable[[int], str]
) -> list[Flow]:
    """The flows with all but the ``most`` largest ends of a column put together as one.

    Ends that stand last anyway keep their own bar. One end alone is never called "others".
    """
    sums = _sums(flows, column)
    plain = [end for end in sums if not end.last]
    if len(plain) <= most:
        return list(flows)
    small = set(sorted(plain, key=lambda end: (-sums[end], end.key))[most - 1 :])
    rest = End(f"others-{column}", others(len(small)), last=True)
    kept, _rest = net(
        _moved(flow, column, rest) if getattr(flow, column) in small else flow for flow in flows
    )
    return kept


def _moved(flow: Flow, column: str, end: End) -> Flow:
    ends = {name: getattr(flow, name) for name in COLUMNS} | {column: end}
    return Flow(**ends, amount=flow.amount)


def _sums(flows: Iterable[Flow], column: str) -> dict[End, Decimal]:
    sums: dict[End, Decimal] = defaultdict(Decimal)
    for flow in flows:
        sums[getattr(flow, column)] += flow.amount
    return sums


def draw(currency: str, flows: Iterable[Flow], limits: Limits | None = None) -> Picture | None:
    """The picture of these flows, or None where nothing can be drawn."""
    limits = limits or Limits()
    kept, not_drawn = net(flows)
    if not kept:
        return None
    recipients = _plain(_sums(kept, "recipient"))
    shown = _enough(recipients, limits)
    for column, most in zip(COLUMNS, (limits.payers, shown, limits.outcomes), strict=True):
        kept = gather(kept, column, most, limits.others)
    total = sum((flow.amount for flow in kept), ZERO)
    nodes = {column: _column(kept, column, total) for column in COLUMNS}
    height = max(_foot(column) for column in nodes.values()) + GAP
    ribbons = _ribbons(kept, nodes, "payer", "recipient", total) + _ribbons(
        kept, nodes, "recipient", "outcome", total
    )
    drawn = {node.end for node in nodes["recipient"]}
    gathered = [amount for end, amount in recipients if end not in drawn]
    return Picture(
        currency=currency,
        width=WIDTH,
        height=round(height),
        nodes=tuple(node for column in COLUMNS for node in nodes[column]),
        ribbons=tuple(ribbons),
        table=tuple(kept),
        drawn=total,
        not_drawn=not_drawn,
        gathered=len(gathered),
        gathered_sum=sum(gathered, ZERO),
        gathered_most=max(gathered, default=ZERO),
    )


def _plain(sums: dict[End, Decimal]) -> list[tuple[End, Decimal]]:
    """The ends that do not stand last anyway, the largest first."""
    plain = [(end, amount) for end, amount in sums.items() if not end.last]
    return sorted(plain, key=lambda one: (-one[1], one[0].key))


def _enough(recipients: Sequence[tuple[End, Decimal]], limits: Limits) -> int:
    """How many recipients are drawn: more of them where the others would have over half."""
    amounts = [amount for _end, amount in recipients]
    rest = sum(amounts[limits.recipients - 1 :], ZERO)
    return limits.more_recipients if rest * 2 > sum(amounts, ZERO) else limits.recipients


# Bars -----------------------------------------------------------------------------------------

_PLACES: Final = {
    "payer": (LEFT, LEFT - 8, "end", 24),
    "recipient": (MIDDLE, MIDDLE + BAR + 8, "start", 30),
    "outcome": (RIGHT, RIGHT + BAR + 8, "start", 25),
}


def _column(flows: Sequence[Flow], column: str, total: Decimal) -> list[Node]:
    """The bars of a column from the top: the largest first, those that stand last at the foot."""
    sums = _sums(flows, column)
    x, label_x, anchor, letters = _PLACES[column]
    nodes, y = [], float(TOP)
    for end in sorted(sums, key=lambda end: (end.last, -sums[end], end.key)):
        height = max(_length(sums[end], total), 1.5)
        lines = broken(end.name, letters)
        slot = max(height, LEAST + LEADING * (len(lines) - 1))
        bar_y = y + (slot - height) / 2
        nodes.append(
            Node(
                end=end,
                column=column,
                amount=sums[end],
                x=x,
                y=round(bar_y, 1),
                height=round(height, 1),
                label_x=label_x,
                label_y=round(y + slot / 2 - 3 - 8 * (len(lines) - 1), 1),
                anchor=anchor,
                lines=lines,
            )
        )
        y += slot + GAP
    return nodes


def _length(amount: Decimal, total: Decimal) -> float:
    return float(amount / total) * FULL


def _foot(nodes: Sequence[Node]) -> float:
    return max(max(node.y + node.height, node.label_y + 16 * len(node.lines) + 8) for node in nodes)


def broken(name: str, letters: int, most: int = 2) -> tuple[str, ...]:
    """The name in lines of at most so many letters; what does not fit ends in an ellipsis.

    >>> broken("People know someone on their street to call on", 25)
    ('People know someone on', 'their street to call on')
    """
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    shown = [line if len(line) <= letters else line[: letters - 1] + "…" for line in lines[:most]]
    if len(lines) > most:
        shown[-1] = shown[-1][: letters - 1].rstrip(" ,.…") + "…"
    return tuple(shown) or ("",)


# Ribbons --------------------------------------------------------------------------------------


def _ribbons(
    flows: Sequence[Flow], nodes: dict[str, list[Node]], left: str, right: str, total: Decimal
) -> list[Ribbon]:
    """The bands between two columns. At each bar they lie in the order of what they lead to."""
    sums: dict[tuple[End, End], Decimal] = defaultdict(Decimal)
    for flow in flows:
        sums[getattr(flow, left), getattr(flow, right)] += flow.amount
    sources = {node.end: node for node in nodes[left]}
    targets = {node.end: node for node in nodes[right]}
    tones = {node.end: number for number, node in enumerate(nodes["outcome"])}
    pairs = sorted(sums, key=lambda pair: (sources[pair[0]].y, targets[pair[1]].y))
    leaving: dict[End, float] = defaultdict(float)
    arriving: dict[End, float] = defaultdict(float)
    drawn = []
    for source, target in pairs:
        width = max(_length(sums[source, target], total), 0.5)
        y0, y1 = sources[source].y + leaving[source], targets[target].y + arriving[target]
        leaving[source] += width
        arriving[target] += width
        tone = tones[target] if right == "outcome" else _tone(flows, source, target, tones)
        path = band(sources[source].x + BAR, y0, targets[target].x, y1, width)
        drawn.append(Ribbon(source, target, sums[source, target], path, tone))
    return drawn


def _tone(flows: Sequence[Flow], payer: End, recipient: End, tones: dict[End, int]) -> int:
    """The colour of the outcome that most of a payer's money to a recipient goes towards."""
    sums: dict[End, Decimal] = defaultdict(Decimal)
    for flow in flows:
        if flow.payer == payer and flow.recipient == recipient:
            sums[flow.outcome] += flow.amount
    return tones[min(sums, key=lambda end: (-sums[end], end.key))]


def band(x0: float, y0: float, x1: float, y1: float, width: float) -> str:
    """SVG path data of a band that leaves and arrives level."""
    half = (x0 + x1) / 2
    return (
        f"M{x0:.1f} {y0:.1f}C{half:.1f} {y0:.1f} {half:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        f"V{y1 + width:.1f}C{half:.1f} {y1 + width:.1f} {half:.1f} {y0 + width:.1f} "
        f"{x0:.1f} {y0 + width:.1f}Z"
    )
