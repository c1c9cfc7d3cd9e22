"""The declared rule beside another one: what each funds, for whom, where and towards what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from participation.budgeting.models import Project, Round
from participation.budgeting.result_page import Purse, Result

Share = tuple[str, Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One purse counted by both rules. Shares are a name, then the money by either rule."""

    purse: Purse
    same: list[Project]
    only_here: list[Project]
    only_there: list[Project]
    by_area: list[Share]
    by_outcome: list[Share]

    @property
    def money_each_there(self) -> Decimal:
        """What each voter decides over on average under the other rule."""
        return Decimal(self.purse.other["figures"]["money_each"])


def comparisons_of(round_: Round, result: Result) -> list[Comparison]:
    """Each purse of a result with what the other rule would have given."""
    projects = {
        project.number: project for project in round_.projects.select_related("area", "outcome")
    }
    # Of an area with too few voters nothing is told.
    return [_compare(purse, projects) for purse in result.purses if not purse.hidden]


def _compare(purse: Purse, projects: dict[int, Project]) -> Comparison:
    here = [line.project.number for line in purse.funded]
    there: list[int] = purse.other["winners"]
    ours, theirs = [projects[n] for n in here], [projects[n] for n in there]
    return Comparison(
        purse=purse,
        same=[projects[n] for n in here if n in there],
        only_here=[projects[n] for n in here if n not in there],
        only_there=[projects[n] for n in there if n not in here],
        by_area=_shares(ours, theirs, _area),
        by_outcome=_shares(ours, theirs, _outcome),
    )


def _area(project: Project) -> str:
    return project.area.name if project.area else _("Everywhere")


def _outcome(project: Project) -> str:
    return str(project.outcome) if project.outcome else _("None in particular")


def _shares(
    here: list[Project], there: list[Project], name: Callable[[Project], str]
) -> list[Share]:
    """The money by name under both rules; nothing where there is only one name to tell apart."""
    names = sorted({name(project) for project in (*here, *there)})
    if len(names) < 2:
        return []
    return [(each, _money(here, name, each), _money(there, name, each)) for each in names]


def _money(projects: Iterable[Project], name: Callable[[Project], str], wanted: str) -> Decimal:
    return sum((project.cost for project in projects if name(project) == wanted), Decimal(0))
