"""What the database itself refuses, whoever asks."""

import pgtrigger

_BEGINS = """
    RAISE EXCEPTION 'a programme begins with its vision' USING ERRCODE = 'check_violation';
"""

_STEP = """
    IF array_position(ARRAY['vision', 'resources', 'options', 'delivery', 'learning'],
                      NEW.stage::text)
       IS DISTINCT FROM
       array_position(ARRAY['vision', 'resources', 'options', 'delivery', 'learning'],
                      OLD.stage::text) + 1
       OR NOT EXISTS (
           SELECT 1 FROM programmes_stagesignoff
           WHERE programme_id = OLD.id AND stage = OLD.stage
       )
    THEN
        RAISE EXCEPTION 'a programme goes on one stage at a time, when the stage is signed off'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

_CURRENT = """
    IF NOT EXISTS (
        SELECT 1 FROM programmes_programme WHERE id = NEW.programme_id AND stage = NEW.stage
    ) THEN
        RAISE EXCEPTION 'only the stage that a programme is in can be signed off'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""

_LINES = """
    IF EXISTS (
        SELECT 1 FROM programmes_vision
        WHERE agreed_at IS NOT NULL
          AND id = (CASE WHEN TG_OP = 'DELETE' THEN OLD.vision_id ELSE NEW.vision_id END)
    ) THEN
        RAISE EXCEPTION 'the outcomes of an agreed vision stay as they were agreed'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def begins_with_vision() -> pgtrigger.Trigger:
    """A programme cannot be inserted beyond its first stage."""
    return pgtrigger.Trigger(
        name="begins_with_vision",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=~pgtrigger.Q(new__stage="vision"),
        func=_BEGINS,
    )


def stage_by_sign_off() -> pgtrigger.Trigger:
    """The stage only goes forward, by one, past a sign-off."""
    return pgtrigger.Trigger(
        name="stage_by_sign_off",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("stage"),
        func=_STEP,
    )


def current_stage_only() -> pgtrigger.Trigger:
    """A sign-off is of the stage that the programme is in."""
    return pgtrigger.Trigger(
        name="current_stage_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=_CURRENT,
    )


def agreed_lines_stay() -> pgtrigger.Trigger:
    """The outcomes of an agreed vision are as frozen as its words."""
    return pgtrigger.Trigger(
        name="agreed_lines_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_LINES,
    )
