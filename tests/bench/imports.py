"""A council's payments read in, matched and all, beside PostgreSQL's bare COPY of the same rows.

Run ``python -m tests.bench.imports``. 200,000 payments to 20,000 payees in the Transparency Code's
columns, on a cluster with every durability setting on. "Bare COPY" is psycopg's COPY of the same
rows as they are stored, into one table without an index, a check or a trigger, committed; beside
it the same into a table with the real one's indexes and checks, and the file's own eight columns,
as text. The import reads the CSV, checks each row, keys it, saves it through the spending room and
matches its payees to organisations, in one transaction; then it is undone.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.bench.ballots import DURABLE, ROOT

ROWS, PAYEES = 200_000, 20_000
HEADINGS: Final = (
    *("Body Name", "Directorate", "Service Area", "Expense Type", "Date", "Transaction Number"),
    *("Net Amount", "Supplier Name"),
)
# Run in a process of its own, so that its memory is the import's alone.
IMPORT: Final = """
import json, os, resource, sys, time
from pathlib import Path
import django
django.setup()
from django.db import connection, transaction
from django.utils import timezone
from places.directory.models import Organisation, Place
from places.imports.models import Import
from places.imports.reading import look
from places.imports.running import bring_in, digest_of_file, keep_outcome
path = Path(sys.argv[1])
town = sys.argv[2]
place, _made = Place.objects.get_or_create(slug=town, name=town, prefix=town[:3].upper())
if _made:
    Organisation.objects.bulk_create(
        Organisation(slug=f"{town}-{n}", name=f"Supplier {n} Ltd", kind="business", place=place)
        for n in range(300)
    )
with connection.cursor() as cursor:
    cursor.execute("SELECT pg_backend_pid()")
    server = cursor.fetchone()[0]
