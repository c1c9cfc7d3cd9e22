"""What the worker does for imports: fetch, read in, sweep up, forget.

A worker holds an advisory lock on the import for as long as it works; PostgreSQL frees it when the
worker dies, and with it everything that was half written is gone, since rows, counts and state are
one transaction. The sweep then queues the import again.
"""

import datetime as dt
import io
import logging
import tempfile
from pathlib import Path
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commissioning.ground import memory
from commissioning.ground.answers import Invalid
from commissioning.ground.locks import try_lock
from commissioning.programmes import history
from places.imports import store
from places.imports.feeds import fetch_all
from places.imports.fetching import Fetcher
from places.imports.formats.texts import FileError
from places.imports.looking import look_at
from places.imports.mending_file import write_errors
from places.imports.models import Import
from places.imports.reading import Look, look
from places.imports.running import Outcome, bring_in, keep_outcome

logger = logging.getLogger(__name__)

State = Import.State
LONGEST = 840  # seconds that one import may take
MOST_TRIES = 3
KEPT_FOR = dt.timedelta(days=90)  # the file itself; what came in stays
LEFT_FOR = dt.timedelta(days=7)  # a file that somebody brought and never started
_MOST_A_SWEEP = 100


@shared_task(name="imports.work", soft_time_limit=LONGEST)
def work(import_id: str) -> None:
    """Fetch or read in one file; harmless when run twice, or by two workers at once."""
    found = UUID(import_id)
    if not _claim(found):
        return
    try:
        with transaction.atomic():
            if not try_lock(_work_lock(found)):
                return
            import_ = (
                Import.objects.select_related("place", "programme")
                .filter(pk=found, state__in=[State.FETCHING, State.WORKING])
                .first()
            )
            if import_ is not None:
                _fetch(import_) if import_.state == State.FETCHING else _read_in(import_)
    except (FileError, Invalid) as error:
        _fail(found, str(error))
    except Exception as error:  # whatever it was: counted, tried again by the sweep, then said
        # Not the message: it may quote what the file says.
        logger.error("import %s stopped: %s", found, type(error).__name__)
        _fail_after_tries(found)


def queue(import_: Import) -> None:
    """Hand the import to a worker on commit. If Redis is down the sweep finds it."""
    name = str(import_.pk)
    transaction.on_commit(lambda: work.apply_async(args=(name,), retry=False), robust=True)


def _work_lock(import_id: UUID) -> str:
    return f"imports:work:{import_id}"


def _claim(import_id: UUID) -> bool:
    """Count the try where everybody sees it; refuse what another worker holds."""
    with transaction.atomic():
        if not try_lock(_work_lock(import_id)):
            return False
        unfinished = Import.objects.filter(pk=import_id, state__in=Import.UNFINISHED)
        if unfinished.filter(attempts__gte=MOST_TRIES).exists():
            _fail(import_id, _("The work stopped several times before it was done."))
            return False
        unfinished.filter(state=State.QUEUED).update(state=State.WORKING)
        return bool(unfinished.update(attempts=F("attempts") + 1, started_at=timezone.now()))


def _fetch(import_: Import) -> None:
    with tempfile.NamedTemporaryFile() as temporary:
        path = Path(temporary.name)
        fetcher = Fetcher(allowed=frozenset(settings.IMPORTS_MAY_FETCH_FROM))
        fetched = fetch_all(fetcher, import_.url, path)
        with path.open("rb") as file:
            import_.file = store.keep(File(file))
    import_.file_name = fetched.file_name[:160]
    try:
        look_at(import_)
    except FileError:
        store.remove(str(import_.file))
        raise
    import_.attempts = 0
    import_.save()


def _read_in(import_: Import) -> None:
    """Rows, counts and state in the transaction that the caller began."""
    with store.at_hand(str(import_.file)) as path:
        found = look(path, import_.importer, header_row=import_.detected.get("header_row", 0))
        outcome = bring_in(import_, found, import_.matching, lambda rows: _say(import_.pk, rows))
        keep_outcome(import_, outcome)
        import_.errors_file = _keep_errors(found, outcome)
    import_.state, import_.finished_at, import_.trouble = State.DONE, timezone.now(), ""
    import_.save()
    if import_.programme is not None and import_.by is not None:
        history.record(
            import_.programme,
            import_.by,
            ngettext(
                "brought in “%(file)s”: %(n)d row",
                "brought in “%(file)s”: %(n)d rows",
                outcome.imported,
            )
            % {"file": import_.file_name, "n": outcome.imported},
            is_public=False,
        )


def _keep_errors(found: Look, outcome: Outcome) -> str:
    if all(error.is_double for error in outcome.errors):
        return ""
    with tempfile.TemporaryFile() as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        write_errors(found, outcome.errors, text)
        text.flush()
        file.seek(0)
        name = store.keep(File(file))
        text.detach()
    return name


def _fail(import_id: UUID, reason: str) -> None:
    Import.objects.filter(pk=import_id, state__in=Import.UNFINISHED).update(
        state=State.FAILED, trouble=reason[:1000], finished_at=timezone.now()
    )


def _fail_after_tries(import_id: UUID) -> None:
    if Import.objects.filter(pk=import_id, attempts__gte=MOST_TRIES).exists():
        _fail(
            import_id,
            _(
                "Something in our machinery went wrong. Nothing was brought in, and nothing is "
                "lost."
            ),
        )


# How far it is -----------------------------------------------------------------------------


def _progress_key(import_id: UUID) -> str:
    return f"imports:rows:{import_id}"


def _say(import_id: UUID, rows: int) -> None:
    memory.keep(_progress_key(import_id), rows, 900)


def rows_so_far(import_: Import) -> int:
    """How many rows the worker said that it has read."""
    return int(memory.recall(_progress_key(import_.pk)) or 0)


# What runs by itself -------------------------------------------------------------------------


@shared_task(name="imports.sweep")
def sweep() -> int:
    """Every minute: queue again what no worker holds. Returns how many."""
    now = timezone.now()
    waiting = Q(
        state__in=[State.QUEUED, State.FETCHING], queued_at__lt=now - dt.timedelta(seconds=60)
    )
    working = Q(state=State.WORKING, started_at__lt=now - dt.timedelta(seconds=15))
    count = 0
    for import_ in Import.objects.filter(waiting | working).order_by("queued_at")[:_MOST_A_SWEEP]:
        if not _is_worked_on(import_.pk):
            Import.objects.filter(pk=import_.pk).update(queued_at=now)
            queue(import_)
            count += 1
    return count


def _is_worked_on(import_id: UUID) -> bool:
    with transaction.atomic():
        return not try_lock(_work_lock(import_id))


@shared_task(name="imports.forget")
def forget() -> int:
    """Every hour: remove files long done with, and those that nobody started. Returns how many.

    With a file go the rows of it that were not taken, and the sample of its first rows.
    """
    now = timezone.now()
    done = Q(finished_at__lt=now - KEPT_FOR) & ~Q(file="", errors_file="")
    left = Q(state__in=[State.MATCHING, State.FAILED], created_at__lt=now - LEFT_FOR) & ~Q(file="")
    count = 0
    for import_ in Import.objects.filter(done | left).order_by("created_at")[:_MOST_A_SWEEP]:
        names = str(import_.file), str(import_.errors_file)
        if import_.state == State.MATCHING:
            import_.delete()
        else:
            kept = {key: said for key, said in import_.detected.items() if key != "sample"}
            forgotten = Import.objects.filter(pk=import_.pk)
            forgotten.update(file="", errors_file="", errors=[], detected=kept)
        for name in names:
            store.remove(name)
        count += 1
    return count
