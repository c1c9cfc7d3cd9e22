"""The forms that confirm an agreement; what is hidden in them is what the desk sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField


class AgreeForm(forms.Form):
    """That a version is agreed, as the room stands."""

    press = forms.CharField(widget=forms.HiddenInput)
    version = forms.CharField(widget=forms.HiddenInput)
    who_was_there = forms.CharField(widget=forms.HiddenInput, required=False)
    standing = forms.IntegerField(widget=forms.HiddenInput)


class OverForm(AgreeForm):
    """Why a version is agreed although objections stand."""

    why = LongTextField(
        label=_("Why is it agreed all the same?"),
        help_text=_("Everybody reads this beside the vision. Do not say who objects."),
        max_length=1000,
    )
