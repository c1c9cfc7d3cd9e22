"""The advice of the finance, legal and monitoring officer: who gives it, whose hand typed it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commissioning.design.revisions import Stood, hold
from commissioning.ground.answers import Invalid, require
from commissioning.notices.actions import tell
from commissioning.people.models import User
from commissioning.programmes.history import record
from decisions.records import rules
from decisions.records.actions.common import locked
from decisions.records.models import Advice, Adviser, Decision
from decisions.records.notices import ADVICE
from decisions.records.posts import post_of
from decisions.records.said import said_in


@transaction.atomic
def name_adviser(
    user: User, decision: Decision, kind: str, adviser: User, *, stood: Stood = None
) -> Adviser:
    """Ask a member to give, or to confirm, what they advise. Nobody names themselves.

    ``stood``, here and below: what the form behind it was held against.
    """
    decision = locked(decision)
    require(rules.may_name_adviser(user, decision, kind))
    asked = Adviser.objects.filter(decision=decision, kind=kind).first()
    hold(stood, {"adviser": asked.user_id if asked else None})
    if adviser == user:
        raise Invalid(_("Somebody else names you: nobody is their own adviser."), "adviser")
    if not (fit := rules.may_be_adviser(adviser, decision)):
        raise Invalid(fit.reason, "adviser")
    known = Advice.objects.filter(decision=decision, kind=kind, confirmed_by__isnull=False)
    known.exclude(confirmed_by=adviser).update(confirmed_by=None, confirmed_at=None)
    named, _made = Adviser.objects.update_or_create(
        decision=decision,
        kind=Adviser.Kind(kind),
        defaults={"user": adviser, "named_by": user},
    )
    tell(ADVICE, adviser, about={"adviser": str(named.pk)}, key=f"advice-{named.pk}-{adviser.pk}")
    record(
        decision.question.programme,
        user,
        f"asked {adviser.short_name} for the comments of the "
        f"{post_of(decision, kind)} on “{decision.title}”",
        is_public=False,
    )
    return named


@transaction.atomic
def write_advice(
    user: User,
    decision: Decision,
    kind: str,
    *,
    officer: str,
    words: str,
    given_on: date,
    stood: Stood = None,
) -> Advice:
    """Keep what an officer says: signed where they type it themselves, otherwise not."""
    decision = locked(decision)
    require(rules.may_advise(user, decision, kind))
    hold(stood, said_in(decision.advice.filter(kind=kind).first()))
    if given_on > timezone.localdate():
        raise Invalid(_("That day has not come yet."), "given_on")
    own = rules.is_adviser(user, decision, kind)
    advice, _made = Advice.objects.update_or_create(
        decision=decision,
        kind=Adviser.Kind(kind),
        defaults={
            "officer": officer,
            "words": words,
            "given_on": given_on,
            "typed_by": user,
            "confirmed_by": user if own else None,
            "confirmed_at": timezone.now() if own else None,
        },
    )
    record(
        decision.question.programme,
        user,
        f"{'gave' if own else 'typed in'} the comments of the "
        f"{post_of(decision, kind)} on “{decision.title}”",
        is_public=False,
    )
    return advice


@transaction.atomic
def confirm_advice(user: User, decision: Decision, kind: str, seen: str) -> Advice:
    """Sign what somebody typed in one's name. ``seen``: the :attr:`Advice.seal` that was read."""
    decision = locked(decision)
    require(rules.may_confirm(user, decision, kind))
    advice = Advice.objects.filter(decision=decision, kind=kind).first()
    if advice is None:
        raise Invalid(_("Nothing has been typed in yet. Write it yourself."))
    if advice.seal != seen:
        raise Invalid(_("The words have changed since you read them. Read them again."))
    advice.confirmed_by, advice.confirmed_at = user, timezone.now()
    advice.save(update_fields=["confirmed_by", "confirmed_at"])
    record(
        decision.question.programme,
        user,
        f"confirmed the comments of the {post_of(decision, kind)} on “{decision.title}”",
        is_public=False,
    )
    return advice
