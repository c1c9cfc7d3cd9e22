"""What expressions of interest forget by themselves: whom to ask, and the files.

What was asked, answered and decided stays: it is why public money went where it went. The people
named in it as contacts, and files that hold bank details or accounts, are not needed for that.
"""

import json
from datetime import timedelta
from functools import partial
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Now

from participation.calls.models import Decision, Expression, SectionDraft, Submission
from participation.calls.models.applying import NO_CONTACT

# After the decisions are released (or the close, where none are): complaints and appeals are over.
KEPT_FOR: Final = timedelta(days=365)
# What was funded: six years and the one that runs, as for other records of money that was paid.
KEPT_FOR_FUNDED: Final = timedelta(days=7 * 365)
CONTACT: Final = ("contact_name", "contact_email", "contact_telephone")


def over_long_ago() -> QuerySet[Expression]:
    """Expressions whose contact and files are no longer needed."""
    over = Expression.objects.alias(over=Coalesce("call__released_at", "call__closes_at"))
    funded = Q(decision__outcome=Decision.Outcome.APPROVED)
    return over.filter(forgotten_at__isnull=True).filter(
        (Q(over__lt=Now() - KEPT_FOR) & ~funded) | Q(over__lt=Now() - KEPT_FOR_FUNDED)
    )


def forget_contacts() -> int:
    """Forget them, each expression in a transaction of its own. How many."""
    ids = list(over_long_ago().values_list("pk", flat=True))
    for expression_id in ids:
        _forget(expression_id)
    return len(ids)


@transaction.atomic
def _forget(expression_id: UUID) -> None:
    expression = Expression.objects.select_for_update().get(pk=expression_id)
    for submission in Submission.objects.filter(expression=expression):
        submission.content["organisation"]["contact"] = json.loads(NO_CONTACT)
        submission.save(update_fields=["content"])
    for draft in SectionDraft.objects.filter(expression=expression, key="organisation"):
        draft.raw = {name: text for name, text in draft.raw.items() if name not in CONTACT}
        draft.save(update_fields=["raw"])
    Expression.objects.filter(pk=expression.pk).update(forgotten_at=Now())
    for attachment in expression.attachments.all():
        file = attachment.file
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
