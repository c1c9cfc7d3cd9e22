"""What tables share: random ids, times, and triggers that keep a table append-only."""

import uuid
from typing import Any

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class Table(models.Model):
    """A row with a random id: nothing can be learnt or guessed from it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class DatedTable(Table):
    """A row that knows when it was made, by the database's clock."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


def append_only(*, but: list[str] | None = None) -> list[pgtrigger.Trigger]:
    """Triggers that refuse update, delete and truncate; ``but`` names columns that may change.

    >>> class Meta:  # doctest: +SKIP
    ...     triggers = append_only()
    """
    update: dict[str, Any] = {"operation": pgtrigger.Update}
    if but is not None:
        update["condition"] = pgtrigger.AnyChange(exclude=but)
    return [
        pgtrigger.Protect(name="keep_as_written", **update),
        pgtrigger.Protect(name="keep", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="keep_all",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME;",
        ),
    ]
