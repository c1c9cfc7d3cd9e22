"""What is published of a closed round, and what is not.

Every ballot is shown only where the crowd is large enough to hide in: from 100 ballots, and of
each purse (an area with its own budget) only from 10. Scores for thirty ideas can be written in
more ways than there are people, so that a small crowd's ballots would be receipts. What is not
shown is in the scrutineers' copy. No column says anything about a person.
"""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from commissioning.ground.answers import YES, Answer, no
from participation.budgeting import terms as declared_terms
from participation.budgeting.choices import Choices
from participation.budgeting.close import counted_ballots, digest_of
from participation.budgeting.counting.election import Election
from participation.budgeting.counting.options import Options
from participation.budgeting.counting.pb import build_pb, parse_pb
from participation.budgeting.counting.ties import tie_ranks
from participation.budgeting.crowd import is_small
from participation.budgeting.models import Count, Round
from participation.budgeting.styles import styles
from participation.budgeting.styles.base import Style
from participation.budgeting.styles.ranking import in_order
from participation.budgeting.tally import elections, options_of
from participation.budgeting.terms import Terms

COUNTRY: Final = "United Kingdom"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_EQUAL_SHARES: Final = {
    ("none", "none"): "equalshares",
    ("none", "projects"): "equalshares-comparison",
    ("add1", "none"): "equalshares/add1",
    ("add1", "projects"): "equalshares/add1-comparison",
}


def may_show_ballots(round_: Round) -> Answer:
    """Whether the crowd is large enough to show every ballot."""
    if round_.published_at is None:
        return no(_("Nothing is published before the result is."))
    if round_.closing.ballots < round_.publish_full_from:
        return no(
            _("Fewer than %(n)d people voted: only totals are published, to keep votes secret.")
            % {"n": round_.publish_full_from}
        )
    return YES


def pb_files(round_: Round) -> dict[str, bytes]:
    """A Pabulib file of each purse ("" where there is one), of those with enough ballots."""
    if not may_show_ballots(round_):
        return {}
    told = Count.objects.get(round=round_).result
    frozen = declared_terms.read(round_.config)
    style = styles[frozen.style]
    ballots = counted_ballots(round_)
    counted = elections(frozen, style, ballots, frozenset(told["withdrawn"]))
    winners = {purse["area"]: purse["winners"] for purse in told["purses"]}
    return {
        area: _pb(round_, frozen, election, ballots, (area, winners[area]))
        for area, election in counted.items()
        if election.voters >= round_.publish_area_from
    }


def ballots_csv(round_: Round) -> bytes:
    """Every ballot, blank ones too: its number, a column for each project, and its digest line.

    The SHA-256 of the last column, one line each, is the digest of the close.
    """
    if not may_show_ballots(round_) or small_purses(round_):
        return b""
    frozen = declared_terms.read(round_.config)
    numbers = sorted(frozen.numbers)
    rows = []
    for n, choices in enumerate(counted_ballots(round_), start=1):
        marks = choices.by_number
        rows.append([n, *(marks.get(number, "") for number in numbers), choices.line()])
    return _csv(["ballot", *(f"idea {number}" for number in numbers), "line"], rows)


def totals_csv(round_: Round) -> bytes:
    """Each project's totals: what is published however few voted."""
    told = Count.objects.get(round=round_).result
    frozen = declared_terms.read(round_.config).by_number
    rows = []
    for purse in told["purses"]:
        hidden = is_small(round_, told, purse)
        for line in purse["projects"]:
            project = frozen[line["number"]]
            rows.append(
                [
                    project.number,
                    project.title,
                    str(project.cost),
                    project.area,
                    "" if hidden else line["votes"],
                    "" if hidden else line["score"],
                    "yes" if line["funded"] else "no",
                ]
            )
    rows.sort(key=lambda row: row[0])
    return _csv(["number", "idea", "cost", "area", "votes", "score", "funded"], rows)


def shown_purses(round_: Round) -> list[str]:
    """The areas ("" where there is one purse) whose ballots are shown."""
    told = Count.objects.get(round=round_).result
    shown = [p["area"] for p in told["purses"] if p["voters"] >= round_.publish_area_from]
    return shown if may_show_ballots(round_) else []


def digest_of_pb(content: bytes, blank: int) -> str:
    """The digest of a close, worked out from its published file and the number of blank ballots."""
    file = parse_pb(content)
    kind = file.about["vote_type"]
    lines = []
    for row in file.votes.rows:
        numbers = [int(each) for each in file.votes.value(row, "vote").split(",")]
        if kind == "ordinal":
            marks = {number: place for place, number in enumerate(numbers, start=1)}
        elif points := file.votes.value(row, "points"):
            marks = dict(zip(numbers, map(int, points.split(",")), strict=True))
        else:
            marks = dict.fromkeys(numbers, 1)
        lines.append(Choices.of(marks).line())
    lines += [Choices().line()] * blank
    return digest_of(sorted(lines))


def small_purses(round_: Round) -> bool:
    """Whether some purse has too few ballots for whole ballots to be shown."""
    told = Count.objects.get(round=round_).result
    return any(purse["voters"] < round_.publish_area_from for purse in told["purses"])


