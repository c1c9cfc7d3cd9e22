"""The sections of an expression: one form each, over text kept exactly as it was typed.

A draft is a mapping of field name to raw text. The same form judges it for the task list, shows it
for editing with everything that is wrong beside it, and gives the clean values at submission.
"""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import LongTextField, MoneyField, MoneyInput
from commissioning.design.forms import Look
from commissioning.ground.answers import Invalid
from commissioning.ground.money import money_text
from participation.calls.models import Call, Question
from places.directory.models import Area, Organisation

Raw = dict[str, str]

SUMMARY_WORDS = 140
MOST_CHARACTERS = 20_000
FEWEST_ROWS = 4
MOST_ROWS = 30
YES_NO = (("yes", _("Yes")), ("no", _("No")))


def long_text(label: Any, most: int, *, help_text: Any = "", required: bool = True) -> forms.Field:
    """A field of several lines with its words counted."""
    return LongTextField(label=label, max_words=most, help_text=help_text, required=required)


def without_nul(text: str) -> str:
    """The text without the one character that PostgreSQL can't keep."""
    return text.replace("\x00", "")


class SectionForm(forms.Form):
    """A section of an expression, bound to what was typed."""

    title: Any = ""
    template = "participation/calls/expressions/section_fields.html"

    def __init__(self, call: Call, organisation: Organisation, raw: Raw | None = None) -> None:
        self.call = call
        self.organisation = organisation
        self.raw = raw or {}
        # A section that nobody has begun is not yet wrong: it is shown without errors.
        super().__init__(
            data=self.raw if self.is_begun else None, initial=self.first_words(organisation)
        )

    def first_words(self, organisation: Organisation) -> dict[str, str]:
        """What is known already."""
        return {}

    @property
    def is_begun(self) -> bool:
        """Whether anything at all was typed."""
        return any(value.strip() for value in self.raw.values())

    def said(self, name: str) -> Any:
        """The clean value where there is one, else the text as typed."""
        if self.is_valid() or name in self.clean_values:
            return self.clean_values.get(name)
        return self.raw.get(name, "")

    @property
    def clean_values(self) -> dict[str, Any]:
        """The values that could be understood; none where nothing was typed."""
        self.is_valid()
        return getattr(self, "cleaned_data", {})

    def raw_from(self, posted: Any) -> Raw:
        """What was typed into this section's own fields; anything else posted is left out."""
        raw = {name: without_nul(posted.get(name, "")) for name in self.fields}
        for name, value in raw.items():
            if len(value) > MOST_CHARACTERS:
                raise Invalid(
                    _("This is longer than we can keep. Shorten it, or send it as a document."),
                    name,
                )
        return raw


class OrganisationForm(SectionForm):
    """Who applies, and whom to ask."""

    title = _("Your organisation")
    template = "participation/calls/expressions/organisation_fields.html"

    looks = {
        "contact_name": Look(width="20", autocomplete="name"),
        "contact_telephone": Look(width="20", autocomplete="tel", inputmode="tel"),
    }

    contact_name = forms.CharField(label=_("Who should we ask about this?"), max_length=120)
    contact_email = forms.EmailField(label=_("Their e-mail address"), max_length=254)
    contact_telephone = forms.CharField(
        label=_("Their telephone number"), max_length=30, required=False
    )
    profile_right = forms.BooleanField(label=_("What we hold about the organisation is right"))

    def first_words(self, organisation: Organisation) -> dict[str, str]:
        """The organisation's public address, to begin with."""
        return {
            "contact_email": organisation.email,
            "contact_telephone": organisation.telephone,
        }


class ProjectForm(SectionForm):
    """The project in short: what stands on the ballot if it gets that far."""

    title = _("Your project in short")

    name = forms.CharField(label=_("What is the project called?"), max_length=120)
    summary = long_text(
        _("Say in plain English what it is"),
        SUMMARY_WORDS,
        help_text=_(
            "At most 140 words. If it goes to the vote, residents read this on their phones."
        ),
    )
    area = forms.ChoiceField(label=_("Where will it happen?"), required=False)

    def __init__(self, call: Call, organisation: Organisation, raw: Raw | None = None) -> None:
        super().__init__(call, organisation, raw)
        areas = Area.objects.filter(place=call.programme.place_id).values_list("pk", "name")
        whole = ("", _("All over %(place)s") % {"place": call.programme.place.name})
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [whole, *((str(key), name) for key, name in areas)]


