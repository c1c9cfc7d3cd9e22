"""Round figures in words, through the money gate."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.programmes.models import Programme
from commissioning.programmes.templatetags.money import money
from decisions.costs.model.inputs import Unit
from decisions.costs.model.rounding import Three

register = template.Library()
WHOLE: Final = 100


@register.simple_tag
def pounds(value: float, programme: Programme, currency: str = "GBP") -> str:
    """``{% pounds 27000.0 programme %}``: an amount that was worked out, through the gate."""
    return money(Decimal(str(round(value, 2))), programme, currency)


@register.simple_tag
def three_pounds(three: Three, programme: Programme) -> SafeString:
    """The middle figure, with low and high below it."""
    middle = pounds(three.middle, programme)
    if three.low == three.high:
        return format_html("<b>{}</b>", middle)
    low, high = pounds(three.low, programme), pounds(three.high, programme)
    span = _("%(low)s to %(high)s") % {"low": low, "high": high}
    return format_html("<b>{}</b> <small>{}</small>", middle, span)


@register.simple_tag
def share_of_value(three: Three | None) -> SafeString:
    """What a cost is of the value of the thing itself, in hundredths."""
    if three is None or not three.middle:
        return SafeString()
    return format_html("<small>{}</small>", _("%s of the value") % whole_percent(three.middle))


@register.filter
def whole_percent(hundredths: float) -> str:
    """An estimate as whole hundredths: 8.2 is 8%; what is less than all is never said to be all."""
    if hundredths < 1:
        return _("less than 1%")
    whole = round(hundredths)
    return f"{min(whole, WHOLE - 1) if hundredths < WHOLE else whole:,}%"


@register.filter
def who_get_it(chance: tuple[int, int]) -> str:
    """1 of about 3 who apply gets something."""
    won, asked = chance
    return ngettext(
        "%(won)d of about %(asked)d who apply gets something",
        "%(won)d of about %(asked)d who apply get something",
        won,
    ) % {"won": won, "asked": asked}


@register.simple_tag
def three_plain(three: Three, unit: str = "") -> SafeString:
    """The same for hours, months, people."""
    words = f" {unit}" if unit else ""
    middle = f"{three.middle:,g}{words}"
    if three.low == three.high:
        return format_html("<b>{}</b>", middle)
    span = _("%(low)s to %(high)s") % {"low": f"{three.low:,g}", "high": f"{three.high:,g}"}
    return format_html("<b>{}</b> <small>{}</small>", middle, span)


@register.simple_tag
def in_unit(value: float, unit: Unit, programme: Programme) -> str:
    """One point of an input as people write it."""
    if unit in {Unit.POUNDS, Unit.POUNDS_AN_HOUR}:
        return pounds(value, programme)
    return f"{value:,g}%" if unit is Unit.SHARE else f"{value:,g}"


@register.filter
def percent(share: float | None) -> str:
    """0.65 as 65%."""
    return "" if share is None else f"{share * 100:.0f}%"


@register.simple_tag
def three_in_unit(points: Sequence[float] | None, unit: Unit, programme: Programme) -> str:
    """Low, middle and high of a kept version; a dash where it has none. Shares come as 0 to 1."""
    if points is None:
        return "–"
    factor = 100 if unit is Unit.SHARE else 1
    low, middle, high = (in_unit(round(point * factor, 2), unit, programme) for point in points)
    if low == high:
        return str(middle)
    return _("%(middle)s (%(low)s to %(high)s)") % {"middle": middle, "low": low, "high": high}
