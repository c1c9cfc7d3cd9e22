"""What comes of laying a document out."""

from dataclasses import dataclass


class RenderingFailed(Exception):
    """The document could not be laid out; the message says why, without anybody's data."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished file, and how many pages it has."""

    body: bytes
    pages: int
