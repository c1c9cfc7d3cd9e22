"""Forms for those who make and run calls."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import (
    DateField,
    DateTimeField,
    LongTextField,
    MoneyField,
    WholeNumberField,
)
from commissioning.design.forms import Look
from commissioning.ground.answers import Text
from commissioning.programmes.models import Outcome
from participation.calls.actions.ballot import hours_before
from participation.calls.library import LIBRARY
from participation.calls.models import (
    Call,
    EligibilityCheck,
    Question,
    WantedDocument,
)

if TYPE_CHECKING:
    # Subscripted for the type checker only: Django's own class can't be at run time.
    CallModelForm = forms.ModelForm[Call]
    QuestionModelForm = forms.ModelForm[Question]
    WantedDocumentModelForm = forms.ModelForm[WantedDocument]
    EligibilityCheckModelForm = forms.ModelForm[EligibilityCheck]
else:
    CallModelForm = QuestionModelForm = WantedDocumentModelForm = EligibilityCheckModelForm = (
        PublicQuestionModelForm
    ) = forms.ModelForm


class TitleForm(forms.Form):
    """The first thing that a call needs."""

    looks = {"title": Look(width="two-thirds", label="m")}

    title = forms.CharField(
        label=_("What is the call called?"),
        help_text=_("Name what it wants to change: “Company for everyone over 65”."),
        max_length=160,
    )


class StepForm(CallModelForm):
    """One step of building a call."""

    # A step may be saved half done: what is missing is asked for when it is published.
    show_optional = False

    def values(self) -> dict[str, Any]:
        """What the write door takes."""
        return {name: self.cleaned_data[name] for name in self.fields}


class AboutForm(StepForm):
    """What it is for."""

    outcomes = forms.ModelMultipleChoiceField(
        label=_("Which outcomes does it work towards?"),
        queryset=Outcome.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Call
        fields = ("title", "about", "outcomes")
        field_classes = {"about": LongTextField}
        labels = {
            "title": _("What is the call called?"),
            "about": _("What do you want to be different, and for whom?"),
        }
        help_texts = {"about": _("A short paragraph that anybody can understand.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["outcomes"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = self.instance.programme.outcomes.all()


class ScopeForm(StepForm):
    """What is funded and not, and who may apply."""

    class Meta:
        model = Call
        fields = ("funded", "not_funded", "who_may_apply", "already_done")
        field_classes = dict.fromkeys(fields, LongTextField)
        labels = {
            "funded": _("What is funded?"),
            "not_funded": _("What is not funded?"),
            "who_may_apply": _("Who may apply?"),
            "already_done": _("Does someone already do this here?"),
        }
        help_texts = {
            "already_done": _(
                "Say who, and whether you would fund the same again. Nobody should find out "
                "after an evening's work."
            )
        }


class MoneyForm(StepForm):
    """How much there is."""

    looks = {
        "amount_available": Look(width="10"),
        "project_minimum": Look(width="10"),
        "project_maximum": Look(width="10"),
    }

    class Meta:
        model = Call
        fields = ("amount_available", "project_minimum", "project_maximum")
        field_classes = dict.fromkeys(fields, MoneyField)
        labels = {
            "amount_available": _("How much is there altogether?"),
            "project_minimum": _("What is the least that one project may ask for?"),
            "project_maximum": _("What is the most that one project may ask for?"),
        }
        help_texts = {"project_minimum": _("Leave it empty if there is no least.")}

    def clean(self) -> dict[str, Any]:
        """The three in order."""
        cleaned = super().clean() or self.cleaned_data
        least, most = cleaned.get("project_minimum"), cleaned.get("project_maximum")
        total = cleaned.get("amount_available")
        if least is not None and most is not None and least > most:
            self.add_error("project_minimum", _("The least cannot be more than the most."))
        if most is not None and total is not None and most > total:
            self.add_error("project_maximum", _("The most cannot be more than there is."))
        if total is not None and total <= 0:
            self.add_error("amount_available", _("There must be something to give."))
        return cleaned


class OddsForm(StepForm):
    """What an applicant should know before spending an evening on it."""

    looks = {
        "expected_applications": Look(width="4"),
        "can_fund": Look(width="4"),
        "hours_others_took": Look(width="4", suffix=_("hours")),
    }

    class Meta:
        model = Call
        fields = ("expected_applications", "can_fund", "hours_others_took")
        field_classes = {
            "expected_applications": WholeNumberField,
            "can_fund": WholeNumberField,
        }
        labels = {
            "expected_applications": _("How many do you expect to apply?"),
            "can_fund": _("How many can you fund?"),
            "hours_others_took": _("How many hours has it taken others?"),
        }
        help_texts = {
            "hours_others_took": _("Leave it empty if you do not know; the page then says so.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        hours = hours_before(self.instance)
        if hours is not None:
            said = _("Those who applied to the last call said about %g hours.") % hours
            self.fields["hours_others_took"].help_text = said

    def clean(self) -> dict[str, Any]:
        """Believable numbers."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("expected_applications", "can_fund"):
            if cleaned.get(name) == 0:
                self.add_error(name, _("This must be at least 1."))
        hours = cleaned.get("hours_others_took")
        if hours is not None and not 0 < hours <= 500:
            self.add_error("hours_others_took", _("Give hours between 0.5 and 500."))
        return cleaned


