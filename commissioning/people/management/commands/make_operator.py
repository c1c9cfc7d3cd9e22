"""``manage.py make_operator EMAIL``: let somebody run this installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from commissioning.people.actions import make_operator


class Command(BaseCommand):
    """Gives a person the right to set up places; makes their account if there is none."""

    help = "Let the person with this e-mail address run this installation (make places)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The address, and how to take the right back."""
        parser.add_argument("email")
        parser.add_argument("--no-longer", action="store_true", help="take the right back")

    def handle(self, *args: Any, email: str, no_longer: bool, **options: Any) -> None:
        """Do it, and say what was done."""
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address.") from None
        user = make_operator(email, is_one=not no_longer)
        verb = "no longer runs" if no_longer else "now runs"
        self.stdout.write(f"{user.email} {verb} this installation. They sign in by code.")
