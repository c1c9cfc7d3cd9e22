"""The market view: who provides, how many, how local, and who depends on whom. Pure: no Django.

All shares are exact fractions of net money, credit notes taken off. The formulas:

- **A provider** is a payee with a name (all names of one organisation are one) whose net receipts
  in the market are above zero. Names held back (REDACTED) are nobody knows how many providers, so
  they are **none**: their money is said beside the market and left out of every share. So is what
  went to people, who are not named.
- **Share of the largest**: its net receipts / those of all providers.
- **HHI** (Herfindahl-Hirschman index): the sum of the squares of the providers' shares in per cent,
  from near 0 to 10,000 (one provider). Only with five providers or more: below that the number
  itself says all. Competition authorities in the UK call a market above 1,000 concentrated and
  above 2,000 highly concentrated (Merger Assessment Guidelines, CC2/OFT1254, September 2010,
  5.3.5). It measures how the money lies, not whether that is good.
- **Local and small share**: of the money of providers of whom it is known, and how much that is of
  all: what is not known is never counted as "not local".
- **Dependence** of a provider: the part of all its receipts *that are known here*, in any service,
  that comes from its largest payer. One payer's files say nothing of it: in them everybody seems to
  depend on that payer. So it is worked out only where two payers or more each pay a tenth of the
  providers that are known here, and of a provider that two payers or more are known to pay.
- **At risk** if that payer stopped buying in this market: providers for whom this market's money
  from their largest payer is half or more of all they are known to receive.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

ENOUGH_FOR_HHI: Final = 5
ENOUGH_PAYERS: Final = 2
# A payer that pays fewer of the providers than one in so many tells nothing of the others.
ONE_IN: Final = 10
HALF: Final = Fraction(1, 2)
CONCENTRATED: Final = 1000
HIGHLY_CONCENTRATED: Final = 2000

ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Payment:
    """Net money of one payer to one provider, in one currency.

    ``provider`` and ``payer`` tell who they are; ``in_market`` whether it is about the service or
    outcome that is looked at. ``held_back``: the name was; ``local`` and ``small`` None if unknown.
    """

    payer: str
    provider: str
    amount: Decimal
    in_market: bool = True
    held_back: bool = False
    is_person: bool = False
    local: bool | None = None
    small: bool | None = None


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider, the largest first in its market."""

    key: str
    amount: Decimal
    share: Fraction
    local: bool | None
    small: bool | None
    largest_payer: str
    dependence: Fraction | None  # None where too few payers are known to say
    at_risk: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A share among those of whom it is known, and how much of the money they are."""

    share: Fraction | None
    known: Fraction


@dataclass(frozen=True, slots=True)
class Market:
    """The market in one currency: the providers' net money, and what was held back beside it."""

    providers: tuple[Provider, ...]
    total: Decimal
    held_back: Decimal
    people: Decimal
    people_number: int
    credited: int  # payees with a name whose credit notes are as large as their payments
    returned: Decimal  # by how much they are larger, over all of these payees
    largest: Fraction | None
    hhi: Fraction | None
    local: Known
    small: Known
    payers: int
    # The payer with most of the money, where all the rest pay too few to say who depends on it.
    only_payer: str

    @property
    def number(self) -> int:
        """How many providers there are."""
        return len(self.providers)

    @property
    def everything(self) -> Decimal:
        """What all lines of the market add up to, as other pages say it."""
        return self.total + self.held_back + self.people - self.returned

    @property
    def at_risk(self) -> list[Provider]:
        """Those who would lose half or more of what they are known to receive."""
        return [provider for provider in self.providers if provider.at_risk]

    @property
    def concentration(self) -> str:
        """Low, concentrated or high, by the guidelines named above; empty without an HHI."""
        if self.hhi is None:
            return ""
        if self.hhi > HIGHLY_CONCENTRATED:
            return "high"
        return "concentrated" if self.hhi > CONCENTRATED else "low"


