"""Forms for closing a round and for what follows."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, DateTimeField, LongTextField, MoneyField
from participation.budgeting.models import Adoption


class MoveCloseForm(forms.Form):
    """Close later."""

    closes_at = DateTimeField(label=_("Voting now closes"))
    reason = LongTextField(
        label=_("Why later?"), help_text=_("Published beside the new time."), max_words=100
    )


class ReasonForm(forms.Form):
    """Why something is done that people will ask about."""

    reason = LongTextField(label=_("Why?"), help_text=_("It is published."), max_words=100)


class CloseForm(forms.Form):
    """Close now; a reason where it is before the announced time."""

    reason = LongTextField(label=_("Why before the announced time?"), max_words=100, required=False)


class BackupForm(forms.Form):
    """Which backup holds the counted ballots."""

    note = forms.CharField(
        label=_("Which backup holds the counted ballots?"),
        help_text=_("Where it is, when it was made, and who checked it."),
        max_length=300,
    )


class AdoptAllForm(forms.Form):
    """The result adopted as it stands."""

    decided_on = DateField(label=_("Decided on"))
    reason = LongTextField(label=_("Why?"), help_text=_("It is published."), max_words=150)


class AdoptForm(forms.Form):
    """What the body with the power decided about one idea."""

    decision = forms.ChoiceField(
        label=_("What was decided?"), choices=Adoption.Decision.choices, widget=forms.RadioSelect
    )
    amount = MoneyField(
        label=_("How much?"),
        help_text=_("Leave empty where no money goes with the decision."),
        min_value=Decimal("0.01"),
        required=False,
    )
    body = forms.CharField(label=_("Decided by"), max_length=200)
    power = forms.CharField(label=_("Under which power"), max_length=300)
    decided_on = DateField(label=_("Decided on"))
    reason = LongTextField(label=_("Why?"), help_text=_("It is published."), max_words=150)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount = self.fields["amount"]
        assert isinstance(amount, MoneyField)
        amount.set_currency(currency)
