"""Forms of the register: making cards, handing them out, calling them in; and the voter's code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import CodeField, WholeNumberField


class MakeCardsForm(forms.Form):
    """A batch of printed cards."""

    number = WholeNumberField(label=_("How many cards?"), min_value=1, max_value=5000)
    label = forms.CharField(
        label=_("A name for this batch"),
        help_text=_("Such as: north door."),
        max_length=80,
        required=False,
    )


class RangeForm(forms.Form):
    """A range of cards, by their numbers."""

    first = WholeNumberField(
        label=_("From card number"),
        help_text=_("It is printed in small letters under the code."),
        min_value=1,
    )
    last = WholeNumberField(label=_("To card number"), min_value=1)


class CardReasonForm(forms.Form):
    """One card, and why."""

    serial = WholeNumberField(label=_("Card number"), min_value=1)
    reason = forms.CharField(label=_("Why?"), max_length=300)


class RollForm(forms.Form):
    """A list of addresses that each get a personal link."""

    roll = forms.FileField(
        label=_("List of e-mail addresses"),
        help_text=_("A CSV file with one address a line, or with a column called e-mail."),
    )


class VoterCodeForm(forms.Form):
    """The code on a voting card."""

    code = CodeField(
        label=_("Code on your card"),
        help_text=_("Capitals and dashes do not matter. There is no letter O, I, L or U in it."),
    )
