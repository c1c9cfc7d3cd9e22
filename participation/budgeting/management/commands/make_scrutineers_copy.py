"""``manage.py make_scrutineers_copy ROUND FILE --by EMAIL``: every ballot, sealed for a few."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from commissioning.ground.answers import Invalid, Refused
from commissioning.people.models import User
from participation.budgeting.models import Round
from participation.budgeting.scrutineers import make_copy


class Command(BaseCommand):
    """Writes the file, and says the passphrase once."""

    help = "Seal every ballot of a counted round for its scrutineers; prints the passphrase."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The round, where to write, and the lead who answers for it."""
        parser.add_argument("round", type=UUID)
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="e-mail address of the round's lead")

    def handle(self, *args: Any, file: Path, by: str, **options: Any) -> None:
        """Make it; an existing file is not overwritten."""
        round_ = Round.objects.select_related("programme").filter(pk=options["round"]).first()
        user = User.objects.filter(email__iexact=by).first()
        if round_ is None or user is None:
            raise CommandError("There is no such round, or nobody with this address.")
        try:
            content, passphrase = make_copy(user, round_)
            with file.open("xb") as target:
                target.write(content)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from None
        except (Invalid, Refused) as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"passphrase {passphrase}")
