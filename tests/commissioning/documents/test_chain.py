"""The manifest by itself: every way of tampering is found, and named by its line."""

import base64
import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commissioning.documents import chain
from commissioning.ground.digests import canonical_json, sha256_hex
from tests.commissioning.documents.conftest import OTHER_SEED, SEED

DAY = dt.date(2027, 1, 14)


def a_manifest(*issues: tuple[str, int], seed: str = SEED) -> list[str]:
    """The first key, then these versions."""
    signer = chain.Signer(seed)
    lines = [chain.key_line(signer, position=1, previous=chain.NOTHING_BEFORE, date=DAY)]
    for number, version in issues:
        lines.append(issue_line(signer, lines, number, version))
    return lines


def issue_line(signer: chain.Signer, lines: list[str], number: str, version: int) -> str:
    """The line of one more version, after these lines."""
    issue = chain.Issue(
        number=number,
        version=version,
        supersedes=version - 1 or None,
        date=DAY.isoformat(),
        file_sha256=sha256_hex(f"file {number} {version}".encode()),
        content_sha256=sha256_hex(f"content {number} {version}".encode()),
    )
    return chain.issued_line(
        signer, issue, position=len(lines) + 1, previous=sha256_hex(lines[-1].encode())
    )


LINES = a_manifest(
    ("RIV-2027-001", 1), ("RIV-2027-002", 1), ("RIV-2027-001", 2), ("HIL-2027-001", 1)
)


def test_a_manifest_that_holds_knows_what_is_in_force() -> None:
    manifest = chain.verify(LINES)
    first, second = (
        manifest.by_file[sha256_hex(f"file RIV-2027-001 {v}".encode())] for v in (1, 2)
    )
    assert (manifest.is_current(first), manifest.is_current(second)) == (False, True)
    assert manifest.head == sha256_hex(LINES[-1].encode())
    assert manifest.keys == [chain.Signer(SEED).public]


@given(
    line=st.integers(0, len(LINES) - 1),
    place=st.floats(0, 1, exclude_max=True),
    bit=st.integers(0, 6),
)
def test_any_flipped_bit_is_found(line: int, place: float, bit: int) -> None:
    at = int(place * len(LINES[line]))
    broken = list(LINES)
    letter = chr(ord(LINES[line][at]) ^ (1 << bit))
    broken[line] = LINES[line][:at] + letter + LINES[line][at + 1 :]
    with pytest.raises(chain.Broken) as found:
        chain.verify(broken)
    assert found.value.position in (line + 1, line + 2)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("file_sha256", "f" * 64),
        ("content_sha256", "f" * 64),
        ("number", "RIV-2027-009"),
        ("date", "2026-12-01"),
        ("version", 2),
        ("supersedes", 1),
    ],
)
def test_a_changed_value_is_found_by_its_signature(field: str, value: object) -> None:
    changed = list(LINES)
    changed[1] = canonical_json(json.loads(LINES[1]) | {field: value}).decode()
    with pytest.raises(chain.Broken, match="Line 2: its signature does not match"):
        chain.verify(changed)


def test_two_lines_that_changed_places() -> None:
    with pytest.raises(chain.Broken, match="Line 2: it says that it is line 3"):
        chain.verify([LINES[0], LINES[2], LINES[1], *LINES[3:]])


def test_a_line_taken_out() -> None:
    with pytest.raises(chain.Broken, match="Line 3: it says that it is line 4"):
        chain.verify([*LINES[:2], *LINES[3:]])


def test_a_line_said_twice() -> None:
    with pytest.raises(chain.Broken, match="Line 3: it says that it is line 2"):
        chain.verify([*LINES[:2], *LINES[1:]])


def test_cut_off_in_the_middle_of_a_line() -> None:
    with pytest.raises(chain.Broken, match=r"Line 5: it cannot be read: it is damaged or cut off"):
        chain.verify([*LINES[:4], LINES[4][:80]])