class QuestionsForm(SectionForm):
    """The call's own questions of one section."""

    def __init__(
        self, call: Call, organisation: Organisation, raw: Raw | None, questions: list[Question]
    ) -> None:
        super().__init__(call, organisation, raw)
        self.questions = questions
        self.title = questions[0].section
        for question in questions:
            self.fields[field_name(question)] = question_field(question)


def field_name(question: Question) -> str:
    """The name of a question's field: it stays while the call does."""
    return f"q-{question.pk.hex}"


def question_field(question: Question) -> forms.Field:
    """The field that asks a question of that kind."""
    common: dict[str, Any] = {
        "label": question.words,
        "help_text": conditional_escape(question.help),
        "required": question.required,
    }
    match question.kind:
        case Question.Kind.LONG:
            return long_text(
                question.words,
                question.word_limit or 200,
                help_text=conditional_escape(question.help),
                required=question.required,
            )
        case Question.Kind.YES_NO:
            return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **common)
        case Question.Kind.CHOICE:
            choices = [(choice, choice) for choice in question.choices]
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
        case Question.Kind.NUMBER:
            return forms.DecimalField(
                min_value=0,
                max_digits=12,
                decimal_places=2,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                **common,
            )
        case _:
            return forms.CharField(max_length=250, **common)


def amount_field(label: Any, currency: str, *, required: bool = False) -> MoneyField:
    """An amount of money that is more than nothing."""
    return MoneyField(
        label=label,
        required=required,
        currency=currency,
        min_value=Decimal("0.01"),
        widget=MoneyInput(currency=currency),
    )


class BudgetForm(SectionForm):
    """What it costs, what is asked for, and what comes from elsewhere: the sums must agree."""

    title = _("Your budget")
    template = "participation/calls/expressions/budget_fields.html"

    looks = {"asked": Look(width="10")}
    # Rows may stay empty, which needs no saying on each of them.
    show_optional = False

    def __init__(self, call: Call, organisation: Organisation, raw: Raw | None = None) -> None:
        super().__init__(call, organisation, raw)
        currency = call.currency
        self.fields["asked"] = amount_field(_("How much do you ask for?"), currency, required=True)
        self.rows = {kind: self._count(kind) for kind in ("line", "match")}
        for row in range(self.rows["line"]):
            self.fields[f"line_what_{row}"] = _row_text(_("Line %s: what for"), row)
            self.fields[f"line_amount_{row}"] = amount_field(
                _("Line %s: cost") % (row + 1), currency
            )
        for row in range(self.rows["match"]):
            self.fields[f"match_what_{row}"] = _row_text(_("Other money %s: from whom"), row)
            self.fields[f"match_amount_{row}"] = amount_field(
                _("Other money %s: how much") % (row + 1), currency
            )

    def _count(self, kind: str) -> int:
        """Rows to show: all that were typed in, one more to go on with, and a few to begin."""
        numbers = [
            int(name.rpartition("_")[2])
            for name, value in self.raw.items()
            if name.startswith(f"{kind}_") and value.strip() and name.rpartition("_")[2].isdigit()
        ]
        fewest = FEWEST_ROWS if kind == "line" else 2
        return min(MOST_ROWS, max(fewest, max(numbers, default=-1) + 2))

    def raw_from(self, posted: Any) -> Raw:
        """As elsewhere, but a browser may send more rows than we last showed."""
        known = {"asked"} | {
            f"{kind}_{part}_{row}"
            for kind in ("line", "match")
            for part in ("what", "amount")
            for row in range(MOST_ROWS)
        }
        sent = {name: without_nul(posted.get(name, ""))[:300] for name in known & set(posted)}
        return {name: value for name, value in sent.items() if value or name == "asked"}

    def table(self, kind: str) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of ``line`` or ``match`` for the page."""
        return [
            (self[f"{kind}_what_{row}"], self[f"{kind}_amount_{row}"])
            for row in range(self.rows[kind])
        ]

    @property
    def line_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Rows of costs."""
        return self.table("line")

    @property
    def match_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Rows of other money."""
        return self.table("match")

    def lines(self, kind: str) -> list[tuple[str, Decimal]]:
        """The whole rows, as far as they can be understood."""
        found = []
        for row in range(self.rows[kind]):
            what = str(self.said(f"{kind}_what_{row}") or "").strip()
            amount = self.clean_values.get(f"{kind}_amount_{row}")
            if amount is not None:
                found.append((what, amount))
        return found

    @cached_property
    def costs(self) -> Decimal:
        """All costs together, as far as they can be understood."""
        return sum((amount for _what, amount in self.lines("line")), Decimal(0))

    @cached_property
    def other_money(self) -> Decimal:
        """All money from elsewhere together."""
        return sum((amount for _what, amount in self.lines("match")), Decimal(0))

    @cached_property
    def asked_for(self) -> Decimal:
        """The amount asked for, or nothing while it can't be understood."""
        return self.clean_values.get("asked") or Decimal(0)

    @property
    def gap(self) -> Decimal:
        """What of the costs is not covered yet; below nothing where there is more than it costs."""
        return self.costs - self.asked_for - self.other_money

    @property
    def surplus(self) -> Decimal:
        """What there is more than it costs."""
        return -self.gap

    def clean(self) -> dict[str, Any]:
        """Every row whole, and the two sides equal."""
        cleaned = super().clean() or self.cleaned_data
        for kind in ("line", "match"):
            for row in range(self.rows[kind]):
                self._check_row(f"{kind}_what_{row}", f"{kind}_amount_{row}")
        asked = self.cleaned_data.get("asked")
        if asked is not None:
            self._check_limits(asked)
        if asked is not None and not self.errors:
            self._check_sums(asked)
        if asked is not None:
            # An amount that cannot stand is still an amount: the sums on the page show it.
            cleaned["asked"] = asked
        return cleaned

    def _check_limits(self, asked: Decimal) -> None:
        """Within what the call gives to one project."""
        least, most = self.call.project_minimum, self.call.largest_ask()
        if least is not None and asked < least:
            said = _("The least a project may ask for is %s.")
            self.add_error("asked", said % money_text(least, self.call.currency))
        if most is not None and asked > most:
            said = _("The most a project may ask for is %s.")
            self.add_error("asked", said % money_text(most, self.call.currency))

    def _check_row(self, what: str, amount: str) -> None:
        if amount in self.errors or what in self.errors:
            return
        text, sum_ = self.cleaned_data.get(what), self.cleaned_data.get(amount)
        if text and sum_ is None:
            self.add_error(amount, _("Say how much this is."))
        if sum_ is not None and not text:
            self.add_error(what, _("Say what this is."))

    def _check_sums(self, asked: Decimal) -> None:
        lines = [self.cleaned_data.get(f"line_amount_{row}") for row in range(self.rows["line"])]
        match = [self.cleaned_data.get(f"match_amount_{row}") for row in range(self.rows["match"])]
        costs = sum((amount for amount in lines if amount is not None), Decimal(0))
        other = sum((amount for amount in match if amount is not None), Decimal(0))
        if costs == asked + other:
            return
        currency = self.call.currency
        self.add_error(
            "asked",
            _(
                "Your costs come to %(costs)s. What you ask for and other money come to "
                "%(together)s. The two must be equal."
            )
            % {
                "costs": money_text(costs, currency),
                "together": money_text(asked + other, currency),
            },
        )


