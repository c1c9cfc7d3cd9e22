"""Correcting a slip of the pen in what was written down, in the open."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commissioning.design.revisions import Stood, hold
from commissioning.ground.answers import Invalid, require
from commissioning.ground.money import money_text
from commissioning.people.models import User
from commissioning.programmes.history import record
from decisions.records import rules
from decisions.records.actions.common import locked
from decisions.records.actions.deciding import check_sum, recommended_sum
from decisions.records.deciders import may_have_decided
from decisions.records.models import Correction, Decision
from decisions.records.said import written_down
from decisions.records.sums import is_recommended, sums_in


@transaction.atomic
def correct(
    user: User, decision: Decision, values: Mapping[str, Any], why: str, *, stood: Stood = None
) -> Decision:
    """Write down a slip as it should stand, beside what stood there. The next version prints it.

    ``values``: each field of :class:`Correction.Field` as it should stand; those left as they are
    change nothing. ``stood``: what the form behind it was held against.
    """
    decision = locked(decision)
    require(rules.may_correct(user, decision))
    hold(stood, written_down(decision))
    changed = {
        name: values[name]
        for name in Correction.Field.values
        if name in values and values[name] != getattr(decision, name)
    }
    if not changed:
        raise Invalid(_("Nothing is different from what stands there."))
    if not why.strip():
        raise Invalid(_("Say what the slip was, and how you know."), "why")
    _check(decision, changed)
    for name, now in changed.items():
        Correction.objects.create(
            decision=decision,
            field=name,
            before=_kept(getattr(decision, name)),
            now=_kept(now),
            why=why,
            by=user,
        )
        setattr(decision, name, now)
    decision.save(update_fields=list(changed))
    record(
        decision.question.programme,
        user,
        f"corrected a slip in what was written down about “{decision.title}”",
        reason=why,
    )
    return decision


def _check(decision: Decision, changed: Mapping[str, Any]) -> None:
    """As when it was written down: no slip makes somebody who could gain the one who decided."""
    decided_by = str(changed.get("decided_by", decision.decided_by))
    for name in ("decided_by", "body_name"):
        if name in changed and not (who := may_have_decided(decision, str(changed[name]))):
            raise Invalid(who.reason, name)
    if "amount" in changed and decision.outcome != Decision.Outcome.REFUSED:
        check_sum(decision, changed["amount"], decided_by)
        _in_the_paper(decision, changed)


def _in_the_paper(decision: Decision, changed: Mapping[str, Any]) -> None:
    """Another sum than the recommended is a slip only where the paper that decided it names it."""
    amount = changed["amount"]
    words = str(changed.get("decision_words", decision.decision_words))
    agreed = decision.outcome == Decision.Outcome.AGREED
    if not agreed or is_recommended(decision, amount) or amount in sums_in(words):
        return
    raise Invalid(
        _(
            "It was agreed as recommended, and that is not what was recommended: %(sum)s. If the "
            "paper that says what was decided names %(now)s, put its words in “What was decided, "
            "in the words of the paper that says so”: the record then says that it was agreed with "
            "another amount. If the body changed its mind afterwards, that is no slip: the record "
            "stays as it is, and what is decided anew is a question of its own."
        )
        % {"sum": recommended_sum(decision.question), "now": money_text(amount)},
        "amount",
    )


def _kept(value: Decimal | str | None) -> str:
    """As the database writes it."""
    if value is None:
        return ""
    return f"{value:.2f}" if isinstance(value, Decimal) else value
