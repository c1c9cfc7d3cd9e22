"""The sum that is decided: held against the walk's law again, and against the draft's own words.

What is recommended rests on an estimate. Whoever decides may name another sum, and the limits on
which the route rests apply to that one.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.ground.money import money_text
from decisions.records.models import NAMED, Decision
from decisions.records.rules import KEY_BODIES
from decisions.records.sections.walk import own_rules_bind, rests_on
from decisions.trees.at_amount import AtAmount, at_amount, key_by_own_sum

# A sum as people write it: £2,100,000, £2.1m, 2,100,000.
SUM: Final = re.compile(
    r"£\s*(\d[\d,]*(?:\.\d+)?)\s*(k|m|thousand|million)?\b|(?<![\d£,.])(\d{1,3}(?:,\d{3})+)\b",
    re.IGNORECASE,
)
TIMES: Final = {"k": 1000, "thousand": 1000, "m": 1_000_000, "million": 1_000_000}
# The fields that are written before anybody decides, and stand in the record as they were.
WRITTEN_BEFORE: Final = ("title", "route_name", "summary", "reasons", "why_other", "next_steps")


def law_at(decision: Decision, amount: Decimal | None) -> AtAmount | None:
    """What another sum than the recommended one changes; None where it is that very one."""
    found = rests_on(decision.question)
    if found is None or found.result is None or amount is None or is_recommended(decision, amount):
        return None
    return at_amount(found, decision.route, amount, to_one=decision.form == NAMED)


def is_recommended(decision: Decision, amount: Decimal | None) -> bool:
    """Whether a sum is what was recommended: what is first agreed, or with every option."""
    asked = decision.question
    recommended = {asked.net_value, asked.net_of_everything}
    return amount is None or asked.net_value is None or amount in recommended


def lawful_at(decision: Decision, amount: Decimal | None) -> Answer:
    """Whether the chosen route may be decided for this sum, by the walk that it rests on."""
    held = law_at(decision, amount)
    if held is not None and not held.stands:
        return no(
            _(
                "The walk went by %(walked)s. At %(sum)s the route that is recommended does not "
                "stand as it was walked. %(why)s Take the decision back and walk it again with "
                "this sum."
            )
            % {
                "walked": money_text(held.walked),
                "sum": money_text(amount or Decimal(0)),
                "why": " ".join(_stopped(one) for one in (*held.crossed, *held.closed)),
            }
        )
    return _key_enough(decision, amount)


def _key_enough(decision: Decision, amount: Decimal | None) -> Answer:
    """A sum that makes it a key decision was put forward as one."""
    found = rests_on(decision.question)
    by_executive = decision.body_kind in KEY_BODIES and not decision.is_key
    if not by_executive or found is None or amount is None or not own_rules_bind(decision):
        return YES
    words = key_by_own_sum(found, amount)
    return no(_("%s It was put forward as none.") % words) if words else YES


def close_to(decision: Decision, amount: Decimal | None = None) -> list[str]:
    """The limits that the decided sum is close to: said, and no bar."""
    held = law_at(decision, decision.amount if amount is None else amount)
    return [_stopped(one) for one in held.near] if held else []


def other_sums(decision: Decision, amount: Decimal | None) -> list[str]:
    """Sums in the draft's own words that go by what was recommended, and not by this sum."""
    if is_recommended(decision, amount) or amount is None:
        return []
    asked, held = decision.question, law_at(decision, amount)
    old = {asked.net_value, asked.net_of_everything, asked.estimated_value}
    old |= {held.walked, *held.figures} if held else set()
    named = dict.fromkeys(
        one for name in WRITTEN_BEFORE for one in sums_in(str(getattr(decision, name)))
    )
    return [money_text(one) for one in named if one in old and one != amount]


def sums_in(words: str) -> Iterator[Decimal]:
    """Every sum of money that words name, in their order."""
    for pounds, times, plain in SUM.findall(words):
        yield Decimal((pounds or plain).replace(",", "")) * TIMES.get(times.casefold(), 1)


def written_for(decision: Decision) -> str:
    """Where another sum was decided: which one the words were written for; "" where the same."""
    if decision.amount is None or is_recommended(decision, decision.amount):
        return ""
    asked = decision.question
    first = _("%(sum)s was decided. The words below were written before that, for %(for)s.") % {
        "sum": money_text(decision.amount),
        "for": money_text(asked.net_of_everything or Decimal(0)),
    }
    named = other_sums(decision, decision.amount)
    if not named:
        return first
    return f"{first} " + _("They go by that sum where they name %s.") % ", ".join(named)


def told_on_deciding(decision: Decision) -> list[str]:
    """What whoever wrote it down should know now: near limits, and words that name another sum."""
    said = close_to(decision)
    if named := other_sums(decision, decision.amount):
        said.append(
            _(
                "The words of the draft name %(named)s, and %(sum)s was decided. They stay as they "
                "were recommended; the record says so above them."
            )
            % {"named": ", ".join(named), "sum": money_text(decision.amount or Decimal(0))}
        )
    return said


def _stopped(words: str) -> str:
    return words if words.endswith(".") else f"{words}."
