"""What the room's templates need beside the design's tags."""

from decimal import Decimal, InvalidOperation

from django import template

register = template.Library()


@register.filter
def as_amount(text: object) -> Decimal | None:
    """The amount that a snapshot keeps as text, for ``{% money %}``; None where it is none."""
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None
