"""Approval: choose up to so many ideas."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.budgeting.choices import BadBallot, Choices
from participation.budgeting.styles.base import Option, Style, ideas
from participation.budgeting.terms import Terms


class Approval(Style):
    """Tick up to n ideas; each tick counts the same."""

    name = "approval"
    label = gettext_lazy("Choose up to a number of ideas")
    about = gettext_lazy("People tick the ideas they like, up to a number. Quick and familiar.")
    vote_type = "approval"
    options = (
        Option("at_most", gettext_lazy("Choose at most"), 1, 1000, 5),
        Option("at_least", gettext_lazy("Choose at least"), 1, 1000, 1),
    )

    def clean_options(self, given: Mapping[str, int], projects: int) -> dict[str, int]:
        cleaned = super().clean_options(given, projects)
        if cleaned["at_least"] > min(cleaned["at_most"], projects):
            raise ValueError(_("Choose at least: use a number that people can reach."))
        return cleaned

    def check_marks(self, choices: Choices, terms: Terms) -> None:
        for number, value in choices.marks:
            if value != 1:
                raise BadBallot(_("An idea is either chosen or not."), number)
        at_most = terms.options["at_most"]
        if len(choices.marks) > at_most:
            raise BadBallot(
                _("You chose %(ideas)s. Choose at most %(n)d: take some away.")
                % {"ideas": ideas(len(choices.marks)), "n": at_most}
            )

    def wanting(self, choices: Choices, terms: Terms, withdrawn: frozenset[int]) -> str:
        lacking = terms.options["at_least"] - len(choices.marks)
        return _("Choose %(ideas)s more.") % {"ideas": ideas(lacking)} if lacking > 0 else ""

    def instructions(self, terms: Terms) -> str:
        return _("Choose up to %(ideas)s.") % {"ideas": ideas(terms.options["at_most"])}

    def largest(self, terms: Terms) -> tuple[int, int]:
        return terms.options["at_most"], 1

    def pb_meta(self, terms: Terms) -> dict[str, str]:
        at_most = min(terms.options["at_most"], len(terms.projects))
        return {"min_length": str(terms.options["at_least"]), "max_length": str(at_most)}
