"""``manage.py import_round FILE.pb``: a round from a published election, cast and counted."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from commissioning.ground.answers import Invalid
from participation.budgeting.counting.options import OptionError
from participation.budgeting.counting.pb import read_pb
from participation.budgeting.counting.pb_text import PbError
from participation.budgeting.counting.recount import add_arguments, options_from
from participation.budgeting.importing import import_round
from participation.budgeting.models import Count


class Command(BaseCommand):
    """Makes the programme and the round, and says who won."""

    help = "Make a round from a Pabulib .pb file: its ballots are cast, closed, counted, published."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Those of ``recount``; without a rule the file's own is used."""
        add_arguments(parser, rule_required=False)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Import, and print the winners in the order funded."""
        started = time.monotonic()
        try:
            declared = options_from(options) if options["rule"] else None
            round_ = import_round(read_pb(file), declared)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except (PbError, OptionError, Invalid) as error:
            raise CommandError(str(error)) from None
        made = Count.objects.get(round=round_)
        names = dict(round_.projects.values_list("number", "reference"))
        winners = [names[number] for number in made.winners]
        self.stdout.write(
            f"{round_.title}: {round_.closing.ballots} ballots, {len(winners)} winners"
        )
        self.stdout.write(" ".join(winners))
        self.stdout.write(
            f"counted in {made.seconds:.2f} s, all in {time.monotonic() - started:.1f} s"
        )
        self.stdout.write(reverse("budgeting:result", args=[round_.pk]))
