"""Forms for those who sort the money, and for everybody who speaks of it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField
from commissioning.design.forms import Look
from commissioning.programmes.models import Outcome, Programme
from places.directory.models import Organisation
from places.spending.models import Annotation, Payee


def _outcomes(form: forms.Form, programme: Programme, empty: Any) -> None:
    field = form.fields["outcome"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = programme.outcomes.all()
    field.empty_label = str(empty)


class RuleForm(forms.Form):
    """Lines that hold these words are about this."""

    payee_contains = forms.CharField(
        label=_("The payee's name holds"), max_length=120, required=False
    )
    purpose_contains = forms.CharField(label=_("The purpose holds"), max_length=120, required=False)
    service_contains = forms.CharField(
        label=_("The service area holds"),
        max_length=120,
        required=False,
        help_text=_("Say one of the three or more. A line must hold all that you say."),
    )
    outcome = forms.ModelChoiceField(
        label=_("Then it is about this outcome"),
        queryset=Outcome.objects.none(),
        required=False,
    )
    service = forms.CharField(
        label=_("And about this service"),
        max_length=120,
        required=False,
        help_text=_("In your own words, such as “home care”. It names a market to look at."),
    )

    def __init__(self, programme: Programme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _outcomes(self, programme, _("No outcome"))


class AboutForm(forms.Form):
    """What one line is about."""

    outcome = forms.ModelChoiceField(
        label=_("Outcome"), queryset=Outcome.objects.none(), required=False
    )
    service = forms.CharField(label=_("Service"), max_length=120, required=False)

    def __init__(self, programme: Programme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _outcomes(self, programme, _("Not linked to an outcome yet"))


class NoteForm(forms.Form):
    """What somebody says about how money is used."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Annotation.Kind.choices,
        widget=forms.RadioSelect,
        initial=Annotation.Kind.BETTER,
    )
    words = LongTextField(
        label=_("Say it in your own words"),
        help_text=_("What happens with this money now, and how it might do more good."),
        max_length=2000,
    )
    outcome = forms.ModelChoiceField(
        label=_("Which outcome is it about?"), queryset=Outcome.objects.none(), required=False
    )

    def __init__(self, programme: Programme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _outcomes(self, programme, _("None in particular"))


class PayersForm(forms.Form):
    """Which organisation the payers that are ticked are."""

    organisation = forms.ModelChoiceField(
        label=_("Which organisation are they?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("The one that is suggested beside each"),
    )

    def __init__(self, programme: Programme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        near = Q(place=programme.place_id) | Q(place=None)
        field.queryset = Organisation.objects.filter(near).order_by("name")


class ReplyForm(forms.Form):
    """An answer."""

    words = LongTextField(label=_("Your answer"), max_length=2000)


class HideForm(forms.Form):
    """Why something is hidden."""

    because = LongTextField(label=_("Why is it hidden?"), max_length=500)


class DescribeForm(forms.Form):
    """What is said of the payees that are ticked."""

    show_optional = False
    looks = {"kind": Look(), "local": Look(), "small": Look()}
    _YES_NO = [("", _("Leave as it is")), ("yes", _("Yes")), ("no", _("No"))]

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Leave as it is")), *Payee.Kind.choices], required=False
    )
    local = forms.ChoiceField(label=_("Local?"), choices=_YES_NO, required=False)
    small = forms.ChoiceField(label=_("Small?"), choices=_YES_NO, required=False)
