"""A council's payments read in, matched and all, beside PostgreSQL's bare COPY of the same rows.

Run ``python -m tests.bench.imports``. 200,000 payments to 20,000 payees in the Transparency Code's
columns, on a cluster with every durability setting on. "Bare COPY" is the same file's columns, as
they stand, by psycopg's COPY of the same text into one table without an index, committed. The
import reads the CSV, checks each row, keys it, saves it through the spending room and matches its
payees to organisations, in one transaction.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
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
import json, resource, sys, time
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
place, _made = Place.objects.get_or_create(slug="anytown", name="Anytown", prefix="ANY")
if _made:
    Organisation.objects.bulk_create(
        Organisation(slug=f"s-{n}", name=f"Supplier {n} Ltd", kind="business", place=place)
        for n in range(300)
    )
start = time.perf_counter()
with transaction.atomic():
    import_ = Import(place=place, importer="spending", file_name=path.name)
    import_.file_digest, found = digest_of_file(path), look(path, "spending")
    import_.save()
    outcome = bring_in(import_, found)
    keep_outcome(import_, outcome)
    import_.state, import_.finished_at = "done", timezone.now()
    import_.save()
print(json.dumps({
    "seconds": time.perf_counter() - start,
    "imported": outcome.imported, "again": outcome.already_there, "total": str(outcome.total),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "notes": outcome.notes,
}))
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


def bare_copy(path: Path, address: str) -> float:
    """Seconds to COPY the file's rows, as they stand, into one table, and commit."""
    import time

    import psycopg

    with psycopg.connect(address) as connection:
        columns = ", ".join(f"c{n} text" for n in range(len(HEADINGS)))
        connection.execute(f"CREATE TABLE bare ({columns})")
        connection.commit()
        with path.open(newline="", encoding="utf-8") as file:
            rows = [tuple(row) for row in csv.reader(file)][1:]
        start = time.perf_counter()
        with connection.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
        return time.perf_counter() - start


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
    bare = bare_copy(path, addresses.superuser.format(name="bench"))
    environment = os.environ | {
        "DATABASE_URL": addresses.app.format(name="bench"),
        "REDIS_URL": f"{addresses.redis}/0",
        "SECRET_KEY": "the bench's own secret, which is long enough for anybody",
        "DJANGO_SETTINGS_MODULE": "commissioning.settings",
        "DEBUG": "1",
    }
    first, again = (_imported(path, environment) for _ in range(2))
    rate, bare_rate = ROWS / first["seconds"], ROWS / bare
    say(f"bare COPY of {ROWS:,} rows        {bare:6.2f} s  {bare_rate:9,.0f} rows a second")
    say(
        f"import, checked, keyed, matched {first['seconds']:6.2f} s  {rate:9,.0f} rows a second"
        f"  {first['megabytes']} MB at most"
    )
    say(
        f"the same file again             {again['seconds']:6.2f} s  {again['again']:,} already "
        f"there  {again['megabytes']} MB at most"
    )
    say(f"the import has {rate / bare_rate:.0%} of COPY's rate")
    for note in first["notes"]:
        say(f"  {note}")
    return {"bare": bare, "import": first["seconds"], "again": again["seconds"]}


def _imported(path: Path, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(path)],
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
