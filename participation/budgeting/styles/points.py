"""Points: share out so many points among the ideas."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participation.budgeting.choices import BadBallot, Choices
from participation.budgeting.styles.base import Option, Style, most_first
from participation.budgeting.terms import Terms


def given(choices: Choices) -> int:
    """How many points the choices give in all."""
    return sum(value for _number, value in choices.marks)


class Points(Style):
    """n points to share out as one likes, all on one idea or one on each."""

    name = "points"
    label = gettext_lazy("Share out points")
    about = gettext_lazy("People share out points and so show how much they want each idea.")
    vote_type = "cumulative"
    has_points = True
    options = (
        Option("points", gettext_lazy("Points to share out"), 1, 1000, 10),
        Option("most_on_one", gettext_lazy("Most points on one idea (0: no limit)"), 0, 1000, 0),
        Option("all_of_them", gettext_lazy("All points must be given (1: yes, 0: no)"), 0, 1, 1),
    )

    def keep(self, marks: dict[int, int]) -> dict[int, int]:
        return {number: points for number, points in marks.items() if points}

    def _most_on_one(self, terms: Terms) -> int:
        return terms.options["most_on_one"] or terms.options["points"]

    def check_marks(self, choices: Choices, terms: Terms) -> None:
        most = self._most_on_one(terms)
        for number, points in choices.marks:
            if not 1 <= points <= most:
                raise BadBallot(
                    ngettext(
                        "Give up to %(n)d point to one idea.",
                        "Give up to %(n)d points to one idea.",
                        most,
                    )
                    % {"n": most},
                    number,
                )
        over = given(choices) - terms.options["points"]
        if over > 0:
            raise BadBallot(
                ngettext(
                    "You gave %(n)d point too many. Take it away.",
                    "You gave %(n)d points too many. Take some away.",
                    over,
                )
                % {"n": over}
            )

    def wanting(self, choices: Choices, terms: Terms, withdrawn: frozenset[int]) -> str:
        if not terms.options["all_of_them"]:
            return "" if choices.marks else _("Give at least one point.")
        left = terms.options["points"] - given(choices)
        if not left:
            return ""
        words = ngettext("%(n)d point still to give.", "%(n)d points still to give.", left)
        return words % {"n": left}

    def instructions(self, terms: Terms) -> str:
        points = terms.options["points"]
        words = ngettext(
            "You have %(n)d point to give.",
            "You have %(n)d points to share out as you like.",
            points,
        )
        return words % {"n": points}

    def largest(self, terms: Terms) -> tuple[int, int]:
        return min(terms.options["points"], len(terms.projects)), self._most_on_one(terms)

    def pb_meta(self, terms: Terms) -> dict[str, str]:
        points = str(terms.options["points"])
        return {
            "max_points": str(self._most_on_one(terms)),
            "max_sum_points": points,
            "min_sum_points": points if terms.options["all_of_them"] else "1",
        }

    def pb_vote(self, choices: Choices) -> list[int]:
        return [number for number, _value in most_first(choices)]

    def pb_points(self, choices: Choices) -> list[int]:
        return [value for _number, value in most_first(choices)]
