"""The reasons in plain English, a sentence or two each, for residents to read.

`money` turns an amount in units of currency into text, so that the caller chooses currency and
rounding. Nothing in here counts anything.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from .explain import GreedyReason, SharesReason, Side
from .outcome import Preference
from .phragmen import LoadReason

Money = Callable[[Fraction | float], str]


def say_greedy(reason: GreedyReason, money: Money, noun: str = "vote") -> str:
    """Why most votes first funded a project or not. `noun` is what was counted."""
    got = f"It came {ordinal(reason.rank)} with {counted(reason.tally, noun)}"
    cost = money(reason.cost)
    if reason.left is None:
        return f"{got}. The count had stopped before it was reached.{_more(reason, noun)}"
    left = money(reason.left)
    if reason.funded:
        return f"{got}. It costs {cost} and {left} was left when it was reached, so it is funded."
    return (
        f"{got}. It costs {cost} but only {left} was left when it was reached, "
        f"so it is not funded.{_more(reason, noun)}"
    )


def _more(reason: GreedyReason, noun: str) -> str:
    if reason.more is None:
        return f" It costs more than the whole budget, so no {noun}s would have been enough."
    return f" It would have needed {counted(reason.more, f'more {noun}')}."


def say_shares(reason: SharesReason, money: Money) -> str:
    """Why equal shares funded a project or not."""
    if reason.bought:
        return _say_bought(reason, money)
    backed = f"{counted(reason.votes, 'person', 'people')} backed it"
    if reason.votes == 0:
        told = "Nobody backed it, so there was no money behind it."
    elif reason.cost == 0:
        told = f"{backed}. It costs nothing, so there was nothing to pay."
    else:
        told = (
            f"{backed}. Between them they had {money(reason.left)} left of the "
            f"{money(reason.cost)} it costs ({percent(reason.support)}); "
            f"they would have needed {money(reason.needed)} more."
        )
    return f"{told} It was added at the end, as it still fitted." if reason.topped_up else told


def _say_bought(reason: SharesReason, money: Money) -> str:
    backed = f"{counted(reason.votes, 'person', 'people')} backed it and shared its cost"
    if money(reason.least) == money(reason.most):
        paid = f"each paid {money(reason.most)} of their share"
    else:
        paid = (
            f"most paid {money(reason.typical)} of their share, nobody more than "
            f"{money(reason.most)}; {counted(reason.gave_all, 'person', 'people')} gave all they "
            "had left"
        )
    return f"{backed} of {money(reason.cost)}: {paid}. They had {money(reason.left)} left together."


def say_load(reason: LoadReason, money: Money) -> str:
    """Why sequential Phragmén funded a project or not."""
    if reason.load is None:
        return "Nobody backed it, so there was nobody to spread its cost over."
    backed = f"{counted(reason.votes, 'person', 'people')} backed it."
    share = (
        f"spread over them, on top of what they had paid for before, its cost of "
        f"{money(reason.cost)} came to {money(reason.load)} each"
    )
    if reason.turn is not None:
        return (
            f"{backed} It was bought {ordinal(reason.turn)}: {share}, "
            "no more than any other idea then."
        )
    return f"{backed} In the end, {share}. {_why_not_bought(reason, money)}"


def _why_not_bought(reason: LoadReason, money: Money) -> str:
    left = f"{money(reason.left)} was left"
    if reason.first and reason.cost > reason.left:
        return f"It was its turn, but only {left}, and there the count ends."
    if reason.first:
        return "It was level with an idea that did not fit in what was left: there the count ends."
    return (
        f"Others came to less each and were before it; the next of them did not fit when {left}, "
        "and there the count ends."
    )


def say_side(side: Side, money: Money) -> str:
    """What one outcome means for the voters as a whole."""
    return (
        f"{counted(side.funded, 'project')} for {money(side.spent)}. "
        f"{percent(side.represented)} of voters have at least one project they chose funded. "
        f"On average, the funded projects that a voter chose cost {money(side.money_decided)}."
    )


def say_preference(preference: Preference) -> str:
    """Which outcome more voters preferred, and which one therefore stands."""
    here, there = preference.equal_shares, preference.greedy
    stands = "most votes first" if there > here else "equal shares"
    return (
        f"{counted(here, 'voter')} would get more of what they chose from equal shares, "
        f"{counted(there, 'voter')} from most votes first, and for "
        f"{counted(preference.neither, 'voter')} it makes no difference. "
        f"The result of {stands} stands."
    )


def counted(number: Fraction | int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 vote, 2 votes, 1,200 votes, 2.5 points."""
    text = f"{int(number):,}" if number == int(number) else f"{float(number):,.10g}"
    return f"{text} {one if number == 1 else many or one + 's'}"


def ordinal(rank: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if rank % 100 in (11, 12, 13) else endings.get(rank % 10, "th")
    return f"{rank:,}{ending}"


def percent(share: Fraction | float) -> str:
    """A share rounded down to a whole per cent, so that 100% means all."""
    return f"{int(share * 100)}%"
