"""The odds, in words that nobody needs to reckon with."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Below this many reports, an average could tell what one organisation said.
FEWEST_REPORTS = 5


@dataclass(frozen=True, slots=True)
class Odds:
    """``funded`` of about ``applying`` can be funded."""

    applying: int
    funded: int

    @property
    def everyone(self) -> bool:
        """Whether there is enough for all who are expected."""
        return self.funded >= self.applying

    @property
    def one_in(self) -> int:
        """About one in how many is funded."""
        ratio = Decimal(self.applying) / Decimal(max(self.funded, 1))
        return max(1, int(ratio.quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def usual_hours(reports: list[Decimal]) -> Decimal | None:
    """The middle of the hours reported, to the nearest half hour; None from too few to be told."""
    if len(reports) < FEWEST_REPORTS:
        return None
    ordered = sorted(reports)
    middle = len(ordered) // 2
    median = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return (median * 2).quantize(Decimal(1), rounding=ROUND_HALF_UP) / 2
