"""Forms of the directory. What a rule or an action refuses is said by them, not here."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField
from commissioning.design.forms import Look
from places.directory.actions import Profile
from places.directory.identifiers import SCHEMES, BadIdentifierError, tidied
from places.directory.measure_actions import Measured
from places.directory.models import (
    Identifier,
    Measure,
    Organisation,
    OrganisationMember,
    Place,
)

# How many registered numbers the profile form has room for.
NUMBERS = 3


class ProfileForm(forms.Form):
    """What an organisation says of itself."""

    name = forms.CharField(
        label=_("Name"), help_text=_("As people know it, or as it is registered."), max_length=160
    )
    kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=Organisation.Kind.choices,
        widget=forms.RadioSelect,
    )
    place = forms.ModelChoiceField(
        Place.objects.all(),
        label=_("Where is it at home?"),
        required=False,
        empty_label=_("Elsewhere"),
    )
    about = LongTextField(
        label=_("What does it do?"),
        help_text=_("For whom and where, in a few sentences."),
        max_length=1500,
        required=False,
    )
    email = forms.EmailField(
        label=_("Public e-mail address"),
        help_text=_("On the public profile. Not your own, if people share one."),
        required=False,
    )
    telephone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    website = forms.URLField(label=_("Website"), assume_scheme="https", required=False)
    address = LongTextField(label=_("Postal address"), max_length=400, required=False)
    looks: ClassVar[dict[str, Look]] = {
        "about": Look(rows=4),
        "telephone": Look(width="20", inputmode="tel"),
        "address": Look(rows=3),
        **{f"number_{n}": Look(width="20") for n in range(1, NUMBERS + 1)},
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None"))] + [
            (scheme.prefix, f"{scheme.name} ({scheme.prefix})") for scheme in SCHEMES.values()
        ]
        for n in range(1, NUMBERS + 1):
            self.fields[f"scheme_{n}"] = forms.ChoiceField(
                label=_("Register") if n == 1 else _("Register %d") % n,
                choices=choices,
                required=False,
            )
            self.fields[f"number_{n}"] = forms.CharField(
                label=_("Number there") if n == 1 else _("Number in register %d") % n,
                max_length=40,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Each number in the form of its register; half a pair is an error beside it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(1, NUMBERS + 1):
            scheme, number = cleaned.get(f"scheme_{n}", ""), cleaned.get(f"number_{n}", "")
            if number and not scheme:
                self.add_error(f"scheme_{n}", _("Choose which register the number is from."))
            elif scheme:
                self._check(n, scheme, number)
        return cleaned

    def _check(self, n: int, scheme: str, number: str) -> None:
        try:
            tidied(scheme, number)
        except BadIdentifierError as error:
            self.add_error(f"number_{n}", str(error))

    def profile(self) -> Profile:
        """The cleaned values."""
        data = self.cleaned_data
        pairs = [(data[f"scheme_{n}"], data[f"number_{n}"]) for n in range(1, NUMBERS + 1)]
        own = ("name", "kind", "place", "about", "email", "telephone", "website", "address")
        return Profile(
            **{name: data[name] for name in own},
            identifiers=[(scheme, number) for scheme, number in pairs if scheme],
        )

    @staticmethod
    def initial_of(organisation: Organisation) -> dict[str, Any]:
        """What the profile says now."""
        own = ("name", "kind", "about", "email", "telephone", "website", "address")
        initial: dict[str, Any] = {name: getattr(organisation, name) for name in own}
        initial["place"] = organisation.place_id
        numbers: list[Identifier] = list(organisation.identifiers.all()[:NUMBERS])
        for n, identifier in enumerate(numbers, start=1):
            initial[f"scheme_{n}"], initial[f"number_{n}"] = identifier.scheme, identifier.value
        return initial


class MeasureForm(forms.Form):
    """Something that an organisation measures of its own work."""

    what = forms.CharField(
        label=_("What do you measure?"),
        help_text=_("Such as: people who eat with us in a week."),
        max_length=Measure.LONGEST["what"],
    )
    figure = forms.CharField(
        label=_("What did you find?"),
        help_text=_("A number, or words such as: about half."),
        max_length=Measure.LONGEST["figure"],
    )
    unit = forms.CharField(
        label=_("Of what?"),
        help_text=_("What the number counts, such as: people, or visits."),
        max_length=Measure.LONGEST["unit"],
        required=False,
    )
    period = forms.CharField(
        label=_("Over what time?"),
        help_text=_("Such as: April to June 2027, or a usual week."),
        max_length=Measure.LONGEST["period"],
    )
    how_known = LongTextField(
        label=_("How do you know?"),
        help_text=_("Who counts or asks, and how. Say it if it is a guess. Name no person."),
        max_length=Measure.LONGEST["how_known"],
    )
    looks: ClassVar[dict[str, Look]] = {
        "figure": Look(width="20"),
        "unit": Look(width="20"),
        "period": Look(width="30"),
        "how_known": Look(rows=4),
    }

    def measured(self) -> Measured:
        """The cleaned values."""
        return Measured(**self.cleaned_data)

    @staticmethod
    def initial_of(measure: Measure) -> dict[str, Any]:
        """What it says now."""
        return {name: getattr(measure, name) for name in Measure.LONGEST}


class JoinForm(forms.Form):
    """Who somebody is in an organisation that they ask to join."""

    words = forms.CharField(
        label=_("Who are you there?"),
        help_text=_("Such as: I am its treasurer. Its keepers read this."),
        max_length=280,
    )


class InviteForm(forms.Form):
    """Somebody who is to act for the organisation."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They need no account yet. The link in the mail lasts 14 days."),
    )
    role = forms.ChoiceField(
        label=_("What may they do?"),
        choices=OrganisationMember.Role.choices,
        widget=forms.RadioSelect,
        initial=OrganisationMember.Role.EDITOR,
    )


