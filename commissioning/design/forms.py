"""The form renderer: every field of every form in the design system's markup.

Nothing to inherit: ``{{ form }}`` and ``{{ form.title.as_field_group }}`` of any Django form, ours
or a library's, come out with label, hint, error and field joined for screen readers. How one field
looks is said in the form, beside its fields::

    class EnquiryForm(forms.Form):
        looks = {"title": Look(width="20", label="m"), "how": Look(reveals={"other": ["words"]})}

Fields and widgets that Django does not have are in ``commissioning.design.fields``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.functional import Promise

from commissioning.design.fields import DateParts, MaxWords, MoneyInput
from commissioning.design.messages import say_it_kindly

Text = str | Promise

OURS = {
    "django/forms/errors/list/ul.html": "design/forms/errors.html",
    "django/forms/errors/list/default.html": "design/forms/errors.html",
    "django/forms/label.html": "design/forms/label.html",
    "django/forms/widgets/number.html": "design/forms/widgets/number.html",
    "django/forms/widgets/radio.html": "design/forms/widgets/choices.html",
    "django/forms/widgets/checkbox_select.html": "design/forms/widgets/choices.html",
    "django/forms/widgets/clearable_file_input.html": "design/forms/widgets/file.html",
}

# Above this a count would be noise: nobody types 5,000 characters into such a field.
COUNTED_UP_TO = 5000


@dataclass(frozen=True)
class Look:
    """How a field looks; everything has a sensible default.

    ``width``: characters ("2", "3", "4", "5", "10", "20", "30") or a share ("one-half").
    ``label``: size of label or legend ("s", "m", "l", "xl"). ``heading``: the label is the h1.
    ``hints``: option value to hint. ``reveals``: option value to names of the fields it shows ("on"
    for a single checkbox). ``divider``: the option value before which "or" stands.
    """

    width: str = ""
    label: str = "s"
    heading: bool = False
    prefix: Text = ""
    suffix: Text = ""
    rows: int | None = None
    inline: bool = False
    small: bool = False
    autocomplete: str = ""
    inputmode: str = ""
    hints: Mapping[Any, Text] = field(default_factory=dict)
    reveals: Mapping[Any, Sequence[str]] = field(default_factory=dict)
    divider: str | None = None


@dataclass(frozen=True)
class Option:
    """One radio or checkbox: the widget's own data, its hint and the fields it reveals."""

    widget: dict[str, Any]
    hint: Text
    reveals: list[forms.BoundField]
    divider: bool


KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DateParts, "date"),
    # A CheckboxSelectMultiple is a RadioSelect to Django, so it is asked first.
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.widgets.Input, "input"),
)
CLASSES = {
    "input": "govuk-input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "checkbox": "govuk-checkboxes__input",
    "radios": "govuk-radios__input",
    "checkboxes": "govuk-checkboxes__input",
}