def processor():
    told = Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time() + (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
start, began = time.perf_counter(), processor()
with transaction.atomic():
    import_ = Import(place=place, importer="spending", file_name=path.name)
    import_.file_digest, found = digest_of_file(path), look(path, "spending")
    import_.save()
    outcome = bring_in(import_, found)
    keep_outcome(import_, outcome)
    import_.state, import_.finished_at = "done", timezone.now()
    import_.save()
print(json.dumps({
    "seconds": time.perf_counter() - start, "processor": processor() - began,
    "imported": outcome.imported, "again": outcome.already_there, "total": str(outcome.total),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "notes": outcome.notes,
}))
"""
UNDO: Final = """
import json, sys, time
import django
django.setup()
from django.db import transaction
from places.imports.models import Import
from places.spending.actions.importing import undo_import
run = Import.objects.filter(place__slug=sys.argv[1]).latest("created_at")
start = time.perf_counter()
with transaction.atomic():
    gone = undo_import(run)
print(json.dumps({"gone": gone, "seconds": time.perf_counter() - start}))
"""


def make_file(path: Path) -> None:
    """The payments, always the same."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for n in range(ROWS):
            day = f"{n % 28 + 1:02}/{n % 12 + 1:02}/2026"
            supplier = f"Supplier {n * 7919 % PAYEES} Ltd"
            where = ("Anytown Council", f"Directorate {n % 9}", f"Service {n % 120}")
            amount = f"{n % 9000 + 1}.{n % 100:02}"
            writer.writerow((*where, f"Expense {n % 300}", day, 1_000_000 + n, amount, supplier))


def bare_copy(path: Path, address: str) -> tuple[float, float]:
    """Seconds to COPY the file's rows, as they stand, into one table, and commit.

    By the clock, and by the processors of both who sends and who writes.
    """
    import psycopg

    with psycopg.connect(address) as connection:
        columns = ", ".join(f"c{n} text" for n in range(len(HEADINGS)))
        connection.execute(f"CREATE TABLE bare ({columns})")
        connection.commit()
        with path.open(newline="", encoding="utf-8") as file:
            rows = [tuple(row) for row in csv.reader(file)][1:]
        server = connection.info.backend_pid
        start, began = time.perf_counter(), _processor(server)
        with connection.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
        return time.perf_counter() - start, _processor(server) - began


def copy_as_stored(address: str, like: str = "") -> tuple[float, float]:
    """The same for the lines of one place as they are stored; ``like`` is what the table takes over
    from the real one.
    """
    import psycopg

    with psycopg.connect(address) as connection:
        connection.execute("DROP TABLE IF EXISTS stored")
        connection.execute(f"CREATE TABLE stored (LIKE spending_spendingline {like})")
        with connection.cursor() as cursor, cursor.copy(_STORED) as copy:
            rows = [bytes(piece) for piece in copy]
        connection.commit()
        server = connection.info.backend_pid
        start, began = time.perf_counter(), _processor(server)
        with connection.cursor() as cursor, cursor.copy("COPY stored FROM STDIN") as copy:
            for row in rows:
                copy.write(row)
        connection.commit()
        return time.perf_counter() - start, _processor(server) - began


# In the order of the file, not of the keys.
_STORED: Final = """
    COPY (
        SELECT line.* FROM spending_spendingline AS line
        WHERE place_id = (SELECT id FROM directory_place WHERE slug = 'anytown')
        ORDER BY reference
    ) TO STDOUT
"""


def _processor(server: int) -> float:
    told = Path(f"/proc/{server}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return time.process_time() + (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def run(say: Callable[[str], Any] = print) -> dict[str, float]:
    """Measure both ways; the figures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    import django

    django.setup()
    from tests import cluster

    usual, cluster.FAST = cluster.FAST, DURABLE
    servers = cluster.Cluster()
    try:
        with TemporaryDirectory() as folder:
            return _measure(servers.addresses, Path(folder), say)
    finally:
        servers.stop()
        cluster.FAST = usual


def _measure(addresses: Any, folder: Path, say: Callable[[str], Any]) -> dict[str, float]:
    from tests import cluster

    cluster.clone(addresses, "bench")
    path = folder / "payments-2026.csv"
    make_file(path)
    superuser = addresses.superuser.format(name="bench")
    bare, bare_work = bare_copy(path, superuser)
    environment = os.environ | {
        "DATABASE_URL": addresses.app.format(name="bench"),
        "REDIS_URL": f"{addresses.redis}/0",
        "SECRET_KEY": "the bench's own secret, which is long enough for anybody",
        "DJANGO_SETTINGS_MODULE": "commissioning.settings",
        "LOCAL": "1",
    }
    first, again = (_imported(path, environment, "anytown") for _ in range(2))
    # A second place: what the database knows of the first must not mislead it.
    second = _imported(path, environment, "othertown")
    stored, stored_work = copy_as_stored(superuser)
    indexed, indexed_work = copy_as_stored(superuser, "INCLUDING ALL")
    undone = _run(UNDO, environment, "othertown")
    say(f"bare COPY of {ROWS:,} lines as stored  {_told(stored, stored_work)}")
    say(f"the same, with indexes and checks   {_told(indexed, indexed_work)}")
    say(f"the file's eight columns, as text   {_told(bare, bare_work)}")
    for name, figures in (
        ("import, checked, keyed, matched    ", first),
        ("the same file again                ", again),
        ("into another place                 ", second),
    ):
        say(
            f"{name} {_told(figures['seconds'], figures['processor'])}  "
            f"{figures['again']:,} already there  {figures['megabytes']} MB at most"
        )
    say(f"undone: {undone['gone']:,} lines in {undone['seconds']:.1f} s")
    say(
        "the import's rate, by the clock and by the processors: "
        f"{stored / first['seconds']:.0%} and {stored_work / first['processor']:.0%} of bare COPY; "
        f"{indexed / first['seconds']:.0%} and {indexed_work / first['processor']:.0%} with indexes"
        f" and checks; {bare / first['seconds']:.1%} of COPY of eight texts"
    )
    for note in first["notes"]:
        say(f"  {note}")
    return {"bare": stored, "import": first["seconds"], "again": again["seconds"]}


def _told(seconds: float, processor: float) -> str:
    return (
        f"{seconds:6.2f} s  {ROWS / seconds:9,.0f} rows a second  {processor:5.2f} s of processors"
    )


def _imported(path: Path, environment: dict[str, str], place: str) -> dict[str, Any]:
    return _run(IMPORT, environment, str(path), place)


def _run(script: str, environment: dict[str, str], *told: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", script, *told],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


if __name__ == "__main__":
    run()
