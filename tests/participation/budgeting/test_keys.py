"""The round's secret: whole or not there, in one file, read each time, and really destroyed."""

import os
import threading
from contextlib import suppress
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest

from participation.budgeting import keys
from participation.budgeting.keys import KeyMissing


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    round_id = uuid4()
    keys.make(tmp_path / "keys", round_id)
    path = keys.path_of(tmp_path / "keys", round_id)
    made = path.read_bytes()
    assert len(made) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    keys.make(tmp_path / "keys", round_id)
    assert path.read_bytes() == made
    assert list(path.parent.iterdir()) == [path]


def test_of_many_makers_at_once_one_wins_and_all_read_its_secret(tmp_path: Path) -> None:
    round_id, found = uuid4(), []
    barrier = threading.Barrier(20)

    def make() -> None:
        barrier.wait()
        keys.make(tmp_path, round_id)
        found.append(keys.read(tmp_path, round_id).box)

    threads = [threading.Thread(target=make) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert list(tmp_path.iterdir()) == [keys.path_of(tmp_path, round_id)]


def test_the_keys_of_a_round_differ_from_each_other_and_from_other_rounds(tmp_path: Path) -> None:
    one, other = uuid4(), uuid4()
    for round_id in (one, other):
        keys.make(tmp_path, round_id)
    keys.path_of(tmp_path, other).write_bytes(keys.path_of(tmp_path, one).read_bytes())
    ours, theirs = keys.read(tmp_path, one), keys.read(tmp_path, other)
    derived = [ours.box, ours.code, ours.order, ours.sheet, theirs.box, theirs.code]
    assert len(set(derived)) == 6
    assert ours.box.hex() not in repr(ours)


def test_what_was_destroyed_cannot_be_read_and_may_be_destroyed_again(tmp_path: Path) -> None:
    round_id = uuid4()
    keys.make(tmp_path, round_id)
    path = keys.path_of(tmp_path, round_id)
    secret, inode = path.read_bytes(), os.open(path, os.O_RDONLY)
    keys.destroy(tmp_path, round_id)
    assert os.pread(inode, 32, 0) != secret
    os.close(inode)
    assert not keys.exists(tmp_path, round_id)
    with pytest.raises(KeyMissing):
        keys.read(tmp_path, round_id)
    keys.destroy(tmp_path, round_id)


def test_what_a_crash_left_of_a_secret_is_no_secret_and_is_thrown_away(tmp_path: Path) -> None:
    round_id = uuid4()
    keys.make(tmp_path, round_id)
    keys.path_of(tmp_path, round_id).rename(tmp_path / f".{round_id}.destroyed")
    assert not keys.exists(tmp_path, round_id)
    keys.destroy(tmp_path, round_id)
    assert list(tmp_path.iterdir()) == []


def test_whoever_reads_while_it_is_destroyed_reads_the_secret_or_nothing(tmp_path: Path) -> None:
    for _ in range(50):
        round_id, found = uuid4(), set[bytes]()
        keys.make(tmp_path, round_id)
        secret = keys.read(tmp_path, round_id).secret
        started = threading.Event()

        def read_on(
            round_id: UUID = round_id, found: set[bytes] = found, started: Event = started
        ) -> None:
            with suppress(KeyMissing):
                while True:
                    found.add(keys.read(tmp_path, round_id).secret)
                    started.set()

        reader = threading.Thread(target=read_on)
        reader.start()
        assert started.wait(5)
        keys.destroy(tmp_path, round_id)
        reader.join()
        assert found == {secret}


def test_a_damaged_secret_is_not_used(tmp_path: Path) -> None:
    round_id = uuid4()
    keys.path_of(tmp_path, round_id).write_bytes(b"short")
    with pytest.raises(KeyMissing):
        keys.read(tmp_path, round_id)


def test_without_a_pepper_no_code_is_looked_up() -> None:
    with pytest.raises(KeyMissing):
        keys.lookup_key("", uuid4())
