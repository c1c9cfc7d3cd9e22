"""The write door of grants, as 360Giving publishes them."""

from uuid import UUID


def put_back(source: UUID) -> None:
    """Give the grants that this file changed what they said before it."""
