"""What the database itself refuses about decisions, whoever asks."""

from typing import Final

import pgtrigger

# What was put before whoever decides, and what they said, is not reworded afterwards.
_STAYS: Final = (
    "question_id",
    "title",
    "body_kind",
    "power",
    "route",
    "route_name",
    "form",
    "no_call",
    "summary",
    "reasons",
    "is_key",
    "why_not_key",
    "notice_on",
    "urgency",
    "outcome",
    "why_other",
    "decided_on",
    "change_words",
    "report_on",
    "report_why",
    "had_interest",
    "recommended_by_id",
    "recommended_at",
)
# A slip in these is corrected, with a reason that the record prints.
CORRECTED: Final = ("decided_by", "body_name", "decision_words", "amount", "minute")

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


_CORRECTED_HERE: Final = """
            IF OLD.{name} IS DISTINCT FROM NEW.{name} AND NOT EXISTS (
                SELECT 1 FROM records_correction
                WHERE decision_id = NEW.id AND field = '{name}' AND created_at >= now()
                  AND before = COALESCE(OLD.{name}::text, '')
                  AND records_correction.now = COALESCE(NEW.{name}::text, '')
            ) THEN
                RAISE EXCEPTION 'what was decided is not reworded'
                    USING ERRCODE = 'check_violation';
            END IF;"""


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


def corrected_in_the_open() -> pgtrigger.Trigger:
    """A slip is corrected only beside a row that says what stood there, what stands now, and why.

    The row is written in the same transaction: an old one does not let the words change again.
    """
    checks = "".join(_CORRECTED_HERE.format(name=name) for name in CORRECTED)
    return pgtrigger.Trigger(
        name="corrected_in_the_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.status IN ('decided', 'effective') AND ("
            + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in CORRECTED)
            + ")"
        ),
        func=f"""{checks}
            RETURN NEW;
        """,
    )


def less_time_for_a_reason() -> pgtrigger.Trigger:
    """People keep the time that they were told they have, or read why not."""
    return pgtrigger.Trigger(
        name="less_time_for_a_reason",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.consult_until IS NOT NULL"
            " AND (NEW.consult_until IS NULL OR NEW.consult_until < OLD.consult_until)"
            " AND (NEW.consult_words = '' OR NEW.consult_words = OLD.consult_words)"
        ),
        func="""
            RAISE EXCEPTION 'less time than people were told needs a reason'
                USING ERRCODE = 'check_violation';
        """,
    )


_ADVICE: Final = """
    IF TG_OP = 'UPDATE'
       AND (to_jsonb(NEW) - 'confirmed_by_id' - 'confirmed_at')
         = (to_jsonb(OLD) - 'confirmed_by_id' - 'confirmed_at')
       AND OLD.confirmed_by_id IS NULL AND NEW.confirmed_by_id IS NOT NULL
       AND EXISTS (
           SELECT 1 FROM records_decision WHERE id = NEW.decision_id
               AND status IN ('recommended', 'decided', 'called_in', 'effective')
       )
    THEN
        RETURN NEW;
    END IF;
"""


def advice_stands() -> pgtrigger.Trigger:
    """As duties do, but an adviser may still sign their own, unchanged, however late."""
    return _frozen(
        "advice_stands",
        "'recommended', 'decided', 'called_in', 'effective', 'withdrawn'",
        before=_ADVICE,
    )


_ASKED: Final = """
    IF TG_OP <> 'DELETE'
       AND EXISTS (
           SELECT 1 FROM records_advice
           WHERE decision_id = NEW.decision_id AND kind = NEW.kind AND confirmed_by_id IS NULL
       )
       AND EXISTS (
           SELECT 1 FROM records_decision WHERE id = NEW.decision_id
               AND status IN ('recommended', 'decided', 'called_in', 'effective')
       )
    THEN
        RETURN NEW;
    END IF;
"""


def adviser_asked() -> pgtrigger.Trigger:
    """As duties do, but who is to confirm what was typed in for them is named however late."""
    return _frozen(
        "adviser_asked",
        "'recommended', 'decided', 'called_in', 'effective', 'withdrawn'",
        before=_ASKED,
    )


def signed_by_the_adviser() -> pgtrigger.Trigger:
    """Only who was named signs; and words that change after that are signed again."""
    return pgtrigger.Trigger(
        name="signed_by_the_adviser",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.confirmed_by_id IS NOT NULL"),
        func="""
            IF NOT EXISTS (
                SELECT 1 FROM records_adviser
                WHERE decision_id = NEW.decision_id AND kind = NEW.kind
                  AND user_id = NEW.confirmed_by_id
            ) THEN
                RAISE EXCEPTION 'advice is signed by who was named to give it'
                    USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'UPDATE' AND OLD.confirmed_at IS NOT DISTINCT FROM NEW.confirmed_at
               AND (OLD.officer, OLD.words, OLD.given_on)
                   IS DISTINCT FROM (NEW.officer, NEW.words, NEW.given_on)
            THEN
                RAISE EXCEPTION 'words that changed are signed again'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def _frozen(name: str, statuses: str, *, before: str = "") -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=before + _CHILD.format(statuses=statuses),
    )


def frozen_once_recommended() -> pgtrigger.Trigger:
    """Advice and duties stand as they were when the decision was recommended."""
    return _frozen(
        "frozen_once_recommended", "'recommended', 'decided', 'called_in', 'effective', 'withdrawn'"
    )


def frozen_once_decided() -> pgtrigger.Trigger:
    """Interests may be declared until it is decided, in the meeting itself too."""
    return _frozen("frozen_once_decided", "'decided', 'called_in', 'effective', 'withdrawn'")
