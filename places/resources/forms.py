"""Forms of resources. What a rule or an action refuses is said by them, not here."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, LongTextField
from commissioning.design.forms import Look
from commissioning.programmes.models import Outcome
from commissioning.programmes.rules import Person
from places.directory.models import Area, Organisation, Place
from places.resources.actions.resources import Facts
from places.resources.models import Kind, OutcomeLink, Resource, Where


class ResourceForm(forms.Form):
    """What there is, whose it is, and where."""

    what = forms.CharField(
        label=_("What is it?"),
        help_text=_("As you would tell a neighbour: “Eleven drivers with their own cars”."),
        max_length=160,
    )
    kind = forms.ChoiceField(
        label=_("What kind of thing is it?"), choices=Kind.choices, widget=forms.RadioSelect
    )
    about = LongTextField(
        label=_("More about it"),
        help_text=_("How many, how large, what is there. Say nothing of what it costs."),
        max_length=1500,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Whose is it?"),
        required=False,
        empty_label=_("Nobody in the directory"),
    )
    whose = forms.CharField(
        label=_("If it is nobody in the directory, whose is it?"),
        help_text=_("In words: “the allotment holders”. Not a private person's name."),
        max_length=160,
        required=False,
    )
    where = forms.ChoiceField(
        label=_("Where is it?"), choices=Where.choices, widget=forms.RadioSelect
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label=_("Which area?"), required=False, empty_label=_("Choose")
    )
    latitude = forms.FloatField(
        label=_("Latitude"),
        help_text=_("For example 52.9412. The map below fills both in when you choose a spot."),
        required=False,
        min_value=-90,
        max_value=90,
    )
    longitude = forms.FloatField(
        label=_("Longitude"),
        help_text=_("For example 0.3275."),
        required=False,
        min_value=-180,
        max_value=180,
    )
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=12, required=False)
    when = forms.CharField(
        label=_("When can it be had?"),
        help_text=_("For example “Tuesdays and Fridays” or “evenings”."),
        max_length=200,
        required=False,
    )
    for_whom = forms.CharField(label=_("Who is it for?"), max_length=200, required=False)
    website = forms.URLField(
        label=_("Website"), max_length=500, assume_scheme="https", required=False
    )
    email = forms.EmailField(
        label=_("Public e-mail address"),
        help_text=_("Everybody can read it."),
        required=False,
    )
    telephone = forms.CharField(label=_("Public telephone"), max_length=40, required=False)
    source_words = forms.CharField(
        label=_("How do you know?"),
        help_text=_("Who told you, or where you saw it."),
        max_length=280,
        required=False,
    )
    looks: ClassVar[dict[str, Look]] = {
        "about": Look(rows=3),
        "where": Look(reveals={"area": ["area"], "point": ["latitude", "longitude"]}),
        "latitude": Look(width="10", inputmode="decimal"),
        "longitude": Look(width="10", inputmode="decimal"),
        "postcode": Look(width="10"),
        "telephone": Look(width="20", inputmode="tel"),
    }

    def __init__(self, *args: Any, place: Place, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.filter(
            Q(place=place) | Q(pk__in=Organisation.objects.acted_for_by(user).values("pk"))
        )
        self._choices("organisation").queryset = organisations
        self._choices("area").queryset = place.areas.all()

    def _choices(self, name: str) -> "forms.ModelChoiceField[Any]":
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def facts(self) -> Facts:
        """What was said, for the action."""
        return Facts(**self.cleaned_data)

    @staticmethod
    def initial_of(resource: Resource) -> dict[str, Any]:
        """The form as the resource stands."""
        return {name: getattr(resource, name) for name in ResourceForm.base_fields}


class LinkForm(forms.Form):
    """What a resource does for an outcome."""

    outcome = forms.ModelChoiceField(
        Outcome.objects.none(),
        label=_("Which outcome does it help?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    how = forms.CharField(
        label=_("How does it help?"),
        help_text=_("In one sentence. Say nothing of what it costs."),
        max_length=280,
    )
    sure = forms.ChoiceField(
        label=_("How sure are we?"), choices=OutcomeLink.Sure.choices, widget=forms.RadioSelect
    )
    said_by = forms.CharField(
        label=_("Who said so?"),
        help_text=_("For example “Lanes Neighbours, at the workshop of 16 October”."),
        max_length=160,
    )

    def __init__(self, *args: Any, outcomes: list[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Outcome.objects.filter(pk__in=[outcome.pk for outcome in outcomes])


class HideForm(forms.Form):
    """Why something goes off the map."""

    why = forms.CharField(
        label=_("Why?"),
        help_text=_("Whoever suggested it, or looks after it, reads this."),
        max_length=280,
    )


class CheckForm(forms.Form):
    """Still so; and when to look again."""

    show_optional = False
    review_on = DateField(
        label=_("When should we look again?"),
        help_text=_("Leave it empty for a year from today."),
        required=False,
    )
