"""The two database roles: the owner makes tables, the app works with rows.

The app role can neither truncate a table nor alter one, so it cannot switch a trigger off.
"""

from typing import LiteralString

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# MAINTAIN is for VACUUM: when a vote closes, what held its sealed ballots is swept.
GRANTS: tuple[LiteralString, ...] = (
    "GRANT USAGE ON SCHEMA public TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    " GRANT SELECT, INSERT, UPDATE, DELETE, MAINTAIN ON TABLES TO {app}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
)


def grant_to_app(owner: BaseDatabaseWrapper, app: str) -> None:
    """Let the app role read and write the rows of every table that the owner makes from now on.

    Default privileges rather than grants, so that a migration may take a right away again.
    """
    with owner.cursor() as cursor:
        for statement in GRANTS:
            cursor.execute(sql.SQL(statement).format(app=sql.Identifier(app)))
