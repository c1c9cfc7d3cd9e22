"""Forms for preparing a round: what it declares before voting opens."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateTimeField, LongTextField, MoneyField, WholeNumberField
from commissioning.design.forms import Look
from commissioning.ground.answers import Text
from commissioning.programmes.models import Outcome, Programme
from participation.budgeting.counting.options import GREEDY
from participation.budgeting.models import Project, Round
from participation.budgeting.styles import styles
from places.directory.models import Area, Organisation

SUMMARY_WORDS = 140


class _WhenFields(forms.Form):
    """Where and when people vote, and who may."""

    title = forms.CharField(
        label=_("What is the vote called?"),
        help_text=_("As residents will read it, such as: Which ideas should we fund?"),
        max_length=160,
    )
    hall = forms.CharField(
        label=_("Which hall is it in?"),
        help_text=_("Leave empty when people vote at home."),
        max_length=160,
        required=False,
    )
    opens_at = DateTimeField(label=_("Voting opens"))
    closes_at = DateTimeField(label=_("Voting closes"))


class BeginForm(_WhenFields):
    """The little that a round needs to begin with."""

    budget = MoneyField(label=_("How much is there to give out?"), min_value=Decimal("0.01"))

    def fields_of_round(self) -> dict[str, Any]:
        """What :func:`actions.make_round` takes."""
        # An idea that nobody chose is not funded, unless somebody declares otherwise.
        return dict(self.cleaned_data) | {"rule_options": {"min_votes": 1}}


class WhenForm(_WhenFields):
    """When, where and who."""

    about = LongTextField(
        label=_("What is it about?"),
        help_text=_("Two or three sentences for residents."),
        max_words=120,
        required=False,
    )
    eligibility = LongTextField(
        label=_("Who may vote?"),
        help_text=_("In words that somebody at the door can apply."),
        max_words=80,
    )
    minimum_age = WholeNumberField(label=_("From which age?"), min_value=0, max_value=120)
    expected_cards = WholeNumberField(
        label=_("How many voting cards at most?"),
        help_text=_(
            "It decides how long the codes are: 9 characters for one day in a hall "
            "and at most 2,000 cards, 13 up to 20,000, 16 above."
        ),
        min_value=1,
        max_value=1_000_000,
    )
    field_order = (
        "title", "about", "hall", "opens_at", "closes_at", "eligibility", "minimum_age",
        "expected_cards",
    )  # fmt: skip


class VotingForm(forms.Form):
    """How people vote: the ballot style and its numbers."""

    style = forms.ChoiceField(label=_("How do people vote?"), widget=forms.RadioSelect)
    early_leavers = forms.ChoiceField(
        label=_("What about people who leave before they have scored every idea?"),
        choices=Round.EarlyLeavers.choices,
        widget=forms.RadioSelect,
        help_text=_("Only where every idea is scored."),
    )
    own_projects = forms.ChoiceField(
        label=_("May people vote for their own idea?"),
        choices=Round.OwnProjects.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reveals: dict[str, list[str]] = {}
        for style in styles:
            names = []
            for option in style.options:
                name = f"{style.name}__{option.name}"
                self.fields[name] = WholeNumberField(
                    label=str(option.label),
                    min_value=option.least,
                    max_value=option.most,
                    required=False,
                )
                names.append(name)
            reveals[style.name] = names
        style_field = self.fields["style"]
        assert isinstance(style_field, forms.ChoiceField)
        style_field.choices = [(style.name, style.label) for style in styles]
        self.looks = {
            "style": Look(reveals=reveals, hints={style.name: style.about for style in styles}),
        }

    def fields_of_round(self) -> dict[str, Any]:
        """What :func:`actions.change_round` takes: the options of the chosen style only."""
        data = self.cleaned_data
        style = styles[data["style"]]
        given = {option.name: data[f"{style.name}__{option.name}"] for option in style.options}
        return {
            "style": style.name,
            "style_options": {name: value for name, value in given.items() if value is not None},
            "early_leavers": data["early_leavers"],
            "own_projects": data["own_projects"],
        }

    @staticmethod
    def initial_of(round_: Round) -> dict[str, Any]:
        """What the round says now, and the defaults of the styles it does not use."""
        initial: dict[str, Any] = {
            name: getattr(round_, name) for name in ("style", "early_leavers", "own_projects")
        }
        for style in styles:
            for option in style.options:
                value = option.default
                if style.name == round_.style:
                    value = round_.style_options.get(option.name, value)
                initial[f"{style.name}__{option.name}"] = value
        return initial


RULES = {
    "greedy": (
        _("Most votes first"),
        _("The idea with the most votes (or points) is funded, then the next, while money lasts."),
    ),
    "equal-shares": (
        _("Equal shares"),
        _("Every voter decides over an equal part of the money, so that small groups get some."),
    ),
    "greedy-per-cost": (
        _("Most votes for the money"),
        _("Votes (or points) divided by cost: favours ideas that cost little."),
    ),
    "phragmen": (
        _("Phragmén's rule"),
        _("Spreads the cost of what is funded as evenly as possible over those who voted for it."),
    ),
}


class CountingForm(forms.Form):
    """How it is counted, and how much there is."""

    budget = MoneyField(label=_("How much is there to give out?"), min_value=Decimal("0.01"))
    rule = forms.ChoiceField(
        label=_("How are the votes counted?"),
        choices=[(name, words[0]) for name, words in RULES.items()],
        widget=forms.RadioSelect,
    )
    utility = forms.ChoiceField(
        label=_("What is a vote worth?"),
        choices=[
            ("cost", _("The money that it wins for the idea")),
            ("cardinality", _("One, whatever the idea costs")),
            ("points", _("The points that were given")),
        ],
        required=False,
    )
    completion = forms.ChoiceField(
        label=_("What happens with money that is left?"),
        choices=[
            ("add1-exhaustive", _("Raise every share by one until no further idea fits")),
            ("add1", _("Raise every share by one while the outcome fits")),
            ("none", _("Nothing: it stays in the purse")),
        ],
        required=False,
    )
    top_up = forms.ChoiceField(
        label=_("And then?"),
        choices=[
            ("none", _("Nothing more")),
            ("votes", _("Add by most votes what still fits")),
        ],
        required=False,
    )
    comparison = forms.ChoiceField(
        label=_("Is it compared with most votes first?"),
        choices=[
            ("none", _("No")),
            ("projects", _("Yes: voters prefer the outcome with more of the ideas they chose")),
            ("money", _("Yes: voters prefer the outcome with more money for what they chose")),
        ],
        required=False,
    )
    min_votes = WholeNumberField(
        label=_("Fewest votes that an idea needs"), min_value=0, required=False
    )
    min_points = WholeNumberField(
        label=_("Fewest points that an idea needs"), min_value=0, required=False
    )
    part_fit = forms.ChoiceField(
        label=_("When the next idea only partly fits"),
        choices=Round.PartFit.choices,
        widget=forms.RadioSelect,
        help_text=_("For counting by most votes."),
    )
    reserves = WholeNumberField(
        label=_("How many ideas are on the reserve list?"), min_value=0, max_value=1000
    )
    looks: ClassVar[dict[str, Look]] = {
        "rule": Look(
            hints={name: words[1] for name, words in RULES.items()},
            reveals={"equal-shares": ["utility", "completion", "top_up", "comparison"]},
        ),
    }

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style = styles[round_.style]
        budget = self.fields["budget"]
        assert isinstance(budget, MoneyField)
        budget.set_currency(round_.currency)

    def fields_of_round(self) -> dict[str, Any]:
        """What :func:`actions.change_round` takes."""
        data = self.cleaned_data
        options: dict[str, Any] = {
            name: data[name] for name in ("min_votes", "min_points") if data[name]
        }
        if data["rule"] == "equal-shares":
            names = ("utility", "completion", "top_up", "comparison")
            options |= {name: data[name] for name in names if data[name]}
        elif data["rule"] in GREEDY and self.style.has_points:
            options["utility"] = "points"
        return {
            "budget": data["budget"],
            "rule": data["rule"],
            "rule_options": options,
            "part_fit": data["part_fit"],
            "reserves": data["reserves"],
        }

    @staticmethod
    def initial_of(round_: Round) -> dict[str, Any]:
        """What the round says now; what cities mostly choose where it says nothing."""
        utility = "points" if styles[round_.style].has_points else "cost"
        defaults = {"utility": utility, "completion": "add1-exhaustive", "top_up": "votes"}
        names = ("budget", "rule", "part_fit", "reserves")
        now = {name: getattr(round_, name) for name in names}
        return {**defaults, **round_.rule_options, **now}


class AreaBudgetForm(forms.Form):
    """A part of the budget for each area; all empty: one purse for the whole place."""

    show_optional = False

    def __init__(self, *args: Any, round_: Round, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {f"area_{area.pk}": area for area in areas}
        for name, area in self.areas.items():
            self.fields[name] = MoneyField(
                label=area.name,
                currency=round_.currency,
                min_value=Decimal("0.01"),
                required=False,
            )

    def budgets(self) -> dict[Area, Decimal]:
        """The areas that have their own part."""
        given = {area: self.cleaned_data[name] for name, area in self.areas.items()}
        return {area: amount for area, amount in given.items() if amount is not None}


class PromiseForm(forms.Form):
    """Who decides in the end, and what will be published."""

    adopting_body = forms.CharField(
        label=_("Who adopts the result?"),
        help_text=_("The body or person with the power, such as: the council's cabinet."),
        max_length=200,
    )
    adopting_power = forms.CharField(
        label=_("Under which power?"),
        help_text=_("Such as: delegation 4.2 of the constitution, agreed on 3 March."),
        max_length=300,
    )
    publish_full_from = WholeNumberField(
        label=_("Publish every ballot, without names, if at least so many people voted"),
        help_text=_("Never fewer than 100. Below it only totals are published."),
        min_value=100,
        max_value=1_000_000,
    )
    publish_area_from = WholeNumberField(
        label=_("Never show an area with fewer ballots than"),
        help_text=_("Never fewer than 10. Smaller areas are put together."),
        min_value=10,
        max_value=1_000_000,
    )


class LotForm(forms.Form):
    """The seed of the public lot."""

    seed = forms.CharField(
        label=_("What was drawn in public?"),
        help_text=_(
            "Such as the numbers of tonight's lottery, or what was drawn from a hat before "
            "witnesses. Anybody can work out the order from it."
        ),
        max_length=200,
    )


if TYPE_CHECKING:
    _ProjectForm = forms.ModelForm[Project]
else:
    _ProjectForm = forms.ModelForm


class ProjectForm(_ProjectForm):
    """How an idea stands on the ballot."""

    summary = LongTextField(label=_("In plain words"), max_words=SUMMARY_WORDS)
    cost = MoneyField(label=_("What it costs"), min_value=Decimal(0))
    picture = forms.FileField(
        label=_("Picture"), help_text=_("JPEG or PNG, up to 10 MB."), required=False
    )

    class Meta:
        model = Project
        fields = ("title", "summary", "cost", "area", "outcome", "owner", "picture", "picture_alt")
        labels: ClassVar = {
            "title": _("Title"),
            "area": _("Area"),
            "outcome": _("Outcome"),
            "owner": _("Whose idea is it?"),
        }

    def __init__(self, *args: Any, programme: Programme, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everywhere = _("All over %(place)s") % {"place": programme.place.name}
        self._offer("area", Area.objects.filter(place=programme.place), everywhere)
        self._offer("outcome", Outcome.objects.filter(programme=programme), _("None in particular"))
        self._offer("owner", Organisation.objects.order_by("sort_key"), _("No organisation"))
        cost = self.fields["cost"]
        assert isinstance(cost, MoneyField)
        cost.set_currency(currency)

    def _offer(self, name: str, rows: Any, nothing: Text) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows
        field.empty_label = str(nothing)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("picture") and not cleaned.get("picture_alt"):
            self.add_error(
                "picture_alt", _("Say what the picture shows, for people who can't see it.")
            )
        return cleaned

    def fields_of_project(self) -> dict[str, Any]:
        """What the actions take, the picture apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "picture"}
