"""``manage.py demo``: load the demo place, or print its sign-ins."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commissioning.demo.content import rivermead
from commissioning.demo.others import practice_codes
from commissioning.demo.place import load_demo
from commissioning.ground.answers import Invalid


class Command(BaseCommand):
    help = "Load a fictional place to look round in; --sign-ins prints who can sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sign-ins", action="store_true", help="print who can sign in")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["sign_ins"]:
            self._sign_ins()
            return
        try:
            loaded = load_demo()
        except Invalid as error:
            raise CommandError(str(error.reason)) from error
        self.stdout.write("The demo place is loaded." if loaded else "The demo place is there.")

    def _sign_ins(self) -> None:
        self.stdout.write(f"Sign in with one click at {settings.SITE_URL}/account/login/ as:")
        for person in rivermead().people:
            self.stdout.write(f"  {person.name:<20} {person.email:<28} {person.what}")
        self.stdout.write(f"Practice voting cards, for {settings.SITE_URL}/v/ :")
        for title, code in practice_codes():
            self.stdout.write(f"  {title:<34} {code}")
