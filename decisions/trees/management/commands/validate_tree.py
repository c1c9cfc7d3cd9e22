"""Say whether a file is a tree that may be relied on, and where it is not."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions.trees.engine import TreeError, load_tree, shipped_trees
from decisions.trees.engine.validate import Flaw, flaws_of, validate


class Command(BaseCommand):
    """`manage.py validate_tree FILE [--json]`."""

    help = "Check a decision tree (a file, or the id of one that ships). Needs no database."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a file."""
        parser.add_argument("file", help="a YAML or JSON file, or the id of a tree that ships")
        parser.add_argument("--json", action="store_true", help="print the flaws as JSON")

    def handle(self, **options: Any) -> None:
        """Print what is wrong and where; end with code 1 where anything is."""
        title, flaws = _checked(options["file"])
        if options["json"]:
            listed = [{"where": flaw.where, "words": flaw.words} for flaw in flaws]
            self.stdout.write(json.dumps({"valid": not flaws, "flaws": listed}))
        elif not flaws:
            self.stdout.write(f"{title}: nothing wrong was found.")
        for flaw in flaws:
            self.stderr.write(str(flaw))
        if flaws:
            raise SystemExit(1)


def _checked(file: str) -> tuple[str, tuple[Flaw, ...]]:
    try:
        tree = shipped_trees()[file] if file in shipped_trees() else load_tree(file)
    except TreeError as error:
        return file, flaws_of(error)
    return tree.title, validate(tree)
