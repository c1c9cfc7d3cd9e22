"""Forms of programmes. What a rule or an action refuses is said by them, not here."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, LongTextField
from commissioning.design.forms import Look
from commissioning.programmes.actions.programme import About
from commissioning.programmes.models import Given, LevelFieldEntry, Membership, Programme, Role
from commissioning.programmes.rules import MAY_INVITE
from places.directory.models import Organisation, Place


class AboutForm(forms.Form):
    """What a programme is about."""

    title = forms.CharField(
        label=_("What do you call it for now?"),
        help_text=_("A working title in plain words, such as Growing older together."),
        max_length=160,
    )
    about = LongTextField(
        label=_("What is it about?"),
        help_text=_("Who it is for and why now, in two or three sentences. No amounts yet."),
        max_length=1500,
    )
    starts_on = DateField(label=_("First day"))
    ends_on = DateField(
        label=_("Last day"), help_text=_("Leave empty if it has none yet."), required=False
    )
    what_taking_part_pays = LongTextField(
        label=_("What taking part pays or refunds"),
        help_text=_(
            "Travel, childcare, a fee for people who give their own time. "
            "Amounts are welcome here, at any stage."
        ),
        max_length=600,
        required=False,
    )
    looks: ClassVar[dict[str, Look]] = {
        "about": Look(rows=5),
        "what_taking_part_pays": Look(rows=3),
    }

    def about_it(self) -> About:
        """The cleaned values."""
        names = ("title", "about", "starts_on", "ends_on", "what_taking_part_pays")
        return About(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, Any]:
        """What the programme says now."""
        names = ("title", "about", "starts_on", "ends_on", "what_taking_part_pays")
        return {name: getattr(programme, name) for name in names}


class BeginForm(AboutForm):
    """A new programme: who leads it and where, too."""

    led_by = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which body leads it?"),
        empty_label=_("Choose one"),
    )
    place = forms.ModelChoiceField(
        Place.objects.all(), label=_("Which place is it for?"), empty_label=_("Choose one")
    )
    field_order = ("led_by", "place", "title", "about")

    def __init__(self, *args: Any, leading: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["led_by"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = leading


class ReasonForm(forms.Form):
    """Why, in words that are recorded."""

    reason = LongTextField(label=_("Why?"), max_length=1000)
    looks: ClassVar[dict[str, Look]] = {"reason": Look(rows=4)}

    def __init__(self, *args: Any, label: Any = None, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint


class VisionForm(forms.Form):
    """The draft's words."""

    statement = LongTextField(
        label=_("The vision, in one or two sentences"),
        help_text=_("What would be true here if this went well? Say it as people here say it."),
        max_length=600,
    )
    what_changed = LongTextField(
        label=_("What changed since the last version, and why"), max_length=1000, required=False
    )
    as_new_version = forms.BooleanField(
        label=_("Keep this as a new version"),
        help_text=_("The version before it stays as it is, for everyone to compare."),
        required=False,
    )
    looks: ClassVar[dict[str, Look]] = {
        "statement": Look(rows=4, label="m"),
        "what_changed": Look(rows=3),
        "as_new_version": Look(reveals={"on": ["what_changed"]}),
    }

    def __init__(self, *args: Any, newest_is_agreed: bool, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first or newest_is_agreed:
            del self.fields["as_new_version"]
        if is_first:
            del self.fields["what_changed"]
        elif newest_is_agreed:
            self.fields["what_changed"].required = True


class OutcomeForm(forms.Form):
    """A thing that people want to be true."""

    title = forms.CharField(
        label=_("What do people want to be true?"),
        help_text=_("Say it as if it had come about: Carers get a day off each week."),
        max_length=200,
    )
    about = LongTextField(
        label=_("More about it"),
        help_text=_("For whom, where, and how anyone would notice."),
        max_length=1000,
        required=False,
    )
    looks: ClassVar[dict[str, Look]] = {"about": Look(rows=3)}


class AgreeForm(forms.Form):
    """How the vision was agreed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    how_agreed = LongTextField(
        label=_("How was it agreed?"),
        help_text=_("At which meeting, by whose consent, and what those who differ said."),
        max_length=1500,
    )
    who_was_there = LongTextField(
        label=_("Who was there?"),
        help_text=_("Organisations and kinds of people, not residents' full names."),
        max_length=1500,
    )
    looks: ClassVar[dict[str, Look]] = {
        "how_agreed": Look(rows=4),
        "who_was_there": Look(rows=3),
    }


class EndorseForm(forms.Form):
    """Standing behind the vision, for an organisation or as yourself."""

    stand_for = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Who endorses it?"),
        required=False,
        widget=forms.RadioSelect,
        blank=True,
        empty_label=_("I do, as myself"),
    )
    words = forms.CharField(
        label=_("In your own words"),
        help_text=_("Why you stand behind it, or what you bring. Everyone can read this."),
        max_length=280,
        required=False,
        widget=forms.Textarea,
    )
    looks: ClassVar[dict[str, Look]] = {"words": Look(rows=3)}

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stand_for"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations


class GivenForm(forms.Form):
    """A line of fixed and open."""

    kind = forms.ChoiceField(
        label=_("Is it fixed or open?"), choices=Given.Kind.choices, widget=forms.RadioSelect
    )
    words = LongTextField(
        label=_("In words"),
        help_text=_("Such as: the day centre lease ends in June. No amounts yet."),
        max_length=500,
    )
    looks: ClassVar[dict[str, Look]] = {
        "kind": Look(
            hints={
                "fixed": _("Already decided: savings, end dates, duties."),
                "open": _("Truly open: people here can change it."),
            }
        ),
        "words": Look(rows=3),
    }


class RewordForm(forms.Form):
    """The words of a line that is there."""

    words = LongTextField(label=_("In words"), max_length=500)
    looks: ClassVar[dict[str, Look]] = {"words": Look(rows=3)}


def organisations_near(programme: Programme) -> QuerySet[Organisation]:
    """Those of the programme's place, those that belong to no place, and those in it already."""
    return (
        Organisation.objects.filter(
            Q(place=programme.place_id)
            | Q(place__isnull=True)
            | Q(pk=programme.led_by_id)
            | Q(membership__programme=programme)
        )
        .distinct()
        .order_by("sort_key", "name")
    )


class _RoleForm(forms.Form):
    """A role, and the organisation that goes with it."""

    role = forms.ChoiceField(label=_("What will they be?"), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("For which organisation do they speak?"),
        help_text=_("A partner always speaks for one. Others may."),
        required=False,
        empty_label=_("None"),
    )
    looks: ClassVar[dict[str, Look]] = {
        "role": Look(
            hints={
                Role.LEAD: _("Answers for the programme: signs off stages, lifts the money gate."),
                Role.COMMISSIONER: _("Runs its parts: the vision, calls, rounds."),
                Role.FACILITATOR: _("Drafts with people, invites them, keeps the talk fair."),
                Role.PARTNER: _("Speaks for an organisation that works with the programme."),
                Role.CITIZEN: _("Takes part with equal weight, in their own time."),
                Role.OBSERVER: _("Watches; takes no part in decisions."),
            }
        )
    }

    def __init__(self, *args: Any, programme: Programme, mine: Role, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = MAY_INVITE.get(mine, frozenset())
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(choice.value, choice.label) for choice in Role if choice in allowed]
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations_near(programme)


class InviteForm(_RoleForm):
    """Somebody to invite."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They need no account yet. The link in the mail lasts 14 days."),
    )
    field_order = ("email", "role", "organisation")


class MembershipForm(_RoleForm):
    """What a member is, and until when."""

    ends_on = DateField(
        label=_("Until"), help_text=_("Their last day. Leave empty for no end."), required=False
    )

    @staticmethod
    def initial_of(membership: Membership) -> dict[str, Any]:
        """What stands now."""
        return {
            "role": membership.role,
            "organisation": membership.organisation_id,
            "ends_on": membership.ends_on,
        }


class DeclarationForm(forms.Form):
    """What a member or their organisation could gain."""

    # Who says yes says what: it is shown with that answer, and asked for.
    show_optional = False

    could_gain = forms.TypedChoiceField(
        label=_("Could you, people close to you, or your organisation gain from this programme?"),
        choices=[("yes", _("Yes, or perhaps")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = LongTextField(
        label=_("What could you gain?"),
        help_text=_(
            "A contract, a grant, a building, a job. One or two sentences that everyone can read."
        ),
        max_length=600,
        required=False,
    )
    looks: ClassVar[dict[str, Look]] = {
        "could_gain": Look(
            reveals={"yes": ["words"]},
            hints={
                "yes": _("You give evidence like everyone else, and you do not decide."),
                "no": _("You take part in decisions."),
            },
        ),
        "words": Look(rows=3),
    }


class LevelFieldForm(forms.Form):
    """What a possible provider attended, saw or said."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Which organisation?"),
        empty_label=_("Choose one"),
    )
    kind = forms.ChoiceField(
        label=_("What did it do?"),
        choices=LevelFieldEntry.Kind.choices,
        widget=forms.RadioSelect,
    )
    what = LongTextField(
        label=_("What exactly?"),
        help_text=_(
            "Such as: the workshop of 16 October; the draft of the review; that the "
            "lunch club needs a bigger kitchen."
        ),
        max_length=1000,
    )
    looks: ClassVar[dict[str, Look]] = {"what": Look(rows=3)}

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisations_near(programme)
