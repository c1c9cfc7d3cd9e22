"""Forms of questions and of their plan."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, LongTextField, MoneyField, WholeNumberField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from commissioning.programmes.models import Outcome, Programme
from decisions.questions.actions import LONGEST, Value, Words
from decisions.questions.circumstances import circumstances_of
from decisions.questions.models import BackwardPlan, Question, Vat
from decisions.questions.named import chosen_or_written
from decisions.questions.plan.backward import lengths_of
from decisions.questions.plan.ways import WAYS
from decisions.questions.planned import is_key
from decisions.questions.said import said_of, worth_of
from places.directory.models import Area, Organisation


def bodies_that_buy(programme: Programme) -> QuerySet[Organisation]:
    """Those that may buy or give in a programme: confirmed public bodies, and who leads it."""
    bodies = Organisation.objects.filter(
        kind__in=Organisation.LEADING_KINDS, confirmed_at__isnull=False
    ) | Organisation.objects.filter(pk=programme.led_by_id)
    return bodies.distinct()


class QuestionForm(RevisedForm):
    """What is asked, in words and dates. No amount: that is another form, behind the gate."""

    looks = {"title": Look(width="two-thirds", label="m")}
    one_answer = (("present_provider", "present_provider_words"),)

    title = forms.CharField(
        label=_("A short name for the question"),
        help_text=_("For example: Daytime company in the Lanes."),
        max_length=160,
    )
    what = LongTextField(
        label=_("What are you deciding?"),
        help_text=_("Begin with what should be true for people, not with a contract."),
        max_words=200,
        max_length=4000,
    )
    for_whom = LongTextField(
        label=_("Whom is it for?"), max_words=80, max_length=1500, required=False
    )
    outcomes = forms.ModelMultipleChoiceField(
        label=_("Which outcomes does it work towards?"),
        queryset=Outcome.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Which areas?"),
        help_text=_("None chosen means the whole place."),
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    who_buys = forms.ModelChoiceField(
        label=_("Who buys, or gives the grant?"),
        help_text=_("The body whose money and duties they are."),
        queryset=Organisation.objects.none(),
    )
    present_ends_on = DateField(
        label=_("When does the present arrangement end?"),
        help_text=_(
            "The backward plan is counted from this day. Leave it empty for a new thing: its plan "
            "is counted from the day below."
        ),
        required=False,
    )
    present_provider = forms.ModelChoiceField(
        label=_("Who provides it now?"),
        help_text=_(
            "As the directory has it. Its members could gain from this question by that fact, and "
            "the papers say so."
        ),
        queryset=Organisation.objects.none(),
        empty_label=_("Nobody, or not in the directory"),
        required=False,
    )
    present_provider_words = forms.CharField(
        label=_("Or, if it is not in the directory: its name"),
        help_text=_(
            "The papers name it. Nothing here then knows who belongs to it, so its people are to "
            "declare that themselves."
        ),
        max_length=200,
        required=False,
    )
    begins_on = DateField(
        label=_("When would the procurement or the award begin?"),
        help_text=_(
            "The law and limits of that day apply: usually the day the tender notice or the call "
            "is published, or talks on a grant to one group begin. It is not the first day of the "
            "service."
        ),
        required=False,
    )

    def __init__(
        self, programme: Programme, *args: Any, said: Question | None = None, **options: Any
    ) -> None:
        if said is not None:
            options["initial"] = said_of(said)
        super().__init__(*args, **options)
        self._choose("outcomes", programme.outcomes.all())
        self._choose("areas", Area.objects.filter(place=programme.place_id))
        self._choose("who_buys", bodies_that_buy(programme))
        self._choose("present_provider", Organisation.objects.order_by("name"))
        self.initial.setdefault("who_buys", programme.led_by_id)
        self.revise(said_of(said) if said is not None else {})

    def _choose(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Who provides it now is chosen, or written: one of the two."""
        data = super().clean()
        names = ("present_provider", "present_provider_words")
        if set(names) <= data.keys():
            try:
                data |= zip(names, chosen_or_written(*(data[name] for name in names)), strict=True)
            except forms.ValidationError as wrong:
                self.add_error("present_provider_words", wrong)
        return data

    def words(self) -> Words:
        """What the write door takes."""
        said = dict(self.cleaned_data)
        return Words(**said | {"outcomes": list(said["outcomes"]), "areas": list(said["areas"])})


class ValueForm(RevisedForm):
    """What it is worth over its whole life; asked for only once the money gate is open."""

    looks = {
        "net_value": Look(width="10", label="m"),
        "options_value": Look(width="10"),
        "length_months": Look(width="4", suffix=_("months")),
        "extension_months": Look(width="4", suffix=_("months")),
    }

    net_value = MoneyField(
        label=_("What is it worth altogether, without VAT?"),
        help_text=_("All years together, not one year. Leave it empty while nobody knows."),
        max_digits=14,
        required=False,
    )
    options_value = MoneyField(
        label=_("And what would every option and extension add, without VAT?"),
        help_text=_("They count from the first day, whether or not they are ever used."),
        max_digits=14,
        required=False,
    )
    vat = forms.ChoiceField(
        label=_("Is VAT really paid on top?"), choices=Vat.choices, widget=forms.RadioSelect
    )
    length_months = WholeNumberField(
        label=_("How long does it run?"), min_value=1, max_value=600, required=False
    )
    extension_months = WholeNumberField(
        label=_("How much longer could extensions make it?"),
        min_value=0,
        max_value=600,
        required=False,
    )

    def __init__(self, asked: Question, *args: Any, **options: Any) -> None:
        options["initial"] = worth_of(asked)
        super().__init__(*args, **options)
        self.revise(worth_of(asked))

    def value(self) -> Value:
        """What the write door takes."""
        return Value(**self.cleaned_data)


class PlanForm(RevisedForm):
    """The way that is planned, and the length of each of its steps."""

    looks: dict[str, Look] = {}

    key_decision = forms.BooleanField(
        label=_("It is a key decision, so its notice stands for 28 clear days"), required=False
    )

    def __init__(
        self, question: Question, way: str, plan: BackwardPlan | None, *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.plan = plan
        known = circumstances_of(question)
        self.fields["key_decision"].initial = is_key(question, plan)
        if not known.has_executive:
            del self.fields["key_decision"]
        own = {**known.lengths, **(plan.lengths if plan else {})}
        self.looks = {}
        told = lengths_of(
            WAYS[way], own, key_decision=True, notice=known.notice, papers=known.papers()
        )
        for one in told:
            self.fields[one.key] = WholeNumberField(
                label=one.title,
                help_text=f"{one.source}."
                if one.seen
                else _("%s. Check before relying on it.") % one.source,
                initial=one.length,
                min_value=one.least,
                max_value=LONGEST,
            )
            self.looks[one.key] = Look(width="4", suffix=one.unit.value)
        self.revise({name: field.initial for name, field in self.fields.items()})

    def lengths(self) -> dict[str, int]:
        """Key of each step to its length."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key_decision"}
