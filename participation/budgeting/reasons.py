"""Why each idea was funded or not, in a sentence or two, worked out at the count."""

from decimal import Decimal
from fractions import Fraction

from commissioning.ground.money import money_text
from participation.budgeting.counting.election import Election
from participation.budgeting.counting.explain import explain_greedy, explain_shares
from participation.budgeting.counting.options import GREEDY
from participation.budgeting.counting.outcome import Outcome
from participation.budgeting.counting.phragmen import explain_phragmen
from participation.budgeting.counting.sentences import (
    counted,
    say_greedy,
    say_load,
    say_preference,
    say_shares,
)

BELOW = "It did not get the {least} that an idea needed, so it was not counted."


def reasons(election: Election, outcome: Outcome, currency: str) -> dict[int, str]:
    """For each project, by position, why it was funded or not."""
    told = {position: _not_counted(outcome) for position in range(len(election.projects))}
    return told | _counted(election, outcome, currency)


def _counted(election: Election, outcome: Outcome, currency: str) -> dict[int, str]:
    def money(amount: Fraction | float) -> str:
        exact = Fraction(amount)
        return money_text(Decimal(exact.numerator) / Decimal(exact.denominator), currency)

    if outcome.options.rule in GREEDY:
        noun = "point" if outcome.options.counts == "points" else "vote"
        return {
            reason.project: say_greedy(reason, money, noun)
            for reason in explain_greedy(election, outcome)
        }
    if outcome.options.rule == "equal-shares" and not _greedy_stands(outcome):
        return {
            reason.project: say_shares(reason, money)
            for reason in explain_shares(election, outcome)
        }
    if outcome.options.rule == "phragmen":
        return {
            reason.project: say_load(reason, money)
            for reason in explain_phragmen(election, outcome)
        }
    return {position: _as_compared(election, outcome, position) for position in outcome.eligible}


def _greedy_stands(outcome: Outcome) -> bool:
    """Whether the comparison that was declared gave the result to most votes first."""
    preference = outcome.preference
    return preference is not None and preference.greedy > preference.equal_shares


def _as_compared(election: Election, outcome: Outcome, position: int) -> str:
    """Equal shares were counted, and the declared comparison gave the result to the other rule."""
    assert outcome.preference is not None
    backed = f"{counted(election.votes[position], 'person', 'people')} backed it."
    return f"{backed} {say_preference(outcome.preference)}"


def _not_counted(outcome: Outcome) -> str:
    options = outcome.options
    least = (
        counted(options.min_points, "point")
        if options.min_points
        else counted(options.min_votes, "vote")
    )
    return BELOW.format(least=least)
