"""The database's clock: one for everybody."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """Now, by the database, at this statement (not when its transaction began)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
