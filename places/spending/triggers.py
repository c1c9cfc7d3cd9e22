"""What the database itself holds true of lines.

A foreign key looks once for every line that comes in; four of them made up half the time of an
import. These triggers hold the same, and that the four are of one place, with one look for a whole
statement: they lock what is named as a foreign key would, and what is named cannot be deleted.
"""

import pgtrigger

_STAND = """
    PERFORM 1 FROM spending_payee
    WHERE id IN (SELECT DISTINCT payee_id FROM new_lines) FOR KEY SHARE;
    PERFORM 1 FROM spending_payer
    WHERE id IN (SELECT DISTINCT payer_id FROM new_lines) FOR KEY SHARE;
    PERFORM 1 FROM spending_source
    WHERE id IN (SELECT DISTINCT source_id FROM new_lines) FOR KEY SHARE;
    IF EXISTS (
        SELECT 1
        FROM (SELECT DISTINCT place_id, payee_id, payer_id, source_id FROM new_lines) AS line
        LEFT JOIN spending_payee AS payee
            ON payee.id = line.payee_id AND payee.place_id = line.place_id
        LEFT JOIN spending_payer AS payer
            ON payer.id = line.payer_id AND payer.place_id = line.place_id
        LEFT JOIN spending_source AS source
            ON source.id = line.source_id AND source.place_id = line.place_id
        WHERE payee.id IS NULL OR payer.id IS NULL OR source.id IS NULL
    ) THEN
        RAISE foreign_key_violation
            USING MESSAGE = 'a line, its source, payer and payee are there, and of one place';
    END IF;
    RETURN NULL;
"""

_KEEP = """
    IF EXISTS (
        SELECT 1 FROM spending_spendingline AS line JOIN gone ON line.WHAT_id = gone.id
    ) THEN
        RAISE foreign_key_violation USING MESSAGE = 'a line of spending names it';
    END IF;
    RETURN NULL;
"""


def lines_stand() -> list[pgtrigger.Trigger]:
    """Payer, payee and source of every line are there, and of the line's place."""
    return [
        pgtrigger.Trigger(
            name=name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="new_lines"),  # type: ignore[no-untyped-call]
            func=_STAND,
        )
        for name, operation in (
            ("lines_stand", pgtrigger.Insert),
            ("changed_lines_stand", pgtrigger.Update),
        )
    ]


def keep_while_named(what: str) -> pgtrigger.Trigger:
    """What a line names is not deleted."""
    return pgtrigger.Trigger(
        name="keep_while_named",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="gone"),  # type: ignore[no-untyped-call]
        func=_KEEP.replace("WHAT", what),
    )
