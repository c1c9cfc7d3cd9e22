"""Forms of a decision: the sections of its draft, what people say, what was decided."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, LongTextField
from commissioning.design.forms import Look
from commissioning.ground.answers import Text
from commissioning.people.models import User
from decisions.records.duties import DUTIES, source_of
from decisions.records.models import Advice, Body, Decision, DutyAnswer
from decisions.records.routes import route_choices
from decisions.records.rules import CAN_BE_CALLED_IN, KEY_BODIES, grounds, needs_call_in
from places.directory.models import Organisation

if TYPE_CHECKING:
    # Subscripted for the type checker only: Django's own class can't be at run time.
    DecisionModelForm = forms.ModelForm[Decision]
    AdviceModelForm = forms.ModelForm[Advice]
else:
    DecisionModelForm = AdviceModelForm = forms.ModelForm

LONGEST = 20_000  # characters of one section: about ten pages


class BeginForm(forms.Form):
    """The first thing that a decision needs."""

    looks = {"title": Look(width="two-thirds", label="m")}

    title = forms.CharField(
        label=_("What is decided?"),
        help_text=_("A short name that stands on the record: “Daytime company in the Lanes”."),
        max_length=200,
    )


def _limit(field: forms.Field) -> None:
    """About ten pages, and not a word more, said beside the field."""
    assert isinstance(field, forms.CharField)
    field.max_length = LONGEST
    field.validators.append(MaxLengthValidator(LONGEST))


class SectionForm(DecisionModelForm):
    """One section of the draft. It may be saved half done; what is missing is listed."""

    show_optional = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in self.Limits.fields:
            _limit(self.fields[name])

    class Limits:
        """Long texts that the model itself does not limit."""

        fields: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """What the write door takes."""
        return {name: self.cleaned_data[name] for name in self.fields}


class PowerForm(SectionForm):
    """Who decides, and under which power."""

    class Limits:
        fields = ("power",)

    class Meta:
        model = Decision
        fields = ("body_kind", "body_name", "power")
        field_classes = {"power": LongTextField}
        widgets = {"body_kind": forms.RadioSelect}
        labels = {
            "body_kind": _("What kind of body or person decides?"),
            "body_name": _("Which one?"),
            "power": _("Under which power?"),
        }
        help_texts = {
            "body_name": _("As it calls itself: “Cabinet of Rivermead Council”."),
            "power": _(
                "Name the power in law, and the paragraph of the constitution or the scheme of "
                "delegation. A vote, a panel and a tree advise; this is who decides."
            ),
        }


class RouteForm(SectionForm):
    """The route that is recommended."""

    class Meta:
        model = Decision
        fields = ("route", "route_name")
        labels = {"route_name": _("In a few words of your own")}
        help_texts = {
            "route_name": _("It goes on from “decided”: “small grants through an intermediary”.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["route"] = forms.ChoiceField(
            label=_("Which route do you recommend?"),
            choices=route_choices(self.instance.question),
            required=False,
            widget=forms.RadioSelect,
        )


class WordsForm(SectionForm):
    """The decision in plain words."""

    class Meta:
        model = Decision
        fields = ("title", "summary", "reasons", "next_steps")
        field_classes = dict.fromkeys(("summary", "reasons", "next_steps"), LongTextField)
        labels = {
            "title": _("What is decided?"),
            "summary": _("The decision in plain words"),
            "reasons": _("Why this way?"),
            "next_steps": _("What happens next, and when?"),
        }
        help_texts = {
            "summary": _("One page that a resident understands. It opens the record."),
            "reasons": _("And why not the others. Each rejected route says why on its own, too."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("summary", "reasons", "next_steps"):
            self.fields[name] = LongTextField(
                label=self.fields[name].label or "",
                help_text=self.fields[name].help_text,
                max_length=LONGEST,
                required=False,
            )


class PublicityForm(SectionForm):
    """Key decision, its notice, and what is exempt."""

    looks = {"is_exempt": Look(reveals={"on": ["exemption", "public_interest"]})}

    class Limits:
        fields = ("urgency", "public_interest")

    is_key = forms.TypedChoiceField(
        label=_("Is this a key decision?"),
        help_text=_("It is where it spends or saves much, or touches two wards or more."),
        choices=[("", _("Not known yet")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Decision
        fields = (
            "is_key",
            "notice_on",
            "urgency",
            "is_exempt",
            "exemption",
            "public_interest",
        )
        field_classes = {
            "notice_on": DateField,
            "urgency": LongTextField,
            "public_interest": LongTextField,
        }
        labels = {
            "notice_on": _("When was the notice of a key decision published?"),
            "urgency": _("If it cannot wait for 28 clear days: why?"),
            "is_exempt": _("Parts of the record are exempt from publication"),
            "public_interest": _("Why does keeping it back serve the public better?"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = {True: "yes", False: "no", None: ""}
        self.initial["is_key"] = known[self.instance.is_key]
        self.fields["exemption"] = forms.ChoiceField(
            label=_("On which ground?"),
            choices=[("", _("Choose a ground")), *grounds(self.instance)],
            required=False,
        )
        if self.instance.body_kind and self.instance.body_kind not in KEY_BODIES:
            # Key decisions are an executive's: a parish, a board and a committee have none.
            for name in ("is_key", "notice_on", "urgency"):
                del self.fields[name]


# The sections that are one form each: name, heading, form.
SECTION_FORMS: Final[dict[str, tuple[Text, type[SectionForm]]]] = {
    "power": (_("Who decides, under which power"), PowerForm),
    "route": (_("The route"), RouteForm),
    "words": (_("The decision in words"), WordsForm),
    "publicity": (_("Key decision, notice, exemption"), PublicityForm),
}


class AdviceForm(AdviceModelForm):
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
        _limit(self.fields["words"])


class AdviserForm(forms.Form):
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

    def __init__(self, fit: list[User], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["adviser"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[one.pk for one in fit])


class DutiesForm(forms.Form):
    """Every duty with its answer and its words. Those left open stay open."""

    show_optional = False

    def __init__(self, decision: Decision, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.route = decision.route
        known = {answer.key: answer for answer in decision.duties.all()}
        for duty in DUTIES:
            answer = known.get(duty.key)
            self.fields[duty.key] = forms.ChoiceField(
                label=str(duty.title),
                help_text=str(duty.asks),
                choices=[("", _("Not answered yet")), *DutyAnswer.Standing.choices],
                required=False,
                initial=answer.standing if answer else "",
            )
            self.fields[f"{duty.key}_words"] = LongTextField(
                label=_("%s: how, or why not?") % duty.title,
                required=False,
                max_length=4000,
                initial=answer.words if answer else "",
            )

    def groups(self) -> Iterator[tuple[Any, Any, forms.BoundField, forms.BoundField]]:
        """Each duty with its source and its two fields."""
        for duty in DUTIES:
            source, check = source_of(duty, self.route)
            said = {"source": source, "check": check}
            yield duty, said, self[duty.key], self[f"{duty.key}_words"]

    def answers(self) -> dict[str, tuple[str, str]]:
        """What the write door takes."""
        return {
            duty.key: (self.cleaned_data[duty.key], self.cleaned_data[f"{duty.key}_words"])
            for duty in DUTIES
        }


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


# What each kind of body calls the paper that says what it decided.
PAPERS: Final[dict[str, tuple[Text, Text]]] = {
    Body.OFFICER: (
        _("In the words of the decision notice"),
        _("The officer, by name and post, and who was consulted where the delegation asks it."),
    ),
    Body.NHS_BOARD: (
        _("In the words of the minutes"),
        _("The board or its committee, and who was in the chair; whether it met in public."),
    ),
    Body.PARISH: (
        _("In the words of the resolution"),
        _("The council, and who was in the chair; how many voted for and against."),
    ),
}


class MinuteForm(forms.Form):
    """What was decided, as the minute says it."""

    outcome = forms.ChoiceField(
        label=_("What was decided?"), choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )
    decided_on = DateField(label=_("On which day?"))
    decided_by = forms.CharField(
        label=_("Who decided?"),
        help_text=_("The body, and who was in the chair; or the officer by name and post."),
        max_length=300,
    )
    words = LongTextField(
        label=_("In the words of the minute"),
        help_text=_("With every change that was made to what was recommended."),
        max_length=LONGEST,
    )
    reference = forms.CharField(
        label=_("Reference of the paper that says so"), max_length=120, required=False
    )
    call_in_until = DateField(
        label=_("Until when can it be called in?"),
        help_text=_(
            "The last day, as your constitution counts it. It takes effect the day after, if "
            "nobody calls it in."
        ),
        required=False,
    )
    no_call_in = LongTextField(
        label=_("Or, if it cannot be called in: why?"),
        help_text=_(
            "By which paragraph: it is urgent and the chair agreed, or your rules have no call-in."
        ),
        max_length=2000,
        required=False,
    )

    show_optional = False

    def __init__(self, decision: Decision, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if decision.body_kind in PAPERS:
            words, who = PAPERS[decision.body_kind]
            self.fields["words"].label = str(words)
            self.fields["decided_by"].help_text = str(who)
        if decision.body_kind not in CAN_BE_CALLED_IN:
            del self.fields["call_in_until"], self.fields["no_call_in"]
        elif not needs_call_in(decision):
            self.fields["call_in_until"].label = _(
                "Until when can it be called in? (if your rules allow it)"
            )


class CallInAnswerForm(forms.Form):
    """What came of the call-in."""

    stands = forms.TypedChoiceField(
        label=_("What came of it?"),
        choices=[("yes", _("The decision stands")), ("no", _("It goes back to be changed"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = LongTextField(label=_("What was said"), max_length=5000)


class RemovalForm(forms.Form):
    """A passage that the public edition leaves out."""

    passage = forms.CharField(
        label=_("The words to leave out"),
        help_text=_(
            "Exactly as they stand in the record. They go wherever they stand, in any case."
        ),
        max_length=2000,
    )
    ground = forms.ChoiceField(label=_("On which ground?"))
    public_interest = LongTextField(
        label=_("Why does leaving it out serve the public better?"),
        help_text=_("It is printed in the public edition, with the ground."),
        max_length=2000,
    )

    def __init__(self, decision: Decision, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = grounds(decision)


class IssueForm(forms.Form):
    """Why there is a new version."""

    why = LongTextField(
        label=_("Why is there a new version?"),
        help_text=_("It is printed, with what changed. Leave it empty for the first version."),
        max_length=1000,
        required=False,
    )
