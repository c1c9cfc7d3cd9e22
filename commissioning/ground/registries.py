"""Registries: how a low room shows what a high one knows.

Filled in ``AppConfig.ready``, which makes no query.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Named entries in the order they were registered; a name stands once."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._entries: dict[str, Entry] = {}

    def register(self, name: str, entry: Entry) -> Entry:
        """Add an entry. Raises ``ValueError`` where the name is taken."""
        if name in self._entries:
            raise ValueError(f"{self.what} {name!r} is registered twice")
        self._entries[name] = entry
        return entry

    def __getitem__(self, name: str) -> Entry:
        """The entry of that name. Raises ``KeyError`` that says what is missing."""
        try:
            return self._entries[name]
        except KeyError:
            raise KeyError(f"no {self.what} is called {name!r}") from None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def names(self) -> list[str]:
        """The names, in the order they were registered."""
        return list(self._entries)
