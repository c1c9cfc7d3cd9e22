"""``manage.py verify_record``: offline, in plain sentences, with exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from commissioning.documents import chain
from tests.commissioning.documents.conftest import OTHER_SEED, SEED
from tests.commissioning.documents.test_chain import LINES, rotated

FILE = "file RIV-2027-002 1"


class Desk:
    """A folder with what somebody downloaded, and what the command says of it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.put("record.pdf", FILE)
        self.put("manifest.jsonl", "".join(line + "\n" for line in LINES))
        self.put("key.pem", chain.pem(chain.Signer(SEED).public))

    def put(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def check(self, *more: str, file: str = "record.pdf") -> tuple[int, str]:
        """The exit code, and what was said."""
        paths = [str(self.folder / name) for name in (file, "manifest.jsonl", "key.pem")]
        code = 0
        try:
            call_command(
                "verify_record", paths[0], "--manifest", paths[1], "--key", paths[2], *more
            )
        except SystemExit as stop:
            code = int(str(stop.code))
        said = self.capsys.readouterr()
        return code, said.out + said.err


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_a_file_in_force(desk: Desk) -> None:
    code, said = desk.check()
    assert code == 0
    assert "This exact file was issued: RIV-2027-002, version 1, issued on 2027-01-14." in said
    assert "It is the current version" in said


def test_a_file_that_was_superseded(desk: Desk) -> None:
    desk.put("record.pdf", "file RIV-2027-001 1")
    assert desk.check() == (
        3,
        "This exact file was issued: RIV-2027-001, version 1, issued on 2027-01-14. "
        "Version 2 takes its place.\n",
    )


def test_a_file_with_one_byte_changed(desk: Desk) -> None:
    desk.put("record.pdf", FILE + " ")
    assert desk.check() == (1, "This file is not in the manifest: no such file was issued.\n")


def test_a_changed_manifest(desk: Desk) -> None:
    desk.put("manifest.jsonl", "\n".join(LINES).replace("2027-01-14", "2026-01-14", 1) + "\n")
    code, said = desk.check()
    assert (code, said[:38]) == (4, "The manifest does not hold. Line 1: it")


def test_a_manifest_that_is_not_text(desk: Desk) -> None:
    desk.put("manifest.jsonl", b"\xff\xfe\x00")
    code, said = desk.check()
    assert code == 4
    assert "Line 1: it cannot be read" in said


def test_a_manifest_cut_short_holds_until_a_witness_names_a_later_head(desk: Desk) -> None:
    head = chain.verify(LINES).head
    desk.put("manifest.jsonl", "".join(line + "\n" for line in LINES[:4]))
    assert desk.check()[0] == 0
    code, said = desk.check("--head", head)
    assert code == 4
    assert "cut short or replaced" in said


def test_the_head_that_a_witness_was_sent(desk: Desk) -> None:
    assert desk.check("--head", chain.verify(LINES[:3]).head)[0] == 0


def test_another_key(desk: Desk) -> None:
    desk.put("key.pem", chain.pem(chain.Signer(OTHER_SEED).public))
    assert desk.check() == (5, "The manifest is not signed with the key that you gave.\n")


@pytest.mark.parametrize("seed", [SEED, OTHER_SEED])
def test_after_a_change_of_key_the_old_and_the_new_both_do(desk: Desk, seed: str) -> None:
    desk.put("manifest.jsonl", "".join(line + "\n" for line in rotated()))
    desk.put("key.pem", chain.pem(chain.Signer(seed).public))
    assert desk.check()[0] == 0


@pytest.mark.parametrize("name", ["record.pdf", "manifest.jsonl", "key.pem"])
def test_a_missing_file_is_named(desk: Desk, name: str) -> None:
    (desk.folder / name).unlink()
    code, said = desk.check()
    assert code == 2
    assert f"{name} cannot be read: No such file or directory." in said


@pytest.mark.parametrize("content", ["not a key", b"\xff\xfe\x00"])
def test_a_key_that_is_none(desk: Desk, content: str | bytes) -> None:
    desk.put("key.pem", content)
    code, said = desk.check()
    assert code == 2
    assert "key.pem is not a public key" in said


def test_it_needs_no_database_and_no_redis(desk: Desk) -> None:
    nowhere = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "PATH": os.environ["PATH"],
    }
    file, manifest, key = (
        str(desk.folder / name) for name in ("record.pdf", "manifest.jsonl", "key.pem")
    )
    done = subprocess.run(
        [
            *(sys.executable, "manage.py", "verify_record", file),
            *("--manifest", manifest, "--key", key),
        ],
        cwd=settings.BASE_DIR,
        env=nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "It is the current version" in done.stdout
