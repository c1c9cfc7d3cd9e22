"""Forms on phones."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField
from commissioning.design.forms import Look
from participation.workshops.models import Workshop
from places.directory.models import Organisation


class CodeForm(forms.Form):
    """The code on the wall."""

    looks = {"code": Look(width="10", heading=True, label="l")}
    code = forms.CharField(
        label=_("What is the code on the wall?"),
        help_text=_("Four letters and two figures, like LOMA-42. Capitals do not matter."),
        max_length=40,
        error_messages={"required": _("Type the code on the wall.")},
    )


class JoinForm(forms.Form):
    """A name if wanted, and who somebody is here for."""

    looks = {"name": Look(width="20", autocomplete="nickname"), "organisation": Look()}
    show_optional = False
    name = forms.CharField(
        label=_("Your name, if you want to give one"),
        help_text=_("It is on the wall only beside words where you say so."),
        max_length=60,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=_("Are you here for an organisation?"),
        queryset=Organisation.objects.none(),
        empty_label=_("No, for myself"),
        required=False,
    )

    def __init__(self, workshop: Workshop, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if workshop.is_young:
            del self.fields["organisation"]
            self.fields["name"].label = _("Your first name, if you want to give one")
            self.fields["name"].help_text = _("Only your first name. No surname, no picture.")
        else:
            field = self.fields["organisation"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Organisation.objects.filter(place=workshop.programme.place_id)
        if workshop.is_closed_session:
            self.fields["name"].label = _("Your name, as you gave it when you were invited")
            self.fields["name"].help_text = _("The facilitator lets you in if it is not there.")
        self.questions = list(workshop.join_questions.all())
        for question in self.questions:
            self.fields[f"asked_{question.pk}"] = forms.ChoiceField(
                label=question.words,
                help_text=_("Leave it out if you like. We count answers, never who gave them."),
                choices=[
                    ("", _("I would rather not say")),
                    *((str(place), one["words"]) for place, one in enumerate(question.choices)),
                ],
                required=False,
            )

    def answers(self) -> dict[UUID, int]:
        """What was answered: question to the number of the choice."""
        given = {one.pk: self.cleaned_data[f"asked_{one.pk}"] for one in self.questions}
        return {pk: int(choice) for pk, choice in given.items() if choice}


class WorryForm(forms.Form):
    """A worry. Nothing in it must be filled in."""

    show_optional = False
    words = LongTextField(
        label=_("What worries you? You can leave it empty."), required=False, max_length=5000
    )
    contact = forms.CharField(
        label=_("How can we reach you? Only if you want us to."), required=False, max_length=200
    )
