"""What the ballot page shows: frozen terms and one voter's recorded choices, put side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from commissioning.ground.money import money_text
from participation.budgeting.cast import Recorded
from participation.budgeting.choices import Choices
from participation.budgeting.styles import styles
from participation.budgeting.styles.budget import purse, spent_by_area
from participation.budgeting.terms import OnBallot, Terms


@dataclass(frozen=True, slots=True)
class Card:
    """One idea on the ballot, with the mark that stands beside it."""

    project: OnBallot
    mark: int | None
    picture: str = ""
    picture_alt: str = ""
    withdrawn: str = ""
    purse: str = ""

    @property
    def number(self) -> int:
        return self.project.number

    @property
    def title(self) -> str:
        return self.project.title

    @property
    def summary(self) -> str:
        return self.project.summary

    @property
    def cost(self) -> Decimal:
        return self.project.cost

    @property
    def area(self) -> str:
        return self.project.area

    @property
    def owner(self) -> str:
        return self.project.owner

    @property
    def pence(self) -> int:
        """The cost in the smallest unit, for sums in the browser."""
        return int(self.project.cost * 100)


@dataclass(frozen=True, slots=True)
class State:
    """What a voter must always be able to read: whether the vote is in, or what is missing."""

    is_in: bool
    blank: bool
    counted: bool
    started: bool
    missing: str
    next: int | None

    @property
    def is_ready(self) -> bool:
        """Whether it has only become whole since it was saved: what it lacked was withdrawn."""
        return self.started and not self.is_in and not self.missing


def state_of(recorded: Recorded, terms: Terms, withdrawn: Iterable[int] = ()) -> State:
    """The state of a recorded ballot; ``next`` is the first idea without a score, if any."""
    chosen = recorded.choices
    return State(
        is_in=recorded.is_in,
        blank=chosen.blank,
        counted=recorded.counted is not None,
        started=recorded.rev > 0,
        missing=recorded.missing,
        next=_first_without_score(chosen, terms, frozenset(withdrawn)),
    )


def _first_without_score(chosen: Choices, terms: Terms, withdrawn: frozenset[int]) -> int | None:
    if terms.style != "score" or chosen.blank or not chosen.marks:
        return None
    open_ones = terms.numbers - withdrawn - set(chosen.numbers)
    return min(open_ones, default=None)


def in_words(chosen: Choices, terms: Terms) -> str:
    """A ballot in a line, so that two of them can be told apart by the person who made them."""
    if chosen.blank:
        return _("A blank vote")
    if not chosen.marks:
        return _("Nothing chosen")
    titles = terms.by_number
    if terms.style in {"approval", "budget"}:
        return "; ".join(titles[number].title for number in chosen.numbers)
    ordered = sorted(chosen.marks, key=lambda mark: mark[1], reverse=terms.style != "ranking")
    return "; ".join(f"{titles[number].title} ({value})" for number, value in ordered)


def purses(terms: Terms) -> dict[str, int]:
    """What there is to spend, by area ("" for the common purse), in the smallest unit."""
    names = {*terms.areas, *("" for project in terms.projects if project.area not in terms.areas)}
    return {name: int(purse(terms, name) * 100) for name in sorted(names)}


def purse_of(project: OnBallot, terms: Terms) -> str:
    """The name of the purse that an idea is paid from."""
    return project.area if project.area in terms.areas else ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The line at the top, how far along it is, and the words that the browser fills in."""

    line: str
    percent: int
    words: str


def tally_of(chosen: Choices, terms: Terms) -> Tally:
    """The running figure of the ballot's style."""
    words = {
        "score": _("{done} of {all} scored"),
        "approval": _("{done} of up to {all} chosen"),
        "budget": _("{done} spent, {left} left"),
        "points": _("Points: {done} given, {left} left"),
        "ranking": _("{done} of up to {all} ranked"),
    }[terms.style]
    done, whole = _figures(chosen, terms)
    percent = int(100 * done / whole) if whole else 0
    if chosen.blank:
        return Tally(_("A blank vote"), percent, words)
    left = whole - done
    shown: Mapping[str, Any] = {"done": done, "all": whole, "left": left}
    if terms.style == "budget":
        shown = {
            "done": money_text(Decimal(done), terms.currency),
            "left": money_text(Decimal(left), terms.currency),
        }
    return Tally(words.format(**shown), percent, words)


def _figures(chosen: Choices, terms: Terms) -> tuple[Decimal | int, Decimal | int]:
    if terms.style == "budget":
        return sum(spent_by_area(chosen, terms).values(), Decimal(0)), terms.budget
    if terms.style == "points":
        return sum(value for _number, value in chosen.marks), terms.options["points"]
    return len(chosen.marks), most_of(terms)


def most_of(terms: Terms) -> int:
    """The most marks (or points) that a ballot can hold."""
    if terms.style == "points":
        return terms.options["points"]
    return styles[terms.style].largest(terms)[0]


def controls(terms: Terms, chosen: Choices) -> dict[str, Any]:
    """What the style's own template needs."""
    if terms.style == "score":
        return {"scores": range(terms.options["lowest"], terms.options["highest"] + 1)}
    if terms.style == "points":
        return {"most_on_one": terms.options["most_on_one"] or terms.options["points"]}
    if terms.style == "ranking":
        titles = terms.by_number
        return {
            "places": [
                (place, _("Choice %(n)d") % {"n": place}) for place in range(1, most_of(terms) + 1)
            ],
            "ranked": sorted((place, titles[number].title) for number, place in chosen.marks),
        }
    return {}
