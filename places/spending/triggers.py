"""What the database itself holds true of lines.

A foreign key looks once for every line that comes in; four of them made up half the time of an
import. These triggers hold the same, and that the four are of one place, with one look for a whole
statement: they lock what is named as a foreign key would, and what is named cannot be deleted.
"""

import pgtrigger

# Ids go as arrays, so that each is found by its primary key whatever the planner knows: joined, it
# once took minutes in a place that it had not counted yet.
_NAMED_HERE = """
        named := ARRAY(SELECT DISTINCT WHAT_id FROM new_lines WHERE place_id = here);
        WITH held AS MATERIALIZED (
            SELECT place_id FROM spending_WHAT WHERE id = ANY(named) FOR KEY SHARE
        )
        SELECT count(*) INTO found FROM held WHERE place_id = here;
        IF found <> cardinality(named) THEN
            RAISE foreign_key_violation
                USING MESSAGE = 'a line, its source, payer and payee are there, and of one place';
        END IF;
"""
_EACH_PLACE = """
    FOR here IN SELECT DISTINCT place_id FROM new_lines LOOP
        NAMED_HERE
    END LOOP;
    RETURN NULL;
"""
_STAND = _EACH_PLACE.replace(
    "NAMED_HERE",
    "".join(_NAMED_HERE.replace("WHAT", what) for what in ("payee", "payer", "source")),
)

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
            declare=[("here", "uuid"), ("named", "uuid[]"), ("found", "bigint")],
            func=_STAND,
        )
        for name, operation in (
            ("lines_stand", pgtrigger.Insert),
            ("changed_lines_stand", pgtrigger.Update),
        )
    ]


_SEEN = """
    IF EXISTS (
        SELECT 1
        FROM (SELECT DISTINCT source_id FROM new_seen) AS seen
        LEFT JOIN spending_source AS source ON source.id = seen.source_id
        WHERE source.id IS NULL
    ) OR (
        WITH held AS MATERIALIZED (
            SELECT id FROM spending_spendingline
            WHERE id = ANY(ARRAY(SELECT line_id FROM new_seen)) FOR KEY SHARE
        )
        SELECT count(*) FROM held
    ) <> (SELECT count(DISTINCT line_id) FROM new_seen) THEN
        RAISE foreign_key_violation USING MESSAGE = 'what was seen again is there';
    END IF;
    RETURN NULL;
"""


def lines_seen_are_there() -> pgtrigger.Trigger:
    """A line that was seen again is there, and so is who saw it."""
    return pgtrigger.Trigger(
        name="seen_is_there",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_seen"),  # type: ignore[no-untyped-call]
        func=_SEEN,
    )


def keep_while_seen(what: str) -> pgtrigger.Trigger:
    """A line, or a source, goes after what says that the one was seen again in the other."""
    return _kept("keep_while_seen", _KEEP.replace("spendingline", "seenagain"), what)


def keep_while_named(what: str) -> pgtrigger.Trigger:
    """What a line names is not deleted."""
    return _kept("keep_while_named", _KEEP, what)


def _kept(name: str, func: str, what: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        referencing=pgtrigger.Referencing(old="gone"),  # type: ignore[no-untyped-call]
        func=func.replace("WHAT", what),
    )
