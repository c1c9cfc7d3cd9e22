"""The form of a line that somebody writes down."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, MoneyField
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Area
from places.spending.actions.by_hand import Facts

LEAST: Final = Decimal("-999999999.99")


class LineForm(forms.Form):
    """Who paid whom, how much, when, for what."""

    payer = forms.CharField(label=_("Who paid?"), max_length=300)
    recipient = forms.CharField(label=_("Who was paid?"), max_length=300)
    amount = MoneyField(
        label=_("How much?"),
        min_value=LEAST,
        help_text=_("Without VAT that is got back. What came back has a minus before it."),
    )
    starts_on = DateField(label=_("On which day, or from which day?"))
    ends_on = DateField(label=_("Until which day?"), required=False)
    purpose = forms.CharField(label=_("What was it for?"), max_length=300, required=False)
    outcome = forms.ModelChoiceField(
        label=_("Which outcome does it go towards?"),
        queryset=Outcome.objects.none(),
        required=False,
        empty_label=_("Not linked to an outcome yet"),
    )
    area = forms.ModelChoiceField(
        label=_("Which area is it for?"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=_("The whole place, or not known"),
    )
    where_from = forms.CharField(
        label=_("Where do you know it from?"),
        help_text=_("For example, the annual report of the fund, page 12."),
        max_length=200,
        required=False,
    )

    def __init__(self, programme: Programme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        outcome, area = self.fields["outcome"], self.fields["area"]
        assert isinstance(outcome, forms.ModelChoiceField)
        assert isinstance(area, forms.ModelChoiceField)
        outcome.queryset = programme.outcomes.all()
        area.queryset = Area.objects.filter(place=programme.place_id)

    def facts(self) -> Facts:
        """What was written."""
        return Facts(**self.cleaned_data)
