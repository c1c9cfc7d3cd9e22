"""What the body with the power decided, what the public edition leaves out, and the issue."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from commissioning.design.fields import DateField, LongTextField, MoneyField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from commissioning.design.when import day
from commissioning.ground.answers import Text
from commissioning.people.models import User
from decisions.records.actions.deciding import Minute
from decisions.records.deciders import fit_to_decide
from decisions.records.forms.draft import LONGEST
from decisions.records.meeting import asked_of
from decisions.records.models import Body, Correction, Decision
from decisions.records.names import reads_like
from decisions.records.route_plans import call_in_of
from decisions.records.rules import CAN_BE_CALLED_IN, grounds, needs_call_in
from decisions.records.said import written_down

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


FIRST_ASKED: Final = (
    "outcome",
    "decided_on",
    "report_on",
    "report_why",
    "officer",
    "decided_by",
    "had_interest",
)


def _by_the_sheet(days: int, who: str) -> str:
    said = (
        ngettext(
            "The last day. Your rules sheet gives %d working day after it is made.",
            "The last day. Your rules sheet gives %d working days after it is made.",
            days,
        )
        % days
    )
    called = _(" It can be called in by: %s.") % who if who else ""
    return f"{said}{called}"


def _on_what_it_said(decision: Decision) -> str:
    """The record knows what was recommended from that day on, and no report before it."""
    if decision.recommended_at is None:
        return ""
    return _(
        "The recommendation was written down here on %s: if the report was published before that "
        "day, say here what it recommended."
    ) % day(timezone.localdate(decision.recommended_at))


class MinuteForm(forms.Form):
    """What was decided, as the minute says it; how long its report lay open; interests."""

    looks = {
        "had_interest": Look(reveals={"yes": ["interest_who", "interest_what", "interest_done"]})
    }

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
    amount = MoneyField(
        label=_("Which amount was decided?"),
        help_text=_(
            "If the minute names one: for the whole of it, over its whole length, without VAT. It "
            "stands on the first page of the record."
        ),
        required=False,
    )
    why_changed = LongTextField(
        label=_("If it was agreed with changes: what was changed, and why?"),
        help_text=_("Also where the amount is another than the one that was recommended."),
        max_length=2000,
        required=False,
    )
    report_on = DateField(label=_("When was the report published?"), required=False)
    report_why = LongTextField(
        label=_("If that left fewer clear days: why?"), max_length=2000, required=False
    )
    had_interest = forms.TypedChoiceField(
        label=_("Did anybody who decided or advised have an interest?"),
        help_text=_("They gain by it, or somebody close to them does. The record says so."),
        choices=[("yes", _("Yes")), ("no", _("No, and everybody was asked"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    interest_who = forms.CharField(label=_("Who?"), max_length=200, required=False)
    interest_what = LongTextField(label=_("What is the interest?"), max_length=2000, required=False)
    interest_done = LongTextField(
        label=_("What was done about it?"),
        help_text=_("Left the room; did not vote; a dispensation, by whom and until when."),
        max_length=2000,
        required=False,
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
        self._ask_for_the_report(decision)
        self._ask_for_more_interests(decision)
        self._ask_which_officer(decision)
        self.order_fields(FIRST_ASKED)
        if decision.body_kind in PAPERS:
            words, who = PAPERS[decision.body_kind]
            self.fields["words"].label = str(words)
            self.fields["decided_by"].help_text = str(who)
        if decision.body_kind not in CAN_BE_CALLED_IN:
            del self.fields["call_in_until"], self.fields["no_call_in"]
        elif known := call_in_of(decision):
            self.fields["call_in_until"].help_text = _by_the_sheet(*known)
        if "call_in_until" in self.fields and not needs_call_in(decision):
            self.fields["call_in_until"].label = _(
                "Until when can it be called in? (if your rules allow it)"
            )

    def _ask_for_the_report(self, decision: Decision) -> None:
        """Where the law gives the public clear days to read it before the meeting."""
        open_for = asked_of(decision)
        if open_for is None:
            del self.fields["report_on"], self.fields["report_why"]
            return
        self.fields["report_on"].label = str(open_for.asks)
        self.fields["report_on"].help_text = open_for.hint
        self.fields["report_why"].label = str(open_for.asks_why)
        self.fields["report_why"].help_text = " ".join(
            (str(open_for.why_hint), _on_what_it_said(decision))
        ).strip()

    def _ask_for_more_interests(self, decision: Decision) -> None:
        """Those that are written down already are named: nobody types them twice."""
        if written := [one.who for one in decision.interests.all()]:
            self.initial.setdefault("had_interest", "yes")
            self.fields["interest_who"].label = _("Who else?")
            self.fields["interest_who"].help_text = _(
                "Written down already: %s. Leave it empty where nobody else had one."
            ) % ", ".join(written)

    def _ask_which_officer(self, decision: Decision) -> None:
        """Where an officer decides: which member it is, if they are one here and could not gain."""
        if decision.body_kind != Body.OFFICER:
            return
        self.fields["officer"] = forms.ModelChoiceField(
            label=_("Is the officer a member here? Then which one?"),
            help_text=_("Members who declared that they could not gain."),
            queryset=User.objects.filter(pk__in=[one.pk for one in fit_to_decide(decision)]),
            empty_label=_("Nobody who is a member here"),
            required=False,
        )

    def minute(self) -> Minute:
        """What the write door takes; the member's name stands before the post."""
        said = dict(self.cleaned_data)
        officer = said.pop("officer", None)
        if officer is not None and not reads_like(said["decided_by"], str(officer)):
            said["decided_by"] = f"{officer}, {said['decided_by']}"
        return Minute(**said)


class CorrectionForm(RevisedForm):
    """What was written down wrongly, as it should stand; and why."""

    amount = MoneyField(label=_("The amount decided"), required=False)
    decided_by = forms.CharField(label=_("Who decided"), max_length=300)
    body_name = forms.CharField(
        label=_("The name of the body, or the officer’s post, that has the power"),
        help_text=_("Only as it is called. Another body or post is no slip."),
        max_length=200,
    )
    decision_words = LongTextField(
        label=_("What was decided, in the words of the paper that says so"), max_length=LONGEST
    )
    minute = forms.CharField(label=_("Its reference"), max_length=120, required=False)
    why = LongTextField(
        label=_("What was the slip, and how do you know?"),
        help_text=_("It is printed in the next version of the record, with what stood there."),
        max_length=1000,
    )

    def __init__(self, decision: Decision, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {**written_down(decision), **self.initial}
        self.revise(written_down(decision))

    def corrected(self) -> dict[str, Any]:
        """Each field as it should stand."""
        return {name: self.cleaned_data[name] for name in Correction.Field.values}


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
