"""What the database itself refuses about rounds, the register and the ballot box.

Plain SQL and not pgtrigger, whose triggers a session may ask to ignore: these can be switched off
by the owner of the tables only. Each refusal carries a constraint name, by which the code knows it.
Lock order everywhere: round (advisory), elector, sealed, slip.
"""

from django.db import migrations

SHARED = "PERFORM pg_advisory_xact_lock_shared(hashtextextended({}::text, 0));"
EXCLUSIVE = "PERFORM pg_advisory_xact_lock(hashtextextended({}::text, 0));"


def refuse(name: str, words: str) -> str:
    """The statement that refuses, under the name by which it is recognised."""
    return (
        f"RAISE EXCEPTION '{words}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';"
    )


def function(name: str, declared: str, body: str) -> str:
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
        DECLARE {declared}
        BEGIN {body}
        END $guard$;
    """


def row_trigger(table: str, name: str, function: str, when: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {function}();"
    )


ROUND = function(
    "budgeting_round_guard",
    """
        col text;
        once text[] := ARRAY['verified_at', 'backup_confirmed_at', 'backup_confirmed_by_id',
                             'backup_note', 'key_destroyed_at', 'reviewed_at', 'owners_told_at',
                             'published_at'];
        later text[] := once || ARRAY['status', 'closes_at', 'record_id'];
    """,
    f"""
        IF TG_OP = 'INSERT' THEN
            IF NEW.status <> 'draft' THEN
                {refuse("round_begins_as_draft", "a round begins as a draft")}
            END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' THEN
            IF OLD.status <> 'draft' THEN
                {refuse("round_stays", "a round that opened stays")}
            END IF;
            RETURN OLD;
        END IF;
        IF NEW.status <> OLD.status OR NEW.closes_at <> OLD.closes_at THEN
            {EXCLUSIVE.format("OLD.id")}
        END IF;
        IF NEW.status <> OLD.status THEN
            IF (OLD.status, NEW.status) NOT IN (('draft', 'open'), ('open', 'closing'),
                                                ('closing', 'counted'), ('counted', 'sealed')) THEN
                {refuse("round_status_moves_on", "a round goes on one status at a time")}
            END IF;
            IF NEW.status = 'open' AND (
                NEW.config = '' OR NEW.sealed_len IS NULL OR NEW.code_symbols IS NULL
                OR encode(sha256(convert_to(NEW.config, 'UTF8')), 'hex') <> NEW.config_sha256
            ) THEN
                {refuse("round_opens_with_its_terms", "a round opens with its terms and digest")}
            END IF;
            IF NEW.status = 'counted' AND NOT EXISTS (
                SELECT FROM budgeting_closing WHERE round_id = NEW.id
            ) THEN
                {refuse("round_counted_with_its_numbers", "a count has its numbers")}
            END IF;
            IF NEW.status = 'sealed' AND (
                NEW.verified_at IS NULL OR NEW.backup_confirmed_at IS NULL
                OR NEW.key_destroyed_at IS NULL
            ) THEN
                {refuse("round_sealed_after_backup", "verified and backed up, then sealed")}
            END IF;
        END IF;
        IF OLD.status = 'draft' THEN
            IF OLD.code_symbols IS NOT NULL AND NEW.code_symbols IS DISTINCT FROM OLD.code_symbols
            THEN
                {refuse("round_code_length_stays", "cards are printed with this length of code")}
            END IF;
            RETURN NEW;
        END IF;
        IF to_jsonb(NEW) - later IS DISTINCT FROM to_jsonb(OLD) - later THEN
            {refuse("round_is_frozen", "what a round declares is frozen when it opens")}
        END IF;
        FOREACH col IN ARRAY once LOOP
            IF coalesce(to_jsonb(OLD) ->> col, '') <> ''
               AND to_jsonb(NEW) -> col IS DISTINCT FROM to_jsonb(OLD) -> col THEN
                {refuse("round_written_once", "this is written once")}
            END IF;
        END LOOP;
        IF NEW.closes_at <> OLD.closes_at AND (
            OLD.status <> 'open' OR NEW.closes_at < OLD.closes_at
            OR clock_timestamp() >= OLD.closes_at
            OR NOT EXISTS (
                SELECT FROM budgeting_closesmoved
                WHERE round_id = OLD.id AND moved_from = OLD.closes_at AND moved_to = NEW.closes_at
            )
        ) THEN
            {refuse("round_closes_later_with_a_reason", "later, while open, with a reason")}
        END IF;
        RETURN NEW;
    """,
)

# What stands on the ballot is frozen with the round; a project may be flagged as withdrawn.
ON_BALLOT = function(
    "budgeting_on_ballot_guard",
    """
        rid uuid;
        st text;
        flag text[] := ARRAY['withdrawn_at', 'withdrawn_reason'];
    """,
    f"""
        FOREACH rid IN ARRAY CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.round_id]
                                        WHEN 'DELETE' THEN ARRAY[OLD.round_id]
                                        ELSE ARRAY[OLD.round_id, NEW.round_id] END
        LOOP
            {SHARED.format("rid")}
            SELECT status INTO st FROM budgeting_round WHERE id = rid;
            IF st IS NULL OR st = 'draft' THEN
                CONTINUE;
            END IF;
            IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'budgeting_project'
               AND st IN ('open', 'closing')
               AND to_jsonb(OLD) ->> 'withdrawn_at' IS NULL
               AND to_jsonb(NEW) - flag = to_jsonb(OLD) - flag THEN
                CONTINUE;
            END IF;
            {refuse("ballot_is_frozen", "what stands on the ballot is frozen")}
        END LOOP;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)