def market_of(payments: Iterable[Payment]) -> Market:
    """The market that these payments make. Give all the place's payments, in and out of it."""
    everything = list(payments)
    named = [one for one in everything if not one.held_back and not one.is_person]
    people = [one for one in everything if one.is_person and one.in_market]
    inside = [one for one in named if one.in_market]
    net = _sums(inside, lambda one: one.provider)
    amounts = {key: amount for key, amount in net.items() if amount > 0}
    total = sum(amounts.values(), ZERO)
    about = {one.provider: one for one in inside}
    theirs: dict[str, list[Payment]] = defaultdict(list)
    for one in named:
        theirs[one.provider].append(one)
    only_payer = _only_payer(named)
    providers = [
        _provider(about[key], amount, total, theirs[key], tells=not only_payer)
        for key, amount in sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    ]
    shares = [provider.share for provider in providers]
    return Market(
        providers=tuple(providers),
        total=total,
        held_back=sum((one.amount for one in everything if one.held_back and one.in_market), ZERO),
        people=sum((one.amount for one in people), ZERO),
        people_number=len({one.provider for one in people}),
        credited=len(net) - len(amounts),
        returned=-sum((amount for amount in net.values() if amount <= 0), ZERO),
        largest=shares[0] if shares else None,
        hhi=hhi(shares),
        local=_known(providers, {one.key: one.local for one in providers}),
        small=_known(providers, {one.key: one.small for one in providers}),
        payers=len({one.payer for one in everything}),
        only_payer=only_payer,
    )


def hhi(shares: Sequence[Fraction]) -> Fraction | None:
    """The sum of squares of the shares in per cent; None with fewer than five.

    >>> hhi([Fraction(1, 5)] * 5)
    Fraction(2000, 1)
    """
    if len(shares) < ENOUGH_FOR_HHI:
        return None
    return sum(((share * 100) ** 2 for share in shares), Fraction(0))


def _sums(payments: Iterable[Payment], by: Callable[[Payment], str]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in payments:
        sums[by(one)] += one.amount
    return sums


def _only_payer(named: Sequence[Payment]) -> str:
    """The payer whose files are all that is known of most providers; empty where two tell."""
    paid: dict[str, set[str]] = defaultdict(set)
    for one in named:
        paid[one.payer].add(one.provider)
    everybody = len(set().union(*paid.values()))
    wide = [payer for payer, some in paid.items() if len(some) * ONE_IN >= everybody]
    if not paid or len(wide) >= ENOUGH_PAYERS:
        return ""
    sums = _sums(named, lambda one: one.payer)
    return min(sums, key=lambda payer: (-sums[payer], payer))


def _provider(
    about: Payment, amount: Decimal, total: Decimal, mine: Sequence[Payment], *, tells: bool
) -> Provider:
    """The provider, from all that it receives (``mine``), in this market and outside it.

    ``tells``: the files of several payers tell of the providers here.
    """
    received = _sums(mine, lambda one: one.payer)
    payer = min(received, key=lambda name: (-received[name], name))
    known = sum(received.values(), ZERO)
    here = sum((one.amount for one in mine if one.in_market and one.payer == payer), ZERO)
    enough = (tells or len(received) >= ENOUGH_PAYERS) and known > 0
    most = min(received[payer], known)
    return Provider(
        key=about.provider,
        amount=amount,
        share=Fraction(amount) / Fraction(total),
        local=about.local,
        small=about.small,
        largest_payer=payer,
        dependence=Fraction(most) / Fraction(known) if enough else None,
        at_risk=enough and Fraction(here) / Fraction(known) >= HALF,
    )


def _known(providers: Sequence[Provider], said: Mapping[str, bool | None]) -> Known:
    total = sum((one.amount for one in providers), ZERO)
    known = sum((one.amount for one in providers if said[one.key] is not None), ZERO)
    yes = sum((one.amount for one in providers if said[one.key]), ZERO)
    return Known(
        share=Fraction(yes) / Fraction(known) if known else None,
        known=Fraction(known) / Fraction(total) if total else Fraction(0),
    )
