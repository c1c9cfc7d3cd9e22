"""Where the record corrects itself: slips, and names that match a declared interest."""

from decimal import Decimal

from django.utils.translation import gettext as _

from commissioning.design.when import day
from commissioning.ground.money import money_text
from decisions.records import blocks
from decisions.records.blocks import Block
from decisions.records.deciders import named_and_gaining
from decisions.records.models import Body, Correction, Decision


def reference_in_words(decision: Decision) -> str:
    """What the reference is of: an officer's decision has no minute."""
    if decision.body_kind == Body.OFFICER:
        return _("Reference of the decision notice")
    return str(Correction.Field.MINUTE.label)


def corrections(decision: Decision) -> Block | None:
    """Each slip that was corrected after it was written down, with what stood there."""
    return blocks.table(
        _("Slips that were corrected after it was written down"),
        [_("On"), _("What"), _("It said"), _("It says"), _("Why")],
        [
            (
                day(one.created_at),
                _what(decision, one),
                _said(one, one.before),
                _said(one, one.now),
                one.why,
            )
            for one in decision.corrections.all()
        ],
    )


def _what(decision: Decision, one: Correction) -> str:
    if one.field == Correction.Field.MINUTE:
        return reference_in_words(decision)
    if one.field == Correction.Field.WORDS and decision.body_kind == Body.OFFICER:
        return _("In the words of the decision notice")
    return str(one.get_field_display())


def _said(one: Correction, value: str) -> str:
    if not value:
        return _("nothing")
    return money_text(Decimal(value)) if one.field == Correction.Field.AMOUNT else value


def named_who_could_gain(decision: Decision) -> Block | None:
    """Where who decided or advised reads like somebody who declared that they could gain."""
    words = [decision.decided_by, decision.body_name]
    words += [one.officer for one in decision.advice.all()]
    named = {str(one): None for text in words for one in named_and_gaining(decision, text)}
    if not named:
        return None
    return blocks.note(
        _(
            "Among those who are named as deciding or advising: %s, who could gain by what is said "
            "above."
        )
        % ", ".join(named)
    )