ELECTOR = function(
    "budgeting_elector_guard",
    "st text;",
    f"""
        IF TG_OP = 'DELETE' THEN
            {refuse("register_stays", "an entry of the register is voided, never removed")}
        END IF;
        {SHARED.format("NEW.round_id")}
        SELECT status INTO st FROM budgeting_round WHERE id = NEW.round_id;
        IF TG_OP = 'INSERT' THEN
            IF st NOT IN ('draft', 'open') OR NEW.state <> 'printed' OR NEW.used IS NOT NULL THEN
                {refuse("register_is_closed", "cards are made before the close, not handed out")}
            END IF;
            RETURN NEW;
        END IF;
        IF (NEW.id, NEW.round_id, NEW.serial) <> (OLD.id, OLD.round_id, OLD.serial)
           OR (OLD.handed_out AND NOT NEW.handed_out) THEN
            {refuse("register_stays", "an entry of the register keeps its round and number")}
        END IF;
        IF NEW.state <> OLD.state THEN
            IF st NOT IN ('draft', 'open')
               AND NOT (st = 'closing' AND OLD.state = 'printed' AND NEW.state = 'void') THEN
                {refuse("register_is_closed", "the register is closed")}
            END IF;
            IF (OLD.state, NEW.state) NOT IN (('printed', 'active'), ('printed', 'void'),
                                              ('active', 'paper'), ('active', 'void')) THEN
                {refuse("elector_state_moves_on", "printed, active, then paper or void")}
            END IF;
            IF NEW.state = 'paper' AND EXISTS (
                SELECT FROM budgeting_sealed WHERE elector_id = NEW.id
            ) THEN
                {refuse("elector_votes_once", "this card has voted already")}
            END IF;
        END IF;
        IF NEW.used IS DISTINCT FROM OLD.used
           AND NOT (st = 'closing' AND OLD.used IS NULL)
           AND NOT (st = 'sealed' AND NEW.used IS NULL) THEN
            {refuse("used_is_set_at_the_close", "whether a card voted is written at the close")}
        END IF;
        RETURN NEW;
    """,
)

CREDENTIAL = function(
    "budgeting_credential_guard",
    "st text;",
    f"""
        IF TG_OP = 'DELETE' THEN
            {refuse("register_stays", "a code is revoked, never removed")}
        END IF;
        {SHARED.format("NEW.round_id")}
        SELECT status INTO st FROM budgeting_round WHERE id = NEW.round_id;
        IF st NOT IN ('draft', 'open') THEN
            {refuse("register_is_closed", "the register is closed")}
        END IF;
        IF TG_OP = 'UPDATE' AND (
            to_jsonb(NEW) - 'active' <> to_jsonb(OLD) - 'active' OR (NEW.active AND NOT OLD.active)
        ) THEN
            {refuse("register_stays", "a code is revoked, never changed")}
        END IF;
        RETURN NEW;
    """,
)