class PlaceForm(forms.Form):
    """A new place."""

    name = forms.CharField(label=_("Name of the place"), max_length=120)
    kind = forms.ChoiceField(
        label=_("What kind of place is it?"), choices=Place.Kind.choices, widget=forms.RadioSelect
    )
    letters = forms.RegexField(
        r"^[A-Za-z]{2,6}$",
        label=_("Letters that its records begin with"),
        help_text=_("Two to six, such as RIV for RIV-2027-014. They cannot be changed later."),
        error_messages={"invalid": _("Use two to six letters, such as RIV.")},
    )
    about = LongTextField(label=_("About the place"), max_length=2000, required=False)
    looks: ClassVar[dict[str, Look]] = {"letters": Look(width="5"), "about": Look(rows=6)}


class AboutPlaceForm(forms.Form):
    """What a place is like."""

    about = LongTextField(label=_("About the place"), max_length=2000, required=False)
    looks: ClassVar[dict[str, Look]] = {"about": Look(rows=6)}


class AreaForm(forms.Form):
    """An area's name."""

    name = forms.CharField(
        label=_("Name of the area"), help_text=_("A ward, an estate, a village."), max_length=120
    )


class BoundariesForm(forms.Form):
    """A file of boundaries."""

    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_("Up to 10 MB, in longitude and latitude (WGS 84), saved as UTF-8."),
        allow_empty_file=True,
    )


class UseBoundariesForm(forms.Form):
    """Which property names the areas, and what becomes of the areas that there are."""

    name_property = forms.ChoiceField(
        label=_("Which property is the area's name?"), widget=forms.RadioSelect
    )
    replaces = forms.BooleanField(
        label=_("Remove areas that are not in the file"),
        help_text=_("Areas that something is linked to stay, without a boundary."),
        required=False,
    )

    def __init__(
        self, *args: Any, choices: list[str], rows: list[dict[str, Any]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["name_property"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, name) for name in choices]
        field.initial = choices[0] if choices else None
        self.looks = {
            "name_property": Look(
                hints={
                    name: ", ".join(row["properties"][name] for row in rows[:4]) for name in choices
                }
            )
        }
