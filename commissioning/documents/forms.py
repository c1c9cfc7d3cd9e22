"""The two questions of the verify page: this file, or this number?"""

import re
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.forms import Look

_WRITTEN: Final = re.compile(r"\s*([A-Za-z]{2,6})\W*(\d{4})\W*(\d{1,8})\s*\Z")


class FileForm(forms.Form):
    """The PDF itself. It is hashed as it arrives, so there is nothing here to clean."""

    file = forms.FileField(
        label=_("The PDF"),
        help_text=_("Up to 20 MB. We work out its digest and forget the file: it is not kept."),
        error_messages={
            "required": _("Choose the PDF that you want to check."),
            "empty": _("That file is empty. Choose the PDF that you want to check."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )


class NumberForm(forms.Form):
    """The number on a paper, as people type it: ``riv 2027 14`` is ``RIV-2027-014``."""

    number = forms.CharField(
        label=_("The number on the paper"),
        help_text=_("It looks like RIV-2027-014 and stands at the top and at the foot."),
        max_length=40,
        error_messages={"required": _("Type the number on the paper.")},
    )
    looks = {"number": Look(width="20")}

    def clean_number(self) -> str:
        """The number as it is printed."""
        match = _WRITTEN.match(self.cleaned_data["number"])
        if match is None:
            raise forms.ValidationError(
                _("A number looks like RIV-2027-014. Check it and try again.")
            )
        prefix, year, counter = match.groups()
        return f"{prefix.upper()}-{year}-{int(counter):03d}"
