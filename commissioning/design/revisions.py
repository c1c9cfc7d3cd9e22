"""Forms that two people, or two tabs, may have open at once: nobody's words are lost.

A page carries what each field stood at when it was opened, as a digest. When it is sent:

- a field that nobody else changed is saved as it was typed;
- a field that only somebody else changed keeps what they wrote;
- a field that both changed is saved for neither: the page shows both texts, and saving once more
  is a choice made with both in sight.

The action that saves holds what the form was held against (``form.stored``) once more against the
row, under its lock (:func:`hold`): two that are sent in the same moment are told apart too.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from commissioning.design.when import day

OPENED: Final = "opened_at"
LONGEST: Final = 4000
# What a form was held against, by field; None where there is no form.
Stood = Mapping[str, Any] | None


class Overtaken(Exception):
    """Somebody saved between the moment a form was held against a row and the row's lock."""


def hold(stood: Stood, now: Mapping[str, Any]) -> None:
    """Under the lock: what the form was held against stands there still, or :class:`Overtaken`.

    ``stood`` is None for an action that no form is behind.
    """
    for name, value in (stood or {}).items():
        if name in now and digest(now[name]) != digest(value):
            raise Overtaken


@dataclass(frozen=True, slots=True)
class Both:
    """A field that two people changed: its name and label, and what stands there now."""

    name: str
    label: str
    now: str


class RevisedForm(forms.Form):
    """A form that knows what its fields stand at; mix it in before the form's own class.

    ``one_answer``: fields that are one answer between them (chosen from a list, or written), so
    that what two people said in two of them is a clash, and is not put together.
    """

    one_answer: Sequence[tuple[str, ...]] = ()

    def revise(self, stored: Mapping[str, Any]) -> None:
        """Say what stands there now, by field; called at the end of ``__init__``."""
        self.stored = dict(stored)
        self.both: list[Both] = []
        self.fields[OPENED] = forms.CharField(
            widget=forms.HiddenInput,
            required=False,
            max_length=LONGEST,
            initial=json.dumps({name: digest(value) for name, value in self.stored.items()}),
        )

    def clean(self) -> dict[str, Any]:
        """Merge what does not clash; refuse what does, once, with both texts in sight."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        opened = _opened(cleaned.pop(OPENED, ""))
        said = {name: digest(value) for name, value in cleaned.items()}
        for name, then in opened.items():
            if name not in self.stored or name not in cleaned:
                continue
            now, typed = digest(self.stored[name]), said[name]
            if now in {then, typed}:
                continue
            if typed == then and not self._answered_beside(name, opened, said):
                cleaned[name] = self._as_cleaned(name)
            else:
                self._clashes(name)
        if self.both:
            self._open_again(opened)
        return cleaned

    def _answered_beside(
        self, name: str, opened: Mapping[str, str], said: Mapping[str, str]
    ) -> bool:
        """Whether another field of the same answer was filled in or emptied on this page."""
        beside = (other for names in self.one_answer if name in names for other in names)
        return any(other in said and said[other] != opened.get(other) for other in beside)

    def _clashes(self, name: str) -> None:
        label = str(self.fields[name].label or name)
        self.both.append(Both(name, label, shown(self.fields[name], self.stored[name])))
        self.add_error(
            name,
            _(
                "“%s” was changed after you opened the page. What stands there now is above the "
                "form, what you typed is in its box. Saving again puts yours in its place."
            )
            % label,
        )

    def _open_again(self, opened: dict[str, str]) -> None:
        """The page that shows both texts was opened now, as far as those fields go."""
        for one in self.both:
            opened[one.name] = digest(self.stored[one.name])
        data = dict(self.data.lists()) if isinstance(self.data, MultiValueDict) else {}
        self.data = QueryDict(mutable=True)
        for name, values in data.items():
            self.data.setlist(name, values)
        self.data[self.add_prefix(OPENED)] = json.dumps(opened)

    def _as_cleaned(self, name: str) -> Any:
        field, value = self.fields[name], self.stored[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return _rows(field).filter(pk__in=[_key(one) for one in value])
        if isinstance(field, forms.ModelChoiceField) and not isinstance(value, Model):
            return _rows(field).filter(pk=value).first()
        return value


def typed_in(form: forms.BaseForm) -> list[Both]:
    """What was typed into a form that is refused as a whole, so that nobody types it again."""
    found = []
    for name, field in form.fields.items():
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        said = _plain(value)
        if said and not isinstance(field.widget, forms.HiddenInput):
            found.append(Both(name, str(field.label or name), shown(field, value)))
    return found


def shown(field: forms.Field, value: Any) -> str:
    """A value as people read it."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        keys = [_key(one) for one in value or ()]
        return ", ".join(str(one) for one in _rows(field).filter(pk__in=keys))
    if isinstance(field, forms.ModelChoiceField):
        return str(_rows(field).filter(pk=_key(value)).first() or "") if value else ""
    if isinstance(field, forms.MultipleChoiceField):
        chosen = {_plain(one) for one in value or ()}
        return ", ".join(str(label) for key, label in field.widget.choices if str(key) in chosen)
    if isinstance(field, forms.ChoiceField):
        labels = (str(label) for key, label in field.widget.choices if str(key) == _plain(value))
        return next(labels, _plain(value))
    return _written(field, value)


def _written(field: forms.Field, value: Any) -> str:
    """A day, a sum and a tick as people write them; words as they are.

    A field of several boxes says itself how they are written: its ``as_written``.
    """
    if value and (as_written := getattr(field, "as_written", None)):
        return str(as_written(value))
    if isinstance(field, forms.BooleanField):
        return _("Yes") if _plain(value) in {"True", "on"} else _("No")
    if isinstance(field, forms.DateField):
        return _as_day(field, value)
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return _plain(value)


def _as_day(field: forms.DateField, value: Any) -> str:
    """30 September 2027, or as it was typed where that is no day."""
    try:
        return day(field.to_python(value))
    except forms.ValidationError:
        return _plain(value)


def _rows(field: Any) -> QuerySet[Any]:
    """What a field of rows may choose from."""
    rows: QuerySet[Any] = field.queryset
    return rows


def digest(value: Any) -> str:
    """What a field stands at, in a few letters."""
    return hashlib.sha256(_plain(value).encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):  # the parts of a day, in their order
        return " ".join(part for one in value if (part := _plain(one)))
    if isinstance(value, QuerySet | list):
        return _several(value)
    return str(_key(value)).replace("\r\n", "\n").strip()


def _several(values: Iterable[Any]) -> str:
    """Choices in any order are the same."""
    return " ".join(sorted(part for one in values if (part := _plain(one))))


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _opened(text: str) -> dict[str, str]:
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(name): str(one) for name, one in read.items()} if isinstance(read, dict) else {}
