"""``manage.py rotate_record_key FILE``: put a new signing key in force, signed by the old one."""

import base64
import os
import secrets
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from commissioning.documents import chain, manifest
from commissioning.ground.answers import Invalid


class Command(BaseCommand):
    """Run it where the worker's ``RECORD_SIGNING_KEY`` is set."""

    help = "Put a new signing key for issued documents in force. FILE is made if it is not there."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file of the new key."""
        parser.add_argument("file", type=Path, help="32 random bytes in base64")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the manifest's line; the operator then changes the setting."""
        path: Path = options["file"]
        try:
            seed = path.read_text().strip() if path.exists() else _make(path)
            with transaction.atomic():
                line = manifest.rotate(seed)
        except (Invalid, chain.BadKey, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"The new key is in force from line {line.position} of the manifest. Its fingerprint "
            f"is {line.body()['fingerprint']}. Now set RECORD_SIGNING_KEY to what is in {path} "
            "and restart the workers; until then nothing can be issued."
        )


def _make(path: Path) -> str:
    seed = base64.b64encode(secrets.token_bytes(32)).decode()
    # For the owner's eyes only from the first moment on.
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(seed + "\n")
    return seed