SEALED = function(
    "budgeting_sealed_guard",
    """
        eid uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.elector_id ELSE NEW.elector_id END;
        rid uuid;
        e record;
    """,
    f"""
        IF current_setting('transaction_isolation') <> 'read committed' THEN
            {refuse("sealed_in_read_committed", "ballots are cast in READ COMMITTED")}
        END IF;
        SELECT round_id INTO rid FROM budgeting_elector WHERE id = eid;
        {SHARED.format("rid")}
        SELECT el.state, r.status, r.opens_at, r.closes_at, r.sealed_len INTO e
        FROM budgeting_elector el JOIN budgeting_round r ON r.id = el.round_id
        WHERE el.id = eid FOR UPDATE OF el;
        IF TG_OP = 'DELETE' THEN
            IF e.status <> 'sealed' THEN
                {refuse("sealed_stays", "sealed ballots stay until the key is destroyed")}
            END IF;
            RETURN OLD;
        END IF;
        IF e.status <> 'open' OR clock_timestamp() < e.opens_at
           OR clock_timestamp() >= e.closes_at THEN
            {refuse("round_is_not_open", "voting is not open")}
        END IF;
        IF e.state <> 'active' THEN
            {refuse("card_is_not_active", "this card is not active")}
        END IF;
        IF octet_length(NEW.draft) <> e.sealed_len + 28
           OR octet_length(NEW.counted) <> e.sealed_len + 28 THEN
            {refuse("sealed_ballots_look_alike", "sealed ballots have one length")}
        END IF;
        IF TG_OP = 'INSERT' THEN
            IF NEW.rev <> 1 THEN
                {refuse("sealed_revisions_count", "a first revision is 1")}
            END IF;
            RETURN NEW;
        END IF;
        IF NEW.elector_id <> OLD.elector_id OR NEW.rev <> OLD.rev + 1 THEN
            {refuse("sealed_revisions_count", "each revision follows the one before")}
        END IF;
        IF OLD.counted IS NOT NULL AND NEW.counted IS NULL THEN
            {refuse("counted_stays_counted", "a vote that is in stays in")}
        END IF;
        RETURN NEW;
    """,
)

SLIP = function(
    "budgeting_slip_guard",
    "st text; rid uuid;",
    f"""
        IF TG_OP = 'DELETE' THEN
            rid := CASE TG_TABLE_NAME WHEN 'budgeting_slip' THEN (to_jsonb(OLD) ->> 'round_id')::uuid
                   ELSE (SELECT round_id FROM budgeting_slip
                         WHERE id = (to_jsonb(OLD) ->> 'slip_id')::uuid) END;
        ELSE
            rid := CASE TG_TABLE_NAME WHEN 'budgeting_slip' THEN (to_jsonb(NEW) ->> 'round_id')::uuid
                   ELSE (SELECT round_id FROM budgeting_slip
                         WHERE id = (to_jsonb(NEW) ->> 'slip_id')::uuid) END;
        END IF;
        {SHARED.format("rid")}
        SELECT status INTO st FROM budgeting_round WHERE id = rid;
        IF TG_OP = 'DELETE' THEN
            IF st <> 'sealed' OR TG_TABLE_NAME = 'budgeting_slip' THEN
                {refuse("slips_stay", "slips stay until the key is destroyed")}
            END IF;
            RETURN OLD;
        END IF;
        IF st NOT IN ('open', 'closing') THEN
            {refuse("round_is_not_open", "slips are handed out and keyed while the round is open")}
        END IF;
        IF TG_OP = 'UPDATE' AND (TG_TABLE_NAME <> 'budgeting_slip'
                                 OR to_jsonb(OLD) ->> 'state' <> 'issued') THEN
            {refuse("slips_stay", "what was keyed or settled stays")}
        END IF;
        RETURN NEW;
    """,
)

BALLOT = function(
    "budgeting_ballot_guard",
    "st text;",
    f"""
        IF TG_OP <> 'INSERT' THEN
            {refuse("ballots_stay", "an anonymous ballot is never changed or removed")}
        END IF;
        {SHARED.format("NEW.round_id")}
        SELECT status INTO st FROM budgeting_round WHERE id = NEW.round_id;
        IF st <> 'closing' THEN
            {refuse("ballots_only_at_the_close", "anonymous ballots are written at the close")}
        END IF;
        RETURN NEW;
    """,
)

