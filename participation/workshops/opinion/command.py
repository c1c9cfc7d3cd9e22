"""`manage.py opinion_map DIR [--json] [--seed N]`, without Django, whose start takes seconds.

Errors are one sentence on standard error and exit code 1.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from participation.workshops.opinion_map import opinion_map

from .reading import read_conversation
from .report import as_dict, as_text
from .stability import SEED
from .table import Unreadable

HELP = "Draw the opinion map of an exported Polis conversation. Needs no database."


def add_arguments(parser: ArgumentParser) -> None:
    """The folder, and how to print what was found."""
    parser.add_argument(
        "folder",
        type=Path,
        metavar="DIR",
        help="holds votes.csv or participants-votes.csv, and comments.csv if there is one",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--seed",
        type=int,
        default=SEED,
        help="decides who is left out to see how firm the groups are; they depend on no seed",
    )


def answer(folder: Path, *, as_json: bool, seed: int) -> str:
    """The map of a folder, ready to print. Raises Unreadable."""
    conversation = read_conversation(folder)
    begun = time.perf_counter()
    drawn = opinion_map(conversation.votes, seed)
    if not as_json:
        return as_text(drawn)
    found = as_dict(drawn) | {
        "source": conversation.source,
        "seconds": round(time.perf_counter() - begun, 3),
    }
    return json.dumps(found, ensure_ascii=False)


def main(arguments: Sequence[str], program: str = "manage.py opinion_map") -> int:
    """Run the command; the exit code."""
    parser = ArgumentParser(prog=program, description=HELP)
    add_arguments(parser)
    given = parser.parse_args(arguments)
    try:
        found = answer(given.folder, as_json=given.json, seed=given.seed)
    except Unreadable as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(found)  # noqa: T201
    return 0
