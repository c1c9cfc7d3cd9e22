"""``manage.py open_scrutineers_copy FILE``: check a count that was too small to publish."""

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from participation.budgeting.close import digest_of
from participation.budgeting.scrutineers import CannotRead, open_copy


class Command(BaseCommand):
    """Asks for the passphrase, prints the digest and every ballot."""

    help = "Open a scrutineers' copy: prints the digest of its ballots, then the ballots."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file; the passphrase is asked for, so that it stands in no shell history."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Open, and print."""
        try:
            _terms, lines = open_copy(file.read_bytes(), getpass.getpass("Passphrase: "))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except CannotRead as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"digest {digest_of(lines)}")
        self.stdout.write("\n".join(lines))
