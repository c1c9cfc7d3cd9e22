"""Forms for what stands on paper: made for typing many, one after the other, by keyboard alone."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import WholeNumberField
from commissioning.design.forms import Look
from participation.workshops.models import Consent

# What is written on the sheet, and what it means. A dash or a full stop is a gap.
ANSWERS: Final = {"a": "agree", "d": "disagree", "p": "pass", "-": "", ".": ""}
STANDS: Final = {"s": "support", "l": "live", "t": "talk", "o": "object"}


class LinesForm(forms.Form):
    """Words, a line each."""

    show_optional = False
    lines = forms.CharField(
        label=_("One on a line"),
        help_text=_("Type as many as you like. Then Tab and Enter."),
        widget=forms.Textarea(attrs={"rows": 8, "autofocus": True, "dir": "auto"}),
        max_length=100_000,
        strip=False,
        error_messages={"required": _("Write something first, even a few words.")},
    )

    def clean_lines(self) -> list[str]:
        """Each line by itself."""
        return str(self.cleaned_data["lines"]).splitlines()


class SheetForm(forms.Form):
    """A sheet with a number; the next number stands there already."""

    show_optional = False
    looks = {"sheet": Look(width="4")}
    sheet = WholeNumberField(
        label=_("Number on the sheet"),
        help_text=_("Give each person one number, and let them keep it for the whole session."),
        min_value=1,
        max_value=999,
        initial=1,
    )


class AnswersForm(SheetForm):
    """Answers to statements as letters in the statements' order."""

    looks = SheetForm.looks | {"answers": Look(width="30")}
    answers = forms.CharField(
        label=_("Answers, in order"),
        help_text=_("A agree, D disagree, P pass, a dash for a gap: adpa-a. Then Enter."),
        max_length=600,
        widget=forms.TextInput(attrs={"autofocus": True, "autocapitalize": "none"}),
    )

    def clean_answers(self) -> list[str]:
        """``agree``, ``disagree``, ``pass`` or nothing for each statement in turn."""
        typed = re.sub(r"[\s,;]", "", self.cleaned_data["answers"].lower())
        for place, letter in enumerate(typed, start=1):
            if letter not in ANSWERS:
                raise forms.ValidationError(
                    _("“%(letter)s”, number %(place)d, is none of A, D, P and -."),
                    params={"letter": letter, "place": place},
                )
        return [ANSWERS[letter] for letter in typed]


class DotsSheetForm(SheetForm):
    """Dots as numbers of themes."""

    looks = SheetForm.looks | {"dots": Look(width="30")}
    dots = forms.CharField(
        label=_("Dots"),
        help_text=_(
            "The number of the theme for each dot, with spaces: 1 1 3 is two dots on "
            "theme 1 and one on theme 3. Then Enter."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"autofocus": True, "inputmode": "numeric"}),
    )

    def clean_dots(self) -> list[int]:
        """Numbers of themes, counted from 1."""
        found = re.split(r"[\s,;]+", self.cleaned_data["dots"].strip())
        for one in found:
            if not re.fullmatch(r"[0-9]{1,3}", one):
                raise forms.ValidationError(
                    _("“%(what)s” is no number of a theme."), params={"what": one}
                )
        return [int(one) for one in found]


class StandsForm(SheetForm):
    """How somebody stands to the draft."""

    looks = SheetForm.looks | {"answer": Look(width="2")}
    answer = forms.CharField(
        label=_("Where they stand on it"),
        help_text=_("S support, L can live with it, T need to talk, O object."),
        max_length=1,
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    why = forms.CharField(
        label=_("Why, as it is written"),
        required=False,
        max_length=2000,
        help_text=_("Then Enter."),
    )

    def clean_answer(self) -> str:
        """One of the four answers."""
        letter = self.cleaned_data["answer"].lower()
        if letter not in STANDS:
            raise forms.ValidationError(_("One letter of S, L, T and O."))
        return str(Consent.Answer(STANDS[letter]))

    def clean(self) -> dict[str, Any]:
        """An objection has a why."""
        cleaned = super().clean() or {}
        if cleaned.get("answer") == Consent.Answer.OBJECT and not cleaned.get("why"):
            self.add_error("why", _("An objection has a why, so that it can be answered."))
        return cleaned
