"""What officers advise, how duties were met, who has an interest, and what people say."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, LongTextField
from commissioning.design.revisions import RevisedForm
from commissioning.people.models import User
from decisions.records.binding import is_denied, standing_in_words, why_it_binds
from decisions.records.concerned import duties_of
from decisions.records.duties import asks_of, source_of
from decisions.records.forms.draft import limit
from decisions.records.models import Advice, Adviser, Decision, DutyAnswer
from decisions.records.said import (
    ADVICE,
    SAY_THE_REST,
    answered,
    said_in,
    stops_short,
    what_to_say,
)
from decisions.records.suggested_duties import suggested_duties
from places.directory.models import Organisation

if TYPE_CHECKING:
    # Subscripted for the type checker only: Django's own class can't be at run time.
    AdviceModelForm = forms.ModelForm[Advice]
else:
    AdviceModelForm = forms.ModelForm
from decisions.records.sections.walk import answer_in_walk, regime_of_decision


class AdviceForm(RevisedForm, AdviceModelForm):
    """What one officer says."""

    class Meta:
        model = Advice
        fields = ("officer", "words", "given_on")
        field_classes = {"words": LongTextField, "given_on": DateField}
        labels = {
            "officer": _("Name or post"),
            "words": _("What they say, in their own words"),
            "given_on": _("On which day?"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        limit(self.fields["words"])
        # An instance of its own is made where there is no advice yet: it says nothing.
        self.revise(said_in(self.instance))

    def said(self) -> dict[str, Any]:
        """What the write door takes."""
        return {name: self.cleaned_data[name] for name in ADVICE}


class AdviserForm(RevisedForm):
    """Which member is this officer."""

    adviser = forms.ModelChoiceField(
        label=_("Which member is it?"),
        help_text=_(
            "Members who declared that they could not gain. They are told by e-mail, and give or "
            "confirm it in their own session."
        ),
        queryset=User.objects.none(),
        empty_label=_("Choose a member"),
    )

    def __init__(self, fit: list[User], asked: Adviser | None, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["adviser"]
        assert isinstance(field, forms.ModelChoiceField)
        # Whoever was asked stands there, so that nobody is asked in their place unseen.
        keys = [*(one.pk for one in fit), *([asked.user_id] if asked else [])]
        field.queryset = User.objects.filter(pk__in=keys)
        stored = {"adviser": asked.user_id if asked else None}
        self.initial.update(stored)
        self.revise(stored)


class DutiesForm(RevisedForm):
    """Every duty with its answer and its words. Those left open stay open."""

    show_optional = False

    def __init__(self, decision: Decision, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.regime = regime_of_decision(decision)
        self.body, self.bought = decision.body_kind, answer_in_walk(decision, "contract_type")
        self.asked = duties_of(decision)
        known = answered(decision)
        told = suggested_duties(decision)
        self.filled_in = {key for key in told if not known[key]}
        stored: dict[str, str] = {}
        for duty in self.asked:
            words, why = f"{duty.key}_words", why_it_binds(decision, duty.key, self.regime)
            open_ = duty.key in self.filled_in
            first = told[duty.key] if open_ else (known[duty.key], known[words])
            self.fields[duty.key] = forms.ChoiceField(
                label=str(duty.title),
                help_text=f"{asks_of(duty, self.regime)} {why}".strip(),
                choices=[("", _("Not answered yet")), *_standings(decision, duty.key, why)],
                required=False,
                initial=first[0],
            )
            self.fields[words] = LongTextField(
                label=_("%s: how, or why not?") % duty.title,
                required=False,
                max_length=4000,
                initial=first[1],
            )
            stored |= {duty.key: known[duty.key], words: known[words]}
        self.revise(stored)

    def clean(self) -> dict[str, Any]:
        """Every duty that lacks its words says so at once, and not only the first."""
        cleaned = super().clean()
        for duty in self.asked:
            words = f"{duty.key}_words"
            if cleaned.get(duty.key) and not str(cleaned.get(words) or "").strip():
                self.add_error(words, what_to_say(str(cleaned[duty.key])))
            elif cleaned.get(duty.key) and stops_short(str(cleaned.get(words) or "")):
                self.add_error(words, str(SAY_THE_REST))
        return cleaned

    def groups(self) -> Iterator[tuple[Any, Any, forms.BoundField, forms.BoundField]]:
        """Each duty with its source and its two fields."""
        for duty in self.asked:
            source, check = source_of(duty, self.regime, self.body, self.bought)
            said = {"source": source, "check": check, "filled_in": duty.key in self.filled_in}
            yield duty, said, self[duty.key], self[f"{duty.key}_words"]

    def answers(self) -> dict[str, tuple[str, str]]:
        """What the write door takes."""
        return {
            duty.key: (self.cleaned_data[duty.key], self.cleaned_data[f"{duty.key}_words"])
            for duty in self.asked
        }


def _standings(decision: Decision, key: str, binds: str) -> list[tuple[str, Any]]:
    """What can be said of a duty: of one that binds not that it does not apply."""
    return [
        (one.value, standing_in_words(decision, key, one.value))
        for one in DutyAnswer.Standing
        if not (binds and is_denied(key, one.value))
    ]


class InterestForm(forms.Form):
    """A conflict of somebody who decides or advises."""

    who = forms.CharField(label=_("Who?"), max_length=200)
    what = LongTextField(label=_("What is the interest?"), max_length=2000)
    dispensation = LongTextField(
        label=_("What was done about it?"),
        help_text=_("Left the room; did not vote; a dispensation, by whom and until when."),
        max_length=2000,
    )


class ConsultForm(forms.Form):
    """Until when people may comment."""

    until = DateField(
        label=_("Until when may people comment?"),
        help_text=_(
            "To the end of that day. It can be made later; it is made earlier only for a reason "
            "that everybody reads."
        ),
    )
    why_less = LongTextField(
        label=_("If people have less time than they were told: why?"),
        help_text=_("It is printed in the record."),
        max_length=2000,
        required=False,
    )

    def __init__(self, decision: Decision, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if decision.consult_until is None:
            del self.fields["why_less"]


class CommentForm(forms.Form):
    """What somebody says about the draft."""

    words = LongTextField(label=_("What do you want to say?"), max_length=5000)
    organisation = forms.ModelChoiceField(
        label=_("For whom do you speak?"),
        queryset=Organisation.objects.none(),
        empty_label=_("For myself"),
        required=False,
    )

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.acted_for_by(user)


class OwnWordsForm(forms.Form):
    """Words of one's own: an answer to a comment, dissent, a reason."""

    words = LongTextField(label=_("In your own words"), max_length=5000)


class ReasonForm(forms.Form):
    """Why something is done; it stands in the history."""

    reason = LongTextField(label=_("Why?"), max_length=2000)
