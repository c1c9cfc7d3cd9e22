"""The files of a published result, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from participation.budgeting import published
from participation.budgeting.models import Round


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is made when it is asked for."""

    name: str
    label: str
    media_type: str
    make: Callable[[], bytes]


def downloads(round_: Round) -> list[Download]:
    """What may be downloaded: totals always; every ballot where the crowd is large enough."""
    totals = partial(published.totals_csv, round_)
    files = [Download("totals.csv", _("Totals of each idea (CSV)"), "text/csv", totals)]
    if not published.may_show_ballots(round_):
        return files
    if not published.small_purses(round_):
        ballots = partial(published.ballots_csv, round_)
        files.append(Download("ballots.csv", _("Every ballot (CSV)"), "text/csv", ballots))
    return files + [_pb_file(round_, area) for area in published.shown_purses(round_)]


def pb_name(area: str) -> str:
    """The name of the file that a purse's ballots are published in."""
    return f"ballots-{slugify(area)}.pb" if area else "ballots.pb"


def recount_commands(round_: Round, result: Mapping[str, Any]) -> list[str]:
    """What anybody types to count the published files again: the rule exactly as declared."""
    if not published.may_show_ballots(round_):
        return []
    shown = set(published.shown_purses(round_))
    return [
        _recount_command(purse["area"], purse["options"])
        for purse in result["purses"]
        if purse["area"] in shown
    ]


def _recount_command(area: str, options: Mapping[str, Any]) -> str:
    told = " ".join(f"--{name} {value}" for name, value in options.items() if value not in (0, ""))
    return f"manage.py recount {pb_name(area)} {told}"


def _pb_file(round_: Round, area: str) -> Download:
    name = pb_name(area)
    label = (
        _("Ballots of %s to count again (.pb)") % area
        if area
        else _("Ballots to count again (.pb)")
    )

    def make() -> bytes:
        return published.pb_files(round_)[area]

    return Download(name, label, "text/plain; charset=utf-8", make)