class DatesForm(StepForm):
    """When, and who decides."""

    class Meta:
        model = Call
        fields = (
            "opens_at",
            "closes_at",
            "decided_by",
            "decision_on",
            "several_per_organisation",
        )
        field_classes = {
            "opens_at": DateTimeField,
            "closes_at": DateTimeField,
            "decision_on": DateField,
        }
        labels = {
            "opens_at": _("When does it open?"),
            "closes_at": _("When does it close?"),
            "decided_by": _("Who decides?"),
            "decision_on": _("On which day do people hear?"),
            "several_per_organisation": _(
                "One organisation may send several expressions of interest"
            ),
        }
        help_texts = {
            "closes_at": _("UK time, by this server's clock. Daytime on a weekday is kindest."),
            "decided_by": _("The body or person with the power: “Cabinet, on 14 March”."),
        }

    def clean(self) -> dict[str, Any]:
        """The dates in order."""
        cleaned = super().clean() or self.cleaned_data
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        decided = cleaned.get("decision_on")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("It must close after it opens."))
        if closes and decided and decided < timezone.localdate(closes):
            self.add_error("decision_on", _("People cannot hear before it closes."))
        return cleaned


class QuestionForm(QuestionModelForm):
    """A question of one's own, or one of the library changed."""

    looks = {
        "kind": Look(
            reveals={"long": ["word_limit"], "choice": ["choices_text"]},
        ),
        "word_limit": Look(width="4", suffix=_("words")),
        "section": Look(width="20"),
    }

    choices_text = LongTextField(
        label=_("The choices, one on each line"), required=False, max_length=1000
    )

    class Meta:
        model = Question
        fields = ("section", "words", "help", "kind", "word_limit", "required")
        widgets = {"kind": forms.RadioSelect}
        field_classes = {"help": LongTextField, "word_limit": WholeNumberField}
        help_texts = {
            "section": _("Questions with the same section stand on one page: “Your idea”."),
        }
        labels = {
            "kind": _("What kind of answer is it?"),
            "word_limit": _("At most how many words?"),
            "required": _("It must be answered"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("choices_text", "\n".join(self.instance.choices or []))
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = Question.Kind.choices
        self.order_fields(("section", "words", "help", "kind", "word_limit", "choices_text"))

    def clean(self) -> dict[str, Any]:
        """A limit for long answers, at least two choices where one is chosen."""
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        limit = cleaned.get("word_limit")
        if kind == Question.Kind.LONG and not (limit and 10 <= limit <= 1000):
            self.add_error("word_limit", _("Give a limit between 10 and 1,000 words."))
        if kind != Question.Kind.LONG:
            cleaned["word_limit"] = None
        lines = (line.strip() for line in (cleaned.get("choices_text") or "").splitlines())
        choices = list(dict.fromkeys(line for line in lines if line))
        if kind == Question.Kind.CHOICE and len(choices) < 2:
            self.add_error("choices_text", _("Give at least two different choices."))
        self.instance.choices = choices if kind == Question.Kind.CHOICE else []
        return cleaned


class LibraryForm(forms.Form):
    """Questions chosen from the library."""

    keys = forms.MultipleChoiceField(
        label=_("Choose what you need, and no more"),
        help_text=_("Each question costs every applicant an evening's share, funded or not."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, call: Call, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = set(call.questions.values_list("words", flat=True))
        left = [question for question in LIBRARY if str(question.words) not in asked]
        field = self.fields["keys"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(question.key, question.words) for question in left]
        self.looks: Mapping[str, Look] = {
            "keys": Look(hints={question.key: question.section for question in left})
        }


class DocumentForm(WantedDocumentModelForm):
    """A document that is asked for."""

    class Meta:
        model = WantedDocument
        fields = ("title", "help", "required")
        field_classes = {"help": LongTextField}
        labels = {
            "title": _("Which document?"),
            "help": _("What you need it for"),
            "required": _("It must be sent before they can submit"),
        }


class CheckForm(EligibilityCheckModelForm):
    """A thing that assessors check."""

    class Meta:
        model = EligibilityCheck
        fields = ("words",)
        labels = {"words": _("What is checked?")}
        help_texts = {
            "words": _(
                "A sentence that is true or not: “It works in Rivermead.” Applicants read it too."
            )
        }


STEPS: dict[str, tuple[Text, type[StepForm]]] = {
    "about": (_("What it is for"), AboutForm),
    "scope": (_("What is funded, and who may apply"), ScopeForm),
    "money": (_("How much there is"), MoneyForm),
    "odds": (_("The odds, and the hours it takes"), OddsForm),
    "dates": (_("Dates, and who decides"), DatesForm),
}


class Rows:
    """The three lists of what a call asks: their models, forms and words."""

    kinds: ClassVar[dict[str, tuple[type[Any], Any, Text, Text, Text]]] = {
        "questions": (
            Question,
            QuestionForm,
            _("Questions"),
            _("Write a question"),
            _("Ask only what you will use to decide."),
        ),
        "documents": (
            WantedDocument,
            DocumentForm,
            _("Documents wanted"),
            _("Ask for a document"),
            _("Ask for as little as you can. Bank details and policies can wait until a yes."),
        ),
        "checks": (
            EligibilityCheck,
            CheckForm,
            _("Eligibility checks"),
            _("Add a check"),
            _("Assessors tick these off for every expression; applicants read them beforehand."),
        ),
    }
