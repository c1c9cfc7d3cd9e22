"""Doing things at the same moment, on real connections, and holding one of them half way."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

PATIENCE = 20.0


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do all of these at the same moment, each on a connection of its own; what came of each."""
    barrier = threading.Barrier(len(deeds))
    came: list[Any] = [None] * len(deeds)

    def do(place: int) -> None:
        barrier.wait(PATIENCE)
        try:
            came[place] = deeds[place]()
        except BaseException as error:  # handed to the test
            came[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE * 3)
    return came


class Pause:
    """A point at which one thread waits until the test lets it go on."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.released = threading.Event()

    def here(self) -> None:
        """Wait here; nobody waits twice."""
        if not self.reached.is_set():
            self.reached.set()
            assert self.released.wait(PATIENCE), "nobody let it go on"

    @contextmanager
    def holding(self, deed: Callable[[], Any]) -> Iterator["Deed"]:
        """Start a deed, wait until it is held, and let it go on at the end."""
        started = Deed(deed)
        assert self.reached.wait(PATIENCE), started.error
        try:
            yield started
        finally:
            self.released.set()
            started.finish()


class Deed:
    """Something done in a thread of its own."""

    def __init__(self, deed: Callable[[], Any]) -> None:
        self.result: Any = None
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._do, args=(deed,))
        self._thread.start()

    def _do(self, deed: Callable[[], Any]) -> None:
        try:
            self.result = deed()
        except BaseException as error:  # handed to the test
            self.error = error
        finally:
            connection.close()

    def is_waiting(self, seconds: float = 0.3) -> bool:
        """Whether it still waits after so long: for a lock, if for anything."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def finish(self) -> Any:
        """Its result, or the error it ended with."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive(), "it never ended"
        if self.error is not None:
            raise self.error
        return self.result


class Mutant:
    """The database with one of its guards taken out, to show what the guard is for."""

    def __init__(self, superuser: str) -> None:
        self._superuser = superuser
        self._undo: list[str] = []

    def without(self, function: str, *guards: str) -> None:
        """Take pieces out of a guard's function; each must be there."""
        self.changed(function, dict.fromkeys(guards, ""))

    def changed(self, function: str, pieces: dict[str, str]) -> None:
        """Put other pieces into a guard's function; each must be there."""
        with psycopg.connect(self._superuser, autocommit=True) as db:
            row = db.execute("SELECT pg_get_functiondef(%s::regproc)", [function]).fetchone()
            assert row is not None
            whole: str = row[0]
            weak = whole
            for piece, other in pieces.items():
                assert piece in weak, f"{function} has no {piece!r}"
                weak = weak.replace(piece, other)
            db.execute(weak.encode())
        self._undo.append(whole)

    def run(self, statement: str, undo: str) -> None:
        """Change the schema until the end of the test."""
        with psycopg.connect(self._superuser, autocommit=True) as db:
            db.execute(statement.encode())
        self._undo.append(undo)

    def heal(self) -> None:
        """Put every guard back."""
        with psycopg.connect(self._superuser, autocommit=True) as db:
            for statement in reversed(self._undo):
                db.execute(statement.encode())
