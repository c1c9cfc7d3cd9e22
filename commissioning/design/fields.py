"""Fields and widgets for what people write here: dates in three parts, times, money, words."""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from commissioning.ground.money import SYMBOLS

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sep sept medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ),
        start=1,
    )
    for name in names.split()
}
DATE_PARTS = ("day", "month", "year")
PART_NAMES = {"day": _("day"), "month": _("month"), "year": _("year"), "time": _("time")}
CLOCK = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$", re.IGNORECASE)
WORDS_FOR_TIMES = {"noon": dt.time(12), "midday": dt.time(12), "midnight": dt.time(0)}


def read_time(text: str) -> dt.time | None:
    """The time that somebody wrote: "8pm", "8:05 pm", "20:00", "noon". None if it is not one."""
    text = text.strip().lower()
    if text in WORDS_FOR_TIMES:
        return WORDS_FOR_TIMES[text]
    match = CLOCK.match(text)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif match[2] is None:
        return None
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def write_time(time: dt.time) -> str:
    """A time as people here write it: 8pm, 8:05pm, noon is 12pm."""
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'pm' if time.hour >= 12 else 'am'}"


class DateParts(forms.Widget):
    """Day, month and year in three boxes, and a time in a fourth where ``with_time``."""

    template_name = "design/forms/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, with_time: bool = False) -> None:
        super().__init__(attrs)
        self.names = (*DATE_PARTS, "time") if with_time else DATE_PARTS

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, ...]:
        """What was typed in each box, as typed."""
        return tuple(str(data.get(f"{name}-{part}") or "").strip() for part in self.names)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether none of the boxes was on the page."""
        return all(f"{name}-{part}" not in data for part in self.names)

    def id_for_label(self, id_: str) -> str:
        """The first box."""
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each box with its name, id, value and width."""
        context = super().get_context(name, value, attrs)
        typed = self._typed(value)
        base = context["widget"]["attrs"]
        context["widget"]["boxes"] = [
            {
                "part": part,
                "label": PART_NAMES[part],
                "name": f"{name}-{part}",
                "id": f"{base.get('id', name)}_{part}",
                "value": typed.get(part, ""),
                "width": {"month": 4, "year": 4, "time": 5}.get(part, 2),
            }
            for part in self.names
        ]
        return context

    def _typed(self, value: Any) -> dict[str, Any]:
        if isinstance(value, tuple | list):
            return dict(zip(self.names, value, strict=False))
        if isinstance(value, str) and value:
            value = dt.datetime.fromisoformat(value)
        if isinstance(value, dt.date):
            typed = {"day": value.day, "month": value.month, "year": value.year}
            if isinstance(value, dt.datetime):
                typed["time"] = write_time(value.time())  # type: ignore[assignment]
            return typed
        return {}


def _join(parts: list[Any]) -> str:
    words = [str(part) for part in parts]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {_('and')} {words[-1]}"


def _month(text: str) -> int | None:
    return int(text) if text.isdecimal() else MONTHS.get(text.lower())


def _read_date(typed: tuple[str, ...]) -> dt.date:
    """The date in the three boxes. Raises ``ValidationError`` that says what to mend."""
    missing = [PART_NAMES[p] for p, text in zip(DATE_PARTS, typed, strict=False) if not text]
    if missing:
        raise ValidationError(
            _("The date must include a %(missing)s"), "incomplete", {"missing": _join(missing)}
        )
    day, month, year = typed[:3]
    if year.isdecimal() and len(year) != 4:
        raise ValidationError(_("The year must have four numbers, like 2027"), "year")
    number = _month(month)
    if not (day.isdecimal() and year.isdecimal() and number):
        raise ValidationError(_("The date must be a real date, like 14 3 2027"), "invalid")
    try:
        return dt.date(int(year), number, int(day))
    except ValueError as error:
        raise ValidationError(
            _("The date must be a real date, like 14 3 2027"), "invalid"
        ) from error


class DateField(forms.DateField):
    """A date in three boxes. Months may be written in words, English or Welsh."""

    widget = DateParts

    def to_python(self, value: Any) -> dt.date | None:
        """The date, or None if all the boxes are empty."""
        if not isinstance(value, tuple):
            return super().to_python(value)
        return _read_date(value) if any(value) else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed is another date (or not one)."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class DateTimeField(forms.DateTimeField):
    """A date in three boxes and a time in a fourth, in this server's zone (Europe/London)."""

    widget = DateParts(with_time=True)

    def to_python(self, value: Any) -> dt.datetime | None:
        """The moment, or None if all the boxes are empty."""
        if not isinstance(value, tuple):
            return super().to_python(value)
        if not any(value):
            return None
        date = _read_date(value)
        if not value[3]:
            raise ValidationError(_("Enter a time too, like 8pm or 20:00"), "time")
        time = read_time(value[3])
        if time is None:
            raise ValidationError(_("The time must be like 8pm, 8:30pm or 20:00"), "time")
        return _in_zone(dt.datetime.combine(date, time))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether what was typed is another moment (or not one)."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


def _in_zone(naive: dt.datetime) -> dt.datetime:
    """The moment on this server's clocks; an hour that the clocks skip is refused."""
    zone = timezone.get_current_timezone()
    moment = naive.replace(tzinfo=zone)
    if moment.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValidationError(_("The clocks go forward then, so that hour does not exist"), "time")
    return moment


