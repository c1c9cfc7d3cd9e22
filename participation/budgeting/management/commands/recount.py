"""Anybody recounts a published `.pb` file, without a database."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from participation.budgeting.counting.options import OptionError
from participation.budgeting.counting.pb_text import PbError
from participation.budgeting.counting.recount import add_arguments, options_from, recount


class Command(BaseCommand):
    """`manage.py recount FILE.pb --rule RULE [...] [--json]`."""

    help = "Count a Pabulib .pb file again. Needs no database."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the arguments that the counting package defines."""
        add_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Print the result; end with code 1 and one sentence where there can be none."""
        try:
            result = recount(options["file"], options_from(options))
        except (PbError, OptionError) as error:
            self.stderr.write(str(error))
            raise SystemExit(1) from None
        for warning in result.read.warnings:
            self.stderr.write(f"Note: {warning}")
        self.stdout.write(json.dumps(result.as_dict()) if options["json"] else result.as_text())
