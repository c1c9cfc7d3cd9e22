"""A saved ballot is written with less work: its settings and its lock are assigned, not queried.

PL/pgSQL plans and runs a query for each ``PERFORM``, but works an assignment out by itself. Nothing
else of the write changes: each later statement still takes a new snapshot, after the lock.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("participation.budgeting.migrations.0002_ballot_box").CAST_WRITE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
AFTER = """
    CREATE OR REPLACE FUNCTION budgeting_cast_write(
        the_round uuid, the_elector uuid, the_credential uuid,
        the_op uuid, expected integer, new_counted bytea, new_draft bytea
    ) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $cast$
    DECLARE seen record; done text;
    BEGIN
        done := set_config('lock_timeout', '5s', true);
        done := set_config('synchronous_commit', 'on', true);
        done := pg_advisory_xact_lock_shared(hashtextextended(the_round::text, 0));
        PERFORM FROM budgeting_elector e
        WHERE e.id = the_elector AND e.round_id = the_round FOR UPDATE;
        SELECT * INTO seen
        FROM budgeting_cast_state(the_round, the_elector, the_credential);
        IF NOT FOUND OR seen.rev <> expected OR seen.last_op = the_op
           OR NOT seen.card_active OR seen.elector_state <> 'active'
           OR seen.status <> 'open' OR NOT seen.begun OR seen.ended THEN
            RETURN false;
        END IF;
        IF expected = 0 THEN
            INSERT INTO budgeting_sealed (elector_id, rev, counted, draft, last_op)
            VALUES (the_elector, 1, new_counted, new_draft, the_op);
        ELSE
            UPDATE budgeting_sealed
            SET rev = expected + 1, counted = new_counted, draft = new_draft, last_op = the_op
            WHERE elector_id = the_elector;
        END IF;
        RETURN true;
    END $cast$;
"""


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0004_area_label")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
