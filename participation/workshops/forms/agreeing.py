"""The form that confirms an agreement over objections that stand."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField


class OverForm(forms.Form):
    """Why a version is agreed all the same; the rest is what the desk sent."""

    press = forms.CharField(widget=forms.HiddenInput)
    version = forms.CharField(widget=forms.HiddenInput)
    who_was_there = forms.CharField(widget=forms.HiddenInput, required=False)
    standing = forms.IntegerField(widget=forms.HiddenInput)
    why = LongTextField(
        label=_("Why is it agreed all the same?"),
        help_text=_("Everybody reads this beside the vision. Do not say who objects."),
        max_length=1000,
    )
