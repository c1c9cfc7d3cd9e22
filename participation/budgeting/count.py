"""Counting a closed round by its declared rule, and what is told of the count.

Each purse (an area with its own budget, or everything together) is counted by itself. The other
rule is counted beside the declared one as an analysis; it never makes a winner.
"""

import time
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from commissioning.ground.locks import lock
from participation.budgeting import terms as declared_terms
from participation.budgeting.close import counted_ballots
from participation.budgeting.counting.election import Election
from participation.budgeting.counting.options import GREEDY, Options
from participation.budgeting.counting.outcome import Outcome
from participation.budgeting.counting.rules import count
from participation.budgeting.models import Count, Project, Round
from participation.budgeting.reasons import reasons
from participation.budgeting.styles import styles
from participation.budgeting.styles.base import Style
from participation.budgeting.tally import elections, options_of
from participation.budgeting.terms import Terms

PENNY: Final = Decimal("0.01")


def count_round(round_id: UUID) -> Count | None:
    """Count a round whose ballots are written, once. None where there is nothing to count yet."""
    round_ = Round.objects.get(pk=round_id)
    if round_.status not in {Round.Status.COUNTED, Round.Status.SEALED}:
        return None
    made = Count.objects.filter(round=round_).first()
    if made is not None:
        return made
    started = time.monotonic()
    told = _told(round_)
    seconds = time.monotonic() - started
    with transaction.atomic():
        # Two counters: the second finds the first one's count, which is the same.
        lock(round_id)
        return Count.objects.get_or_create(
            round=round_,
            defaults={
                "digest": round_.closing.digest,
                "winners": [number for purse in told["purses"] for number in purse["winners"]],
                "result": told,
                "spent": sum((Decimal(purse["spent"]) for purse in told["purses"]), Decimal(0)),
                "seconds": seconds,
            },
        )[0]


def _told(round_: Round) -> dict[str, Any]:
    frozen = declared_terms.read(round_.config)
    style = styles[frozen.style]
    withdrawn = frozenset(
        Project.objects.filter(round=round_, withdrawn_at__isnull=False).values_list(
            "number", flat=True
        )
    )
    ballots = counted_ballots(round_)
    counted = elections(frozen, style, ballots, withdrawn)
    return {
        "ballots": len(ballots),
        "blank": sum(not choices.marks for choices in ballots),
        "withdrawn": sorted(withdrawn),
        "purses": [_purse(area, election, frozen, style) for area, election in counted.items()],
    }


def _purse(area: str, election: Election, frozen: Terms, style: Style) -> dict[str, Any]:
    lot = [number for number in frozen.tie_order if str(number) in election.ids]
    options = options_of(frozen.rule, frozen.rule_options, frozen.part_fit, lot)
    outcome = count(election, options)
    other = count(election, other_rule(options, style))
    why = reasons(election, outcome, frozen.currency)
    return {
        "area": area,
        "budget": _amount(election, election.budget),
        "voters": election.voters,
        "options": {"rule": options.rule} | options.as_dict(),
        "winners": _numbers(election, outcome.winners),
        "spent": _amount(election, outcome.spent),
        "reserves": _numbers(election, outcome.reserve)[: frozen.reserves],
        "part_offer": _part_offer(election, outcome),
        "topped_up": _numbers(election, outcome.topped_up),
        "endowment": None if outcome.endowment is None else _amount(election, outcome.endowment),
        "projects": [
            {
                "number": int(election.ids[position]),
                "votes": election.votes[position],
                "score": str(Fraction(election.scores[position], election.points_unit)),
                "funded": position in outcome.winners,
                "eligible": position in outcome.eligible,
                "why": why[position],
            }
            for position in range(len(election.projects))
        ],
        "other": {
            "options": {"rule": other.options.rule} | other.options.as_dict(),
            "winners": _numbers(election, other.winners),
            "spent": _amount(election, other.spent),
        },
        "figures": _figures(election, outcome),
        "other_figures": _figures(election, other),
    }


def other_rule(options: Options, style: Style) -> Options:
    """The rule that is counted as an analysis: equal shares beside greedy, and greedy beside it."""
    if options.rule in GREEDY or options.rule == "phragmen":
        return Options(
            "equal-shares",
            utility="points" if style.has_points else "cost",
            completion="add1",
            top_up="votes",
            lot=options.lot,
            min_votes=options.min_votes,
            min_points=options.min_points,
        )
    return Options(
        "greedy",
        utility="points" if style.has_points else "votes",
        lot=options.lot,
        min_votes=options.min_votes,
        min_points=options.min_points,
    )


def _figures(election: Election, outcome: Outcome) -> dict[str, str]:
    """Who got something: voters with a funded project they chose, and money decided by each."""
    funded = [int(position in outcome.winners) for position in range(len(election.projects))]
    costs = [cost * one for cost, one in zip(election.costs, funded, strict=True)]
    satisfied = int((election.worth(funded) > 0).sum())
    decided = int(election.worth(costs).sum())
    voters = max(1, election.voters)
    return {
        "satisfied": str(satisfied),
        "satisfied_percent": f"{100 * satisfied / voters:.1f}",
        "money_each": _amount(election, Fraction(decided, voters)),
    }


def _numbers(election: Election, positions: Iterable[int]) -> list[int]:
    return [int(election.ids[position]) for position in positions]


def _part_offer(election: Election, outcome: Outcome) -> dict[str, Any] | None:
    if outcome.part_offer is None:
        return None
    offer = outcome.part_offer
    return {
        "number": int(election.ids[offer.project]),
        "offered": _amount(election, offer.offered),
    }


def _amount(election: Election, smallest_units: int | Fraction) -> str:
    """An amount in units of currency, to the penny, for print."""
    exact = election.money(smallest_units)
    return str((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(PENNY))
