"""Three boxes for one input: low, likely, high."""

from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commissioning.design.fields import DateParts

PARTS: Final = ("low", "likely", "high")
PART_NAMES: Final = {"low": _("low"), "likely": _("likely"), "high": _("high")}
LARGEST: Final = Decimal(10) ** 9


class ThreeBoxes(DateParts):
    """Three boxes in a row with a legend above, drawn as the parts of a date are."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.names = PARTS

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each box with its name, id and value."""
        context = forms.Widget.get_context(self, name, value, attrs)
        base = context["widget"]["attrs"]
        typed = value if isinstance(value, tuple | list) else ("", "", "")
        context["widget"]["boxes"] = [
            {
                # Decimals are typed on this keyboard.
                "part": "time" if part == "time" else part,
                "label": PART_NAMES[part],
                "name": f"{name}-{part}",
                "id": f"{base.get('id', name)}_{part}",
                "value": _plain(one),
                "width": 5,
            }
            for part, one in zip(PARTS, typed, strict=True)
        ]
        return context

    def id_for_label(self, id_: str) -> str:
        """The first box."""
        return f"{id_}_low" if id_ else id_


def _plain(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


class Typed(NamedTuple):
    """Three numbers as typed."""

    low: Decimal
    likely: Decimal
    high: Decimal


class ThreePointsField(forms.Field):
    """Low, likely and high, in that order, none below nothing."""

    widget = ThreeBoxes

    def to_python(self, value: Any) -> Typed | None:
        """The three numbers. Raises ``ValidationError`` that says what to mend."""
        if not value or not any(value):
            return None
        if not all(value):
            raise ValidationError(_("Give all three: low, likely and high"), "incomplete")
        low, likely, high = (_number(text) for text in value)
        if not 0 <= low <= likely <= high:
            raise ValidationError(
                _("The low figure comes first, then the likely, then the high"), "order"
            )
        return Typed(low, likely, high)

    def as_written(self, value: Any) -> str:
        """Three numbers, or whatever was typed in their boxes, each with its name."""
        names = PART_NAMES.values()
        return ", ".join(
            f"{name} {one if isinstance(one, str) else format(one.normalize(), ',f')}"
            for name, one in zip(names, value, strict=True)
        )


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", "").replace("£", "").replace("%", "").strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > LARGEST:
        raise ValidationError(_("Each must be a number, like 40 or 1,250"), "number")
    return number
