"""Forms of imports: which file, and which column is which."""

from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commissioning.design.forms import Look
from places.imports.formats import table_formats
from places.imports.formats.columns import LOOKED_AT
from places.imports.importers import Importer
from places.imports.models import Import

_NOT_THERE: Final = ""


class BringForm(forms.Form):
    """A file or its address, what it holds, and who published it."""

    importer = forms.ChoiceField(label=_("What does the file hold?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or XLSX as it was published, up to 200 MB; JSON up to 50 MB."),
        required=False,
        allow_empty_file=True,
    )
    url = forms.URLField(
        label=_("Or its address"),
        help_text=_("A public address that begins with https://. We fetch it for you."),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    publisher = forms.CharField(
        label=_("Who published it?"),
        help_text=_("We remember which column is which in the files of each publisher."),
        required=False,
        max_length=160,
    )

    def __init__(self, *args: Any, importers: list[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["importer"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.name, capfirst(str(one.label))) for one in importers]
        if len(importers) == 1:
            field.initial = importers[0].name

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("url")):
            self.add_error("file", _("Choose a file or give its address, one of the two."))
        return cleaned


class MatchForm(forms.Form):
    """One list for each of our columns: which heading of the file it has."""

    period = forms.CharField(
        label=_("Which month is the file for?"),
        help_text=_("For example, October 2011. Only for a file without dates."),
        required=False,
        max_length=30,
    )
    looks = {"period": Look(width="10"), "headings_row": Look(width="4")}

    def __init__(self, *args: Any, import_: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        format_ = table_formats.get(import_.importer)
        self.columns = format_.columns if format_ and import_.detected.get("headings") else ()
        headings = import_.detected.get("headings", ())
        choices = [(_NOT_THERE, _("Not in this file"))] + [
            (str(at), heading or _("Column %d, without a heading") % (at + 1))
            for at, heading in enumerate(headings)
        ]
        if self.columns:
            self.fields["headings_row"] = forms.IntegerField(
                label=_("In which row do the headings stand?"),
                help_text=_("If you change it, the columns are guessed anew."),
                min_value=1,
                max_value=LOOKED_AT,
                initial=import_.detected.get("header_row"),
                required=False,
            )
        for column in self.columns:
            at = import_.matching.get(column.name)
            self.fields[f"column_{column.name}"] = forms.ChoiceField(
                label=str(column.label),
                choices=choices,
                # A file whose headings are elsewhere has other columns: that is looked at first.
                required=column.required and not self._moves_headings(import_),
                initial="" if at is None else str(at),
            )
        if "date" not in {column.name for column in self.columns}:
            del self.fields["period"]
        else:
            self.fields["period"].initial = import_.choices.get("period", "")

    def _moves_headings(self, import_: Import) -> bool:
        """Whether another row is said to hold the headings than the one that was read."""
        said = str(self.data.get("headings_row", "")).strip()
        return bool(said) and said != str(import_.detected.get("header_row"))

    def clean(self) -> dict[str, Any]:
        """No heading for two columns."""
        cleaned: dict[str, Any] = super().clean() or {}
        taken: dict[str, str] = {}
        for column in self.columns:
            at = cleaned.get(f"column_{column.name}", "")
            if at and at in taken:
                self.add_error(
                    f"column_{column.name}",
                    _("“%s” has this heading already. Choose another.") % taken[at],
                )
            elif at:
                taken[at] = str(column.label)
        return cleaned

    def matching(self) -> dict[str, int]:
        """Our columns and the positions that were chosen."""
        return {
            column.name: int(at)
            for column in self.columns
            if (at := self.cleaned_data.get(f"column_{column.name}", ""))
        }
