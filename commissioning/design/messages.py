"""Errors in words that say how to mend it, for every field that says nothing of its own."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def _inside(label: str) -> str:
    """The label as it stands inside a sentence: "Full name" is "full name", "EOI" stays."""
    stays = label.startswith(("I ", "I’", "I'")) or label[1:2].isupper()
    return label if stays else label[:1].lower() + label[1:]


def say_it_kindly(field: forms.Field, label: str) -> None:
    """Replace Django's stock errors ("This field is required.") where the form gave no own ones."""
    for code, message in _kind_words(field, label).items():
        if field.error_messages.get(code) in (None, _inherited(field, code)):
            field.error_messages[code] = message


def _inherited(field: forms.Field, code: str) -> Any:
    """Django's own message of that code, wherever in the field's ancestry it is said."""
    for base in type(field).__mro__:
        said = vars(base).get("default_error_messages", {}).get(code)
        if said is not None:
            return said
    return None


def _kind_words(field: forms.Field, label: str) -> dict[str, Any]:
    words: dict[str, Any] = {"required": _required(field, label)}
    subject = _subject(label)
    if isinstance(field, forms.EmailField):
        words["invalid"] = _("Enter an e-mail address in the right form, like name@example.org")
    elif isinstance(field, forms.URLField):
        words["invalid"] = _("Enter a web address in the right form, like https://example.org")
    elif isinstance(field, forms.DecimalField | forms.FloatField):
        words["invalid"] = format_lazy(_("{label} must be a number, like 12.5"), label=subject)
    elif isinstance(field, forms.IntegerField):
        words["invalid"] = format_lazy(_("{label} must be a whole number, like 30"), label=subject)
    if isinstance(field, forms.IntegerField):
        words["min_value"] = format_lazy(
            _("{label} must be %(limit_value)s or more"), label=subject
        )
        words["max_value"] = format_lazy(
            _("{label} must be %(limit_value)s or less"), label=subject
        )
    if isinstance(field, forms.ChoiceField):
        words["invalid_choice"] = format_lazy(
            _("Choose one of the options for {label}"), label=_inside(label)
        )
    if isinstance(field, forms.CharField):
        words["max_length"] = format_lazy(
            _("{label} must be %(limit_value)d characters or fewer; it has %(show_value)d"),
            label=label,
        )
    return words


def _subject(label: str) -> Any:
    """The label as what a sentence is about: a question is not, but its answer is."""
    if label.endswith("?"):
        return format_lazy(_("The answer to “{label}”"), label=label)
    return label


def _required(field: forms.Field, label: str) -> Any:
    inside = _inside(label)
    if isinstance(field, forms.FileField):
        return format_lazy(_("Choose a file: {label}"), label=inside)
    if isinstance(field, forms.BooleanField):
        return format_lazy(_("Tick the box: {label}"), label=inside)
    if label.endswith("?"):
        return format_lazy(_("Answer “{label}”"), label=label)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return format_lazy(_("Choose {label}"), label=inside)
    return format_lazy(_("Enter {label}"), label=inside)
