"""Which duties can concern a decision: by the law it is under, and by who buys and decides."""

from typing import Final

from decisions.records.duties import DUTIES, Duty
from decisions.records.models import Body, Decision
from places.directory.models import Organisation

# Best value and consent under a direction bind principal councils: no parish, and no NHS body.
OF_PRINCIPAL_COUNCILS: Final = frozenset({"best_value", "reorganisation"})
OF_THE_HEALTH_REGIME: Final = frozenset({"key_criteria"})


def duties_of(decision: Decision) -> list[Duty]:
    """The duties that are asked and printed; one that was answered stays, whatever changed."""
    left_out: set[str] = set()
    if not decision.route.startswith("health_"):
        left_out |= OF_THE_HEALTH_REGIME
    is_nhs = decision.question.who_buys.kind == Organisation.Kind.HEALTH
    if is_nhs or decision.body_kind in {Body.PARISH, Body.NHS_BOARD}:
        left_out |= OF_PRINCIPAL_COUNCILS
    if not left_out:
        return list(DUTIES)
    answered = {one.key for one in decision.duties.all()}
    return [duty for duty in DUTIES if duty.key not in left_out or duty.key in answered]
