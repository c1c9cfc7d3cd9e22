"""The list of expressions as CSV: an allow list of columns, each cell safe in a spreadsheet."""

from decimal import Decimal

from django.utils import timezone

from participation.calls.models import Call, Expression

# A new field of a model never appears here by itself; a test holds this list.
COLUMNS = (
    "number",
    "organisation",
    "title",
    "area",
    "asked",
    "currency",
    "submitted_at",
    "late",
    "decision",
    "feedback_given",
)
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str | int | Decimal) -> str | int | Decimal:
    """Text that a spreadsheet would run as a formula gets an apostrophe; numbers stay numbers.

    A text that begins with an apostrophe gets another, so that taking one off always gives back
    what was written.
    """
    if isinstance(value, str) and value.startswith((*_DANGEROUS, "'")):
        return f"'{value}"
    return value


def row_of(expression: Expression, call: Call) -> list[str | int | Decimal]:
    """One line, in the order of :data:`COLUMNS`."""
    standing = expression.standing
    assert standing is not None
    decision = getattr(expression, "decision", None)
    cells: list[str | int | Decimal] = [
        expression.number,
        expression.organisation.name,
        standing.title,
        standing.area.name if standing.area else "",
        standing.asked,
        call.currency,
        timezone.localtime(standing.at).isoformat(timespec="seconds"),
        "yes" if standing.late_id else "no",
        decision.outcome if decision else "",
        "yes" if hasattr(expression, "feedback") else "no",
    ]
    return [safe_cell(cell) for cell in cells]
