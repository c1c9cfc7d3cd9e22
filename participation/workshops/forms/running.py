"""Forms of the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField
from commissioning.people.models import User
from commissioning.programmes.models import Role
from participation.workshops.models import Workshop


class ReasonForm(forms.Form):
    """Why something is taken down, or somebody asked to leave."""

    reason = LongTextField(
        label=_("Why"),
        help_text=_("The person who wrote it sees your words. Be kind and plain."),
        max_length=500,
    )


class OpenForm(forms.Form):
    """Opening a session on another day than the planned one; the rest is what the desk sent."""

    do = forms.CharField(widget=forms.HiddenInput, initial="open")
    planned = forms.CharField(widget=forms.HiddenInput)


class SuggestedForm(forms.Form):
    """Taking suggested groups over, as they were looked at."""

    press = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)


class HandOverForm(forms.Form):
    """Who leads from now on."""

    to = forms.ModelChoiceField(
        label=_("Who leads from now on?"), queryset=User.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, workshop: Workshop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.empty_label = None
        runners = workshop.programme.memberships.in_force().filter(
            role__in=(Role.LEAD, Role.COMMISSIONER, Role.FACILITATOR)
        )
        field.queryset = (
            User.objects.filter(pk__in=runners.values("user"), is_active=True)
            .exclude(pk=workshop.led_by_id)
            .order_by("name")
        )


class DoneForm(forms.Form):
    """What the safeguarding lead did."""

    what_was_done = LongTextField(label=_("What you did"), max_length=2000)
