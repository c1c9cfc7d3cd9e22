"""Advisory locks on PostgreSQL: taken inside a transaction, gone with it."""

from uuid import UUID

from django.db import connection


def _in_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a lock is taken inside a transaction, or it protects nothing")


def lock(name: str | UUID, *, shared: bool = False) -> None:
    """Wait for the lock on ``name`` and hold it until the transaction ends.

    Two names may share a lock by collision, which only makes one wait for the other.
    """
    _in_transaction()
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [str(name)])


def try_lock(name: str | UUID) -> bool:
    """Take the lock if nobody holds it; say whether it was taken."""
    _in_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [str(name)])
        row: tuple[bool] = cursor.fetchone()
    return row[0]
