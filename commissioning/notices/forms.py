"""Forms of notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.notices.kinds import Group


class PreferencesForm(forms.Form):
    """Which groups of notices a person wants; the essential ones are not a choice."""

    groups = forms.MultipleChoiceField(
        label=_("E-mail me"),
        required=False,
        choices=[(group.value, group.label) for group in Group if group != Group.ESSENTIAL],
        widget=forms.CheckboxSelectMultiple,
    )

    def wanted(self) -> set[Group]:
        """The groups that were ticked."""
        return {Group(value) for value in self.cleaned_data["groups"]}
