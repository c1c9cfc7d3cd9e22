"""How triggers ask for the settings of pgtrigger and pghistory, without a subtransaction per row.

Both libraries read a setting that may lack in a block that catches the error. Outside a request
nobody has set it, so each row ends a subtransaction, and PostgreSQL then looks through every check
that waits for the commit: taking out a file of 20,000 payees took two minutes, nearly all of it so.
``current_setting`` can be told that a setting may lack. The functions are otherwise the libraries'.
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_IS_IGNORED: Final = """
    CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $$
        SELECT coalesce(
            trigger_name = ANY (nullif(current_setting('pgtrigger.ignore', true), '')::text[]),
            false
        );
    $$ LANGUAGE sql STABLE
"""
_BELONGS_TO: Final = """
    CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
        DECLARE
            told_id UUID := nullif(current_setting('pghistory.context_id', true), '');
            told JSONB := nullif(current_setting('pghistory.context_metadata', true), '');
        BEGIN
            IF told_id IS NULL OR told IS NULL THEN
                RETURN NULL;
            END IF;
            INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
                VALUES (told_id, told, now(), now())
                ON CONFLICT (id) DO UPDATE
                    SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
                    WHERE pghistory_context.metadata != EXCLUDED.metadata;
            RETURN told_id;
        END;
    $$ LANGUAGE plpgsql
"""
_BOTH_ARE_THERE: Final = """
    SELECT to_regproc('_pgtrigger_should_ignore') IS NOT NULL
        AND to_regproc('_pgh_attach_context') IS NOT NULL
"""


def ask_plainly(owner: BaseDatabaseWrapper) -> None:
    """Put ours in the place of the libraries' functions, which each new trigger brings again."""
    with owner.cursor() as cursor:
        cursor.execute(_BOTH_ARE_THERE)
        if cursor.fetchone() == (True,):
            cursor.execute(_IS_IGNORED)
            cursor.execute(_BELONGS_TO)
