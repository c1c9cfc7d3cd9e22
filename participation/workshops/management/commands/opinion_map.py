"""What unites and what divides an exported Polis conversation, without a database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from participation.workshops.opinion.command import HELP, add_arguments, answer
from participation.workshops.opinion.table import Unreadable


class Command(BaseCommand):
    """`manage.py opinion_map DIR [--json] [--seed N]`."""

    help = HELP
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the arguments that the opinion package defines."""
        add_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Print the map; end with code 1 and one sentence where there can be none."""
        try:
            found = answer(options["folder"], as_json=options["json"], seed=options["seed"])
        except Unreadable as error:
            self.stderr.write(str(error))
            raise SystemExit(1) from None
        self.stdout.write(found)
