"""What the body or person with the power decided; call-in; taking effect."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day
from commissioning.ground.answers import Invalid, require
from commissioning.ground.money import money_text
from commissioning.people.models import User
from commissioning.programmes.history import record
from commissioning.programmes.rules import may_run
from decisions.questions.models import Question
from decisions.questions.plan.working_days import after
from decisions.records import rules
from decisions.records.actions.common import locked, move
from decisions.records.deciders import may_have_decided, within_the_power
from decisions.records.meeting import asked_of, lay_open_long_enough
from decisions.records.models import Decision, Interest
from decisions.records.route_plans import call_in_of
from decisions.records.sums import is_recommended, lawful_at

Status = Decision.Status


@dataclass(frozen=True, slots=True)
class Minute:
    """What the body decided, as its minute says it."""

    outcome: str
    decided_on: date
    decided_by: str
    words: str
    reference: str = ""
    call_in_until: date | None = None
    no_call_in: str = ""
    amount: Decimal | None = None
    why_changed: str = ""
    report_on: date | None = None
    report_why: str = ""
    had_interest: bool | None = None
    # One that is written down with it; others stand there already, or are written down one by one.
    interest_who: str = ""
    interest_what: str = ""
    interest_done: str = ""


@transaction.atomic
def enter_decision(user: User, decision: Decision, minute: Minute) -> Decision:
    """Write down what was decided. It takes effect at once where nobody can call it in."""
    decision = locked(decision)
    require(rules.may_enter(user, decision))
    _keep_interests(decision, minute)
    _check(decision, minute)
    decision.status = Status.DECIDED
    decision.outcome = Decision.Outcome(minute.outcome)
    decision.decided_on, decision.decided_by = minute.decided_on, minute.decided_by
    decision.decision_words, decision.minute = minute.words, minute.reference
    decision.amount, decision.change_words = minute.amount, minute.why_changed.strip()
    decision.call_in_until, decision.no_call_in = minute.call_in_until, minute.no_call_in.strip()
    if asked_of(decision):
        decision.report_on, decision.report_why = minute.report_on, minute.report_why.strip()
    decision.had_interest = minute.had_interest
    decision.entered_by = user
    decision.save()
    record(
        decision.question.programme,
        user,
        f"wrote down what {decision.body_name} decided on “{decision.title}”: "
        f"{decision.get_outcome_display().lower()}",
    )
    if decision.outcome == Decision.Outcome.REFUSED:
        move(decision, Question.State.APPRAISING)
    elif decision.call_in_until is None:
        _take_effect(decision, minute.decided_on)
    return decision


def _keep_interests(decision: Decision, minute: Minute) -> None:
    """Whoever writes down what was decided is asked for interests, and writes one down there."""
    if minute.had_interest is None:
        raise Invalid(
            _("Say whether anybody who decided or advised had an interest."), "had_interest"
        )
    written = [one.who for one in decision.interests.all()]
    if not minute.had_interest:
        if written:
            raise Invalid(
                _("An interest is written down here already: %s. So the answer is yes.")
                % ", ".join(written),
                "had_interest",
            )
        return
    said = {
        "interest_who": minute.interest_who.strip(),
        "interest_what": minute.interest_what.strip(),
        "interest_done": minute.interest_done.strip(),
    }
    if written and not any(said.values()):
        return
    for field, words in said.items():
        if not words:
            raise Invalid(
                _("Say who had an interest, what it is, and what was done about it."), field
            )
    Interest.objects.create(
        decision=decision,
        who=said["interest_who"],
        what=said["interest_what"],
        dispensation=said["interest_done"],
    )


def _check(decision: Decision, minute: Minute) -> None:
    if minute.decided_on > timezone.localdate():
        raise Invalid(_("That day has not come yet."), "decided_on")
    recommended = decision.recommended_at
    if recommended and minute.decided_on < timezone.localdate(recommended):
        raise Invalid(_("That is before it was recommended."), "decided_on")
    if not (long_enough := rules.notice_long_enough(decision, minute.decided_on)):
        raise Invalid(long_enough.reason, "decided_on")
    lay_open = lay_open_long_enough(
        decision, minute.report_on, minute.report_why, minute.decided_on
    )
    if not lay_open:
        raise Invalid(lay_open.reason, "report_on")
    _check_who_and_how_much(decision, minute)
    _check_call_in(decision, minute)


def _check_who_and_how_much(decision: Decision, minute: Minute) -> None:
    """Nobody who could gain, no more than the power, and no other sum as if it was recommended."""
    if not (who := may_have_decided(decision, minute.decided_by)):
        raise Invalid(who.reason, "decided_by")
    if minute.outcome == Decision.Outcome.REFUSED:
        return
    check_amount(decision, minute.amount, minute.decided_by, minute.outcome)
    if minute.outcome == Decision.Outcome.CHANGED and not minute.why_changed.strip():
        raise Invalid(_("Say what was changed, and why."), "why_changed")


def recommended_sum(asked: Question) -> str:
    """What was recommended: what is first agreed and, where there are options, all of it."""
    sums = dict.fromkeys(one for one in (asked.net_value, asked.net_of_everything) if one)
    return _(" or, with every option, ").join(money_text(one) for one in sums)


def check_amount(decision: Decision, amount: Decimal | None, decided_by: str, outcome: str) -> None:
    """A sum within the power and the law; another than the recommended is "agreed with changes"."""
    check_sum(decision, amount, decided_by)
    if outcome == Decision.Outcome.AGREED and not is_recommended(decision, amount):
        raise Invalid(
            _(
                "That is not what was recommended: %s. Choose “Agreed with changes”, and say what "
                "was changed and why."
            )
            % recommended_sum(decision.question),
            "amount",
        )


def check_sum(decision: Decision, amount: Decimal | None, decided_by: str) -> None:
    """A sum within the power of whoever decided, and within the law."""
    if not (within := within_the_power(decision, amount, decided_by)):
        raise Invalid(within.reason, "amount")
    if not (lawful := lawful_at(decision, amount)):
        raise Invalid(lawful.reason, "amount")


def _check_call_in(decision: Decision, minute: Minute) -> None:
    """A day until which it can be called in, or why it cannot; neither where nobody calls in."""
    until, why_not = minute.call_in_until, minute.no_call_in.strip()
    if decision.body_kind not in rules.CAN_BE_CALLED_IN:
        if until or why_not:
            raise Invalid(_("Only decisions of an executive are called in."), "call_in_until")
        return
    if until and why_not:
        raise Invalid(_("Either a day, or why it cannot be called in: not both."), "no_call_in")
    refused = minute.outcome == Decision.Outcome.REFUSED
    if rules.needs_call_in(decision) and not refused and until is None and not why_not:
        raise Invalid(
            _("Say until when it can be called in, or why it cannot be."), "call_in_until"
        )
    if until and until <= minute.decided_on:
        raise Invalid(
            _("A decision can be called in for some days after it is made."), "call_in_until"
        )
    known = call_in_of(decision)
    if until and known and until < (first := after(minute.decided_on, known[0])):
        raise Invalid(
            ngettext(
                "The place's rules sheet gives %(days)d working day: until %(day)s at the "
                "earliest.",
                "The place's rules sheet gives %(days)d working days: until %(day)s at the "
                "earliest.",
                known[0],
            )
            % {"days": known[0], "day": day(first)},
            "call_in_until",
        )


def _take_effect(decision: Decision, on: date) -> None:
    decision.status, decision.effective_on = Status.EFFECTIVE, on
    decision.save(update_fields=["status", "effective_on"])
    move(decision, Question.State.DECIDED)


@transaction.atomic
def call_in(user: User, decision: Decision, reason: str) -> Decision:
    """The council's own members ask for the decision to be looked at again: it waits."""
    decision = locked(decision)
    require(may_run(user, decision.question.programme) & rules.could_not_gain(user, decision))
    last = decision.call_in_until
    if decision.status == Status.CALLED_IN:
        raise Invalid(_("It is called in already, and why: %s") % decision.called_in_for)
    if decision.status != Status.DECIDED or last is None:
        raise Invalid(_("This decision cannot be called in."))
    if timezone.localdate() > last:
        raise Invalid(_("The time for call-in has passed."))
    # Nothing has come of it yet: why it was called in stands apart from what comes of that.
    decision.status, decision.called_in_for = Status.CALLED_IN, reason
    decision.save(update_fields=["status", "called_in_for"])
    record(
        decision.question.programme,
        user,
        f"wrote down that the decision “{decision.title}” was called in",
        reason=reason,
    )
    return decision


