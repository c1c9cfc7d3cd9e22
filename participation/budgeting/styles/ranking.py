"""Ranking: put the ideas you like best in order."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.budgeting.choices import BadBallot, Choices
from participation.budgeting.styles.base import Option, Style, ideas
from participation.budgeting.terms import Terms


def in_order(choices: Choices) -> list[int]:
    """The ranked numbers, first choice first."""
    return [number for number, _place in sorted(choices.marks, key=lambda mark: mark[1])]


class Ranking(Style):
    """First choice, second choice, and so on, up to n."""

    name = "ranking"
    label = gettext_lazy("Rank the best ideas")
    about = gettext_lazy("People put their best-liked ideas in order.")
    vote_type = "ordinal"
    has_points = True
    options = (
        Option("at_most", gettext_lazy("Places to fill at most"), 1, 1000, 5),
        Option("at_least", gettext_lazy("Places to fill at least"), 1, 1000, 1),
    )

    def clean_options(self, given: Mapping[str, int], projects: int) -> dict[str, int]:
        cleaned = super().clean_options(given, projects)
        if cleaned["at_least"] > min(cleaned["at_most"], projects):
            raise ValueError(_("Places to fill at least: use a number that people can reach."))
        return cleaned

    def check_marks(self, choices: Choices, terms: Terms) -> None:
        at_most = terms.options["at_most"]
        taken: set[int] = set()
        for number, place in choices.marks:
            if not 1 <= place <= at_most:
                raise BadBallot(_("Use places from 1 to %(n)d.") % {"n": at_most}, number)
            if place in taken:
                raise BadBallot(_("Two ideas have place %(n)d.") % {"n": place}, number)
            taken.add(place)

    def wanting(self, choices: Choices, terms: Terms, withdrawn: frozenset[int]) -> str:
        taken = {place for _number, place in choices.marks}
        lacking = terms.options["at_least"] - len(taken)
        if lacking > 0:
            return _("Rank %(ideas)s more.") % {"ideas": ideas(lacking)}
        gaps = set(range(1, max(taken) + 1)) - taken
        return _("No idea has place %(n)d.") % {"n": min(gaps)} if gaps else ""

    def instructions(self, terms: Terms) -> str:
        return _("Put up to %(ideas)s in order, the one you like best first.") % {
            "ideas": ideas(min(terms.options["at_most"], len(terms.projects)))
        }

    def largest(self, terms: Terms) -> tuple[int, int]:
        at_most = min(terms.options["at_most"], len(terms.projects))
        return at_most, terms.options["at_most"]

    def pb_meta(self, terms: Terms) -> dict[str, str]:
        at_most = min(terms.options["at_most"], len(terms.projects))
        return {"min_length": str(terms.options["at_least"]), "max_length": str(at_most)}

    def pb_vote(self, choices: Choices) -> list[int]:
        return in_order(choices)
