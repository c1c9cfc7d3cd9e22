"""Template tags of the rules sheet: ``{% load trees %}``."""

from decimal import Decimal

from django import template

from commissioning.programmes.models import Programme
from commissioning.programmes.templatetags.money import money

register = template.Library()


@register.simple_tag(name="sum")
def sum_of(amount: str, programme: Programme) -> str:
    """``{% sum level.at_least programme %}``: a sum of the sheet, through the money gate."""
    return str(money(Decimal(amount), programme))
