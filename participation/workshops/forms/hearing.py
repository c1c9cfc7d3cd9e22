"""The form of who wants to hear what becomes of a session."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.forms import Look


class HearForm(forms.Form):
    """An address, only for hearing what becomes of a session."""

    looks = {"email": Look(width="20", autocomplete="email")}
    show_optional = False
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={
            "required": _("Type your e-mail address, or leave this page: you need not give one."),
            "invalid": _("Type an e-mail address like name@example.org."),
        },
    )