def _row_text(label: Any, row: int) -> forms.CharField:
    return forms.CharField(label=label % (row + 1), max_length=160, required=False)


FIXED_SECTIONS: dict[str, type[SectionForm]] = {
    "organisation": OrganisationForm,
    "project": ProjectForm,
    "budget": BudgetForm,
}


class Sections:
    """All sections of one expression, in the order people fill them in."""

    order_before: ClassVar[tuple[str, ...]] = ("organisation", "project")
    order_after: ClassVar[tuple[str, ...]] = ("budget",)

    def __init__(self, call: Call, organisation: Organisation, raws: dict[str, Raw]) -> None:
        self.call = call
        self.organisation = organisation
        self.raws = raws
        self.groups: dict[str, list[Question]] = {}
        names: dict[str, str] = {}
        for question in call.questions.all():
            key = names.setdefault(question.section, f"questions-{len(names) + 1}")
            self.groups.setdefault(key, []).append(question)

    def order(self) -> list[str]:
        """The sections' keys, in order."""
        return [*self.order_before, *self.groups, *self.order_after]

    def form(self, key: str, raw: Raw | None = None) -> SectionForm:
        """The form of one section. Raises ``KeyError`` for a key that is none of ours."""
        raw = self.raws.get(key) if raw is None else raw
        if key in self.groups:
            return QuestionsForm(self.call, self.organisation, raw, self.groups[key])
        return FIXED_SECTIONS[key](self.call, self.organisation, raw)

    @cached_property
    def forms(self) -> dict[str, SectionForm]:
        """Every section's form by key, in order."""
        return {key: self.form(key) for key in self.order()}
