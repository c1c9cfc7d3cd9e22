#!/usr/bin/env python
"""Run a management command of Collaborative Commissioning."""

import os
import sys
from importlib import import_module

# Commands that need no Django, and must not wait three seconds for it.
ALONE = {"opinion_map": "participation.workshops.opinion.command"}


def main() -> None:
    """Hand the command line to Django, or to a command that stands alone."""
    if sys.argv[1:2] and sys.argv[1] in ALONE:
        raise SystemExit(import_module(ALONE[sys.argv[1]]).main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
