"""Uploads to the verify page: hashed as they stream in, never parsed, never stored."""

import hashlib
from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LARGEST: Final = 20 * 1024 * 1024
# Up to here the rest of a body that is too large is read and dropped, so that the browser gets
# our sentence and not a broken connection.
_PATIENCE: Final = 100 * 1024 * 1024


class HashedFile:
    """What is left of an upload: its size and its digest."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        self.name = name
        self.size = size
        self.sha256 = sha256

    def close(self) -> None:
        """Nothing is open; requests close every file they carried."""


class HashingUploadHandler(FileUploadHandler):
    """Keeps 64 KB in memory at a time, and nothing afterwards but a digest."""

    too_big = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803  Django's name
        content_length: int,
        boundary: Any,  # bytes; the stubs say str
        encoding: str | None = None,
    ) -> None:
        """Remember how much is coming."""
        self.coming = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a digest."""
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add to the digest; give up above the limit."""
        self.size += len(raw_data)
        if self.size > LARGEST:
            self.too_big = True
            raise StopUpload(connection_reset=self.coming > _PATIENCE)
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> Any:
        """The digest takes the file's place in ``request.FILES``."""
        return HashedFile(self.file_name or "", file_size, self.digest.hexdigest())
