"""A call or a vote that begins from a decision: filled in from it, and all of it free to change."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, DateTimeField, LongTextField, MoneyField
from decisions.criteria.models import Criterion
from decisions.records.beginnings import ABOUT_WORDS, Taken, criteria_of, for_a_call, for_a_vote
from decisions.records.models import Decision
from participation.budgeting.forms import BeginForm
from participation.calls.forms.building import AboutForm, DatesForm, MoneyForm
from participation.calls.models import Call


class BeginCallForm(MoneyForm, DatesForm, AboutForm):
    """What a call takes over; the rest is written on the call's own pages."""

    criteria = forms.MultipleChoiceField(
        label=_("Which criteria does it ask about?"),
        help_text=_("Each becomes a question of the call, with its weight beside it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Call
        fields = (
            *("title", "about", "outcomes", "amount_available"),
            *("opens_at", "closes_at", "decided_by", "decision_on"),
        )
        field_classes = {
            "about": LongTextField,
            "amount_available": MoneyField,
            "opens_at": DateTimeField,
            "closes_at": DateTimeField,
            "decision_on": DateField,
        }
        labels = AboutForm.Meta.labels | MoneyForm.Meta.labels | DatesForm.Meta.labels

    def __init__(self, decision: Decision, data: Any = None) -> None:
        taken = for_a_call(decision)
        self.asked = {str(row.pk): row for row in criteria_of(decision)}
        initial = taken.values | {"criteria": list(self.asked)}
        call = Call(programme=decision.question.programme)
        super().__init__(data, instance=call, initial=initial)
        _say_from_where(self, taken)
        field = self.fields["criteria"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, _named(row)) for key, row in self.asked.items()]
        if not self.asked:
            del self.fields["criteria"]

    def values(self) -> dict[str, Any]:
        """What the write door takes: the fields of a call."""
        return {name: value for name, value in super().values().items() if name != "criteria"}

    def criteria_chosen(self) -> list[Criterion]:
        """The criteria that become questions, in their own order."""
        chosen = self.cleaned_data.get("criteria", [])
        return [row for key, row in self.asked.items() if key in chosen]


class BeginVoteForm(BeginForm):
    """What a participatory budget takes over."""

    about = LongTextField(
        label=_("What is it about?"),
        max_words=ABOUT_WORDS,
        required=False,
    )
    field_order = ("title", "about", "budget", "hall", "opens_at", "closes_at")

    def __init__(self, decision: Decision, data: Any = None) -> None:
        taken = for_a_vote(decision)
        super().__init__(data, initial=taken.values)
        _say_from_where(self, taken)


def _say_from_where(form: forms.BaseForm, taken: Taken) -> None:
    for name, source in taken.sources.items():
        form.fields[name].help_text = str(source)


def _named(row: Criterion) -> str:
    return _now("%(title)s (%(weight)s of 100)") % {
        "title": row.title,
        "weight": f"{row.weight.normalize():f}",
    }
