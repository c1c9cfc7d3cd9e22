"""``manage.py verify_close ROUND``: compare the anonymous ballots with the sealed ones."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from participation.budgeting import keyring
from participation.budgeting.close import BoxDoesNotOpen, verify_close
from participation.budgeting.models import Round


class Command(BaseCommand):
    """For scrutineers, between the count and the destruction of the key."""

    help = "Open every sealed ballot again and compare with what was counted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The round's id, as in the address of its page."""
        parser.add_argument("round", type=UUID)

    def handle(self, *args: Any, **options: Any) -> None:
        """Say that they agree and give the digest; end with code 1 where they do not."""
        round_ = Round.objects.filter(pk=options["round"]).first()
        if round_ is None or round_.status not in {Round.Status.COUNTED, Round.Status.SEALED}:
            raise CommandError("There is no counted round with this id.")
        if not keyring.exist(round_.pk):
            raise CommandError("The key is destroyed: nobody can open the sealed ballots again.")
        try:
            verify_close(round_.pk)
        except BoxDoesNotOpen as error:
            raise CommandError(f"They do not agree: {error}.") from None
        numbers = round_.closing
        self.stdout.write(f"{numbers.ballots} ballots agree, {numbers.blank} of them blank")
        self.stdout.write(f"digest {numbers.digest}")
