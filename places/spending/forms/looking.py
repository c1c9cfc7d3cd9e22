"""What people look for: filters above lists and pictures. A GET, so that it can be shared."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commissioning.design.forms import Look
from commissioning.programmes.models import Programme
from places.spending.models import Payee, SpendingLine
from places.spending.sums import NO_OUTCOME, Wanted

_ANY = ("", gettext_lazy("All"))
_YES_NO = {"yes": True, "no": False}


class LookForm(forms.Form):
    """Filters that pictures and lists share."""

    show_optional = False
    looks = {"q": Look(width="20")}

    q = forms.CharField(
        label=gettext_lazy("Payee, purpose or service"), max_length=100, required=False
    )
    year = forms.TypedChoiceField(
        label=gettext_lazy("Year"), coerce=int, empty_value=None, required=False
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"), required=False)
    recipient = forms.ChoiceField(
        label=gettext_lazy("Kind of recipient"),
        choices=[_ANY, *Payee.Kind.choices],
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of line"),
        choices=[_ANY, *SpendingLine.Kind.choices],
        required=False,
    )
    # Reached by links in tables rather than chosen in a box.
    service = forms.CharField(widget=forms.HiddenInput, max_length=200, required=False)
    payer = forms.UUIDField(widget=forms.HiddenInput, required=False)
    payee = forms.UUIDField(widget=forms.HiddenInput, required=False)
    file = forms.UUIDField(widget=forms.HiddenInput, required=False)
    currency = forms.CharField(widget=forms.HiddenInput, max_length=3, required=False)
    local = forms.ChoiceField(
        choices=[("", ""), ("yes", ""), ("no", "")], widget=forms.HiddenInput, required=False
    )
    small = forms.ChoiceField(
        choices=[("", ""), ("yes", ""), ("no", "")], widget=forms.HiddenInput, required=False
    )

    def __init__(self, programme: Programme, years: list[int], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        year, outcome = self.fields["year"], self.fields["outcome"]
        assert isinstance(year, forms.TypedChoiceField)
        assert isinstance(outcome, forms.ChoiceField)
        year.choices = [
            _ANY,
            *(
                (one, _("April %(from)d to March %(to)d") % {"from": one, "to": one + 1})
                for one in years
            ),
        ]
        outcome.choices = [
            _ANY,
            *((str(one.pk), one.title) for one in programme.outcomes.all()),
            (NO_OUTCOME, _("Not linked to an outcome yet")),
        ]

    def wanted(self) -> Wanted:
        """What is looked for; a filter that makes no sense is left out."""
        self.is_valid()
        said = self.cleaned_data
        outcome = said.get("outcome") or ""
        return Wanted(
            words=(said.get("q") or "").replace("\x00", ""),
            outcome=UUID(outcome) if outcome not in ("", NO_OUTCOME) else None,
            no_outcome=outcome == NO_OUTCOME,
            service=said.get("service") or "",
            recipient=said.get("recipient") or "",
            kind=said.get("kind") or "",
            payer=said.get("payer"),
            payee=said.get("payee"),
            file=said.get("file"),
            year=said.get("year"),
            currency=said.get("currency") or "",
            local=_YES_NO.get(said.get("local") or ""),
            small=_YES_NO.get(said.get("small") or ""),
        )
