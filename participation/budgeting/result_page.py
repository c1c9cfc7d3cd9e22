"""The result as people read it: what is funded, what is not, and by how much."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participation.budgeting.crowd import is_small, why_hidden
from participation.budgeting.models import Adoption, Award, Count, Project, Round
from participation.budgeting.results import standing
from participation.budgeting.styles import styles


@dataclass(frozen=True, slots=True)
class Line:
    """One idea in the result."""

    project: Project
    votes: int
    score: Fraction
    funded: bool
    percent: int
    reserve: int | None
    offered: Decimal | None
    decision: Adoption | None
    awarded: Decimal | None
    has_points: bool
    why: str
    # So few chose among the ideas of its area that a figure would tell how somebody voted.
    hidden: bool

    @property
    def figure(self) -> str:
        """Votes or points, in words."""
        if self.hidden:
            return _("figures not shown")
        if self.has_points:
            points = _number(self.score)
            return ngettext("%(n)s point", "%(n)s points", int(self.score)) % {"n": points}
        return ngettext("%(n)s vote", "%(n)s votes", self.votes) % {"n": f"{self.votes:,}"}

    @property
    def average(self) -> str:
        """The average of those who marked it, for ballots with points."""
        if self.hidden or not self.has_points or not self.votes:
            return ""
        return _("average %(n)s") % {"n": f"{float(self.score / self.votes):.1f}"}


@dataclass(frozen=True, slots=True)
class Purse:
    """What is counted by itself: an area with its own money, or everything."""

    area: str
    budget: Decimal
    spent: Decimal
    voters: int
    funded: list[Line]
    unfunded: list[Line]
    satisfied_percent: str
    money_each: Decimal
    other: dict[str, Any]
    # Why no figure of this area is shown; empty where they are.
    hidden: str

    @property
    def left(self) -> Decimal:
        """What nobody gets."""
        return self.budget - self.spent


@dataclass(frozen=True, slots=True)
class Result:
    """A count, its purses, and what the body with the power made of it."""

    round: Round
    count: Count
    purses: list[Purse]
    awarded: Decimal
    decisions: int

    @property
    def winners(self) -> int:
        """How many ideas the vote funds."""
        return len(self.count.winners)

    @property
    def ideas(self) -> int:
        """How many stood on the ballot."""
        return sum(len(purse.funded) + len(purse.unfunded) for purse in self.purses)

    @property
    def is_adopted(self) -> bool:
        """Whether every winner has been decided on."""
        decided = {
            line.project.number
            for purse in self.purses
            for line in purse.funded
            if line.decision is not None
        }
        return self.winners > 0 and decided >= set(self.count.winners)


def result_of(round_: Round) -> Result | None:
    """The result of a counted round; None while it is not counted."""
    made = Count.objects.filter(round=round_).first()
    if made is None:
        return None
    projects = {
        project.number: project
        for project in round_.projects.select_related("area", "owner", "outcome")
    }
    awards = {
        award.project.number: award.amount
        for award in Award.objects.filter(project__round=round_).select_related("project")
    }
    decisions = standing(round_)
    has_points = styles[round_.style].has_points
    purses = [
        _purse(
            told,
            projects,
            decisions,
            awards,
            has_points=has_points,
            hidden=why_hidden(round_) if is_small(round_, made.result, told) else "",
        )
        for told in made.result["purses"]
    ]
    return Result(round_, made, purses, sum(awards.values(), Decimal(0)), len(decisions))


def _purse(
    told: dict[str, Any],
    projects: dict[int, Project],
    decisions: dict[int, Adoption],
    awards: dict[int, Decimal],
    *,
    has_points: bool,
    hidden: str,
) -> Purse:
    most = max((_weight(each, has_points=has_points) for each in told["projects"]), default=0)
    lines = {
        each["number"]: Line(
            project=projects[each["number"]],
            votes=each["votes"],
            score=Fraction(each["score"]),
            funded=each["funded"],
            percent=(
                int(100 * _weight(each, has_points=has_points) / most) if most and not hidden else 0
            ),
            reserve=_place(told["reserves"], each["number"]),
            offered=_offered(told["part_offer"], each["number"]),
            decision=decisions.get(each["number"]),
            awarded=awards.get(each["number"]),
            has_points=has_points,
            why=hidden or each["why"],
            hidden=bool(hidden),
        )
        for each in told["projects"]
    }
    rest = [line for number, line in lines.items() if number not in told["winners"]]
    return Purse(
        area=told["area"],
        budget=Decimal(told["budget"]),
        spent=Decimal(told["spent"]),
        voters=told["voters"],
        funded=[lines[number] for number in told["winners"]],
        unfunded=sorted(rest, key=_standing_order),
        satisfied_percent=told["figures"]["satisfied_percent"].removesuffix(".0"),
        money_each=Decimal(told["figures"]["money_each"]),
        other=told["other"] | {"figures": told["other_figures"]},
        hidden=hidden,
    )


def _standing_order(line: Line) -> tuple[bool, int, Fraction, int, int]:
    """Reserves first, in their order; then by points or votes."""
    weight = line.score if line.has_points else Fraction(line.votes)
    return (
        line.reserve is None,
        line.reserve or 0,
        -weight,
        -line.votes,
        line.project.number,
    )


def _weight(each: dict[str, Any], *, has_points: bool) -> Fraction:
    return Fraction(each["score"]) if has_points else Fraction(each["votes"])


def _place(reserves: list[int], number: int) -> int | None:
    return reserves.index(number) + 1 if number in reserves else None


def _offered(offer: dict[str, Any] | None, number: int) -> Decimal | None:
    return Decimal(offer["offered"]) if offer and offer["number"] == number else None


def _number(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):,.1f}"
