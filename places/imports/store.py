"""Where the files of imports lie: under random names, in the storage of uploads."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage

_FOLDER = "imports"


def keep(file: "IO[Any] | File[Any]") -> str:
    """Store the file under a random name, which is returned."""
    content = file if isinstance(file, File) else File(file)
    return default_storage.save(f"{_FOLDER}/{secrets.token_hex(16)}", content)


def remove(name: str) -> None:
    """Remove the file, if it is there."""
    if name:
        default_storage.delete(name)


@contextmanager
def at_hand(name: str) -> Iterator[Path]:
    """The file as a path: where it lies, or a copy if the storage is elsewhere."""
    try:
        yield Path(default_storage.path(name))
    except NotImplementedError:
        with tempfile.NamedTemporaryFile() as copy, default_storage.open(name) as stored:
            shutil.copyfileobj(stored, copy)
            copy.flush()
            yield Path(copy.name)
