"""Forms of a walk: its beginning, an answer, a settlement, a recommendation, a what-if."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import (
    DateField,
    FigureField,
    LongTextField,
    MoneyField,
    WholeNumberField,
)
from commissioning.design.forms import Look
from commissioning.ground.answers import Text
from commissioning.programmes.models import Membership
from commissioning.programmes.voices import PRIVATE_ROLES
from decisions.questions.models import Question as AskedQuestion
from decisions.trees.actions import Said, Settling
from decisions.trees.effects import Effect
from decisions.trees.engine import Walk, shipped_trees
from decisions.trees.engine.answers import read_answer
from decisions.trees.engine.tree import Question
from decisions.trees.from_question import is_of_health
from decisions.trees.known import Known
from decisions.trees.seat_words import role_in_words
from decisions.trees.versions import trees_to_begin

OF_HEALTH: Final = "england-health"
MOST_NAMED: Final = 4  # of the routes that one answer speaks for or against


class BeginForm(forms.Form):
    """Which tree, and by the law of which day."""

    tree = forms.ChoiceField(
        label=_("Where is it, and for what kind of service?"), widget=forms.RadioSelect
    )
    begins_on = DateField(
        label=_("When would the procurement or the award begin?"),
        help_text=_(
            "The facts of that day apply to the whole walk, whatever day it is walked on: usually "
            "the day the tender notice or the call is published."
        ),
    )
    title = forms.CharField(
        label=_("A name for this walk"),
        help_text=_("Leave it empty and it gets a number."),
        max_length=160,
        required=False,
    )

    def __init__(self, question: AskedQuestion, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shipped = [
            (tree.id, tree.title) for tree in shipped_trees().values() if tree.kind == "tree"
        ]
        own = [
            (
                str(version.pk),
                _("%(title)s (%(place)s's own, version %(version)d)")
                % {
                    "title": version.title,
                    "place": question.programme.place.name,
                    "version": version.version,
                },
            )
            for version in trees_to_begin(question.programme.place).defer("text")
        ]
        field = self.fields["tree"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*shipped, *own]
        first = OF_HEALTH if is_of_health(question) else shipped[0][0]
        self.initial.setdefault("tree", first)
        self.initial.setdefault("begins_on", question.begins_on)


class KnownForm(forms.Form):
    """What is known already, to be confirmed at once; what is unticked is asked by itself."""

    show_optional = False

    take = forms.MultipleChoiceField(
        label=_("Which of these are right?"),
        help_text=_("Untick one and it is asked by itself. Each can be changed later, too."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    op = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, known: Sequence[Known], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["take"]
        assert isinstance(field, forms.MultipleChoiceField)
        # The answer is in the value: what was shown is confirmed, and nothing that came since.
        field.choices = [(f"{one.key}={one.value}", f"{one.text} {one.said}") for one in known]
        self.looks = {
            "take": Look(hints={f"{one.key}={one.value}": one.why for one in known}, label="m")
        }
        self.initial.setdefault("take", [value for value, _text in field.choices])
        self.initial.setdefault("op", uuid.uuid4())

    def confirmed(self) -> set[tuple[str, str]]:
        """Questions with the answers that were shown."""
        pairs = (one.partition("=") for one in self.cleaned_data["take"])
        return {(key, value) for key, _is, value in pairs}


def value_field(question: Question) -> forms.Field:
    """A field for one answer, by the question's kind."""
    if question.kind in ("choice", "yes_no"):
        return forms.ChoiceField(
            choices=[(one.id, one.text) for one in question.answers.values()],
            widget=forms.RadioSelect,
        )
    if question.kind == "set":
        return forms.MultipleChoiceField(
            choices=[(one.id, one.text) for one in question.answers.values()],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    if question.kind == "money":
        return MoneyField(max_digits=14)
    if question.kind == "date":
        return DateField()
    if question.kind == "integer":
        return WholeNumberField(min_value=0)
    return FigureField(min_value=0, max_value=Decimal(100) if question.kind == "percent" else None)


def as_typed(question: Question, value: str) -> object:
    """An answer as it is kept, as the field's first value."""
    read = read_answer(question, value)
    return sorted(read) if isinstance(read, frozenset) else read


def as_kept(value: object) -> str:
    """What the field gives, as the engine reads it."""
    if isinstance(value, list):
        return ",".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


class AnswerForm(forms.Form):
    """One question on a page, and why."""

    looks: Mapping[str, Look]
    show_optional = False

    reason = LongTextField(label=_("Why do you say so?"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    op = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("value", "reason", "seen", "op")

    def __init__(
        self, question: Question, effects: Mapping[str, Effect], *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.question = question
        field = value_field(question)
        field.label, field.help_text = question.text, question.help
        self.fields["value"] = field
        self.initial.setdefault("op", uuid.uuid4())
        hints = {one.id: _hint(one.help, effects.get(one.id)) for one in question.answers.values()}
        suffix = "%" if question.kind == "percent" else question.unit
        self.looks = {
            "value": Look(
                heading=True,
                label="l",
                width="10",
                suffix=suffix,
                hints={key: hint for key, hint in hints.items() if hint},
            ),
            "reason": Look(rows=4, label="m"),
        }
        self.fields["reason"].label = _why(question)
        self.order_fields(self.field_order)

    def said(self) -> Said:
        """What the write door takes."""
        data = self.cleaned_data
        return Said(as_kept(data["value"]), data["reason"], data["seen"], data["op"])


def _why(question: Question) -> str:
    """Whether a reason is needed is said before anybody presses."""
    if question.reason:
        return str(_("Why do you say so? (needed)"))
    claims = [one.text.partition(":")[0] for one in question.answers.values() if one.reason]
    if not claims:
        return str(_("Why do you say so? (if you like)"))
    needed = _("Why do you say so? (if you like; needed for “%s”, or evidence beside it)")
    return str(needed % "”, “".join(claims))


def _hint(help_text: str, effect: Effect | None) -> str:
    parts = [help_text]
    if effect and effect.raises:
        parts.append(_("Speaks for: %s.") % _named(effect.raises))
    if effect and effect.lowers:
        parts.append(_("Speaks against: %s.") % _named(effect.lowers))
    return " ".join(part for part in parts if part)


def _named(titles: Sequence[str]) -> str:
    """Routes by name; of very many the first ones, and how many more: nobody reads twenty."""
    if len(titles) <= MOST_NAMED + 1:
        return "; ".join(titles)
    words = _("%(first)s; and %(more)d more of %(all)d ways")
    first = "; ".join(titles[:MOST_NAMED])
    return words % {"first": first, "more": len(titles) - MOST_NAMED, "all": len(titles)}


class SeenForm(forms.Form):
    """A form that is sent in the face of what was said until then (``seen``), and asks once more
    where more has been said since: with that in sight, and with what was typed in its boxes."""

    since: Text = _("Somebody has said something on this since you opened the page.")

    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def see(self, now: int) -> None:
        """Say which is the last thing said by now; called at the end of ``__init__``."""
        self.now, self.then, self.overtaken = now, now, False
        self.initial["seen"] = now

    def clean(self) -> dict[str, Any]:
        """Refused once where more has been said."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.then = cleaned.get("seen") or 0
        self.overtaken = self.then != self.now
        if self.overtaken:
            self.add_error(None, _("%s Read it, then save once more.") % self.since)
            sent = QueryDict(mutable=True)
            for name, values in cast("QueryDict", self.data).lists():
                sent.setlist(name, values)
            sent[self.add_prefix("seen")] = str(self.now)
            self.data = sent
        return cleaned


class SettleForm(SeenForm):
    """How a difference is settled, and why."""

    carried = forms.ChoiceField(
        label=_("What happens with the difference?"),
        choices=[
            ("no", _("It is settled: this is the answer")),
            ("yes", _("Carry both into the record; the walk goes by this answer")),
        ],
        widget=forms.RadioSelect,
        initial="no",
    )
    reason = LongTextField(
        label=_("Why?"),
        help_text=_("It stands in the decision record, which does not name you; the walk does."),
    )
    op = forms.UUIDField(widget=forms.HiddenInput)

    field_order = ("value", "carried", "reason", "seen", "op")

    def __init__(self, question: Question, now: int, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = value_field(question)
        field.label = _("The walk goes by")
        self.fields["value"] = field
        self.initial.setdefault("op", uuid.uuid4())
        self.order_fields(self.field_order)
        self.see(now)

    def settling(self) -> Settling:
        """What the write door takes."""
        data = self.cleaned_data
        return Settling(
            as_kept(data["value"]),
            data["reason"],
            data["carried"] == "yes",
            data["seen"],
            data["op"],
        )


class RecommendForm(SeenForm):
    """The route that somebody recommends, and why."""

    since = _("Something that you recommend on has changed since you opened the page.")

    option = forms.ChoiceField(label=_("Which route do you recommend?"), widget=forms.RadioSelect)
    reason = LongTextField(label=_("Why?"))
    op = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, walked: Walk, member: Membership, now: int, *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.member = member
        self.fields["reason"].help_text = str(_as_whose(member.role))
        field = self.fields["option"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (one.option, walked.tree.options[one.option].title)
            for one in walked.ranked
            if one.standing != "excluded"
        ]
        self.initial.setdefault("op", uuid.uuid4())
        self.see(now)

    def recommending(self) -> dict[str, Any]:
        """What the write door takes."""
        return {name: self.cleaned_data[name] for name in ("option", "reason", "op", "seen")}


def _as_whose(role: str) -> Text:
    """What the decision record and the result's page say of who recommended: never more."""
    seat = role_in_words(role, gains=False).lower()
    if role in PRIVATE_ROLES:
        return _("It stands in the decision record as said by a %s. You are not named.") % seat
    said = _("It stands in the decision record as said by a %s. The result's page names you too.")
    return said % seat


class WhatIfForm(forms.Form):
    """Another answer, or another day to begin."""

    show_optional = False

    def __init__(
        self, question: Question | None, begins_on: date, *args: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if question is not None:
            field = value_field(question)
            field.label, field.help_text = question.text, question.help
            self.fields["value"] = field
        self.fields["begins_on"] = DateField(
            label=_("Begun on"), initial=begins_on, help_text=_("The facts of that day apply.")
        )
