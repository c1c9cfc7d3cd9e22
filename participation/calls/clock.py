"""The one clock that opening, closing and lateness are judged by: the database's."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The moment of asking, not of the transaction's beginning: ask after the lock is held."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
