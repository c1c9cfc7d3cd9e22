"""The sections of a draft, each of which may be saved half done."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateField, LongTextField
from commissioning.design.forms import Look
from commissioning.design.revisions import OPENED, RevisedForm
from commissioning.ground.answers import Text
from decisions.questions.named import chosen_or_written
from decisions.records.concerned import bodies_of
from decisions.records.models import NAMED, Body, Decision
from decisions.records.powers import OTHER, choices_for, joined, names_a_law
from decisions.records.routes import forms_of, route_choices
from decisions.records.rules import KEY_BODIES, grounds
from decisions.records.said import GROUP, named_group, power_parts
from decisions.records.sections.walk import recommended_by_walk
from decisions.records.suggested import suggested
from places.directory.models import Organisation

if TYPE_CHECKING:
    # Subscripted for the type checker only: Django's own class can't be at run time.
    DecisionModelForm = forms.ModelForm[Decision]
else:
    DecisionModelForm = forms.ModelForm

LONGEST = 20_000  # characters of one section: about ten pages


class BeginForm(forms.Form):
    """The first thing that a decision needs."""

    looks = {"title": Look(width="two-thirds", label="m")}

    title = forms.CharField(
        label=_("What is decided?"),
        help_text=_("A short name that stands on the record: “Daytime company in the Lanes”."),
        max_length=200,
    )


def limit(field: forms.Field) -> None:
    """About ten pages, and not a word more, said beside the field."""
    assert isinstance(field, forms.CharField)
    field.max_length = LONGEST
    field.validators.append(MaxLengthValidator(LONGEST))


class SectionForm(RevisedForm, DecisionModelForm):
    """One section of the draft. It may be saved half done; what is missing is listed.

    ``filled_in``: what nobody has written yet and the page suggests, from what is known already.
    """

    show_optional = False
    section = ""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.filled_in = suggested(self.instance, self.section)
        self.initial = {**self.initial, **self.filled_in}
        for name in self.Limits.fields:
            limit(self.fields[name])
        names = self._meta.fields or ()
        self.revise({name: getattr(self.instance, name) for name in names})

    class Limits:
        """Long texts that the model itself does not limit."""

        fields: tuple[str, ...] = ()

    def values(self) -> dict[str, Any]:
        """What the write door takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name != OPENED}


