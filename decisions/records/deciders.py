"""Who is named as the one who decides, held against those who declared that they could gain."""

import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from commissioning.ground.answers import YES, Answer, no
from commissioning.ground.money import money_text
from commissioning.people.models import User
from decisions.questions.conflicts import stakes
from decisions.records.models import Body, Decision
from decisions.records.names import reads_like
from decisions.records.sections.walk import own_rules_bind, rests_on
from decisions.records.sums import TIMES
from decisions.trees.pinned import rules_of

UP_TO: Final = re.compile(
    r"\b(?:up to|not (?:more than|exceeding|over)|at most|below|under|maximum of|limit of)\s*£\s*"
    r"(\d[\d,]*(?:\.\d+)?)\s*(k|m|thousand|million)?\b",
    re.IGNORECASE,
)


def who_could_gain(decision: Decision) -> list[User]:
    """Members in force who could gain from this question: by fact, or by what they declared."""
    return [one.member.user for one in stakes(decision.question) if one.could_gain]


def fit_to_decide(decision: Decision) -> list[User]:
    """Members in force who declared, and could not gain."""
    return [
        one.member.user
        for one in stakes(decision.question)
        if not one.could_gain and (one.own is not None or one.general is not None)
    ]


def named_and_gaining(decision: Decision, words: str) -> list[User]:
    """Of those, the ones whose names the words read like."""
    return [one for one in who_could_gain(decision) if reads_like(words, str(one))]


def may_have_decided(decision: Decision, decided_by: str) -> Answer:
    """Nobody who could gain decides alone; at a table of several, what was done about it stands.

    A dispensation is for members of a council (Localism Act 2011, section 33). An officer has none:
    they hand the decision to another officer, or to the body.
    """
    named = named_and_gaining(decision, decided_by)
    if decision.body_kind == Body.OFFICER:
        declared = [one.who for one in decision.interests.all() if reads_like(decided_by, one.who)]
        who = [str(one) for one in named] or declared
        if who:
            return no(
                _(
                    "%s declared an interest or could gain, so they do not take this decision "
                    "alone. No dispensation lets an officer do that: another officer with the "
                    "power takes it, or the body does."
                )
                % ", ".join(who)
            )
        return YES
    written = [one.who for one in decision.interests.all()]
    left = [one for one in named if not any(reads_like(who, str(one)) for who in written)]
    if not left:
        return YES
    return no(
        _(
            "%s could gain from it. Write down first, under “Interests”, what was done "
            "about it: they left the room and did not vote, or have a dispensation, by whom and "
            "until when (members of a council: Localism Act 2011, sections 31 to 34)."
        )
        % ", ".join(str(one) for one in left)
    )


def within_the_power(decision: Decision, amount: Decimal | None, decided_by: str) -> Answer:
    """No more than the power that is named, or the body's own rules, let this person decide."""
    sum_ = decision.question.net_of_everything if amount is None else amount
    if sum_ is None:
        return YES
    stated = limit_of(decision.power)
    if stated is not None and sum_ > stated:
        return no(
            _("The power that is named goes up to %(limit)s, and this is %(sum)s.")
            % {"limit": money_text(stated), "sum": money_text(sum_)}
        )
    if decision.body_kind != Body.OFFICER or not own_rules_bind(decision):
        return YES
    return _by_delegation(decision, sum_, decided_by)


def _by_delegation(decision: Decision, sum_: Decimal, decided_by: str) -> Answer:
    """The delegation of the officer who is named; where none is, the largest there is."""
    found = rests_on(decision.question)
    rules = rules_of(found.sheet) if found else None
    if rules is None or not rules.delegations:
        return YES
    named = f"{decided_by} {decision.body_name}"
    own = [one for one in rules.delegations if _is_post(named, one.who)]
    most = max(own or rules.delegations, key=lambda one: one.up_to)
    if sum_ <= most.up_to:
        return YES
    return no(
        _(
            "%(source)s lets %(who)s decide up to %(limit)s, and this is %(sum)s: it goes to who "
            "may decide it."
        )
        % {
            "source": rules.source,
            "who": most.who,
            "limit": money_text(most.up_to),
            "sum": money_text(sum_),
        }
    )


def _is_post(named: str, who: str) -> bool:
    """Whether the words name the post: “the director” is not “the assistant director”."""
    post = who.casefold().strip().removeprefix("the ").removeprefix("any ")
    found = re.search(rf"(\w+\s+)?\b{re.escape(post)}\b", named.casefold())
    return found is not None and (found.group(1) or "").strip() not in {"assistant", "deputy"}


def limit_of(power: str) -> Decimal | None:
    """The largest sum up to which a power says that it goes; None where it names none."""
    found = [
        Decimal(digits.replace(",", "")) * TIMES.get(times.casefold(), 1)
        for digits, times in UP_TO.findall(power)
    ]
    return max(found, default=None)
