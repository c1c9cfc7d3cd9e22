"""``manage.py import_data FORMAT FILE --place SLUG``: bring a file into a place.

Prints the counts, with ``--json`` as one JSON object. ``read = imported + rejected +
already_there``. Exit code 0 whenever the file could be read, whatever became of its rows; 1 where
it could not, with one sentence.
"""

import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from commissioning.ground.answers import Invalid
from places.directory.models import Place
from places.imports.feeds import fetch_all
from places.imports.fetching import Fetcher
from places.imports.formats import document_formats, table_formats
from places.imports.formats.dates import read_span
from places.imports.formats.texts import FileError, UnreadableError, folded_heading
from places.imports.importers import importers
from places.imports.models import Import
from places.imports.reading import Look, look
from places.imports.running import Outcome, bring_in, digest_of_file, keep_outcome, only_read

FORMATS = sorted({*table_formats, *document_formats})


class Command(BaseCommand):
    """Reads a file into a place, or says what would become of it."""

    help = "Import council spending, places, grants, services or shapes into a place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The format, the file and the place."""
        parser.add_argument("format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
        parser.add_argument("file", metavar="FILE", help="CSV, XLSX or JSON, or its address")
        parser.add_argument("--place", required=True, metavar="SLUG", help="the place's short name")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
        parser.add_argument(
            "--period", default="", help="the month of a file without dates, such as 2011-10"
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="NAME=HEADING",
            help="say which heading a column has, such as supplier=Payee",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, and print what became of the rows."""
        try:
            outcome = self._import(options)
        except (FileError, Invalid) as error:
            self._fail(str(error), options["as_json"], getattr(error, "row", 0))
        except OSError as error:
            reason = f"{options['file']} cannot be read: {error.strerror}."
            self._fail(reason, options["as_json"])
        else:
            self._print(outcome, options)

    def _fail(self, sentence: str, as_json: bool, row: int = 0) -> None:
        if as_json:
            failed = Outcome().as_json()
            failed["errors"] = [{"row": row, "message": sentence}]
            self.stdout.write(json.dumps(failed, ensure_ascii=False))
        raise CommandError(sentence)

    def _import(self, options: dict[str, Any]) -> Outcome:
        place = Place.objects.filter(slug=options["place"]).first()
        if place is None:
            raise Invalid(f"No place here is called “{options['place']}”.")
        if options["file"].startswith(("http://", "https://")):
            return self._import_address(place, options)
        path = Path(options["file"])
        if not path.is_file():
            raise Invalid(f"{path} is not a file.")
        return self._import_file(place, path, path.name, options)

    def _import_address(self, place: Place, options: dict[str, Any]) -> Outcome:
        """The same for a file or a feed of several pages on the public internet."""
        with tempfile.NamedTemporaryFile() as temporary:
            path = Path(temporary.name)
            fetcher = Fetcher(frozenset(settings.IMPORTS_MAY_FETCH_FROM))
            fetched = fetch_all(fetcher, options["file"], path)
            return self._import_file(place, path, fetched.file_name, options)

    def _import_file(self, place: Place, path: Path, name: str, options: dict[str, Any]) -> Outcome:
        found = look(path, options["format"])
        self._choose_columns(found, options["column"])
        import_ = Import(
            place=place,
            importer=options["format"],
            file_name=name[:160],
            file_digest=digest_of_file(path),
            file_size=path.stat().st_size,
            detected=found.as_row(),
            matching=found.matching,
            choices={"period": _period(options["period"])},
            state=Import.State.WORKING,
            started_at=timezone.now(),
        )
        return self._run(import_, found, dry_run=options["dry_run"])

    def _run(self, import_: Import, found: Look, *, dry_run: bool) -> Outcome:
        if import_.importer not in importers:
            if not dry_run:
                raise Invalid(f"Nothing here can save “{import_.importer}” yet.")
            return only_read(import_, found)
        with transaction.atomic():
            import_.save()
            outcome = bring_in(import_, found, import_.matching)
            keep_outcome(import_, outcome)
            import_.state, import_.finished_at = Import.State.DONE, timezone.now()
            import_.save()
            transaction.set_rollback(dry_run)
        return outcome

    def _choose_columns(self, found: Look, chosen: list[str]) -> None:
        for choice in chosen:
            name, _equals, heading = choice.partition("=")
            folded = [folded_heading(one) for one in found.headings]
            if folded_heading(heading) not in folded:
                raise Invalid(f"The file has no heading “{heading}”.")
            found.matching[name] = folded.index(folded_heading(heading))

    def _print(self, outcome: Outcome, options: dict[str, Any]) -> None:
        if options["as_json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False))
            return
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{options['file']}: {outcome.read} rows read, {outcome.imported} {would}imported, "
            f"{outcome.already_there} already there, {outcome.rejected} rejected, "
            f"sum {outcome.total:.2f}"
        )
        for note in outcome.notes:
            self.stdout.write(f"  {note}")
        for error in outcome.errors:
            self.stdout.write(f"  row {error.row}: {error.message}")


def _period(text: str) -> str:
    try:
        return f"{read_span(text).start:%Y-%m}" if text else ""
    except UnreadableError as error:
        raise Invalid(str(error)) from None
