"""The one way a page of a programme prints an amount: through the money gate."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from commissioning.ground.money import money_text
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import money_gate

register = template.Library()


@register.simple_tag
def money(amount: Decimal | None, programme: Programme, currency: str = "GBP") -> str:
    """``{% money project.cost programme round.currency %}``: the amount, or why it is not shown."""
    if amount is None:
        return ""
    gate = money_gate(programme)
    return money_text(amount, currency) if gate else _("amount not shown yet")
