"""What a record says of the money gate."""

from django.utils.translation import gettext as _

from commissioning.design.when import day
from commissioning.programmes.models import Programme
from commissioning.programmes.rules import money_gate


def gate_in_words(programme: Programme) -> str:
    """Whether it was kept or lifted; what taking part pays is exempt, and the record prints it."""
    lift = getattr(programme, "gate_lift", None)
    if lift is not None:
        return _("Lifted early on %(day)s: %(why)s") % {
            "day": day(lift.created_at),
            "why": lift.reason,
        }
    if money_gate(programme):
        words = _("Kept: no amount was shown before the vision was agreed.")
    else:
        words = _("Kept: no amount is shown until a vision is agreed.")
    if not programme.what_taking_part_pays:
        return words
    exempt = _("What taking part pays is the one exception: people may always know it.")
    return f"{words} {exempt}"
