"""Forms of the participation plan."""

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField
from commissioning.design.forms import Look
from commissioning.ground.answers import Text
from participation.workshops.actions.planning import Choice, Question, Who
from participation.workshops.models import JoinQuestion, PlanLine

if TYPE_CHECKING:
    LineModelForm = forms.ModelForm[PlanLine]
else:
    LineModelForm = forms.ModelForm

_WITH_FIGURE: Final = re.compile(r"^(?P<words>.+?)\s*[:|]\s*(?P<percent>\d{1,3}(?:[.,]\d+)?)\s*%?$")
FEWEST, MOST = 2, 8

# Questions that say who is missing without asking more than a room needs.
READY: Final[dict[str, tuple[Text, Text]]] = {
    "age": (_("How old are you?"), _("Under 18\n18 to 24\n25 to 44\n45 to 64\n65 or over")),
    "disability": (
        _("Does a health condition or disability make everyday life harder for you?"),
        _("Yes, a lot\nYes, a little\nNo"),
    ),
    "before": (
        _("Have you been to a meeting like this before?"),
        _("Never\nOnce or twice\nOften"),
    ),
}


class PlanLineForm(LineModelForm):
    """Somebody without whom the room is not the place."""

    looks = {"who": Look(width="30"), "hours": Look(width="4"), "stops": Look(small=True)}
    stops = forms.MultipleChoiceField(
        label=_("What stops them?"),
        choices=PlanLine.Barrier.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = PlanLine
        fields = ["who", "why", "stops", "what_we_do", "hours"]
        field_classes = {"why": LongTextField, "what_we_do": LongTextField}
        help_texts = {
            "who": _("Say it as they would: “young carers”, “people who work nights”."),
            "what_we_do": _("Another hour, a creche, an interpreter, a place they know, pay."),
            "hours": _("Yours and your partners': asking, fetching, translating, listening after."),
        }

    def wanted(self) -> Who:
        """What the action takes."""
        typed = self.cleaned_data
        return Who(
            who=typed["who"],
            why=typed["why"],
            stops=tuple(typed["stops"]),
            what_we_do=typed["what_we_do"],
            hours=typed["hours"],
        )


class QuestionForm(forms.Form):
    """A question for the door, with the place's own figures beside its answers."""

    looks = {"words": Look(width="30")}
    words = forms.CharField(label=_("The question"), max_length=160)
    choices = LongTextField(
        label=_("Its answers, one on a line"),
        help_text=_(
            "With the place's own figure, in 100, behind a colon if you have it: “Under 25: 22”."
        ),
    )
    source = forms.CharField(
        label=_("Where the figures come from"),
        help_text=_("For example: Census 2021, table TS007, Rivermead."),
        max_length=200,
        required=False,
    )

    def clean_choices(self) -> tuple[Choice, ...]:
        """The answers, each with the place's percentage or None."""
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        found = tuple(_choice(line) for line in lines if line)
        if not FEWEST <= len(found) <= MOST:
            raise ValidationError(_("Give two to eight answers, one on a line."))
        if len({one["words"] for one in found}) < len(found):
            raise ValidationError(_("Two of the answers are the same."))
        if sum(float(one["percent"] or 0) for one in found) > 101:
            raise ValidationError(_("The place's figures make more than 100 in 100."))
        return found

    def clean(self) -> dict[str, Any]:
        """A figure without a source convinces nobody."""
        typed = super().clean() or self.cleaned_data
        figures = any(one["percent"] is not None for one in typed.get("choices", ()))
        if figures and not typed.get("source"):
            self.add_error("source", _("Say where the place's figures come from."))
        return typed

    def wanted(self) -> Question:
        """What the action takes."""
        typed = self.cleaned_data
        return Question(typed["words"], typed["choices"], typed["source"])


def as_typed(question: JoinQuestion) -> dict[str, str]:
    """A question as the form shows it."""
    lines = [
        one["words"] if one["percent"] is None else f"{one['words']}: {one['percent']:g}"
        for one in question.choices
    ]
    return {"words": question.words, "choices": "\n".join(lines), "source": question.source}


def begun(key: str, areas: list[str]) -> dict[str, str]:
    """One of the ready questions to start from; ``areas`` are the place's."""
    if key == "area" and areas:
        choices = [*areas[: MOST - 1], str(_("Somewhere else"))]
        return {"words": str(_("Where do you live?")), "choices": "\n".join(choices)}
    words, choices_text = READY.get(key, ("", ""))
    return {"words": str(words), "choices": str(choices_text)}


def _choice(line: str) -> Choice:
    match = _WITH_FIGURE.match(line)
    if match is None:
        return {"words": line[:80], "percent": None}
    return {"words": match["words"][:80], "percent": float(match["percent"].replace(",", "."))}