class PowerForm(SectionForm):
    """Who decides, under which law, and by which paragraph of the body's own rules.

    What is often named is offered and never chosen: choosing it confirms it.
    """

    section = "power"

    looks = {"law": Look(reveals={OTHER: ["law_words"]}, divider=OTHER)}

    law = forms.ChoiceField(
        label=_("Which law gives the power?"),
        help_text=_(
            "A public body does only what a law lets it do. These are often named; choose the one "
            "that your legal officer or clerk confirms for this decision."
        ),
        required=False,
        widget=forms.RadioSelect,
    )
    law_words = forms.CharField(
        label=_("Its name, year and section"),
        help_text=_("“Care Act 2014, section 10”."),
        max_length=400,
        required=False,
    )
    paragraph = LongTextField(
        label=_("Where do its own rules say so?"),
        help_text=_(
            "The paragraph of the constitution, the standing orders or the scheme of delegation. "
            "A vote, a panel and a tree advise; this is who decides."
        ),
        required=False,
    )

    class Limits:
        fields = ("paragraph",)

    class Meta:
        model = Decision
        fields = ("body_kind", "body_name")
        widgets = {"body_kind": forms.RadioSelect}
        labels = {
            "body_kind": _("What kind of body or person decides?"),
            "body_name": _("Which one?"),
        }
        help_texts = {
            "body_name": _("As it calls itself: “Cabinet of Rivermead Council”."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = bodies_of(self.instance.question)
        kind, law = self.fields["body_kind"], self.fields["law"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(law, forms.ChoiceField)
        kind.choices = [(one.value, _WIDER.get(one, one.label)) for one in bodies]
        law.choices = self.laws = choices_for(bodies)
        stands = power_parts(self.instance)
        where = self.filled_in.get("power") or stands["paragraph"]
        self.initial = {**self.initial, **stands, "paragraph": where}
        self.revise({name: getattr(self.instance, name) for name in self.Meta.fields} | stands)

    def clean(self) -> dict[str, Any]:
        """Another law is named as one: a paragraph of a constitution is none."""
        data = super().clean()
        law = str(data.get("law_words") or "").strip()
        if data.get("law") == OTHER and "law_words" not in self.errors and not names_a_law(law):
            said = _("Name the act or the other law: its name, its year and the section.")
            self.add_error("law_words", said)
        return data

    def values(self) -> dict[str, Any]:
        """What the write door takes: the law and the paragraph as one text."""
        kept = super().values()
        key, words, where = (kept.pop(name) for name in ("law", "law_words", "paragraph"))
        said = words if key == OTHER else str(dict(self.laws).get(key, ""))
        return {**kept, "power": joined(said, where)}


# An NHS body delegates as its own scheme says: whoever it names decides for its board.
_WIDER: Final[dict[str, Text]] = {
    Body.NHS_BOARD: _("The board of an NHS body, a committee of it, or whom it delegated it to")
}


class RouteForm(SectionForm):
    """The route that is recommended, its form, and why not the one that the walk recommends.

    Only forms that the route takes are offered. Where another route is chosen on the page, its own
    forms are asked for once (``forms_for``: the route whose forms the page showed).
    """

    section = "route"

    looks = {"form": Look(reveals={NAMED: ["goes_to", "goes_to_words", "no_call"]})}
    one_answer = (GROUP,)

    forms_for = forms.CharField(widget=forms.HiddenInput, required=False)

    class Limits:
        fields = ("no_call", "why_other")

    class Meta:
        model = Decision
        fields = ("route", "form", "no_call", "route_name", "why_other")
        field_classes = {"no_call": LongTextField, "why_other": LongTextField}
        labels = {
            "no_call": _("If nobody else is asked: why not?"),
            "route_name": _("In a few words of your own"),
            "why_other": _("If it is not the one that the walk recommends: why not?"),
        }
        help_texts = {
            "no_call": _(
                "Who else might have done it, and why are they not asked? It stands in the record."
            ),
            "route_name": _("It goes on from “decided”: “small grants through an intermediary”."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["route"] = forms.ChoiceField(
            label=_("Which route do you recommend?"),
            choices=route_choices(self.instance.question),
            required=False,
            widget=forms.RadioSelect,
        )
        if len(first := recommended_by_walk(self.instance)) > 1:
            self.fields["why_other"].label = _(
                "The walk puts several first, by equal reasons (%s): why the one that you choose, "
                "and not another?"
            ) % "; ".join(first.values())
        self._ask_for_its_form()
        if "no_call" in self.fields:
            self._ask_which_group()
        self.order_fields(("route", "form", "goes_to", "goes_to_words", *self.Meta.fields[2:]))

    def _ask_for_its_form(self) -> None:
        """Offer the forms of the route that stands on the page, or leave the question out."""
        told = self.data if self.is_bound else self.initial
        route, self.anew = str(told.get("route") or ""), False
        takes = forms_of(self.instance.question, route)
        if self.is_bound:
            shown, form = self.data.get("forms_for"), self.data.get("form")
            self.anew = shown not in {None, route} and bool(takes) and (form not in takes)
            asked = {"forms_for": route} | ({"form": ""} if self.anew else {})
            self.data = {name: self.data.get(name) for name in self.data} | asked
        self.initial["forms_for"] = route
        if NAMED not in takes:
            del self.fields["no_call"]
        if not takes:
            del self.fields["form"]
            return
        self.fields["form"] = forms.ChoiceField(
            label=_("Does it take a form of its own?"),
            help_text=_("A form is how a route is done. It is never a ground for one."),
            choices=[("", _("No")), *takes.items()],
            required=False,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("That route does not take this form.")},
        )

    def _ask_which_group(self) -> None:
        """To whom a grant goes that asks nobody else: its members could gain, so it is named."""
        stands = named_group(self.instance)
        self.fields["goes_to"] = forms.ModelChoiceField(
            label=_("Which group?"),
            help_text=_(
                "As the directory has it. Its members could gain by that fact: they give evidence "
                "and do not decide, and the papers say so."
            ),
            queryset=Organisation.objects.order_by("name"),
            initial=stands["goes_to"],
            empty_label=_("Not in the directory"),
            required=False,
        )
        self.fields["goes_to_words"] = forms.CharField(
            label=_("Or, if it is not in the directory: its name"),
            initial=stands["goes_to_words"],
            max_length=200,
            required=False,
        )
        self.revise({name: getattr(self.instance, name) for name in self.Meta.fields} | stands)

    def clean_goes_to_words(self) -> str:
        """A name that the directory has is chosen from it, so that its members are known."""
        chosen, written = self.cleaned_data.get("goes_to"), self.cleaned_data["goes_to_words"]
        self.cleaned_data["goes_to"], words = chosen_or_written(chosen, written)
        return words

    def clean(self) -> dict[str, Any]:
        """Another route than the page showed forms for: the forms of this one are shown once."""
        data = super().clean() or self.cleaned_data
        if self.anew:
            self.add_error("form", _("You chose another route. It can take one of these forms."))
        return data

    def values(self) -> dict[str, Any]:
        """What the write door takes."""
        return {name: value for name, value in super().values().items() if name != "forms_for"}


class WordsForm(SectionForm):
    """The decision in plain words."""

    section = "words"
    looks = {name: Look(rows=8) for name in ("summary", "reasons", "next_steps")}

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
            "next_steps": _(
                "In your own words. The steps of the plan, with their days, are printed below them "
                "as they stand when the record is made."
            ),
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

    section = "publicity"

    looks = {
        "is_key": Look(reveals={"no": ["why_not_key"]}),
        "is_exempt": Look(reveals={"on": ["exemption", "public_interest"]}),
    }

    class Limits:
        fields = ("why_not_key", "urgency", "public_interest")

    is_key = forms.TypedChoiceField(
        label=_("Is this a key decision?"),
        help_text=_(
            "It is where it is likely to spend or save what is significant against the budget, or "
            "to be significant for communities in two or more wards or electoral divisions."
        ),
        choices=[("", _("Not known yet")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Decision
        fields = (
            *("is_key", "why_not_key", "notice_on", "urgency"),
            *("is_exempt", "exemption", "public_interest"),
        )
        field_classes = {
            "why_not_key": LongTextField,
            "notice_on": DateField,
            "urgency": LongTextField,
            "public_interest": LongTextField,
        }
        labels = {
            "why_not_key": _("Why is it not?"),
            "notice_on": _("When was the notice of a key decision published?"),
            "urgency": _("If it cannot wait for 28 clear days: why?"),
            "is_exempt": _("Parts of the record are exempt from publication"),
            "public_interest": _("Why does keeping it back serve the public better?"),
        }
        help_texts = {
            "why_not_key": _(
                "Asked where the question is about the whole place, or several areas of it: who "
                "is affected, and how little? It is printed in the record."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = {True: "yes", False: "no", None: ""}
        self.initial["is_key"] = known[self.initial.get("is_key")]
        self.fields["exemption"] = forms.ChoiceField(
            label=_("On which ground?"),
            choices=[("", _("Choose a ground")), *grounds(self.instance)],
            required=False,
        )
        if self.instance.body_kind and self.instance.body_kind not in KEY_BODIES:
            # Key decisions are an executive's: a parish, a board and a committee have none.
            for name in ("is_key", "why_not_key", "notice_on", "urgency"):
                del self.fields[name]


# The sections that are one form each: name, heading, form.
SECTION_FORMS: Final[dict[str, tuple[Text, type[SectionForm]]]] = {
    "power": (_("Who decides, under which power"), PowerForm),
    "route": (_("The route"), RouteForm),
    "words": (_("The decision in words"), WordsForm),
    "publicity": (_("Key decision, notice, exemption"), PublicityForm),
}


def heading_of(name: str, decision: Decision) -> Text:
    """The heading of a section: key decisions and their notices are an executive's alone."""
    if name == "publicity" and decision.body_kind and decision.body_kind not in KEY_BODIES:
        return _now("What is exempt")
    return SECTION_FORMS[name][0]
