"""Forms of the place's own rules sheet and trees."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, LongTextField, MoneyField
from commissioning.design.forms import Look
from commissioning.design.revisions import RevisedForm
from commissioning.programmes.models import Programme
from decisions.questions.forms import bodies_that_buy
from decisions.trees.models import RulesSheet
from places.directory.models import Organisation

LARGEST_FILE = 1_000_000

# What a version says, apart from whose it is, from when and what changed.
RULES: Final = (
    "quotation_levels",
    "waivers",
    "key_decision_sum",
    "delegations",
    "grants_policy",
    "decides",
    "paragraph",
    "call_in_days",
    "call_in_who",
)
DECIDES = [
    ("cabinet", _("Cabinet")),
    ("committee", _("A committee")),
    ("officer", _("An officer under delegation")),
    ("parish", _("The parish or town council")),
    ("nhs_board", _("The NHS board")),
]


class LevelsField(forms.CharField):
    """Lines of a sum and words: ``25,000: three quotes``."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Pairs of sum and words; raises on a line that is none."""
        pairs: list[tuple[str, str]] = []
        for line in str(value or "").splitlines():
            if not line.strip():
                continue
            amount, colon, words = line.partition(":")
            try:
                number = Decimal(amount.replace("£", "").replace(",", "").strip())
            except InvalidOperation:
                number = Decimal(-1)
            if not colon or not words.strip() or not number.is_finite() or number < 0:
                raise forms.ValidationError(
                    _("Write a sum, a colon and words on each line: “%s” is not that.") % line[:80]
                )
            pairs.append((f"{number:f}", words.strip()))
        return pairs

    def prepare_value(self, value: Any) -> Any:
        """The lines as they are typed."""
        if isinstance(value, list):
            return "\n".join(f"{amount}: {words}" for amount, words in value)
        return value

    def as_written(self, value: Any) -> str:
        """The same, beside what somebody else wrote."""
        return str(self.prepare_value(value))


class SheetForm(RevisedForm):
    """The rules that bind the place itself; they are no law, and walks cite them."""

    looks = {
        "key_decision_sum": Look(width="10"),
        "call_in_days": Look(width="2"),
        "quotation_levels": Look(rows=5),
        "delegations": Look(rows=4),
    }

    body = forms.ModelChoiceField(
        label=_("Whose rules are they?"),
        help_text=_("They are cited where this body buys or gives, and nowhere else."),
        queryset=Organisation.objects.none(),
    )
    dated = DateField(
        label=_("From which day do these rules hold?"),
        help_text=_("Walks of what begins on or after that day cite them."),
    )
    quotation_levels = LevelsField(
        label=_("What your rules ask for, from which value up"),
        help_text=_("One a line: 0: one written quote. 25,000: three quotes. 100,000: a tender."),
        required=False,
    )
    waivers = LongTextField(
        label=_("Waivers: who may allow an exception, and when"), required=False
    )
    key_decision_sum = MoneyField(label=_("From which sum is it a key decision?"), required=False)
    delegations = LevelsField(
        label=_("Who may decide, up to which sum"),
        help_text=_("One a line: 50,000: the head of service. 250,000: the director."),
        required=False,
    )
    grants_policy = LongTextField(
        label=_("Your policy on grants, in a sentence or two"), required=False
    )
    decides = forms.ChoiceField(
        label=_("Who decides in the end?"), choices=DECIDES, widget=forms.RadioSelect
    )
    paragraph = forms.CharField(
        label=_("Where that is written"),
        help_text=_("For example: part 3.4 of the constitution."),
        max_length=200,
        required=False,
    )
    call_in_days = forms.IntegerField(
        label=_("For how many working days can a decision be called in?"),
        help_text=_("Leave it empty if your rules have no call-in."),
        min_value=1,
        max_value=60,
        required=False,
    )
    call_in_who = forms.CharField(
        label=_("Who may call it in?"),
        help_text=_("For example: any five councillors, or the chair of the scrutiny committee."),
        max_length=200,
        required=False,
    )
    what_changed = LongTextField(label=_("What changed since the last version?"), required=False)

    def __init__(
        self,
        programme: Programme,
        body: Organisation | None,
        sheet: RulesSheet | None,
        *args: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = bodies_that_buy(programme)
        first = first_values(body, sheet, timezone.localdate())
        self.initial.update(first)
        # The version that a new one is written on top of: none in between is undone unseen.
        self.on = sheet.version if sheet else 0
        self.revise({name: first.get(name) for name in RULES})

    def content(self) -> dict[str, Any]:
        """As the engine reads it."""
        data = self.cleaned_data
        key = data["key_decision_sum"]
        return {
            "quotation_levels": [
                {"at_least": amount, "ask": words} for amount, words in data["quotation_levels"]
            ],
            "waivers": data["waivers"],
            "key_decision_sum": None if key is None else f"{key:f}",
            "delegations": [
                {"up_to": amount, "who": words} for amount, words in data["delegations"]
            ],
            "grants_policy": data["grants_policy"],
            "decides": data["decides"],
            "paragraph": data["paragraph"],
            "call_in_days": data["call_in_days"],
            "call_in_who": data["call_in_who"],
        }


_DECIDES_BY_KIND = {"council": "cabinet", "health": "nhs_board"}


def first_values(
    body: Organisation | None, sheet: RulesSheet | None, today: date
) -> dict[str, Any]:
    """The newest version of a body's rules as the form's first values."""
    if sheet is None:
        kind = body.kind if body else ""
        return {"body": body, "dated": today, "decides": _DECIDES_BY_KIND.get(kind, "")}
    said = sheet.content
    key = said.get("key_decision_sum")
    return {
        "body": body,
        "dated": today,
        "quotation_levels": [(one["at_least"], one["ask"]) for one in said["quotation_levels"]],
        "waivers": said["waivers"],
        "key_decision_sum": Decimal(key) if key else None,
        "delegations": [(one["up_to"], one["who"]) for one in said["delegations"]],
        "grants_policy": said["grants_policy"],
        "decides": said["decides"],
        "paragraph": said["paragraph"],
        "call_in_days": said.get("call_in_days"),
        "call_in_who": said.get("call_in_who", ""),
    }


class PublishForm(forms.Form):
    """A tree file: YAML or JSON, as docs/trees.md describes."""

    file = forms.FileField(
        label=_("The tree's file"),
        help_text=_("YAML or JSON, at most 1 MB. It is checked before anything is published."),
    )
    what_changed = LongTextField(
        label=_("What changed, and why?"),
        help_text=_("Asked for from the second version on."),
        required=False,
    )

    def clean_file(self) -> str:
        """The file's text."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is no text in UTF-8.")) from error


class WithdrawForm(forms.Form):
    """Why a version is withdrawn."""

    reason = LongTextField(
        label=_("Why is it withdrawn?"),
        help_text=_("It is shown on every walk that began with it."),
    )