RECOUNT = function(
    "budgeting_closing_recount",
    "b record; e record; s integer; st text;",
    f"""
        SELECT count(*) AS n, count(*) FILTER (WHERE choices = '[]') AS blank,
               coalesce(min(n), 1) AS first, coalesce(max(n), 0) AS last,
               encode(sha256(convert_to(coalesce(string_agg(choices || chr(10), '' ORDER BY n), ''),
                                        'UTF8')), 'hex') AS digest,
               encode(sha256(convert_to(coalesce(string_agg(choices || chr(10), ''
                                        ORDER BY choices COLLATE "C"), ''),
                                        'UTF8')), 'hex') AS sorted
        INTO b FROM budgeting_ballot WHERE round_id = NEW.round_id;
        SELECT count(*) AS n, count(*) FILTER (WHERE used) AS used,
               count(*) FILTER (WHERE handed_out) AS handed_out,
               count(*) FILTER (WHERE state = 'paper') AS paper,
               count(*) FILTER (WHERE state = 'void' AND handed_out) AS called_in
        INTO e FROM budgeting_elector WHERE round_id = NEW.round_id;
        SELECT count(*) INTO s FROM budgeting_slip
        WHERE round_id = NEW.round_id AND state = 'agreed';
        SELECT status INTO st FROM budgeting_round WHERE id = NEW.round_id;
        IF (NEW.ballots, NEW.blank, NEW.electors, NEW.used, NEW.handed_out, NEW.paper,
            NEW.called_in, NEW.slips, NEW.digest)
           <> (b.n, b.blank, e.n, e.used, e.handed_out, e.paper, e.called_in, s, b.digest)
           OR b.first <> 1 OR b.last <> b.n OR b.digest <> b.sorted OR st = 'closing' THEN
            {refuse("closing_recounts", "the numbers of a close are those of the tables")}
        END IF;
        RETURN NULL;
    """,
)

CLOSING = function(
    "budgeting_closing_guard",
    "st text;",
    f"""
        IF TG_OP <> 'INSERT' THEN
            {refuse("closing_stays", "the numbers of a close are never changed")}
        END IF;
        SELECT status INTO st FROM budgeting_round WHERE id = NEW.round_id;
        IF st <> 'closing' THEN
            {refuse("ballots_only_at_the_close", "a close is written while closing")}
        END IF;
        RETURN NEW;
    """,
)

REFUSE_ALL = function(
    "budgeting_refuse_all",
    "nothing text;",
    refuse("never_emptied", "this table is never emptied and its rows never changed"),
)

# What a voter's rows say now. A function's plans are kept, which a statement sent by itself would
# pay for each time.
CAST_STATE = """
    CREATE FUNCTION budgeting_cast_state(the_round uuid, the_elector uuid, the_credential uuid)
    RETURNS TABLE (
        card_active boolean, elector_state varchar, status varchar, begun boolean, ended boolean,
        config_sha256 varchar, sealed_len integer, rev integer, counted bytea, draft bytea,
        last_op uuid, withdrawn integer[]
    ) LANGUAGE plpgsql VOLATILE AS $cast$
    BEGIN
        RETURN QUERY
        SELECT c.active, e.state, r.status, clock_timestamp() >= r.opens_at,
               clock_timestamp() >= r.closes_at, r.config_sha256, r.sealed_len,
               coalesce(s.rev, 0), s.counted, s.draft, s.last_op,
               ARRAY(SELECT p.number FROM budgeting_project p
                     WHERE p.round_id = r.id AND p.withdrawn_at IS NOT NULL)
        FROM budgeting_credential c
        JOIN budgeting_elector e ON e.id = c.elector_id
        JOIN budgeting_round r ON r.id = e.round_id
        LEFT JOIN budgeting_sealed s ON s.elector_id = e.id
        WHERE c.id = the_credential AND e.id = the_elector AND r.id = the_round;
    END $cast$;
"""

