"""Budget-limited choice: choose ideas until the money is spent."""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.ground.money import money_text
from participation.budgeting.choices import BadBallot, Choices
from participation.budgeting.styles.base import Style
from participation.budgeting.terms import Terms


def spent_by_area(choices: Choices, terms: Terms) -> dict[str, Decimal]:
    """What the chosen ideas cost, by the purse they are paid from (one purse is named "")."""
    spent: dict[str, Decimal] = defaultdict(Decimal)
    projects = terms.by_number
    for number in choices.numbers:
        project = projects[number]
        spent[project.area if project.area in terms.areas else ""] += project.cost
    return spent


def purse(terms: Terms, area: str) -> Decimal:
    """What a purse holds: an area's own budget, or what no area has of its own."""
    if area in terms.areas:
        return terms.areas[area]
    return terms.budget - sum(terms.areas.values(), Decimal(0))


class WithinBudget(Style):
    """Choose any ideas that together cost no more than there is."""

    name = "budget"
    label = gettext_lazy("Spend the budget")
    about = gettext_lazy("People fill a basket and see what is left. They can never go over.")
    vote_type = "approval"

    def check_marks(self, choices: Choices, terms: Terms) -> None:
        for number, value in choices.marks:
            if value != 1:
                raise BadBallot(_("An idea is either chosen or not."), number)
        for area, spent in spent_by_area(choices, terms).items():
            over = spent - purse(terms, area)
            if over > 0:
                raise BadBallot(self._too_dear(over, area, terms))

    def _too_dear(self, over: Decimal, area: str, terms: Terms) -> str:
        amount = money_text(over, terms.currency)
        if area:
            return _("Your choices in %(area)s cost %(amount)s too much. Take some away.") % {
                "area": area,
                "amount": amount,
            }
        return _("Your choices cost %(amount)s too much. Take some away.") % {"amount": amount}

    def wanting(self, choices: Choices, terms: Terms, withdrawn: frozenset[int]) -> str:
        return "" if choices.marks else _("Choose at least one idea.")

    def instructions(self, terms: Terms) -> str:
        return _("Choose the ideas you would fund. Together they may cost up to %(amount)s.") % {
            "amount": money_text(terms.budget, terms.currency)
        }

    def largest(self, terms: Terms) -> tuple[int, int]:
        return len(terms.projects), 1

    def pb_meta(self, terms: Terms) -> dict[str, str]:
        return {"max_sum_cost": format(terms.budget.normalize(), "f")}