class TimeField(forms.TimeField):
    """A time as people write it: 8pm, 8:30pm, 20:00, noon."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> dt.time | None:
        """The time, or None if nothing was typed."""
        if value in self.empty_values or isinstance(value, dt.time):
            return value or None
        time = read_time(str(value))
        if time is None:
            raise ValidationError(_("The time must be like 8pm, 8:30pm or 20:00"), "invalid")
        return time

    def prepare_value(self, value: Any) -> Any:
        """As people write it."""
        return write_time(value) if isinstance(value, dt.time) else value


class MoneyInput(forms.TextInput):
    """An amount, with its currency's sign in front (or behind, where it is written so)."""

    def __init__(self, attrs: dict[str, Any] | None = None, currency: str = "GBP") -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off"} | (attrs or {}))
        self.currency = currency

    @property
    def _sign(self) -> str:
        return SYMBOLS.get(self.currency, self.currency)

    @property
    def prefix(self) -> str:
        """The sign, where it stands in front."""
        return self._sign if len(self._sign) == 1 else ""

    @property
    def suffix(self) -> str:
        """The sign or code, where it stands behind."""
        return "" if len(self._sign) == 1 else self._sign


class MoneyField(forms.DecimalField):
    """An amount of money. "£1,250.50" and "1250.5" are the same."""

    widget = MoneyInput

    def __init__(self, *, currency: str = "GBP", **options: Any) -> None:
        limits: dict[str, Any] = {"max_digits": 12, "decimal_places": 2, "min_value": Decimal(0)}
        super().__init__(**limits | options)
        self.set_currency(currency)

    def set_currency(self, currency: str) -> None:
        """Which currency's sign the input shows (a form knows only when it is made)."""
        self.currency = currency
        if isinstance(self.widget, MoneyInput):
            self.widget.currency = currency

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The amount, whatever signs, spaces and commas were typed with it."""
        if isinstance(value, str):
            sign = SYMBOLS.get(self.currency, self.currency)
            value = value.replace(sign, "").replace(",", "").replace(" ", "").replace("\xa0", "")
            if not value:
                return None
            try:
                finite = Decimal(value).is_finite()
            except InvalidOperation:
                finite = False
            if not finite or "e" in value.casefold():
                # 1e9 is a number to a machine; who typed it may have meant anything.
                raise ValidationError(
                    _("The amount must be a number in figures, like 1,250 or 1,250.50"), "invalid"
                )
            self._check_length(Decimal(value))
        return super().to_python(value)

    def _check_length(self, amount: Decimal) -> None:
        """Too many figures, said of the amount and not of a number of digits."""
        if self.max_digits is None or self.decimal_places is None:
            return
        whole = self.max_digits - self.decimal_places
        if abs(amount) >= Decimal(10) ** whole:
            most = f"{Decimal(10) ** whole - 1:,.0f}"
            raise ValidationError(
                _("The amount is too large: it can be at most %s") % most, "max_digits"
            )
        if amount != round(amount, self.decimal_places):
            raise ValidationError(
                _("The amount can have pence, and nothing smaller, like 1,250.50"),
                "max_decimal_places",
            )


class FigureField(forms.DecimalField):
    """A number in figures: 1e9 is none."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The number. Raises ``ValidationError`` on a letter in it."""
        if isinstance(value, str) and "e" in value.casefold():
            raise ValidationError(_("Write the number in figures, like 1250 or 12.5"), "invalid")
        return super().to_python(value)


class WholeNumberField(forms.IntegerField):
    """A whole number; "1,250" is as good as "1250"."""

    def to_python(self, value: Any) -> int | None:
        """The number, without the commas people type."""
        if isinstance(value, str):
            value = value.replace(",", "").replace(" ", "")
        return super().to_python(value)


@deconstructible
class MaxWords:
    """At most so many words: what stands between spaces, as the count on the page says."""

    code = "max_words"

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, value: str) -> None:
        """Raises ``ValidationError`` that says how many are too many."""
        over = count_words(value) - self.most
        if over > 0:
            message = ngettext_lazy(
                "Use %(most)d words or fewer: this is %(over)d word too long",
                "Use %(most)d words or fewer: this is %(over)d words too long",
                "over",
            )
            raise ValidationError(message, self.code, {"most": self.most, "over": over})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MaxWords) and other.most == self.most

    def __hash__(self) -> int:
        return hash(("MaxWords", self.most))


def count_words(text: str) -> int:
    """How many words, as the count on the page counts them."""
    return len(text.split())


class LongTextField(forms.CharField):
    """Lines of text, counted in words or characters. A line end counts one, as in browsers."""

    widget = forms.Textarea

    def __init__(self, *, max_words: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        if max_words:
            self.validators.append(MaxWords(max_words))

    def to_python(self, value: Any) -> str:
        """The text with plain line ends."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")


class CodeField(forms.CharField):
    """A code copied from paper or an e-mail: spaces, dashes and case do not matter."""

    def __init__(self, **options: Any) -> None:
        attrs = {
            "class": "cc-code-input",
            "autocomplete": "one-time-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
        }
        options.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**options)

    def to_python(self, value: Any) -> str:
        """Letters and figures only, in capitals."""
        text = super().to_python(value) or ""
        return re.sub(r"[\s\-–—.]", "", text).upper()
