"""The public edition: the record without the marked passages, each ground named in their place."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from decisions.records.models import Decision, Exemption, Removal
from decisions.records.redaction import Passage, Remover


def remover_of(removals: Iterable[Removal]) -> Remover:
    """What takes the marked passages out of any JSON value."""
    return Remover(
        Passage(removal.passage, _("[left out: %s]") % str(Exemption(removal.ground).label))
        for removal in removals
    )


def without_marked(decision: Decision, data: dict[str, Any]) -> dict[str, Any]:
    """The data of the public edition."""
    removals = list(decision.removals.all())
    public: dict[str, Any] = remover_of(removals).value(data)
    grounds = sorted({str(Exemption(removal.ground).label) for removal in removals})
    return public | {"left_out": grounds}
