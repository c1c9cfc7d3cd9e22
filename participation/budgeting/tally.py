"""From the anonymous ballots of a round to an election that the counting rules read. Pure.

Blank ballots are in the turnout and not in the election: the file format that everybody recounts
from (Pabulib) cannot hold them, and nobody's money is decided by a ballot that names nothing.
Withdrawn projects are left out too, and so are the marks they got.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from participation.budgeting.choices import Choices
from participation.budgeting.counting.election import Ballot, Election, election_of
from participation.budgeting.counting.options import GREEDY, Options
from participation.budgeting.styles.base import Style
from participation.budgeting.terms import OnBallot, Terms


def options_of(
    rule: str, given: Mapping[str, Any], part_fit: str, lot: Iterable[int] = ()
) -> Options:
    """The counting rule's options as declared. Raises ``OptionError`` where they do not agree."""
    fields: dict[str, Any] = dict(given)
    if rule in GREEDY:
        fields["part_fit"] = part_fit
    if "tie_steps" in fields:
        fields["tie_steps"] = tuple(fields["tie_steps"])
    try:
        return Options(rule, lot=tuple(str(number) for number in lot), **fields)  # type: ignore[arg-type]
    except TypeError as error:
        raise ValueError("an option of the counting rule is not known") from error


def ballot_of(style: Style, choices: Choices, left: frozenset[int]) -> Ballot:
    """One ballot as the counting rules take it, with the marks of ``left`` projects only.

    A ranking gives points: its length less the place, so that the last place gets none.
    """
    numbers = [number for number in style.pb_vote(choices) if number in left]
    if style.vote_type == "ordinal":
        return {str(number): len(numbers) - 1 - place for place, number in enumerate(numbers)}
    if style.has_points:
        given = choices.by_number
        return {str(number): given[number] for number in numbers}
    return [str(number) for number in numbers]


def elections(
    terms: Terms, style: Style, ballots: Iterable[Choices], withdrawn: frozenset[int]
) -> dict[str, Election]:
    """An election for each purse: the areas that have a budget, and "" for everything else."""
    marked = [choices for choices in ballots if choices.marks]
    return {
        purse: _election(style, marked, projects, budget)
        for purse, (projects, budget) in purses(terms, withdrawn).items()
        if projects
    }


def purses(
    terms: Terms, withdrawn: frozenset[int] = frozenset()
) -> dict[str, tuple[list[OnBallot], Decimal]]:
    """Each purse's projects, in the order of the lot, and what it holds."""
    found: dict[str, tuple[list[OnBallot], Decimal]] = {
        area: ([], budget) for area, budget in terms.areas.items()
    }
    rest = terms.budget - sum(terms.areas.values(), Decimal(0))
    place = {number: at for at, number in enumerate(terms.tie_order)}
    for project in sorted(terms.projects, key=lambda each: place.get(each.number, each.number)):
        if project.number not in withdrawn:
            area = project.area if project.area in terms.areas else ""
            found.setdefault(area, ([], rest))[0].append(project)
    return found


def _election(
    style: Style, marked: list[Choices], projects: list[OnBallot], budget: Decimal
) -> Election:
    left = frozenset(project.number for project in projects)
    ballots = [ballot_of(style, choices, left) for choices in marked]
    return election_of(
        [(str(project.number), project.cost) for project in projects],
        budget,
        # Who marked nothing in this purse decides nothing in it.
        [ballot for ballot in ballots if ballot],
        points=style.has_points,
    )
