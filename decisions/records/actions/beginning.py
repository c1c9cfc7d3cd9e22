"""What begins from a decision that is in effect: a call, or a participatory budget."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from commissioning.ground.answers import require
from commissioning.people.models import User
from commissioning.programmes.history import record
from decisions.criteria.models import Criterion
from decisions.records.actions.common import locked
from decisions.records.models import Decision
from decisions.records.what_follows import may_begin_call, may_begin_vote
from participation.budgeting import actions as budgeting
from participation.budgeting.models import Round
from participation.calls.actions import calls
from participation.calls.models import Call, Question

LONGEST_QUESTION: Final = 300
ANSWER_WORDS: Final = 200  # where the criterion sets no limit


@transaction.atomic
def begin_call(
    user: User, decision: Decision, values: Mapping[str, Any], criteria: Sequence[Criterion]
) -> Call:
    """A draft of a call with what was taken over; each criterion is a question of it."""
    decision = locked(decision)
    require(may_begin_call(user, decision))
    programme = decision.question.programme
    call = calls.make_call(user, programme, values["title"])
    call = calls.write_call(user, call, dict(values))
    for row in criteria:
        calls.save_asked(user, call, _asked(row))
    record(programme, user, f"began a call from the decision: {decision.title}", is_public=False)
    return call


@transaction.atomic
def begin_vote(user: User, decision: Decision, fields: Mapping[str, Any]) -> Round:
    """A vote that is being prepared, with what was taken over."""
    decision = locked(decision)
    require(may_begin_vote(user, decision))
    programme = decision.question.programme
    round_ = budgeting.make_round(user, programme, fields)
    record(programme, user, f"began a vote from the decision: {decision.title}", is_public=False)
    return round_


def _asked(row: Criterion) -> Question:
    """A criterion as a question of a call, its weight and its way of judging beside it."""
    fits = len(row.asks) <= LONGEST_QUESTION
    weight = _("Counts %s of 100.") % f"{row.weight.normalize():f}"
    judged = _("How it is judged: %s") % row.judged if row.judged else ""
    return Question(
        section=str(row.parent.title if row.parent else row.title)[:60],
        words=row.asks if fits else row.title,
        help=" ".join(part for part in ("" if fits else row.asks, weight, judged) if part),
        kind=Question.Kind.LONG,
        word_limit=row.words or ANSWER_WORDS,
    )
