"""``manage.py verify_record FILE --manifest M --key K``: check a document offline.

It needs no database and no network: the file, the manifest (from ``/verify/manifest.jsonl``) and
the public key (from ``/verify/key``; its fingerprint is printed in every issued document).
"""

import hashlib
import sys
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from commissioning.documents import chain

CODES = """exit codes:
  0  this exact file was issued, and it is the current version
  1  this file is not in the manifest
  2  a file is missing or cannot be read
  3  this exact file was issued, but a newer version takes its place
  4  the manifest does not hold: it was changed, cut or reordered
  5  the manifest is not signed with this key
"""


class Command(BaseCommand):
    """Say whether a file is one that was issued, from the signed manifest alone."""

    help = "Check offline whether a file is one that was issued."
    requires_system_checks = ()

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """A parser that prints the exit codes as they are written."""
        kwargs |= {"epilog": CODES, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        """The three things that are needed, and the head if somebody was sent one."""
        parser.add_argument("file", type=Path, help="the PDF")
        parser.add_argument("--manifest", type=Path, required=True, help="manifest.jsonl")
        parser.add_argument("--key", type=Path, required=True, help="public key: PEM or base64")
        parser.add_argument(
            "--head",
            default="",
            help="digest of a line that was sent to a witness: finds out a manifest cut short",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check the chain, the key and the head, then look for the file."""
        digest = self._digest(options["file"])
        key = self._key(options["key"])
        manifest = self._manifest(options["manifest"])
        if key not in manifest.keys:
            self._stop(5, "The manifest is not signed with the key that you gave.")
        head = options["head"].strip().lower()
        if head and head not in manifest.digests:
            self._stop(
                4, "The head that you gave is not in this manifest: it was cut short or replaced."
            )
        self._say(digest, manifest)

    def _say(self, digest: str, manifest: chain.Manifest) -> None:
        issue = manifest.by_file.get(digest)
        if issue is None:
            self._stop(1, "This file is not in the manifest: no such file was issued.")
        name = f"{issue.number}, version {issue.version}, issued on {issue.date}"
        if not manifest.is_current(issue):
            newest = manifest.latest[issue.number]
            self._stop(3, f"This exact file was issued: {name}. Version {newest} takes its place.")
        self.stdout.write(f"This exact file was issued: {name}. It is the current version.")
        self.stdout.write(f"Content digest, to compare with the paper: {issue.content_sha256}")
        self.stdout.write(f"Lines of the manifest: {manifest.length}, head {manifest.head}.")

    def _digest(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            self._stop(2, f"{path} cannot be read: {error.strerror}.")

    def _key(self, path: Path) -> bytes:
        try:
            return chain.public_key(path.read_text())
        except OSError as error:
            self._stop(2, f"{path} cannot be read: {error.strerror}.")
        except (chain.BadKey, UnicodeDecodeError) as error:
            self._stop(2, f"{path} is not a public key: {error}.")

    def _manifest(self, path: Path) -> chain.Manifest:
        try:
            return chain.verify(_lines(path))
        except OSError as error:
            self._stop(2, f"{path} cannot be read: {error.strerror}.")
        except chain.Broken as error:
            self._stop(4, f"The manifest does not hold. {error}")

    def _stop(self, code: int, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(code)


def _lines(path: Path) -> Iterator[str]:
    """Line by line; what is not UTF-8 is passed on to be refused with its line's number."""
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        yield from file
