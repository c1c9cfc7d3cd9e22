"""Forms for what comes after a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField


class NewsForm(forms.Form):
    """What happens next, or what became of it."""

    words = LongTextField(
        label=_("What happens next, or what became of it?"),
        help_text=_("Say who does what, and by when. Write it to the people who were in the room."),
        max_length=2000,
    )
