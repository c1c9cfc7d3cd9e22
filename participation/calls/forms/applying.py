"""Forms for applicants, beside the sections."""

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField, MoneyField
from commissioning.design.forms import Look
from commissioning.programmes.models import Outcome
from participation.calls.forms.sections import SUMMARY_WORDS
from participation.calls.models import BallotEntry, Call, Expression, WantedDocument
from places.directory.models import Area, Organisation

if TYPE_CHECKING:
    # Subscripted for the type checker only: Django's own class can't be at run time.
    BallotEntryModelForm = forms.ModelForm[BallotEntry]
else:
    BallotEntryModelForm = forms.ModelForm


class OrganisationForm(forms.Form):
    """Which of my organisations."""

    organisation = forms.ModelChoiceField(
        label=_("For which organisation?"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, mine: Any, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = mine
        if len(mine) == 1:
            field.initial = mine[0].pk


class AskForm(OrganisationForm):
    """A question about the call, for an organisation."""

    words = LongTextField(
        label=_("What would you like to know?"),
        help_text=_(
            "The question and its answer stand on this page for everybody, without your name. "
            "Leave out what would tell who you are."
        ),
        max_length=1000,
    )


class UploadForm(forms.Form):
    """A file to go with the expression."""

    wanted = forms.ModelChoiceField(
        label=_("What is it?"),
        queryset=WantedDocument.objects.none(),
        required=False,
        empty_label=_("Something else"),
    )
    file = forms.FileField(
        label=_("Choose a file"),
        help_text=_("PDF, Word (DOCX), JPEG or PNG, at most 10 MB."),
        max_length=255,
    )
    show_optional = False

    def __init__(self, call: Call, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["wanted"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = call.wanted_documents.all()
        if not field.queryset:
            del self.fields["wanted"]


class SubmitForm(forms.Form):
    """The press of the button."""

    looks = {"hours": Look(width="4", suffix=_("hours"), inputmode="decimal")}

    op = forms.UUIDField(widget=forms.HiddenInput)
    hours = forms.DecimalField(
        label=_("About how many hours did it take you all?"),
        help_text=_(
            "You need not say. The people who decide never see it; together with others' answers "
            "it shows what applying really costs, so that it can be made to cost less."
        ),
        required=False,
        min_value=0,
        max_value=2000,
        max_digits=5,
        decimal_places=1,
        widget=forms.TextInput,
    )
    true = forms.BooleanField(
        label=_("What we have written is true, and I may submit it for the organisation")
    )

    @classmethod
    def fresh(cls) -> "SubmitForm":
        """With a new press of the button."""
        return cls(initial={"op": uuid.uuid4()})


class AnswerForm(forms.Form):
    """An answer to the assessors."""

    answer = LongTextField(label=_("Your answer"), max_words=300)


class EntryForm(BallotEntryModelForm):
    """How the project stands on the ballot."""

    looks = {"cost": Look(width="10"), "title": Look(width="two-thirds")}

    summary = LongTextField(
        label=_("In plain English: what is it?"),
        max_words=SUMMARY_WORDS,
        help_text=_("Residents read this on their phones before they vote."),
    )
    picture_file = forms.FileField(
        label=_("A picture"),
        help_text=_(
            "JPEG or PNG, at most 10 MB. We draw it again without place or camera data. Ask "
            "everybody in it first."
        ),
        required=False,
    )
    remove_picture = forms.BooleanField(label=_("Take the present picture out"), required=False)

    class Meta:
        model = BallotEntry
        fields = ("title", "summary", "picture_alt", "cost", "area", "outcome", "ready")
        field_classes = {"cost": MoneyField}
        labels = {
            "title": _("What is the project called?"),
            "cost": _("What does it cost?"),
            "area": _("Where does it happen?"),
            "outcome": _("Which outcome does it work towards?"),
            "ready": _("It is ready for the ballot"),
        }
        help_texts = {
            "picture_alt": _("For people who cannot see it: “Four people round a kitchen table”."),
        }

    def __init__(self, expression: Expression, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        call = expression.call
        area, outcome = self.fields["area"], self.fields["outcome"]
        assert isinstance(area, forms.ModelChoiceField)
        assert isinstance(outcome, forms.ModelChoiceField)
        area.queryset = Area.objects.filter(place=call.programme.place_id)
        area.empty_label = _("All over %(place)s") % {"place": call.programme.place.name}
        outcome.queryset = Outcome.objects.filter(calls=call)
        outcome.empty_label = _("None in particular")
        cost = self.fields["cost"]
        assert isinstance(cost, MoneyField)
        cost.set_currency(call.currency)
        if not self.instance.picture:
            del self.fields["remove_picture"]
        self.order_fields(
            (
                "title",
                "summary",
                "cost",
                "area",
                "outcome",
                "picture_file",
                "picture_alt",
                "remove_picture",
                "ready",
            )
        )
