"""Score every project: 1 to 5 for each, and the vote counts once all have a score."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.budgeting.choices import BadBallot, Choices
from participation.budgeting.styles.base import Option, Style, ideas, most_first
from participation.budgeting.terms import Terms

# What becomes of somebody who leaves before every idea has a score.
ALL, AS_FAR = "all", "as_far"


class ScoreEvery(Style):
    """A score for each idea, so that those on the last page count as much as the first."""

    name = "score"
    label = gettext_lazy("Score every idea")
    about = gettext_lazy(
        "People give each idea a score. Fair to ideas that few know; takes the longest."
    )
    vote_type = "scoring"
    has_points = True
    options = (
        Option("lowest", gettext_lazy("Lowest score"), 0, 10, 1),
        Option("highest", gettext_lazy("Highest score"), 1, 1000, 5),
    )

    def clean_options(self, given: Mapping[str, int], projects: int) -> dict[str, int]:
        cleaned = super().clean_options(given, projects)
        if cleaned["lowest"] >= cleaned["highest"]:
            raise ValueError(_("Highest score: use a number above the lowest."))
        return cleaned

    def check_marks(self, choices: Choices, terms: Terms) -> None:
        lowest, highest = terms.options["lowest"], terms.options["highest"]
        for number, score in choices.marks:
            if not lowest <= score <= highest:
                raise BadBallot(
                    _("Give a score from %(lowest)d to %(highest)d.")
                    % {"lowest": lowest, "highest": highest},
                    number,
                )

    def wanting(self, choices: Choices, terms: Terms, withdrawn: frozenset[int]) -> str:
        if terms.early_leavers == AS_FAR:
            return "" if choices.marks else _("Score at least one idea.")
        lacking = len(terms.numbers - withdrawn - set(choices.numbers))
        return _("%(ideas)s still to score.") % {"ideas": ideas(lacking)} if lacking else ""

    def instructions(self, terms: Terms) -> str:
        numbers = {
            "lowest": terms.options["lowest"],
            "highest": terms.options["highest"],
            "n": len(terms.projects),
        }
        if terms.early_leavers == AS_FAR:
            return _("Give ideas a score from %(lowest)d to %(highest)d.") % numbers
        return (
            _(
                "Give each idea a score from %(lowest)d to %(highest)d. "
                "Your vote counts once all %(n)d are scored."
            )
            % numbers
        )

    def largest(self, terms: Terms) -> tuple[int, int]:
        return len(terms.projects), terms.options["highest"]

    def pb_meta(self, terms: Terms) -> dict[str, str]:
        every = terms.early_leavers != AS_FAR
        return {
            "min_length": str(len(terms.projects)) if every else "1",
            "max_length": str(len(terms.projects)),
            "min_points": str(terms.options["lowest"]),
            "max_points": str(terms.options["highest"]),
        }

    def pb_vote(self, choices: Choices) -> list[int]:
        return [number for number, _value in most_first(choices)]

    def pb_points(self, choices: Choices) -> list[int]:
        return [value for _number, value in most_first(choices)]
