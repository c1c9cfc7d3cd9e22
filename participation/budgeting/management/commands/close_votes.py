"""``manage.py close_votes``: what the scheduler does every minute, by hand."""

from typing import Any

from django.core.management.base import BaseCommand

from participation.budgeting import close, count


class Command(BaseCommand):
    """Closes what the clock closed, and goes on with what a crash left half way."""

    help = "Close rounds whose time is up and finish closes that were interrupted."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go on with each, and say how many."""
        waiting = close.unfinished()
        for round_id in waiting:
            close.resume(round_id)
            count.count_round(round_id)
        self.stdout.write(f"Rounds gone on with: {len(waiting)}")
