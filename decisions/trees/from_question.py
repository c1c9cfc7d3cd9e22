"""What the commissioning question itself answers of a tree, each with why: so nobody says it twice.

An answer is a suggestion: whoever walks confirms it or says otherwise, and where the question
changes afterwards the walk says that the two differ (``compared``).
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.ground.money import money_text
from decisions.questions.models import Question, Vat
from places.directory.models import Organisation

# The directory's kind holds every public body. Which one it is decides what binds it, so only a
# name that says it suggests it: a fire authority, a school or a trust is asked about.
_OF_A_PARISH: Final = re.compile(r"\b(parish|town|community|village)\b", re.IGNORECASE)
_OF_A_COUNCIL: Final = re.compile(r"\b(council|borough)\b", re.IGNORECASE)
TIME_LEFT, TERM_YEARS = "time_left", "mutual_term_years"


@dataclass(frozen=True, slots=True)
class Fact:
    """An answer to a question of a tree, and what it is known from, as a sentence."""

    value: object
    why: str


def facts_of(question: Question, walked_on: date) -> dict[str, Fact]:
    """By question of a tree. ``walked_on``: the day the walk began, from which time is counted."""
    return {
        **_who(question),
        **sums_of(question),
        **_vat_and_term(question),
        **_time(question, walked_on),
    }


def _who(question: Question) -> dict[str, Fact]:
    buyer = kind_of_buyer(question.who_buys)
    if not buyer:
        return {}
    return {"buyer": Fact(buyer, _("%s buys or gives.") % question.who_buys.name)}


def kind_of_buyer(body: Organisation) -> str:
    """What a tree calls a body, where its kind or its own name says so; "" where neither does."""
    if body.kind == Organisation.Kind.HEALTH:
        return "nhs_body"
    if body.kind != Organisation.Kind.COUNCIL:
        return ""
    if _OF_A_PARISH.search(body.name):
        return "parish_council"
    return "council" if _OF_A_COUNCIL.search(body.name) else ""


def is_of_health(question: Question) -> bool:
    """Whether it is an NHS body that buys: what it buys is mostly health services."""
    return question.who_buys.kind == Organisation.Kind.HEALTH


def sums_of(question: Question) -> dict[str, Fact]:
    """Its value in the parts that trees ask for; no options are nought, once it has a value."""
    net, every = question.net_value, question.net_of_everything
    if net is None or every is None:
        return {}
    options = question.options_value or Decimal(0)
    more = (
        _("Its options and extensions add %s.") % money_text(options)
        if options
        else _("No option or extension is named.")
    )
    return {
        "net_value": Fact(net, _("It is worth %s without VAT.") % money_text(net)),
        "options_value": Fact(options, more),
        "proposed_lifetime_value": Fact(
            every, _("With every option it is worth %s without VAT.") % money_text(every)
        ),
    }


def _vat_and_term(question: Question) -> dict[str, Fact]:
    found = {}
    if question.vat != Vat.UNKNOWN:
        label = str(Vat(question.vat).label)
        found["vat"] = Fact(str(question.vat), _("VAT on top: %s.") % label)
    if months := question.whole_length_months:
        years = (Decimal(months) / 12).quantize(Decimal("0.01"))
        words = ngettext(
            "It runs %d month, with every extension.",
            "It runs %d months, with every extension.",
            months,
        )
        why = words % months
        if years * 12 == months:
            found[TERM_YEARS] = Fact(years.normalize(), why)
    return found


def _time(question: Question, walked_on: date) -> dict[str, Fact]:
    """How long it is until the present arrangement ends; nothing is known of a new thing."""
    ends = question.present_ends_on
    if ends is None:
        return {}
    left = (
        "under_3_months"
        if ends < months_later(walked_on, 3)
        else "from_3_to_12_months"
        if ends <= months_later(walked_on, 12)
        else "over_12_months"
    )
    return {TIME_LEFT: Fact(left, _("The present arrangement ends on %s.") % day(ends))}


def months_later(start: date, months: int) -> date:
    """The same day so many months on; the last of the month where there is no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(start.day, last))
        except ValueError:
            continue
    raise AssertionError
