"""Forms for assessors."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateTimeField, LongTextField
from commissioning.design.forms import Look
from participation.calls.models import Call, CheckAnswer, Decision, EligibilityCheck

MET = (("yes", _("Yes")), ("no", _("No")))


if TYPE_CHECKING:
    # Subscripted for the type checker only: Django's own class can't be at run time.
    DecisionModelForm = forms.ModelForm[Decision]
else:
    DecisionModelForm = forms.ModelForm


class FilterForm(forms.Form):
    """What to show of the list."""

    show_optional = False

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=(
            ("", _("Any")),
            ("open", _("Not decided yet")),
            *Decision.Outcome.choices,
            ("feedback", _("Feedback owed")),
        ),
    )
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, call: Call, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        areas = call.programme.place.areas.values_list("pk", "name")
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Any")), *((str(key), name) for key, name in areas)]


class ChecksForm(forms.Form):
    """All eligibility checks of one expression."""

    show_optional = False

    def __init__(
        self, checks: list[EligibilityCheck], answers: dict[Any, CheckAnswer], *args: Any
    ) -> None:
        super().__init__(*args)
        self.checks = checks
        self.looks = {f"met-{check.pk.hex}": Look(inline=True, small=True) for check in checks}
        for check in checks:
            said = answers.get(check.pk)
            self.fields[f"met-{check.pk.hex}"] = forms.ChoiceField(
                label=check.words,
                choices=MET,
                widget=forms.RadioSelect,
                required=False,
                initial={True: "yes", False: "no"}.get(said.met) if said else None,
            )
            self.fields[f"note-{check.pk.hex}"] = forms.CharField(
                label=_("Note"), required=False, max_length=500, initial=said.note if said else ""
            )

    def answered(self) -> list[tuple[EligibilityCheck, bool, str]]:
        """The checks that were answered: which, met or not, and the note."""
        cleaned = self.cleaned_data
        return [
            (check, cleaned[f"met-{check.pk.hex}"] == "yes", cleaned[f"note-{check.pk.hex}"])
            for check in self.checks
            if cleaned[f"met-{check.pk.hex}"]
        ]


class ClarificationForm(forms.Form):
    """A question back to the applicant."""

    words = LongTextField(label=_("What do you need to know?"), max_words=200)
    due_at = DateTimeField(label=_("Until when can they answer?"))


class DecisionForm(DecisionModelForm):
    """The decision."""

    class Meta:
        model = Decision
        fields = ("outcome", "reason")
        widgets = {"outcome": forms.RadioSelect}
        field_classes = {"reason": LongTextField}
        labels = {"outcome": _("What do you decide?"), "reason": _("Why?")}
        help_texts = {
            "reason": _("The applicant reads this when all decisions are released, not before.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = Decision.Outcome.choices


class ConflictForm(forms.Form):
    """I can't be fair about this one."""

    words = LongTextField(label=_("What is the conflict?"), max_length=1000)


class FeedbackForm(forms.Form):
    """Feedback to an applicant."""

    words = LongTextField(
        label=_("What was good, and what would have made it stronger?"),
        help_text=_("Write to the people who spent their evenings on it."),
        max_words=400,
    )
