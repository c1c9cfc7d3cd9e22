"""The files of a published result, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

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


def _pb_file(round_: Round, area: str) -> Download:
    name = f"ballots-{slugify(area)}.pb" if area else "ballots.pb"
    label = (
        _("Ballots of %s to count again (.pb)") % area
        if area
        else _("Ballots to count again (.pb)")
    )

    def make() -> bytes:
        return published.pb_files(round_)[area]

    return Download(name, label, "text/plain; charset=utf-8", make)
