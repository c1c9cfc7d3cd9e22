"""What is asked about criteria: suggestions to take over, one of them, the scale."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField, WholeNumberField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from decisions.criteria.judging.health import suggestions_for, to_begin_with
from decisions.criteria.judging.library import Standing, Suggestion
from decisions.criteria.models import TOP, CriteriaSet, Criterion
from decisions.criteria.said import (
    said_of,
    scale_fields,
)

if TYPE_CHECKING:
    CriterionModelForm = forms.ModelForm[Criterion]
else:
    CriterionModelForm = forms.ModelForm


class LibraryForm(forms.Form):
    """Suggestions to take over, local knowledge first. A set without any has ticked what makes
    100."""

    keys = forms.MultipleChoiceField(
        label=_("Which do you take over?"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, held: CriteriaSet, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        standing = Standing(held.what_for)
        if not held.criteria.filter(key="").exists():
            self.initial["keys"] = to_begin_with(standing)
        suggestions = suggestions_for(standing).values()
        keys = self.fields["keys"]
        assert isinstance(keys, forms.MultipleChoiceField)
        keys.choices = [(one.key, one.title) for one in suggestions]
        # What is there is not offered once more; another tab that sends it is not scolded.
        taken = {row.suggestion for row in held.criteria.all()}
        offered = [(one.key, one.title) for one in suggestions if one.key not in taken]
        keys.widget.choices = offered
        if not offered:
            keys.help_text = _("All of them are taken over already.")
        self.looks = {"keys": Look(hints={one.key: _hint(one, standing) for one in suggestions})}


def _hint(one: Suggestion, standing: Standing) -> SafeString:
    """What it asks, why, and from where, each on a line of its own."""
    if one.part_of:
        # Where it is from is the same for all of them, and stands above them.
        part = _("A part of “%s”.") % Criterion.Key(one.part_of).label
        return format_html(
            "<b>{}</b><br>{}<br>{} {}",
            part,
            one.asked(standing),
            _("Why it is lawful:"),
            one.why,
        )
    check = "" if one.seen else str(_(" Check before relying on it."))
    why = _("Why it is lawful:") if standing == Standing.ABOVE else _("Why it is fair:")
    return format_html(
        "{}<br>{} {} ({}.{})", one.asked(standing), why, one.why, one.source(standing), check
    )


class CriterionForm(RevisedForm, CriterionModelForm):
    """One criterion or a part of one."""

    class Meta:
        model = Criterion
        fields = [
            "title",
            "parent",
            "asks",
            "judged",
            "weight",
            "why_nothing",
            "words",
            "minimum",
            "is_price",
        ]
        field_classes = {
            "asks": LongTextField,
            "judged": LongTextField,
            "why_nothing": LongTextField,
            "words": WholeNumberField,
            "minimum": WholeNumberField,
        }
        labels = {
            "parent": _("Is it a part of another criterion?"),
            "why_nothing": _("If it weighs nothing: why?"),
        }
        help_texts = {
            "asks": _("Ask what they know and how they will work, never where they sit."),
            "weight": _("All criteria together make 100; parts together make their criterion's."),
            "why_nothing": _("Give it the weight 0 then. The reason is printed with the criteria."),
            "words": _("Nought means no written answer."),
            "minimum": _("A bid that scores less is out. Leave it empty where there is none."),
        }

    looks = {
        "asks": Look(rows=4),
        "judged": Look(rows=4),
        "why_nothing": Look(rows=3),
        "weight": Look(width="4", inputmode="decimal"),
        "words": Look(width="5"),
        "minimum": Look(width="2"),
    }

    def __init__(self, held: CriteriaSet, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tops = held.criteria.filter(parent=None, is_price=False).exclude(pk=self.instance.pk)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = tops
        parent.empty_label = str(_("No, it stands by itself"))
        self.fields["judged"].required = True
        if not self.instance._state.adding:
            self.initial["weight"] = f"{self.instance.weight.normalize():f}"
        self._of_its_kind(held)
        self.revise(said_of(self.instance) if not self.instance._state.adding else {})

    def _of_its_kind(self, held: CriteriaSet) -> None:
        """A key criterion keeps its name and place; any other of the regime is a part of one."""
        if self.instance.key:
            gone = {"title", "parent", "is_price"}
        else:
            gone = {"why_nothing"} if held.has_price else {"why_nothing", "is_price"}
        for name in gone:
            del self.fields[name]
        parent = self.fields.get("parent")
        if held.is_health and isinstance(parent, forms.ModelChoiceField):
            parent.queryset = held.criteria.exclude(key="").exclude(weight=0)
            parent.label, parent.required = _("Which key criterion is it a part of?"), True
            parent.empty_label = str(_("Choose one"))
        if held.is_grant:
            self._of_grants()
        elif not held.has_bids:
            self._of_providers(held)

    def _of_grants(self) -> None:
        """Nobody bids for a grant: people apply."""
        self.fields["asks"].label = _("What those who apply are asked")
        self.fields["minimum"].help_text = _(
            "An application that scores less is out. Leave it empty where there is none."
        )

    def _of_providers(self, held: CriteriaSet) -> None:
        """Where nobody is invited to bid, the authority looks and says what it finds."""
        self.fields["asks"].label = _("What is looked at")
        self.fields["asks"].help_text = _(
            "Look at what they know and how they work, never at where they sit."
        )
        self.fields["words"].label = _("Most words, if providers are asked to write")
        self.fields["words"].help_text = _("Nought means that nobody is asked to write.")
        self.fields["minimum"].help_text = (
            _("A provider that scores less is not suitable. Leave it empty where there is none.")
            if held.chooses
            else _("What is a sufficient standard. Leave it empty where there is none.")
        )


class ScaleForm(RevisedForm):
    """What each score means."""

    def __init__(self, meanings: dict[int, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for score in range(TOP + 1):
            self.fields[f"score_{score}"] = forms.CharField(
                label=_("Score %d means") % score,
                max_length=200,
                initial=meanings.get(score, ""),
            )
        self.revise(scale_fields(meanings))

    def meanings(self) -> dict[int, str]:
        """Score to words."""
        return {score: self.cleaned_data[f"score_{score}"] for score in range(TOP + 1)}