def test_cut_off_between_lines_shows_only_against_a_later_head() -> None:
    """Why the head is mailed to witnesses: the lines that are left do hold."""
    head = chain.verify(LINES).head
    assert head not in chain.verify(LINES[:4]).digests


def test_an_empty_manifest() -> None:
    with pytest.raises(chain.Broken, match="the manifest is empty"):
        chain.verify([])


def test_a_forger_with_another_key_cannot_add_a_line() -> None:
    forged = [*LINES, issue_line(chain.Signer(OTHER_SEED), LINES, "RIV-2027-003", 1)]
    with pytest.raises(chain.Broken, match="Line 6: it is signed with a key that was not in force"):
        chain.verify(forged)


def test_a_forger_who_writes_the_whole_manifest_anew_has_another_key() -> None:
    forged = a_manifest(("RIV-2027-001", 1), seed=OTHER_SEED)
    assert chain.Signer(SEED).public not in chain.verify(forged).keys


def test_a_line_written_another_way_is_refused_even_if_it_means_the_same() -> None:
    spaced = json.dumps(json.loads(LINES[1]), sort_keys=True)
    with pytest.raises(chain.Broken, match="Line 2: it is not written the way the manifest is"):
        chain.verify([LINES[0], spaced])


def rotated(new: str = OTHER_SEED, signed_by: str = SEED) -> list[str]:
    """A manifest with a second key, and a version signed by it."""
    old, heir = chain.Signer(signed_by), chain.Signer(new)
    lines = list(LINES)
    lines.append(
        chain.key_line(old, position=6, previous=sha256_hex(lines[-1].encode()), date=DAY, new=heir)
    )
    lines.append(issue_line(heir, lines, "RIV-2027-003", 1))
    return lines


def test_a_new_key_signed_by_the_old_one_signs_from_then_on() -> None:
    manifest = chain.verify(rotated())
    assert manifest.keys == [chain.Signer(SEED).public, chain.Signer(OTHER_SEED).public]


def test_the_old_key_signs_nothing_after_it_was_replaced() -> None:
    lines = rotated()
    lines.append(issue_line(chain.Signer(SEED), lines, "RIV-2027-004", 1))
    with pytest.raises(chain.Broken, match="Line 8: it is signed with a key that was not in force"):
        chain.verify(lines)


def test_nobody_names_himself_heir() -> None:
    with pytest.raises(chain.Broken, match="Line 6: it is signed with a key that was not in force"):
        chain.verify(rotated(signed_by=OTHER_SEED))


def test_an_heir_proves_that_the_key_is_held() -> None:
    old = chain.Signer(SEED)
    stolen = chain.Signer(OTHER_SEED).public
    body = {
        "kind": "key",
        "position": 6,
        "previous": sha256_hex(LINES[-1].encode()),
        "date": DAY.isoformat(),
        "public_key": base64.b64encode(stolen).decode(),
        "fingerprint": chain.fingerprint(stolen),
    }
    line = old.sign(body | {"proof": old.signature(body)})
    with pytest.raises(chain.Broken, match="Line 6: nobody proved that they hold the new key"):
        chain.verify([*LINES, line])


@pytest.mark.parametrize(
    "spelled",
    [
        chain.pem,
        bytes.hex,
        lambda raw: base64.b64encode(raw).decode(),
    ],
)
def test_a_key_is_read_however_it_is_written(spelled: Callable[[bytes], str]) -> None:
    raw = chain.Signer(SEED).public
    assert chain.public_key(f"\n{spelled(raw)}\n") == raw


RSA_LIKE = "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----"


@pytest.mark.parametrize("text", ["", "not a key", "AAAA", "zz" * 32, RSA_LIKE])
def test_what_is_not_a_key_is_refused_in_words(text: str) -> None:
    with pytest.raises(chain.BadKey, match=r"key|bytes"):
        chain.public_key(text)


@pytest.mark.parametrize("seed", ["", "short", "AAAA"])
def test_what_is_not_a_signing_key_is_refused(seed: str) -> None:
    with pytest.raises(chain.BadKey, match=re.escape("32 random bytes in base64")):
        chain.Signer(seed)