@transaction.atomic
def answer_call_in(user: User, decision: Decision, *, stands: bool, words: str) -> Decision:
    """What came of the call-in: the decision stands, or goes back to be thought about again."""
    decision = locked(decision)
    programme = decision.question.programme
    require(may_run(user, programme) & rules.could_not_gain(user, decision))
    if decision.status != Status.CALLED_IN and decision.call_in_words:
        raise Invalid(_("What came of it is written down already: %s") % decision.call_in_words)
    if decision.status != Status.CALLED_IN:
        raise Invalid(_("This decision is not called in."))
    decision.call_in_words = words
    if stands:
        decision.status = Status.DECIDED
        decision.save(update_fields=["status", "call_in_words"])
        _take_effect(decision, _first_free_day(decision))
    else:
        decision.status = Status.DRAFT
        decision.outcome = decision.decided_by = decision.decision_words = decision.minute = ""
        decision.change_words = ""
        decision.amount = None
        decision.decided_on = decision.call_in_until = None
        decision.report_on, decision.report_why, decision.had_interest = None, "", None
        decision.no_call_in = ""
        decision.save()
        move(decision, Question.State.APPRAISING)
    told = "stands after call-in" if stands else "goes back after call-in"
    record(programme, user, f"wrote down that “{decision.title}” {told}", reason=words)
    return decision


def _first_free_day(decision: Decision) -> date:
    """Today, or the day after the last day of call-in where that is later."""
    today = timezone.localdate()
    last = decision.call_in_until
    return today if last is None or today > last else date.fromordinal(last.toordinal() + 1)


def take_effect_where_due() -> int:
    """Decisions whose call-in has passed take effect; asked every hour. Says how many."""
    due = Decision.objects.filter(
        status=Status.DECIDED, call_in_until__lt=timezone.localdate()
    ).exclude(outcome=Decision.Outcome.REFUSED)
    return sum(_take_effect_if_due(decision) for decision in due)


@transaction.atomic
def _take_effect_if_due(decision: Decision) -> bool:
    decision = locked(decision)
    last = decision.call_in_until
    if decision.status != Status.DECIDED or last is None or last >= timezone.localdate():
        return False
    _take_effect(decision, _first_free_day(decision))
    record(
        decision.question.programme,
        None,
        f"noted that the decision “{decision.title}” is in effect: nobody called it in",
    )
    return True