def _pb(
    round_: Round,
    frozen: Terms,
    election: Election,
    ballots: Iterable[Choices],
    result: tuple[str, list[int]],
) -> bytes:
    """``result`` is the purse and its winners."""
    (area, winners), style = result, styles[frozen.style]
    lot = [number for number in frozen.tie_order if str(number) in election.ids]
    options = options_of(frozen.rule, frozen.rule_options, frozen.part_fit, lot)
    left = frozenset(map(int, election.ids))
    votes = list(_votes(style, ballots, left))
    file = build_pb(
        _meta(round_, frozen, area, options, projects=len(left), voters=len(votes)),
        _projects(frozen, election, options, frozenset(winners)),
        votes,
    )
    return file.to_bytes()


def _meta(
    round_: Round, frozen: Terms, area: str, options: Options, *, projects: int, voters: int
) -> dict[str, str]:
    source, style = round_.source, styles[frozen.style]
    rule, more = _rule(options, style)
    limits = style.pb_meta(frozen)
    if area:
        limits.pop("max_sum_cost", None)
        limits.pop("min_length", None)
        limits.pop("min_sum_points", None)
    budget = dict(frozen.areas).get(area, frozen.budget - sum(frozen.areas.values()))
    meta = {
        "description": source.get("description") or f"{round_.title}, {round_.programme.title}",
        "country": source.get("country") or COUNTRY,
        "unit": source.get("unit") or round_.programme.place.name,
        "subunit": source.get("subunit", "") or area,
        "instance": source.get("instance") or f"{round_.opens_at:%Y} {round_.title}",
        "num_projects": str(projects),
        "num_votes": str(voters),
        "budget": format(budget.normalize(), "f"),
        "vote_type": style.vote_type,
        "rule": rule,
        "date_begin": source.get("date_begin") or f"{round_.opens_at:%d.%m.%Y}",
        "date_end": source.get("date_end") or f"{round_.closed_at:%d.%m.%Y}",
        "language": source.get("language") or "en",
        "currency": frozen.currency,
        **limits,
        **more,
    }
    return {key: value for key, value in meta.items() if value}


def _rule(options: Options, style: Style) -> tuple[str, dict[str, str]]:
    """The rule's name in the format, where it has one; else "unknown" and our own words for it."""
    said = f"#1: Counted by {options.rule} " + " ".join(
        f"--{name} {value}" for name, value in options.as_dict().items()
    )
    name = _official(options, style)
    if name == "greedy-threshold":
        return name, {"min_project_score_threshold": str(options.min_points or options.min_votes)}
    return (name, {}) if name else ("unknown", {"comment": said})


def _official(options: Options, style: Style) -> str:
    shown = "points" if style.pb_points(Choices()) is not None else "votes"
    threshold = options.min_points if shown == "points" else options.min_votes
    others = options.min_votes if shown == "points" else options.min_points
    if options.rule == "equal-shares":
        plain = options.counts == "cost" and options.start == "whole" and options.top_up == "none"
        found = _EQUAL_SHARES.get((options.completion, options.comparison), "")
        return found if plain and not threshold and not others else ""
    if options.counts != shown or others:
        return ""
    if options.rule == "greedy" and options.part_fit == "skip":
        return "greedy-threshold" if threshold else "greedy"
    stops = options.rule == "greedy-no-skip" or options.part_fit != "skip"
    return "greedy-no-skip" if options.rule != "greedy-per-cost" and stops and not threshold else ""


def _projects(
    frozen: Terms, election: Election, options: Options, winners: frozenset[int]
) -> list[dict[str, str]]:
    """The projects in the order in which ties fall, which is what that order stands for."""
    ranks = tie_ranks(election, options)
    listed = sorted(range(len(election.projects)), key=lambda position: ranks[position])
    return [_project(frozen, election, position, winners) for position in listed]


def _project(
    frozen: Terms, election: Election, position: int, winners: frozenset[int]
) -> dict[str, str]:
    project = frozen.by_number[int(election.ids[position])]
    row = {
        "project_id": election.ids[position],
        "cost": format(project.cost.normalize(), "f"),
        "votes": str(election.votes[position]),
        "name": project.title,
        "selected": str(int(project.number in winners)),
        "neighborhood": project.area,
        "proposer": project.owner,
        "public_id": project.reference,
    }
    if styles[frozen.style].pb_points(Choices()) is not None:
        row["score"] = str(election.scores[position])
    used = {
        "neighborhood": any(each.area for each in frozen.projects),
        "proposer": any(each.owner for each in frozen.projects),
        "public_id": any(each.reference for each in frozen.projects),
    }
    return {name: value for name, value in row.items() if used.get(name, True)}


def _votes(
    style: Style, ballots: Iterable[Choices], left: frozenset[int]
) -> Iterable[dict[str, str]]:
    """A row for each ballot that marks something here, numbered in the order of their content."""
    kept = []
    for choices in ballots:
        marks = {number: value for number, value in choices.marks if number in left}
        if marks:
            kept.append(_closed_up(style, marks))
    kept.sort(key=Choices.line)
    for n, choices in enumerate(kept, start=1):
        row = {"voter_id": str(n), "vote": ",".join(map(str, style.pb_vote(choices)))}
        points = style.pb_points(choices)
        if points is not None:
            row["points"] = ",".join(map(str, points))
        yield row


def _closed_up(style: Style, marks: dict[int, int]) -> Choices:
    """The marks; the places of a ranking close up where a project is not shown."""
    choices = Choices.of(marks)
    if style.vote_type != "ordinal":
        return choices
    return Choices.of({number: place for place, number in enumerate(in_order(choices), start=1)})


def _csv(header: list[str], rows: Iterable[list[Any]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula is marked as text."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value
