"""From a `.pb` file to an election, as leniently as a sensible count allows.

Refused, with the line: what would make a count meaningless or wrong (no budget, a cost that is no
number, two projects or two voters of one id, a vote for a project that is not there, points that
do not go with the projects). Noted as a warning, and counted: what leaves the count clear (a
blank ballot, a project twice on one ballot, totals that do not agree with the ballots).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import numpy as np

from .election import MOST_MONEY, Election, IntArray, Project, decimal_places, scaled
from .pb import PbFile
from .pb_fields import POINT_TYPES, VOTE_TYPES
from .pb_numbers import is_plain, parse_number
from .pb_text import PbError, Row, Warnings


@dataclass(frozen=True)
class PbElection:
    """An election out of a file, and what was odd about the file."""

    election: Election
    vote_type: str
    warnings: Warnings


def election_from(file: PbFile) -> PbElection:
    """Read the election in a file. Raises PbError with the line where no count makes sense.

    A ballot's marks are the projects in its `vote` cell, each once. Points are those of the
    `points` cell for cumulative and scoring ballots (a project given twice keeps the last), and
    for ordinal ballots the length of the ballot minus the place, so the last gets 0. Every row of
    VOTES is a voter, also with a blank ballot.
    """
    warnings = Warnings(file.warnings)
    vote_type = _vote_type(file)
    budget = _budget(file, warnings)
    costs = _costs(file, warnings)
    unit = 10 ** max(map(decimal_places, [budget, *costs.values()]))
    _note_voter_ids(file, warnings)
    ballots = _Ballots(file, vote_type, list(costs), warnings).read()
    try:
        election = Election(
            projects=tuple(Project(one, scaled(cost, unit)) for one, cost in costs.items()),
            budget=scaled(budget, unit),
            starts=ballots.starts,
            choices=ballots.choices,
            points=ballots.points,
            unit=unit,
            points_unit=ballots.points_unit,
        )
    except (ValueError, OverflowError) as error:
        raise PbError(None, str(error)) from None
    _compare_totals(file, election, warnings)
    if file.about.get("default_score", "0") not in ("", "0"):
        line = file.about_line("default_score")
        warnings.note(line, "default_score is not applied: only points that were given count.")
    return PbElection(election, vote_type, warnings)


def _vote_type(file: PbFile) -> str:
    given = file.about.get("vote_type", "").lower()
    if given not in VOTE_TYPES:
        what = f"has the vote_type {given!r}" if given else "has no vote_type"
        known = ", ".join(VOTE_TYPES)
        raise PbError(file.about_line("vote_type"), f"META {what}; it must be one of {known}.")
    return given


def _budget(file: PbFile, warnings: Warnings) -> Decimal:
    line = file.about_line("budget")
    if line is None:
        raise PbError(None, "META has no budget.")
    return _amount(file.about["budget"], "The budget", line, warnings)


def _costs(file: PbFile, warnings: Warnings) -> dict[str, Decimal]:
    costs: dict[str, Decimal] = {}
    section = file.projects
    for row in section.rows:
        identity = section.value(row, "project_id")
        if not identity:
            raise PbError(row.line, "A project has no id.")
        if identity in costs:
            raise PbError(row.line, f"Project {identity} is listed a second time.")
        what = f"The cost of project {identity}"
        costs[identity] = _amount(section.value(row, "cost"), what, row.line, warnings)
    return costs


def _amount(text: str, what: str, line: int, warnings: Warnings) -> Decimal:
    if not text:
        raise PbError(line, f"{what} is missing.")
    try:
        amount = parse_number(text)
    except ValueError:
        raise PbError(line, f"{what} is not a number: {text[:60]!r}.") from None
    if amount < 0:
        raise PbError(line, f"{what} is below zero.")
    if amount > MOST_MONEY:
        raise PbError(line, f"{what} is too large to be counted.")
    if not is_plain(text):
        warnings.note(line, f"{what} was read as {amount:f} from {text!r}.")
    return amount


def _note_voter_ids(file: PbFile, warnings: Warnings) -> None:
    """Note an id that stands twice. Each row is a ballot all the same, as in every public tool.

    Some cities number voters anew in each polling place, so the id alone proves nothing.
    """
    voters = [voter for voter in file.votes.cells("voter_id") if voter]
    if len(set(voters)) == len(voters):
        return
    seen: dict[str, int] = {}
    for row, voter in zip(file.votes.rows, file.votes.cells("voter_id"), strict=True):
        if voter and seen.setdefault(voter, row.line) != row.line:
            told = f"Voter {voter} stands on line {seen[voter]} too; both ballots were counted."
            warnings.note(row.line, told)


@lru_cache(maxsize=4096)
def _point(text: str) -> Decimal:
    return parse_number(text)


class _Ballots:
    """Reads VOTES row by row into the arrays of an `Election`."""

    def __init__(
        self, file: PbFile, vote_type: str, projects: list[str], warnings: Warnings
    ) -> None:
        self.section = file.votes
        self.place = {identity: position for position, identity in enumerate(projects)}
        self.warnings = warnings
        self.vote_type = vote_type
        self.marks: list[int] = []
        self.given: list[Decimal | int] = []
        self.starts: IntArray = np.zeros(1, dtype=np.int64)
        self.choices: IntArray = np.zeros(0, dtype=np.int64)
        self.points: IntArray | None = None
        self.points_unit = 1

    def read(self) -> _Ballots:
        reader: Callable[[Row, str], int] = {
            "ordinal": self._ordinal,
            "cumulative": self._with_points,
            "scoring": self._with_points,
        }.get(self.vote_type, self._approval)
        cells = self.section.cells("vote")
        read = [reader(row, cell) for row, cell in zip(self.section.rows, cells, strict=True)]
        lengths = np.asarray(read, dtype=np.int64)
        self.starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)])
        self.choices = np.asarray(self.marks, dtype=np.int64)
        if self.vote_type in POINT_TYPES:
            self._scale_points()
        return self

    def _scale_points(self) -> None:
        self.points_unit = 10 ** max(map(decimal_places, set(self.given)), default=0)
        whole = [scaled(value, self.points_unit) for value in self.given]
        try:
            self.points = np.asarray(whole, dtype=np.int64)
        except OverflowError:
            raise PbError(None, "The points on the ballots are too large to be counted.") from None

    def _approval(self, row: Row, cell: str) -> int:
        marks = self._marked(row, cell)
        if self.vote_type == "choose-1" and len(marks) > 1:
            self.warnings.note(row.line, "More than one project is chosen on a choose-1 ballot.")
        self.marks += marks
        return len(marks)

    def _ordinal(self, row: Row, cell: str) -> int:
        marks = self._marked(row, cell)
        self.marks += marks
        self.given += range(len(marks) - 1, -1, -1)
        return len(marks)

    def _with_points(self, row: Row, cell: str) -> int:
        named = self._named(cell)
        values = [] if not named else self._points_of(row, len(named))
        pairs = dict(zip(self._positions(named, row), values, strict=True))
        if len(pairs) < len(named):
            self.warnings.note(row.line, "A project stands twice on one ballot; the last counts.")
        self.marks += pairs
        self.given += pairs.values()
        return len(pairs)

    def _points_of(self, row: Row, wanted: int) -> list[Decimal]:
        texts = [text.strip() for text in self.section.value(row, "points").split(",")]
        texts = texts[:-1] if texts[-1] == "" else texts
        if len(texts) != wanted:
            raise PbError(row.line, f"There are {wanted} projects but {len(texts)} points.")
        try:
            return [_point(text) for text in texts]
        except ValueError as error:
            raise PbError(row.line, f"Among the points, {error}.") from None

    def _marked(self, row: Row, cell: str) -> list[int]:
        """The positions marked, in the order of the ballot, each once."""
        try:
            positions = [self.place[name] for name in cell.split(",")]
        except KeyError:
            positions = self._positions(self._named(cell), row)
        if len(set(positions)) < len(positions):
            self.warnings.note(row.line, "A project stands twice on one ballot; it counts once.")
            positions = list(dict.fromkeys(positions))
        return positions

    def _named(self, cell: str) -> list[str]:
        if not cell or (cell.lower() == "none" and cell not in self.place):
            return []
        return [name for name in map(str.strip, cell.split(",")) if name]

    def _positions(self, named: list[str], row: Row) -> list[int]:
        try:
            return [self.place[name] for name in named]
        except KeyError as error:
            raise PbError(
                row.line, f"There is a vote for project {error.args[0]}, which is not listed."
            ) from None


def _compare_totals(file: PbFile, election: Election, warnings: Warnings) -> None:
    """Note where the totals that a file states are not those of its ballots."""
    counted = {"num_projects": len(election.projects), "num_votes": election.voters}
    for key, number in counted.items():
        stated = file.about.get(key, "")
        if stated != str(number):
            message = f"META says {key} is {stated or 'nothing'}, but there are {number}."
            warnings.note(file.about_line(key), message)
    columns = {"votes": election.votes}
    if election.points is not None and file.about.get("vote_type", "").lower() != "ordinal":
        columns["score"] = election.scores
    for column, totals in columns.items():
        _compare_column(file, column, totals, election, warnings)


def _compare_column(
    file: PbFile, column: str, totals: tuple[int, ...], election: Election, warnings: Warnings
) -> None:
    if file.projects.column(column) is None:
        return
    per = election.points_unit if column == "score" else 1
    for row, total in zip(file.projects.rows, totals, strict=True):
        stated = file.projects.value(row, column)
        try:
            agrees = parse_number(stated) * per == total
        except ValueError:
            agrees = False
        if not agrees:
            told = stated or "nothing"
            message = f"The column {column} says {told}, but the ballots give {total / per:g}."
            warnings.note(row.line, message)
