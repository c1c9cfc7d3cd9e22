"""Forms for those who run a call: who assesses, and what changes once it is published."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import (
    DateTimeField,
    LongTextField,
)
from commissioning.programmes.models import Membership, Role
from participation.calls.models import (
    Call,
    PublicQuestion,
)
from places.directory.models import Organisation

if TYPE_CHECKING:
    # Subscripted for the type checker only: Django's own class can't be at run time.
    ManyMembersField = forms.ModelMultipleChoiceField[Membership]
    CallModelForm = forms.ModelForm[Call]
    PublicQuestionModelForm = forms.ModelForm[PublicQuestion]
else:
    ManyMembersField = forms.ModelMultipleChoiceField
    CallModelForm = forms.ModelForm
    PublicQuestionModelForm = forms.ModelForm


class MembersField(ManyMembersField):
    """Members, each with their role."""

    def label_from_instance(self, obj: Membership) -> str:
        """The name, and what they are in the programme."""
        return f"{obj.user}, {str(obj.get_role_display()).lower()}"


class AssessorsForm(forms.Form):
    """Who assesses: members who have declared that they could not gain."""

    assessors = MembersField(
        label=_("Who assesses?"),
        help_text=_(
            "Members who have declared that neither they nor their organisation could gain. "
            "Two or more judge more fairly than one."
        ),
        queryset=Membership.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, call: Call, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        members = [member for member in _members(call) if _could_assess(member)]
        field = self.fields["assessors"]
        assert isinstance(field, MembersField)
        field.queryset = Membership.objects.filter(
            pk__in=[member.pk for member in members]
        ).select_related("user", "organisation")


def _members(call: Call) -> list[Membership]:
    members = call.programme.memberships.in_force().exclude(role=Role.OBSERVER)
    return list(members.prefetch_related("declarations"))


def _could_assess(member: Membership) -> bool:
    """Whether the latest declaration since the role began says that they could not gain."""
    standing = [made for made in member.declarations.all() if made.created_at >= member.since]
    return bool(standing) and not standing[0].could_gain


class CorrectForm(CallModelForm):
    """A published call's words, with the reason."""

    reason = LongTextField(
        label=_("Why does it change?"),
        help_text=_("Published on the call's page. Everybody who has begun is told."),
        max_length=1000,
    )

    class Meta:
        model = Call
        fields = ("title", "about", "funded", "not_funded", "who_may_apply", "already_done")
        field_classes = dict.fromkeys(fields[1:], LongTextField)


class ExtendForm(forms.Form):
    """Closing later."""

    closes_at = DateTimeField(label=_("When does it close now?"))
    reason = LongTextField(
        label=_("Why does it close later?"),
        help_text=_("Published on the call's page. Everybody who has begun is told."),
        max_length=1000,
    )


class LateForm(forms.Form):
    """Leave for one organisation to submit late."""

    organisation = forms.ModelChoiceField(
        label=_("Which organisation?"), queryset=Organisation.objects.none()
    )
    until = DateTimeField(label=_("Until when may it submit?"))
    reason = LongTextField(
        label=_("Why?"),
        help_text=_("Kept in the programme's history, where everybody can read it."),
        max_length=1000,
    )

    def __init__(self, call: Call, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        # Organisations of the place, and whoever has begun: not the whole country.
        field.queryset = (
            Organisation.objects.filter(place=call.programme.place_id)
            | Organisation.objects.filter(expressions__call=call)
        ).distinct()


class AnswerPubliclyForm(PublicQuestionModelForm):
    """An answer for everybody."""

    class Meta:
        model = PublicQuestion
        fields = ("shown_as", "answer")
        field_classes = dict.fromkeys(fields, LongTextField)
        labels = {"shown_as": _("The question, as the page shows it"), "answer": _("The answer")}
        help_texts = {"shown_as": _("Leave out anything that tells who asked.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = True