class Field(forms.BoundField):
    """A form's field as the templates need it: what kind it is, its look, its parts' ids."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        say_it_kindly(field, str(self.label))

    @cached_property
    def look(self) -> Look:
        """The look that the form declares for this field."""
        looks: Mapping[str, Look] = getattr(self.form, "looks", {})
        return looks.get(self.name, Look())

    @cached_property
    def kind(self) -> str:
        """What the field template draws."""
        widget = self.field.widget
        return next((kind for base, kind in KINDS if isinstance(widget, base)), "other")

    @property
    def is_optional(self) -> bool:
        """Whether to say "(optional)": only where the form has fields that are required."""
        said = "optional" in str(self.label).lower()
        return (
            not self.field.required
            and not said
            and self.kind != "checkbox"
            and getattr(self.form, "show_optional", True)
            and any(other.required for other in self.form.fields.values())
        )

    @property
    def prefix(self) -> Text:
        """What stands before the input: a currency sign, mostly."""
        widget = self.field.widget
        return widget.prefix if isinstance(widget, MoneyInput) else self.look.prefix

    @property
    def suffix(self) -> Text:
        """What stands after the input."""
        widget = self.field.widget
        return widget.suffix if isinstance(widget, MoneyInput) else self.look.suffix

    @cached_property
    def max_words(self) -> int | None:
        """The most words allowed, if words are counted."""
        found = (rule.most for rule in self.field.validators if isinstance(rule, MaxWords))
        return next(found, None)

    @cached_property
    def max_characters(self) -> int | None:
        """The most characters allowed, where a count of them helps (text areas)."""
        if self.kind != "textarea" or self.max_words:
            return None
        limits = (v.limit_value for v in self.field.validators if isinstance(v, MaxLengthValidator))
        limit = next(limits, None)
        return limit if isinstance(limit, int) and limit <= COUNTED_UP_TO else None

    @property
    def is_counted(self) -> bool:
        """Whether a count stands under the field."""
        return bool(self.max_words or self.max_characters)

    @property
    def error_target(self) -> str:
        """The id that the error summary links to: the first thing to mend."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        """Ids of hint, error and count, in the order they stand."""
        described = super().aria_describedby
        if described is None or not self.is_counted:
            return described
        return f"{described} {self.auto_id}-info".strip()

    @cached_property
    def options(self) -> list[Option]:
        """The radios or checkboxes, with hints and the fields they reveal."""
        return [self._option(widget.data) for widget in self.subwidgets]

    @cached_property
    def revealed_by_checkbox(self) -> list[forms.BoundField]:
        """The fields that a single checkbox shows."""
        return [self.form[name] for name in self.look.reveals.get("on", ())]

    def _option(self, data: dict[str, Any]) -> Option:
        value = str(data["value"])
        hints = {str(key): hint for key, hint in self.look.hints.items()}
        reveals = {str(key): names for key, names in self.look.reveals.items()}
        return Option(
            widget=data,
            hint=hints.get(value, ""),
            reveals=[self.form[name] for name in reveals.get(value, ())],
            divider=self.look.divider == value,
        )

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Classes and hints for the browser. Never ``required``: our own errors say it better."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if widget.is_hidden:
            return built
        classes = [CLASSES.get(self.kind, ""), *self._width(), widget.attrs.get("class", "")]
        if self.errors and self.kind in {"input", "textarea", "select", "file", "date"}:
            classes.append(f"{CLASSES.get(self.kind, 'govuk-input')}--error")
        if self.is_counted:
            classes.append("govuk-js-character-count")
        return built | self._browser_hints(widget) | {"class": " ".join(filter(None, classes))}

    def _width(self) -> list[str]:
        if not self.look.width:
            return []
        if self.look.width.isdigit():
            return [f"govuk-input--width-{self.look.width}"]
        return [f"govuk-!-width-{self.look.width}"]

    def _browser_hints(self, widget: forms.Widget) -> dict[str, Any]:
        hints: dict[str, Any] = {}
        if self.look.autocomplete:
            hints["autocomplete"] = self.look.autocomplete
        elif isinstance(widget, forms.EmailInput):
            hints |= {"autocomplete": "email", "spellcheck": "false"}
        if self.look.inputmode:
            hints["inputmode"] = self.look.inputmode
        # The browser would cut pasted text without a word; the count and our error say it instead.
        hints["maxlength"] = False
        if self.kind == "textarea":
            hints["rows"] = self.look.rows or (5 if widget.attrs.get("rows") == "10" else None)
            hints = {key: value for key, value in hints.items() if value is not None}
        return hints


class Renderer(TemplatesSetting):
    """Renders forms, formsets, fields and errors from ``templates/design/forms/``."""

    form_template_name = "design/forms/form.html"
    formset_template_name = "design/forms/formset.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = Field

    def get_template(self, template_name: str) -> Any:
        """Our template where we have one, Django's or the widget's own where we do not."""
        return super().get_template(OURS.get(template_name, template_name))


def all_errors(form: forms.BaseForm) -> list[tuple[str, ErrorList]]:
    """Each group of errors with the id of the field to mend ("" for the form as a whole)."""
    found = []
    for name, errors in form.errors.items():
        target = ""
        if name in form.fields:
            bound = form[name]
            target = bound.error_target if isinstance(bound, Field) else bound.id_for_label
        found.append((target, errors))
    return found
