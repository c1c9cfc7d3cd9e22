"""Which of the database's guards refused: known by constraint name or SQLSTATE, never by words."""

from django.db import Error

LOCK_NOT_AVAILABLE = "55P03"


def guard_of(error: Error) -> str:
    """The name of the constraint that refused, or an empty string."""
    diag = getattr(error.__cause__, "diag", None)
    return getattr(diag, "constraint_name", None) or ""


def waited_too_long(error: Error) -> bool:
    """Whether a lock could not be had within ``lock_timeout``."""
    return getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE
