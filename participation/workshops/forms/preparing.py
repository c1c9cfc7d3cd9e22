"""Forms for who prepares a workshop."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateTimeField, LongTextField, WholeNumberField
from commissioning.design.forms import Look
from commissioning.people.models import User
from commissioning.programmes.models import Programme
from participation.workshops.activities.base import kinds
from participation.workshops.agendas import Agenda, all_for
from participation.workshops.models import Activity, PlaceWords, Workshop

if TYPE_CHECKING:
    WorkshopModelForm = forms.ModelForm[Workshop]
    ActivityModelForm = forms.ModelForm[Activity]
    WordsModelForm = forms.ModelForm[PlaceWords]
else:
    WorkshopModelForm = ActivityModelForm = WordsModelForm = forms.ModelForm


def members_of(programme: Programme) -> Any:
    """People who are members today, as choices."""
    return User.objects.filter(
        pk__in=programme.memberships.in_force().values("user"), is_active=True
    ).order_by("name")


class NewWorkshopForm(forms.Form):
    """Which agenda to begin from, and what to call it."""

    looks = {"title": Look(width="30")}
    title = forms.CharField(label=_("Name of the session"), max_length=120)
    agenda = forms.ChoiceField(label=_("Begin from"), widget=forms.RadioSelect)

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agendas: list[Agenda] = all_for(programme)
        choices = [
            (one.key, _("%(title)s, %(n)d minutes") % {"title": one.title, "n": one.minutes})
            for one in self.agendas
        ]
        field = self.fields["agenda"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*choices, ("none", _("Nothing: I build my own"))]
        self.looks = self.looks | {
            "agenda": Look(hints={one.key: one.content["purpose"] for one in self.agendas})
        }

    def chosen(self) -> Agenda | None:
        """The agenda, or None to build one's own."""
        key = self.cleaned_data["agenda"]
        return next((one for one in self.agendas if one.key == key), None)


class SettingsForm(WorkshopModelForm):
    """What it is for, when and where, and how safe it is kept."""

    looks = {
        "title": Look(width="30"),
        "held_on": Look(),
        "guardian_contact": Look(),
        "is_young": Look(reveals={"on": ["guardian_contact", "chaperones"]}),
    }

    class Meta:
        model = Workshop
        fields = [
            "title",
            "purpose",
            "held_on",
            "venue",
            "is_sensitive",
            "is_young",
            "guardian_contact",
            "chaperones",
            "releases_by_hand",
            "is_closed_session",
            "safeguarding_lead",
            "help_lines",
            "controllers",
        ]
        field_classes = {
            "held_on": DateTimeField,
            "purpose": LongTextField,
            "chaperones": LongTextField,
            "help_lines": LongTextField,
            "controllers": LongTextField,
        }
        help_texts = {
            "releases_by_hand": _(
                "Nothing that people write is on the wall or on other phones until you or a helper "
                "has read it. On by default where it may hurt, and with young people."
            ),
            "is_closed_session": _(
                "Whoever gives a name of your list comes in; you let others in with a tap."
            ),
            "safeguarding_lead": _(
                "“I am worried about someone” goes to them, and to nobody else."
            ),
            "is_sensitive": _("What people write waits for you, unless you switch that off."),
            "controllers": _("The bodies that decide together what becomes of what people write."),
            "chaperones": _("Names and how to find them in the room. Never shown on phones."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lead = self.fields["safeguarding_lead"]
        assert isinstance(lead, forms.ModelChoiceField)
        lead.queryset = members_of(self.instance.programme)
        lead.empty_label = _("Nobody yet")


class ActivityForm(ActivityModelForm):
    """One step of the running order."""

    looks = {"title": Look(width="30"), "minutes": Look(width="3")}
    minutes = WholeNumberField(label=_("Minutes"), min_value=1, max_value=240)

    class Meta:
        model = Activity
        fields = ["title", "prompt", "minutes", "notes"]
        field_classes = {"prompt": LongTextField, "notes": LongTextField}

    def values(self) -> dict[str, Any]:
        """What the action takes, without the kind's own settings."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class KindForm(forms.Form):
    """Which kind of activity to add."""

    kind = forms.ChoiceField(label=_("What do people do?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.kind, kind.title) for kind in kinds]
        self.looks = {"kind": Look(hints={kind.kind: kind.about for kind in kinds})}


class TitleForm(forms.Form):
    """A name."""

    title = forms.CharField(label=_("Name"), max_length=120)


class HelpersForm(forms.Form):
    """Who helps."""

    helpers = forms.ModelMultipleChoiceField(
        label=_("Members who group and release"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["helpers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = members_of(programme)


class ListForm(forms.Form):
    """Names of a closed session."""

    show_optional = False
    names = LongTextField(
        label=_("Names on the list, one on a line"),
        required=False,
        help_text=_("As they will type them. Whoever gives a name of the list comes straight in."),
    )


class WordsForm(WordsModelForm):
    """The place's money words."""

    class Meta:
        model = PlaceWords
        fields = ["added", "dropped"]
        field_classes = {"added": LongTextField, "dropped": LongTextField}
        help_texts = {
            "added": _("One on a line. A word ending in * stands for all that begin with it."),
            "dropped": _("One on a line, as it stands in our list below."),
        }
