"""What is asked about costs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField, MoneyField, WholeNumberField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from decisions.costs import stands
from decisions.costs.actions import MOST_LINKS, Points
from decisions.costs.costed import PRICE_SHARE, QuestionCosts
from decisions.costs.fields import ThreePointsField, Typed
from decisions.costs.labels import TO_PICK
from decisions.costs.model.inputs import Unit
from decisions.costs.models import BidReport
from decisions.costs.rows import SaidInput

HUNDRED = Decimal(100)


class RoutesForm(RevisedForm):
    """Which ways are compared."""

    routes = forms.MultipleChoiceField(
        label=_("Which ways of choosing do you compare?"),
        choices=list(TO_PICK.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Change nothing is always among them."),
    )
    looks = {"routes": Look(small=True)}

    def __init__(self, costs: QuestionCosts, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        stored = stands.routes_of(costs)
        self.initial.update(stored)
        self.revise(stored)


class InputsForm(RevisedForm):
    """A part of a route's inputs: three boxes each, its default, source and caveat beside it."""

    why = LongTextField(
        label=_("Where do your figures come from?"),
        help_text=_(
            "Time sheets, a last time, a guess by those who did it. Everybody can read it."
        ),
        max_words=150,
    )
    looks = {"why": Look(rows=3)}

    def __init__(self, said: Sequence[SaidInput], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.said = {one.key: one for one in said}
        for key, one in self.said.items():
            self.fields[key] = ThreePointsField(
                label=f"{one.name} ({one.unit_name})", initial=one.shown, help_text=_hint(one)
            )
        self.order_fields([*self.said, "why"])
        self.revise(stands.points_of(said))

    def points(self) -> dict[str, Points]:
        """What was typed in place of what stands there, in each input's own unit."""
        return {
            key: self._points(one)
            for key, one in self.said.items()
            if self.cleaned_data[key] != self.stored[key]
        }

    def clean(self) -> dict[str, Any]:
        """Where no figure is different, there is nothing that the words could be the reason of."""
        cleaned = super().clean()
        if self.errors or self.points():
            return cleaned
        # Saved twice in a row: the words stand there already.
        if all(one.own is None or one.own.why != cleaned["why"] for one in self.said.values()):
            self.add_error(
                None,
                _(
                    "No figure is different from what stands here, so nothing was saved. Change "
                    "the figure that your words are about."
                ),
            )
        return cleaned

    def _points(self, one: SaidInput) -> Points:
        typed: Typed = self.cleaned_data[one.key]
        factor = HUNDRED if one.unit is Unit.SHARE else Decimal(1)
        return Points(typed.low / factor, typed.likely / factor, typed.high / factor)


def _hint(one: SaidInput) -> str:
    estimate, factor = one.default.estimate, 100 if one.unit is Unit.SHARE else 1
    points = " · ".join(
        f"{point * factor:g}" for point in (estimate.low, estimate.likely, estimate.high)
    )
    year = f", {one.row.year}" if one.row.year and str(one.row.year) not in one.row.source else ""
    parts = [
        str(_("Default: %(points)s.") % {"points": points}),
        f"{one.row.source}{year}.",
        one.default.why,
        one.row.caveat,
    ]
    return " ".join(part for part in parts if part)


class PriceForm(RevisedForm):
    """Whether the price pays a provider's true cost."""

    share = WholeNumberField(
        label=_("Of every 100 that the work truly costs a provider, how many does the price pay?"),
        min_value=1,
        max_value=200,
    )
    why = LongTextField(label=_("How do you know?"), max_words=150)
    looks = {"share": Look(width="3"), "why": Look(rows=3)}

    def __init__(self, costs: QuestionCosts, route: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        stored = stands.price_of(costs, route)
        self.initial.update(stored)
        self.revise(stored)

    def points(self) -> dict[str, Points]:
        """One number three times."""
        share = Decimal(self.cleaned_data["share"]) / HUNDRED
        return {PRICE_SHARE: Points(share, share, share)}


class UsesForm(RevisedForm):
    """What cash would also pay for, by rates of this place."""

    facilitation_day = MoneyField(
        label=_("A day of an independent facilitator"), min_value=Decimal(1)
    )
    citizen_hour = MoneyField(label=_("An hour of a citizen's time"), min_value=Decimal(1))
    small_grant = MoneyField(label=_("A small grant to a group"), min_value=Decimal(1))
    looks = {name: Look(width="10") for name in ("facilitation_day", "citizen_hour", "small_grant")}

    def __init__(self, costs: QuestionCosts, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        stored = stands.uses_of(costs)
        self.initial.update(stored)
        self.revise(stored)

    def rates(self) -> dict[str, Decimal]:
        """What the write door takes."""
        return {name: self.cleaned_data[name] for name in self.stored}


class VersionForm(forms.Form):
    """Keep a version."""

    what_changed = LongTextField(
        label=_("What changed since the last version, and why?"), max_words=200
    )
    looks = {"what_changed": Look(rows=3)}


class SurveyForm(forms.Form):
    """Ask those who bid."""

    title = forms.CharField(label=_("What did they bid or apply for?"), max_length=160)
    route = forms.ChoiceField(
        label=_("How was it chosen?"), choices=[("", _("Choose one")), *TO_PICK.items()]
    )
    links = WholeNumberField(
        label=_("How many bid or applied?"),
        help_text=_("Each gets a link of its own, those who lost too."),
        min_value=1,
        max_value=MOST_LINKS,
    )
    looks = {"links": Look(width="3")}


class ReportForm(forms.Form):
    """What bidding took you: three questions."""

    result = forms.ChoiceField(
        label=_("How did it end?"), choices=BidReport.Result.choices, widget=forms.RadioSelect
    )
    hours = forms.DecimalField(
        label=_("How many hours did it take, all of you together?"),
        help_text=_("From reading the papers to the last answer. A good guess is enough."),
        min_value=Decimal("0.5"),
        max_value=Decimal(5000),
        max_digits=6,
        decimal_places=1,
    )
    outlay = MoneyField(
        label=_("Did you pay somebody to help write it? How much?"),
        required=False,
        max_digits=9,
    )
    looks = {"hours": Look(width="5"), "outlay": Look(width="10")}
