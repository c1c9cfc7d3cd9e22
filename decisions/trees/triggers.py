"""What the database itself refuses of a walk, whoever asks."""

import pgtrigger

# The share lock waits for whoever is locking the walk at this moment, and then sees it locked.
_OPEN = """
    PERFORM 1 FROM trees_appraisal WHERE id = NEW.appraisal_id AND locked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this walk is locked' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def only_while_open() -> pgtrigger.Trigger:
    """Nothing is added to a walk that is locked, and nothing in it changes."""
    return pgtrigger.Trigger(
        name="only_while_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_OPEN,
    )
