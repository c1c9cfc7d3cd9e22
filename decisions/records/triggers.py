"""What the database itself refuses about decisions, whoever asks."""

from typing import Final

import pgtrigger

# What was put before whoever decides, and what they said, is not reworded afterwards.
_STAYS: Final = (
    "question_id",
    "title",
    "body_kind",
    "body_name",
    "power",
    "route",
    "route_name",
    "summary",
    "reasons",
    "is_key",
    "notice_on",
    "urgency",
    "outcome",
    "decided_on",
    "decided_by",
    "decision_words",
    "minute",
    "recommended_by_id",
    "recommended_at",
)

_CHILD: Final = """
    IF EXISTS (
        SELECT 1 FROM records_decision
        WHERE id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.decision_id ELSE NEW.decision_id END)
          AND status IN ({statuses})
    ) THEN
        RAISE EXCEPTION 'what stood before whoever decided stays as it was'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def begins_as_a_draft() -> pgtrigger.Trigger:
    """A decision cannot be inserted as decided."""
    return pgtrigger.Protect(
        name="begins_as_a_draft",
        operation=pgtrigger.Insert,
        condition=~pgtrigger.Q(new__status="draft"),
    )


def decided_words_stay() -> pgtrigger.Trigger:
    """Once decided, nothing that was decided is reworded; a call-in may send it back whole."""
    return pgtrigger.Trigger(
        name="decided_words_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.status IN ('decided', 'effective') AND ("
            + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _STAYS)
            + ")"
        ),
        func="""
            RAISE EXCEPTION 'what was decided is not reworded' USING ERRCODE = 'check_violation';
        """,
    )


def _frozen(name: str, statuses: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_CHILD.format(statuses=statuses),
    )


def frozen_once_recommended() -> pgtrigger.Trigger:
    """Advice and duties stand as they were when the decision was recommended."""
    return _frozen(
        "frozen_once_recommended", "'recommended', 'decided', 'called_in', 'effective', 'withdrawn'"
    )


def frozen_once_decided() -> pgtrigger.Trigger:
    """Interests may be declared until it is decided, in the meeting itself too."""
    return _frozen("frozen_once_decided", "'decided', 'called_in', 'effective', 'withdrawn'")
