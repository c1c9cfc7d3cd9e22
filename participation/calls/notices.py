"""What the room tells people by e-mail. Each is looked up again when it is sent."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.design.when import day, moment_zone
from commissioning.notices.kinds import Group, Kind, kinds
from commissioning.notices.links import site_link
from participation.calls.models import (
    Call,
    CallChange,
    Clarification,
    Decision,
    Expression,
    LateAllowance,
    PublicQuestion,
    Submission,
)

About = dict[str, str]
Mail = dict[str, Any]


def _mail(subject: str, paragraphs: list[str], label: str, url: str, quote: str = "") -> Mail:
    return {
        "subject_line": " ".join(subject.split())[:150],
        "paragraphs": paragraphs,
        "quote": quote,
        "label": label,
        "url": url,
    }


def _our_page(expression: Expression) -> str:
    return site_link("calls:expression", expression.pk)


def _call_page(call: Call) -> str:
    return site_link("calls:call", call.programme.slug, call.pk)


def received(about: About) -> Mail | None:
    """The receipt for a submission, as long as that submission stands."""
    found = Submission.objects.filter(pk=about["submission"]).select_related(
        "expression__call", "expression__organisation"
    )
    submission = found.first()
    if submission is None:
        return None
    expression = submission.expression
    call = expression.call
    return _mail(
        _("We have your expression of interest: %s") % submission.title,
        [
            _("%(organisation)s submitted “%(title)s” to the call “%(call)s”.")
            % {
                "organisation": expression.organisation.name,
                "title": submission.title,
                "call": call.title,
            },
            _("It is EOI %(number)d, received on %(when)s.")
            % {"number": expression.number, "when": moment_zone(submission.at)},
            _("You can change or withdraw it until the call closes."),
            _("You hear the decision on %s.") % _decision_day(call),
        ],
        _("See what you sent, or keep it as a PDF"),
        _our_page(expression),
    )


def _decision_day(call: Call) -> str:
    return day(call.decision_on) if call.decision_on else _("a day to be set")


def withdrawn(about: About) -> Mail | None:
    """A withdrawal is acknowledged."""
    expression = _expression(about)
    if expression is None or expression.state != Expression.State.WITHDRAWN:
        return None
    return _mail(
        _("You withdrew EOI %d") % expression.number,
        [
            _("EOI %(number)d is out of the call “%(call)s”. Nobody will assess it.")
            % {"number": expression.number, "call": expression.call.title}
        ],
        _("See it"),
        _our_page(expression),
    )


def _expression(about: About) -> Expression | None:
    return (
        Expression.objects.filter(pk=about["expression"])
        .select_related("call__programme", "organisation", "standing", "decision")
        .first()
    )


def asked(about: About) -> Mail | None:
    """The assessors ask something of the applicant."""
    question = _clarification(about)
    if question is None or question.answered_at is not None:
        return None
    return _mail(
        _("A question about your expression of interest, to answer by %s")
        % moment_zone(question.due_at),
        [
            _("The assessors of “%s” ask you this:") % question.expression.call.title,
        ],
        _("Answer the question"),
        _our_page(question.expression),
        quote=question.words,
    )


def _clarification(about: About) -> Clarification | None:
    return (
        Clarification.objects.filter(pk=about["question"])
        .select_related("expression__call__programme", "expression__organisation")
        .first()
    )


def answered(about: About) -> Mail | None:
    """The applicant answered the assessors."""
    question = _clarification(about)
    if question is None:
        return None
    expression = question.expression
    call = expression.call
    return _mail(
        _("EOI %d answered your question") % expression.number,
        [_("The answer is on the page of the expression.")],
        _("Read the answer"),
        site_link("calls:assess_one", call.programme.slug, call.pk, expression.pk),
    )


def decided(about: About) -> Mail | None:
    """The decision, once all are released."""
    expression = _expression(about)
    decision = getattr(expression, "decision", None)
    if expression is None or decision is None or expression.call.status != Call.Status.RELEASED:
        return None
    title = expression.standing.title if expression.standing else str(expression)
    if decision.outcome == Decision.Outcome.APPROVED:
        said = _("Good news: “%s” is approved and goes on.") % title
        then = _("Next: check how it will stand on the ballot. The page shows you how.")
    else:
        said = _("We are sorry: “%s” is not going on this time.") % title
        then = _("You get feedback within ten days. Thank you for the work you put into it.")
    return _mail(
        _("The decision on “%s”") % title,
        [said, then],
        _("Read the decision and its reason"),
        _our_page(expression),
    )


def feedback(about: About) -> Mail | None:
    """Feedback was given."""
    expression = _expression(about)
    if expression is None or expression.call.status != Call.Status.RELEASED:
        return None
    return _mail(
        _("Feedback on your expression of interest"),
        [_("The assessors of “%s” wrote to you about yours.") % expression.call.title],
        _("Read the feedback"),
        _our_page(expression),
    )


def feedback_owed(about: About) -> Mail | None:
    """Assessors are reminded of feedback that is owed."""
    from participation.calls.actions.assessing import feedback_due_at, owed_feedback

    call = Call.objects.filter(pk=about["call"]).select_related("programme").first()
    if call is None:
        return None
    count, due = owed_feedback(call).count(), feedback_due_at(call)
    if not count or due is None:
        return None
    return _mail(
        _("Feedback is owed by %s") % moment_zone(due),
        [
            ngettext(
                "%(count)d applicant to “%(call)s” was not approved and still waits for feedback.",
                "%(count)d applicants to “%(call)s” were not approved and still wait for feedback.",
                count,
            )
            % {"count": count, "call": call.title},
            _("We promised it within ten days of the decision."),
        ],
        _("See who waits"),
        site_link("calls:assess", call.programme.slug, call.pk),
    )


def closing_soon(about: About) -> Mail | None:
    """A draft is not submitted yet and the call closes soon."""
    expression = _expression(about)
    if expression is None or expression.state != Expression.State.DRAFT:
        return None
    call = expression.call
    if call.closes_at is None or call.closes_at <= timezone.now():
        return None
    stands = (
        _("What you submitted before stands, without your latest changes.")
        if expression.standing_id
        else _("It has not been submitted yet.")
    )
    return _mail(
        _("“%(call)s” closes on %(when)s")
        % {"call": call.title, "when": moment_zone(call.closes_at)},
        [_("You have begun EOI %d. ") % expression.number + stands],
        _("Go on with it"),
        _our_page(expression),
    )


def late_allowed(about: About) -> Mail | None:
    """The lead allowed an organisation to submit late."""
    leave = (
        LateAllowance.objects.filter(pk=about["leave"])
        .select_related("call__programme", "organisation")
        .first()
    )
    if leave is None or leave.until <= timezone.now():
        return None
    return _mail(
        _("You may submit late, until %s") % moment_zone(leave.until),
        [
            _("The lead of “%(call)s” lets %(organisation)s submit once after the close.")
            % {"call": leave.call.title, "organisation": leave.organisation.name}
        ],
        _("Go to your expressions of interest"),
        site_link("calls:ours"),
        quote=leave.reason,
    )


def call_changed(about: About) -> Mail | None:
    """A published call was changed or extended."""
    change = CallChange.objects.filter(pk=about["change"]).select_related("call__programme").first()
    if change is None:
        return None
    return _mail(
        _("The call “%s” changed") % change.call.title,
        [_("It now closes on %s.") % moment_zone(change.call.closes_at)]
        if change.call.closes_at
        else [],
        _("See what changed and why"),
        _call_page(change.call),
        quote=change.reason,
    )


def public_question(about: About) -> Mail | None:
    """Somebody asked about the call."""
    question = _public_question(about)
    if question is None or question.answered_at is not None:
        return None
    return _mail(
        _("A question about “%s”") % question.call.title,
        [_("Answer it on the call's page, for everybody.")],
        _("Answer it"),
        _call_page(question.call) + "#questions",
        quote=question.words,
    )


def public_answer(about: About) -> Mail | None:
    """A question about the call was answered."""
    question = _public_question(about)
    if question is None or question.answered_at is None:
        return None
    return _mail(
        _("Your question about “%s” is answered") % question.call.title,
        [_("Everybody can read the answer on the call's page. It does not say who asked.")],
        _("Read the answer"),
        _call_page(question.call) + "#questions",
        quote=question.answer,
    )


def _public_question(about: About) -> PublicQuestion | None:
    return (
        PublicQuestion.objects.filter(pk=about["question"])
        .select_related("call__programme")
        .first()
    )


REGISTERED: dict[str, tuple[Callable[[About], Mail | None], Group]] = {
    "calls.received": (received, Group.ESSENTIAL),
    "calls.withdrawn": (withdrawn, Group.ESSENTIAL),
    "calls.asked": (asked, Group.ESSENTIAL),
    "calls.answered": (answered, Group.UPDATES),
    "calls.decided": (decided, Group.ESSENTIAL),
    "calls.feedback": (feedback, Group.ESSENTIAL),
    "calls.feedback_owed": (feedback_owed, Group.ESSENTIAL),
    "calls.closing_soon": (closing_soon, Group.REMINDERS),
    "calls.late_allowed": (late_allowed, Group.ESSENTIAL),
    "calls.call_changed": (call_changed, Group.ESSENTIAL),
    "calls.public_question": (public_question, Group.UPDATES),
    "calls.public_answer": (public_answer, Group.ESSENTIAL),
}


def register() -> None:
    """Fill the registry; called when the application is ready."""
    for name, (context, group) in REGISTERED.items():
        kinds.register(name, Kind("participation/calls/notices/notice", context, group))
