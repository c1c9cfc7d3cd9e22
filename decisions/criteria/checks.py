"""What a criterion may be: where it stands, what it weighs, whether it is the price."""

from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import Invalid
from decisions.criteria.models import CriteriaSet, Criterion

MOST_CRITERIA: Final = 30


def check(held: CriteriaSet, row: Criterion) -> None:
    """Refuse what cannot be, beside the field that says it."""
    _check_whole(held, row)
    _check_price(held, row)
    _check_weight(held, row)


def _check_whole(held: CriteriaSet, row: Criterion) -> None:
    parent = row.parent
    if parent and (parent.criteria_set_id != held.pk or parent.pk == row.pk or parent.parent_id):
        raise Invalid(_("A part belongs to a criterion that is no part itself."), "parent")
    if parent and row.pk and held.criteria.filter(parent=row).exists():
        raise Invalid(_("This criterion has parts of its own."), "parent")
    if held.is_health and not row.key and not parent:
        raise Invalid(_("Say which of the five key criteria it is a part of."), "parent")
    if parent and not parent.weight:
        raise Invalid(_("“%s” weighs nothing, so it has no parts.") % parent.title, "parent")


def _check_price(held: CriteriaSet, row: Criterion) -> None:
    if not row.is_price:
        return
    if held.is_grant:
        raise Invalid(
            _("A grant has no price to hold against another: ask what the money does."), "is_price"
        )
    if not held.has_bids:
        raise Invalid(_("Nobody bids here, so no price is held against another."), "is_price")
    if row.parent and not (held.is_health and row.parent.key == Criterion.Key.VALUE):
        raise Invalid(
            _("The price is a part of the key criterion “Value”.")
            if held.is_health
            else _("The price is no part of another criterion."),
            "is_price",
        )
    if row.minimum:
        raise Invalid(_("A price has no least score."), "minimum")
    if held.criteria.filter(is_price=True).exclude(pk=row.pk).exists():
        raise Invalid(_("There is a price criterion already."), "is_price")


def _check_weight(held: CriteriaSet, row: Criterion) -> None:
    if row.key and row.weight == 0:
        if not row.why_nothing.strip():
            raise Invalid(
                _("Say why this key criterion weighs nothing here. The reason is printed."),
                "why_nothing",
            )
        if held.criteria.filter(parent=row).exists():
            raise Invalid(_("Take its parts out first, or give it a weight."), "weight")
    elif not 0 < row.weight <= 100:
        raise Invalid(_("A weight is more than nothing and at most 100."), "weight")


def not_too_many(held: CriteriaSet) -> None:
    """Refuse more criteria than anybody could weigh."""
    if held.criteria.count() > MOST_CRITERIA:
        raise Invalid(_("More than %d criteria: nobody could weigh them.") % MOST_CRITERIA)