# The write of a cast: one statement and so one transaction, whose locks are never held while
# anything waits for the network. It judges again, under its locks, what was judged before them:
# a volatile function takes a new snapshot for each statement in READ COMMITTED, so that what
# follows a lock sees what its last holder did. It says whether it wrote.
CAST_WRITE = """
    CREATE FUNCTION budgeting_cast_write(
        the_round uuid, the_elector uuid, the_credential uuid,
        the_op uuid, expected integer, new_counted bytea, new_draft bytea
    ) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $cast$
    DECLARE seen record;
    BEGIN
        PERFORM set_config('lock_timeout', '5s', true);
        PERFORM set_config('synchronous_commit', 'on', true);
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(the_round::text, 0));
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

EVERY = "INSERT OR UPDATE OR DELETE"
TRIGGERS = [
    ("budgeting_round", "budgeting_round_guard", EVERY),
    ("budgeting_project", "budgeting_on_ballot_guard", EVERY),
    ("budgeting_areabudget", "budgeting_on_ballot_guard", EVERY),
    ("budgeting_elector", "budgeting_elector_guard", EVERY),
    ("budgeting_credential", "budgeting_credential_guard", EVERY),
    ("budgeting_sealed", "budgeting_sealed_guard", EVERY),
    ("budgeting_slip", "budgeting_slip_guard", EVERY),
    ("budgeting_slipentry", "budgeting_slip_guard", EVERY),
    ("budgeting_ballot", "budgeting_ballot_guard", EVERY),
    ("budgeting_closing", "budgeting_closing_guard", EVERY),
    ("budgeting_batch", "budgeting_refuse_all", "UPDATE OR DELETE"),
]
NEVER_EMPTIED = sorted({table for table, _function, _when in TRIGGERS})
FUNCTIONS = {
    "budgeting_round_guard": ROUND,
    "budgeting_on_ballot_guard": ON_BALLOT,
    "budgeting_elector_guard": ELECTOR,
    "budgeting_credential_guard": CREDENTIAL,
    "budgeting_sealed_guard": SEALED,
    "budgeting_slip_guard": SLIP,
    "budgeting_ballot_guard": BALLOT,
    "budgeting_closing_guard": CLOSING,
    "budgeting_closing_recount": RECOUNT,
    "budgeting_refuse_all": REFUSE_ALL,
}


def operations() -> list[migrations.RunSQL]:
    """Each function, then each trigger, with its way back."""
    steps = [
        migrations.RunSQL(sql, f"DROP FUNCTION {name}();") for name, sql in FUNCTIONS.items()
    ]
    steps += [
        migrations.RunSQL(CAST_STATE, "DROP FUNCTION budgeting_cast_state(uuid, uuid, uuid);"),
        migrations.RunSQL(
            CAST_WRITE,
            "DROP FUNCTION budgeting_cast_write(uuid, uuid, uuid, uuid, integer, bytea, bytea);",
        ),
    ]
    for table, name, when in TRIGGERS:
        steps.append(
            migrations.RunSQL(
                row_trigger(table, "guard", name, when), f"DROP TRIGGER guard ON {table};"
            )
        )
    steps.append(
        migrations.RunSQL(
            "CREATE CONSTRAINT TRIGGER recount AFTER INSERT ON budgeting_closing"
            " DEFERRABLE INITIALLY DEFERRED"
            " FOR EACH ROW EXECUTE FUNCTION budgeting_closing_recount();",
            "DROP TRIGGER recount ON budgeting_closing;",
        )
    )
    for table in NEVER_EMPTIED:
        steps.append(
            migrations.RunSQL(
                f"CREATE TRIGGER keep_all BEFORE TRUNCATE ON {table}"
                " FOR EACH STATEMENT EXECUTE FUNCTION budgeting_refuse_all();",
                f"DROP TRIGGER keep_all ON {table};",
            )
        )
    steps.append(
        migrations.RunSQL(
            "ALTER TABLE budgeting_credential ADD CONSTRAINT credential_of_its_elector"
            " FOREIGN KEY (elector_id, round_id) REFERENCES budgeting_elector (id, round_id);",
            "ALTER TABLE budgeting_credential DROP CONSTRAINT credential_of_its_elector;",
        )
    )
    return steps


class Migration(migrations.Migration):
    dependencies = [("budgeting", "0001_initial")]

    operations = operations()
