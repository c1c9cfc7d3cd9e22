"""200,000 lines of spending read in with matching, beside PostgreSQL's bare COPY of the same rows.

Run ``python -m tests.bench.spending``, or call ``run`` for the figures. "Bare" is COPY of the rows'
own seven texts into a plain table without keys or indexes; "stored" is COPY of the very rows that
the importer stores, fourteen columns of them, into such a table; "indexed" is the same into one
with the primary key and the indexes of the real one. "Saved" is what the importer does with rows
that have been read; "command" is the whole of ``import_data`` with reading the CSV. The target is
a tenth of bare COPY's rate, and less than 500 MB.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
ROWS: Final = 200_000
PAYEES: Final = 9_000
MEASURE: Final = """
import json, resource, sys, time
import django
django.setup()
from django.core.management import call_command
from django.db import connection, transaction
from places.directory.models import Organisation, Place
from places.imports.formats.payments import Payments
from places.imports.importers import BATCH, importers
from places.imports.models import Import
from places.imports.reading import look
from places.imports.running import FileReading, choices_for
from places.imports.whereabouts import whereabouts_of
from places.spending.actions.importing import undo_import
from places.spending.models import SpendingLine
from pathlib import Path
path = Path(sys.argv[1])
place = Place.objects.create(slug="bench", name="Bench", prefix="BEN")
Organisation.objects.bulk_create(
    Organisation(slug=f"org-{n}", name=f"Supplier {n} Ltd", kind="business", place=place)
    for n in range(0, 9000, 9)
)
figures = {}
run = Import.objects.create(place=place, importer="spending", file_name=path.name, state="working")
start = time.perf_counter()
reading = FileReading(look(path, "spending"), "spending", choices_for(run, whereabouts_of(place)))
items = list(reading.rows())
figures["reading"] = time.perf_counter() - start
importer = importers["spending"]
start = time.perf_counter()
with transaction.atomic():
    for at in range(0, len(items), BATCH):
        importer.save(Payments.of(items[at : at + BATCH]), run)
    importer.finish(run)
figures["saved"] = time.perf_counter() - start
text = "".join(
    "\\t".join(map(str, (i.value.supplier, i.value.amount, i.value.payer, i.value.paid_on,
    i.value.purpose, i.value.service_area, i.value.transaction_number))) + "\\n" for i in items
)
with connection.cursor() as cursor:
    start = time.perf_counter()
    with cursor.copy("COPY bench.bare FROM STDIN") as copy:
        copy.write(text)
    figures["bare COPY"] = time.perf_counter() - start
    kept = ", ".join(
        "id place_id source_id kind payer_id payee_id recipient amount currency starts_on ends_on"
        " purpose service reference".split()
    )
    with cursor.copy(f"COPY (SELECT {kept} FROM spending_spendingline) TO STDOUT") as copy:
        stored = b"".join(copy)
    for name in ("stored", "indexed"):
        start = time.perf_counter()
        with cursor.copy(f"COPY bench.{name} ({kept}) FROM STDIN") as copy:
            copy.write(stored)
        figures[f"{name} COPY"] = time.perf_counter() - start
start = time.perf_counter()
figures["lines"] = undo_import(run)
figures["undone"] = time.perf_counter() - start
print(json.dumps(figures))
"""
COMMAND: Final = """
import json, os, resource, sys, time
import django
django.setup()
from django.core.management import call_command
start = time.perf_counter()
call_command("import_data", "spending", sys.argv[1], place="bench", stdout=open(os.devnull, "w"))
print(json.dumps({
    "command": time.perf_counter() - start,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
}))
"""


def write_file(path: Path, rows: int) -> None:
    """A year of made-up payments."""
    chance = random.Random(1)
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Body", "Service", "Supplier", "Date", "Net amount", "Purpose", "Number"])
        for number in range(rows):
            writer.writerow(
                [
                    "Bench Council",
                    f"Service {chance.randrange(40)}",
                    f"Supplier {chance.randrange(PAYEES)} Limited",
                    date(2026, 1, 1) + timedelta(days=chance.randrange(360)),
                    f"{chance.randrange(500_00, 90_000_00) / 100:.2f}",
                    f"Purpose {chance.randrange(400)}",
                    number,
                ]
            )


def run(rows: int = ROWS) -> dict[str, Any]:
    """Seconds by step, memory, and the ratio to bare COPY."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    import django
    import psycopg

    django.setup()
    from tests import cluster
    from tests.bench.ballots import DURABLE

    usual, cluster.FAST = cluster.FAST, DURABLE
    servers = cluster.Cluster()
    try:
        addresses = servers.addresses
        cluster.clone(addresses, "bench")
        with psycopg.connect(addresses.superuser.format(name="bench"), autocommit=True) as root:
            root.execute("CREATE SCHEMA bench")
            root.execute(
                "CREATE TABLE bench.bare (supplier text, amount numeric, payer text, paid_on date,"
                " purpose text, service text, number text)"
            )
            root.execute("CREATE TABLE bench.stored AS SELECT * FROM spending_spendingline LIMIT 0")
            root.execute(
                "CREATE TABLE bench.indexed (LIKE spending_spendingline INCLUDING INDEXES)"
            )
            root.execute(
                "GRANT USAGE ON SCHEMA bench TO app;"
                " GRANT INSERT ON bench.bare, bench.stored, bench.indexed TO app"
            )
        environment = os.environ | {
            "DATABASE_URL": addresses.app.format(name="bench"),
            "REDIS_URL": f"{addresses.redis}/0",
            "SECRET_KEY": "the bench's own secret, which is long enough for anybody",
            "LOCAL": "0",
        }
        with TemporaryDirectory() as folder:
            path = Path(folder) / "payments.csv"
            write_file(path, rows)
            figures = _in_its_own_process(MEASURE, path, environment)
            return figures | _in_its_own_process(COMMAND, path, environment) | {"rows": rows}
    finally:
        servers.stop()
        cluster.FAST = usual


def _in_its_own_process(code: str, path: Path, environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def main() -> None:
    """Print the figures."""
    figures = run()
    rows = figures["rows"]
    for step in (
        "bare COPY",
        "stored COPY",
        "indexed COPY",
        "reading",
        "saved",
        "command",
        "undone",
    ):
        seconds = figures[step]
        print(f"{step:<12}{seconds:8.2f} s {rows / seconds:12,.0f} rows a second")  # noqa: T201
    print(  # noqa: T201
        f"saved at {figures['bare COPY'] / figures['saved']:.1%} of bare COPY's rate, the whole"
        f" command at {figures['bare COPY'] / figures['command']:.1%}; {figures['megabytes']} MB"
    )
    print(  # noqa: T201
        f"of COPY of the rows as they are stored: {figures['stored COPY'] / figures['saved']:.1%};"
        f" of the same with the table's indexes: {figures['indexed COPY'] / figures['saved']:.1%}"
    )


if __name__ == "__main__":
    main()
